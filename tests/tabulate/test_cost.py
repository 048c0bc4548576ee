"""Cost grows with the text and not with the number of rules."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from transforms.normalize import normalize
from transforms.quantify import numerals
from transforms.segment import segment
from transforms.tabulate.rulebook import Rulebook, load, rule_files, rulebook
from transforms.tabulate.tabulate import tabulate

pytestmark = [pytest.mark.slow, pytest.mark.timed]

TEXT = (
    "全年召开法治专题会议4次，研究解决重点问题7项。发放宣传资料2千余份，受教育群众3000人次。"
    "受理矛盾纠纷118件，调解成功115件，调解成功率97.5%。现有行政执法人员17名，其中持证12名。\n"
)


def cpu(work: Callable[[], object], rounds: int = 5) -> float:
    """Least CPU seconds of a few rounds: noise only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def reading(text: str, book: Rulebook) -> Callable[[], object]:
    aligned = normalize(text)
    found, parts = numerals(aligned.text), segment(aligned.text)
    return lambda: tabulate(aligned, found, parts, year=2023, book=book)


def test_linear_in_the_text() -> None:
    book = rulebook()
    short, long = reading(TEXT * 20, book), reading(TEXT * 160, book)
    assert cpu(long) < 8 * cpu(short) * 2


def test_linear_without_any_mark() -> None:
    book = rulebook()
    run_on = TEXT.replace("，", "").replace("。", "").replace("\n", "")
    short, long = reading(run_on * 4, book), reading(run_on * 16, book)
    assert cpu(long, 2) < 4 * cpu(short, 2) * 4


@pytest.mark.parametrize(
    "piece",
    [
        "全年调解3件，",
        "全年调解3件、",
        "（3件）",
        "全年调解3件",
        "3件",
        "其中3件，",
        "本镇无群体性事件",
        "本镇无群体性事件，",
    ],
)
def test_linear_where_no_sentence_ends(piece: str) -> None:
    book = rulebook()
    short, long = (reading(piece * (length // len(piece)), book) for length in (5_000, 40_000))
    # a burst of other work may spoil one comparison, not three; cost in the square would fail each
    assert any(cpu(long, 2) < 8 * 2.5 * cpu(short, 3) for _ in range(3))


def doubled() -> Rulebook:
    """Twice the frames and twice the words; the second half speaks of things the text does not."""
    tables = rule_files()
    tables += [(f"copy-{name}", _renamed(copy.deepcopy(dict(table)))) for name, table in rule_files()]
    return load(tables)


def _renamed(table: dict[str, Any]) -> Mapping[str, Any]:
    for key in ("nouns", "verbs", "decoys", "modifiers", "people", "agents", "places", "own"):
        if key in table:
            table[key] = {f"x_{c}": [f"甲{w}" for w in words] for c, words in table[key].items()}
    table.pop("measures", None)
    table.pop("scope", None)
    for frame in table.get("frame", ()):
        frame["id"] = f"copy_{frame.get('id', '')}"
        for key in frame.keys() & {"object", "action", "without", "topic", "over", "not_topic", "fresh",
                                   "not_fresh", "subject", "not_subject"}:  # fmt: skip
            frame[key] = [f"x_{c}" for c in frame[key]]
        if "with" in frame:
            frame["with"] = ["|".join(f"x_{c}" for c in group.split("|")) for group in frame["with"]]
    return table


def test_flat_as_rules_double() -> None:
    one, two = rulebook(), doubled()
    assert len(two.frames) == 2 * len(one.frames)
    text = TEXT * 60
    assert cpu(reading(text, two)) < 1.5 * cpu(reading(text, one))
