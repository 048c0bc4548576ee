"""Every entry of `lexicon.toml` works, and works no further than it says."""

from __future__ import annotations

import re

import opencc
import pytest

from tests.quantify.notation import told
from transforms.quantify import numerals, quantities
from transforms.quantify.lexicon import AFTER, BEFORE, BETWEEN, DATA, NAMES, fold

SHORT = DATA["measure_words"]["short"]
COMPOUND = DATA["measure_words"]["plain"].split()
HEDGES = [*DATA["before"], *DATA["between"], *DATA["after"]]
# measure words whose figure is stored in another unit
SHAPED = (
    "成",
    "折",
    "番",
    "角",
    "毛",
    "圆",
    "个亿",
    "美金",
    "港币",
    "m2",
    "m²",
    "㎡",
    "秒钟",
    "毛钱",
    "分钱",
    "块钱",
    "刻钟",
    "号人",
    "人民币",
    "元人民币",
)
DATES = ("年", "月", "日", "点", "级")


@pytest.mark.parametrize("row", [row for row in HEDGES if "match" in row], ids=lambda row: row["word"])
def test_a_hedge_bounds_its_own_example(row: dict[str, str]) -> None:
    (quantity,) = quantities(row["match"])
    assert quantity.bound == row["bound"]
    assert row["word"] in (quantity.hedge or "").split("…")
    assert quantity.inclusive is row.get("inclusive")


@pytest.mark.parametrize("row", [row for row in HEDGES if "not" in row], ids=lambda row: row["word"])
def test_a_hedge_leaves_its_look_alike(row: dict[str, str]) -> None:
    (quantity,) = quantities(row["not"])
    assert quantity.bound == "exact"


def test_each_hedge_has_an_example() -> None:
    assert all("match" in row for row in HEDGES)
    assert len(BEFORE) + len(BETWEEN) + len(AFTER) == len(HEDGES)


@pytest.mark.parametrize(
    "word", [word for word in [*SHORT, *COMPOUND] if word not in SHAPED and word not in DATES]
)
def test_a_measure_word_is_read_whole(word: str) -> None:
    text = f"共涉及126{word}，"
    (numeral,) = numerals(text)
    assert text[numeral.start : numeral.end] == f"126{word}"
    assert numeral.quantity is not None
    unit = numeral.quantity.unit or ""
    assert unit == word or word.endswith(unit)


def blockers() -> list[tuple[str, str]]:
    found = []
    for word, blocked in SHORT.items():
        if isinstance(blocked, str) and word not in DATES:
            found += [(word, character) for character in blocked]
    return found


@pytest.mark.parametrize(("word", "blocked"), blockers())
def test_a_measure_word_stops_where_another_word_begins(word: str, blocked: str) -> None:
    text = f"共126{word}{blocked}，"
    first = numerals(text)[0]
    assert text[first.start : first.end] != f"126{word}"


@pytest.mark.parametrize("name", NAMES)
def test_a_term_counts_nothing(name: str) -> None:
    text = f"深入推进{name}工作。"
    found = numerals(text)
    assert [numeral.kind for numeral in found] == ["name"]
    assert text[found[0].start : found[0].end] == name


@pytest.mark.parametrize("phrase", DATA["ambiguous"])
def test_an_ambiguous_phrase_counts_only_before_its_followers(phrase: str) -> None:
    assert told(f"同志们{phrase}努力。") == []
    for follower in DATA["ambiguous"][phrase]:
        assert any(quantities(f"妥善处理{phrase}{follower}材料")), follower


@pytest.mark.parametrize("label", [*(word for labels in DATA["furniture"].values() for word in labels)])
def test_a_label_makes_no_quantity(label: str) -> None:
    assert quantities(f"{label}：40001253") == []


@pytest.mark.parametrize("number", DATA["hotlines"]["known"])
def test_a_hotline_is_a_name_beside_its_cue_and_a_count_with_a_measure_word(number: str) -> None:
    assert told(f"接到{number}热线转来诉求3件，") == [f"{number}|name", "3件|3|件"]
    assert [quantity.value for quantity in quantities(f"共{number}件，")] == [int(number)]


def words_of_the_lexicon() -> list[str]:
    words = [*SHORT, *COMPOUND, *NAMES, *(row["word"] for row in HEDGES)]
    return [word for word in words if re.search("[一-鿿]", word)]


# Characters whose Traditional form is chosen by meaning: the converter may give one the text would not use
CHOSEN_BY_MEANING = frozenset("面里台只系后准周干几")


def test_the_fold_knows_the_traditional_form_of_every_word() -> None:
    """Converted to Traditional and folded back, each word of the lexicon is itself again."""
    convert = opencc.OpenCC("s2t").convert
    lost = {
        (word, convert(word))
        for word in words_of_the_lexicon()
        if any(a != b and b not in CHOSEN_BY_MEANING for a, b in zip(fold(convert(word)), word, strict=True))
    }
    assert lost == set()
