"""Hostile text: long lines, nested brackets, endless repetition. Time stays linear, nothing raises."""

from __future__ import annotations

import gc
import random
import time

import pytest

from transforms.normalize import normalize
from transforms.normalize.dictionaries import phrases

SMALL, LARGE = 20_000, 160_000
CHANCE = random.Random(3)
UNITS = {
    "random Han": "".join(chr(CHANCE.randrange(0x4E00, 0xA000)) for _ in range(SMALL)),
    "glued phrase keys": "".join(CHANCE.choices(sorted(phrases()), k=SMALL // 4)),
    "digits": "1",
    "spaced digits": "1 ",
    "spaces": " ",
    "line feeds": "\n",
    "open brackets": "（(《“",
    "open pinyin": "關(a",
    "long readings": "關(aaaaaaa,aaaaaaa,",
    "pinyin": "關(guān)",
    "overlapping phrases": "藉以免藉口乾縣",
    "shared characters": "於這会乾",
    "names": "签发人：沈乾縣 ",
    "page numbers": "没有发生大规模群体性事件，群体\n— 3 —\n性事件，",
    "bare numbers": "\n3\n",
    "open lines": "一\n",
    "closing marks": "一\n，",
    "doubled marks": "，,、",
    "mojibake": "å…³äºŽ鍏充簬",
    "lost": "?,F",
    "decimals": "达1 . 5%",
    "split numbers": "5 00 0 余人 次",
    "letter-spaced": "一 ",
    "invisible": "1\u200b",
    "astral": "\U0002b748😀",
    "surrogates": "\ud800１",
    "labels": "一 二：",
}


def seconds(text: str) -> float:
    """Without the collector: for large texts only, it walks what all tests before left behind."""
    gc.disable()
    try:
        start = time.process_time()
        normalize(text)
        return time.process_time() - start
    finally:
        gc.enable()


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.parametrize("name", UNITS)
def test_time_grows_with_the_text(name: str) -> None:
    unit = UNITS[name]
    small = unit * (SMALL // len(unit) + 1)
    large = unit * (LARGE // len(unit) + 1)
    seconds(small[:2000])
    # eight times the text: a quadratic step would take sixty-four times as long
    # (measured in turns, the best of five, so that a machine at work slows both alike)
    turns = [(seconds(small), seconds(large)) for _ in range(5)]
    least, taken = (min(times) for times in zip(*turns, strict=True))
    assert taken < 24 * max(least, 0.01)


@pytest.mark.parametrize("name", UNITS)
def test_the_laws_hold_on_it(name: str) -> None:
    text = UNITS[name] * (3000 // len(UNITS[name]) + 1)
    aligned = normalize(text)
    assert aligned.to_raw(0, len(aligned.text))[1] <= len(text)
    assert normalize(aligned.text).text == aligned.text
    assert aligned.edits == tuple(
        sorted(aligned.edits, key=lambda edit: (edit.raw_start, edit.raw_end, edit.start))
    )


@pytest.mark.parametrize("unit", ["我镇调解纠纷29件，", "關(guān)刀鎮(zhèn)2 9 件，"])
def test_a_line_of_a_million_characters(unit: str) -> None:
    assert seconds(unit * (1_000_000 // len(unit))) < 10


@pytest.mark.parametrize("end", ["\r", "\r\n", "\x85", "\u2028"])
def test_many_line_ends_are_one_change(end: str) -> None:
    """One change each would hold gigabytes for a file of nothing else."""
    repaired = normalize(f"调解纠纷29件。{end}其中土地纠纷3件。{end * 5000}发放资料30份。")
    place = repaired.text.index("30")
    start, end_of = repaired.to_raw(place, place + 2)
    assert repaired.raw[start:end_of] == "30"
    assert repaired.text.count("\n") == 5001
    assert len([edit for edit in repaired.edits if edit.step == "line_ends"]) == 2
