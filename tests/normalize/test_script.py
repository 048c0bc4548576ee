# ruff: noqa: E501
"""Script conversion against the library that defines it, and where it deliberately stops short of it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.normalize.samples import script_texts
from transforms.normalize import normalize, to_simplified
from transforms.normalize.dictionaries import (
    characters,
    dictionary_phrases,
    overlaid_library,
    phrases,
    places,
    plain_library,
)
from transforms.normalize.script import _converted, is_simplified_charset

SEPARATORS = "，。、；：“”（）—…！ \n"
STRINGS = 24_000


def adversarial(seed: int, keys: list[str], alphabet: list[str], count: int) -> list[str]:
    """Phrase keys glued, cut, overlapped and interleaved with characters, separators and digits."""
    chance = random.Random(seed)
    texts = []
    for _ in range(count):
        parts = []
        for _ in range(chance.randint(1, 8)):
            key = chance.choice(keys)
            cut = chance.randrange(len(key))
            parts.append(
                chance.choice(
                    [
                        key,
                        key[cut:],
                        key[: cut + 1],
                        chance.choice(alphabet),
                        chance.choice(SEPARATORS),
                        "7",
                        "a",
                    ]
                )
            )
        texts.append("".join(parts))
    return texts


def overlapping(keys: list[str]) -> list[str]:
    """Every pair of keys of which one ends as the other begins, laid over each other."""
    by_start: dict[str, list[str]] = {}
    for key in keys:
        for size in range(1, len(key)):
            by_start.setdefault(key[:size], []).append(key)
    return [
        key + other[size:]
        for key in keys
        for size in range(1, len(key))
        for other in by_start.get(key[-size:], ())
        if other != key
    ]


def test_every_case_of_opencc(shared: Path) -> None:
    lines = (shared / "cases" / "script.jsonl").read_text("utf-8").splitlines()
    wrong = [case for case in map(json.loads, lines) if to_simplified(case["input"]) != case["expected"]]
    assert not wrong
    assert len(lines) == 55


def test_fast_path_equals_the_library_with_the_same_dictionaries() -> None:
    library = overlaid_library()
    keys, alphabet = sorted(phrases()), sorted(characters())
    texts = [*overlapping(keys), *adversarial(1, keys, alphabet, STRINGS)]
    assert len(texts) >= STRINGS
    differing = [text for text in texts if _converted(text) != library.convert(text)]
    assert not differing


def test_traditional_text_outside_overlay_and_shield_equals_the_plain_library() -> None:
    """Strings that hold a Traditional character in every clause, and nothing on which the dictionaries differ."""
    library = plain_library()
    ((own_phrases, own_characters),) = ((p[2], c[2]) for p, c in library._dict_chain_data)
    ours = [k for k, v in phrases().items() if own_phrases.get(k, "").split(" ")[0] != v]
    ours += [k for k, v in own_phrases.items() if phrases().get(k) != v.split(" ")[0]]
    moved = {k for k, v in characters().items() if own_characters.get(k, k).split(" ")[0] != v}
    keys = sorted(k for k in own_phrases if moved.isdisjoint(k))
    alphabet = sorted(
        k for k, v in own_characters.items() if k != v.split(" ")[0] and k < "\U00010000" and k not in moved
    )
    certain = sorted(
        k for k in alphabet if not is_simplified_charset(k) and not any(k in v for v in phrases().values())
    )
    chance = random.Random(2)
    texts = []
    while len(texts) < STRINGS:
        parts = [chance.choice([chance.choice(keys), chance.choice(alphabet), "鎮", "，"]) for _ in range(8)]
        text = "，".join(clause + chance.choice(certain) for clause in "".join(parts).split("，"))
        if not any(key in text for key in ours):
            texts.append(text)
    differing = [text for text in texts if to_simplified(text) != library.convert(text)]
    assert not differing


@settings(max_examples=800, deadline=None)
@given(script_texts)
def test_converted_text_is_left_alone(text: str) -> None:
    converted = to_simplified(text)
    assert to_simplified(converted) == converted


@pytest.mark.parametrize(
    "text",
    [
        "乾县法治政府建设工作显著",
        "於潜镇调解纠纷",
        "接着、沿着、着力推进",
        "乾杯",
        "批覆",
        "一坏到底",
        "哪吒",
        "濛阳街道",
        "康乾街道",
    ],
)
def test_simplified_text_is_left_alone(text: str) -> None:
    assert to_simplified(text) == text


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("乾縣於潛鎮調解乾旱糾紛", "乾县於潜镇调解干旱纠纷"),  # names keep what words lose
        ("濛陽街道與瀂港街道", "濛阳街道与瀂港街道"),
        ("工作顯著，著力推進", "工作显著，著力推进"),  # t2s leaves 著
        ("乾縣位於陝西。\n乾县位於陕西。", "乾县位于陕西。\n乾县位於陕西。"),  # line by line
        (
            "关于召开会議的通知，於今年完成",
            "关于召开会议的通知，於今年完成",
        ),  # one stray character proves little
        ("瞭解情況，批覆，於是", "了解情况，批复，于是"),  # clauses without evidence go with their line
        ("其陰多蒐，茅蒐", "其阴多蒐，茅蒐"),
    ],
)
def test_conversion_goes_by_surroundings(text: str, simplified: str) -> None:
    assert to_simplified(text) == simplified
    assert to_simplified(simplified) == simplified


@pytest.mark.parametrize("label", ["签发人", "簽發人", "述法人", "鎮長", "联系人"])
def test_names_of_persons_keep_their_characters(label: str) -> None:
    text = f"{label}：鍾於乾\n關於調解糾紛的報告"
    assert to_simplified(text).endswith("：鍾於乾\n关于调解纠纷的报告")


def test_a_sentence_after_a_label_is_no_name() -> None:
    assert to_simplified("責任人：各村黨支部書記和村民委員會主任") == "责任人：各村党支部书记和村民委员会主任"


def test_protected_names_are_the_gazetteers_own(shared: Path) -> None:
    polars = pytest.importorskip("polars")
    known = set(polars.read_parquet(shared / "reference" / "townships.parquet")["name"])
    known |= set(polars.read_parquet(shared / "reference" / "counties.parquet")["name"])
    changed = {name for name in known if name and to_simplified(name) != name}
    assert not changed
    assert all(
        any(name.startswith(official) for name in known if name) for official in set(places().values())
    )


def test_every_changed_character_is_an_edit_with_its_rule() -> None:
    raw = "乾縣調解乾旱糾紛，反覆"
    aligned = normalize(raw)
    changed = {i for i, (a, b) in enumerate(zip(raw, aligned.text, strict=True)) if a != b}
    rules = {i: edit.step for edit in aligned.edits for i in range(edit.start, edit.end)}
    assert set(rules) == changed
    assert rules[1] == "script:place"
    assert rules[2] == "script:character"
    assert rules[raw.index("覆")] == "script:phrase"


def test_another_opencc_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "opencc").mkdir()
    (tmp_path / "opencc" / "__init__.py").write_text("class OpenCC:\n    pass\n", "utf-8")
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import transforms.normalize"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "pip uninstall opencc" in run.stderr


def test_dictionaries_agree_on_lengths() -> None:
    assert all(
        len(k) == len(v)
        for table in (phrases(), characters(), dictionary_phrases())
        for k, v in table.items()
    )


def test_the_docs_say_where_the_library_is_left() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "script.md").read_text("utf-8")
    table = page[page.index("| text | plain library | here | why |") :].split("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table]
    library = plain_library()
    assert len(rows) >= 10
    assert [(text, library.convert(text), to_simplified(text)) for text, *_ in rows] == [
        tuple(row[:3]) for row in rows
    ]
