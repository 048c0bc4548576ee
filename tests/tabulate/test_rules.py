"""Every frame proved by its own sentences, in both directions, and by what is lost without it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from transforms.normalize import normalize
from transforms.quantify import numerals
from transforms.segment import segment
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.frames import RulebookError
from transforms.tabulate.identity.gazetteer import gazetteer
from transforms.tabulate.rulebook import Rulebook, load, rule_files, rulebook
from transforms.tabulate.tabulate import tabulate

RULES = [frame.rule for frame in rulebook().frames]
FRAMES = {frame.rule: frame for frame in rulebook().frames}


def stated(text: str, book: Rulebook | None = None) -> list[tuple[str, str, str | None]]:
    """Rule, indicator and value of every result a text states."""
    aligned = normalize(text)
    facts, _ = tabulate(aligned, numerals(aligned.text), segment(aligned.text), year=2023, book=book)
    return [(f.rule, f.indicator, str(f.value)) for f in facts if f.status == "reported"]


@pytest.mark.parametrize("rule", RULES)
def test_each_frame_matches_its_own_sentences(rule: str) -> None:
    for sentence in FRAMES[rule].yes:
        assert rule in [found for found, _, _ in stated(sentence)], sentence


@pytest.mark.parametrize("rule", RULES)
def test_no_frame_matches_what_it_must_not(rule: str) -> None:
    for sentence in FRAMES[rule].no:
        assert rule not in [found for found, _, _ in stated(sentence)], sentence


@pytest.mark.parametrize("rule", RULES)
def test_in_its_first_sentence_a_number_has_one_rule(rule: str) -> None:
    found = stated(FRAMES[rule].yes[0])
    assert len({(indicator, value) for _, indicator, value in found}) == len(found)


def without(rule: str) -> Rulebook:
    """The shipped rulebook less one frame."""
    tables: list[tuple[str, Mapping[str, Any]]] = []
    for name, table in rule_files():
        kept = [f for f in table.get("frame", ()) if name_of(f) != rule]
        tables.append((name, {**table, "frame": kept}))
    return load(tables)


def name_of(frame: Mapping[str, Any]) -> str:
    return f"{frame['indicator']}.{frame['id']}" if "id" in frame else str(frame["indicator"])


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_without_a_frame_its_sentences_are_read_otherwise(rule: str) -> None:
    less = without(rule)
    assert any(stated(sentence) != stated(sentence, less) for sentence in FRAMES[rule].yes)


@pytest.mark.parametrize("rule", RULES[::23])
def test_without_one_of_some_frames_its_sentences_are_read_otherwise(rule: str) -> None:
    less = without(rule)
    assert any(stated(sentence) != stated(sentence, less) for sentence in FRAMES[rule].yes)


def test_every_indicator_of_the_catalogue_has_a_frame_in_the_file_of_its_domain() -> None:
    homes = {
        frame["indicator"]: name.removesuffix(".toml")
        for name, table in rule_files()
        for frame in table.get("frame", ())
    }
    assert homes == {code: indicator.domain for code, indicator in catalogue().items()}


def test_no_word_names_a_town_or_a_year() -> None:
    # the list of units also holds bare offices (工业园, 党群服务中心), which are words like others
    towns = {
        n for unit in gazetteer().units() for n in unit.names if n.endswith(("镇", "乡", "街道", "苏木"))
    }
    named = [w.text for w in rulebook().words if w.text in towns]
    dated = [w.text for w in rulebook().words if re.search(r"(?:19|20)\d\d", w.text)]
    sentences = [s for f in rulebook().frames for s in (*f.yes, *f.no)]
    pieces = {s[i : i + n] for s in sentences for n in range(3, 9) for i in range(len(s) - n + 1)}
    told = sorted(pieces & towns)
    assert (named, dated, told) == ([], [], [])


def tables(**frame: Any) -> list[tuple[str, Mapping[str, Any]]]:
    base = {"indicator": "leaflets", "object": ["leaflet"], "measure": ["paper"], "yes": ["发放宣传单9份"]}
    content = {"measures": {"paper": ["份"]}, "nouns": {"leaflet": ["宣传单"]}, "frame": [{**base, **frame}]}
    return [("mine.toml", content)]


def test_a_small_rulebook_of_ones_own_is_enough() -> None:
    assert stated("发放宣传单9份。", load(tables())) == [("leaflets", "leaflets", "9")]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"indicator": "leaflet"}, "not in catalogue.csv"),
        ({"object": ["leaflets"]}, "no rule file defines the concepts"),
        ({"without": ["nothing"]}, "no rule file defines the concepts"),
        ({"measure": ["sheet"]}, "has no type 'sheet'"),
        ({"measure": []}, "`measure` is missing"),
        ({"object": []}, "`object` is missing"),
        ({"yes": []}, "at least one sentence"),
        ({"worded": "some"}, "none of full, none, all"),
        ({"acton": ["leaflet"]}, "unknown keys ['acton']"),
    ],
)
def test_a_misspelt_frame_is_an_error_that_names_file_and_rule(change: dict[str, Any], says: str) -> None:
    with pytest.raises(RulebookError, match=r"mine\.toml") as error:
        load(tables(**change))
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"nouns": {"leaflet": ["单"]}}, "too short"),
        ({"nouns": {"leaflet": ["{宣传单"]}}, "braces do not match"),
        ({"verbs": {"leaflet": ["发放"]}}, "stands in [nouns] and in [verbs]"),
        ({"adjectives": {"big": ["大型"]}}, "table [adjectives]"),
    ],
)
def test_a_misspelt_word_table_is_an_error(table: dict[str, Any], says: str) -> None:
    with pytest.raises(RulebookError) as error:
        load([*tables(), ("second.toml", table)])
    assert says in str(error.value)


def test_two_frames_of_one_name_are_an_error() -> None:
    twice = tables()[0][1]
    with pytest.raises(RulebookError, match="give the second an id"):
        load([("mine.toml", {**twice, "frame": [*twice["frame"], *twice["frame"]]})])


def test_the_version_changes_with_a_word_and_with_nothing_else() -> None:
    one, again = load(tables()), load(tables())
    other = load([*tables(), ("second.toml", {"nouns": {"leaflet": ["明白纸"]}})])
    assert one.version == again.version != other.version
