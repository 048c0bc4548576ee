"""The annotated banks of this folder are sound as data; nothing here runs the extraction."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from transforms.tabulate.catalogue import catalogue

HERE = Path(__file__).resolve().parent
BANKS = ("second_bank.jsonl", "third_bank.jsonl", "fourth_bank.jsonl", "paraphrases.jsonl", "openings.jsonl")
PERIODS = {"year", "multi_year", "part_year"}
LEVELS = {"township", "county", "department", "other"}
TRADITIONAL = set("個場條張塊冊處餘萬億間項層戶課頁輛幀點學時總為為們")
PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]+\)")
HEDGES = {
    "at_least": "余|餘|多|以上|逾|超|突破|不少于|不低于|上百|高于",
    "at_most": "近|不足|不到|以内|以內|不超过|低于",
    "approx": "约|約|左右|上下",
}
SCALES = {"百": 100, "千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, None: 1}
ARABIC = re.compile(r"[^\d]{0,4}?(?P<number>\d[\d,]*(?:\.\d+)?)[余餘多]?(?P<scale>[百千万萬亿億])?")

Case = dict[str, Any]


def read(bank: str) -> list[Case]:
    lines = (HERE / bank).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


CASES = [pytest.param(case, id=case["id"]) for bank in BANKS for case in read(bank)]


def plain(span: str) -> str:
    """The span without inline pinyin, without spaces, in half-width digits."""
    return re.sub(r"\s", "", PINYIN.sub("", unicodedata.normalize("NFKC", span)))


def stands_alone(span: str, text: str) -> list[tuple[int, int]]:
    """Where the span stands in the text without cutting a run of digits in two (3件 is not found in 13件)."""
    before = r"(?<!\d)" if span[0].isdigit() else ""
    after = r"(?!\d)" if span[-1].isdigit() else ""
    found = re.finditer(before + re.escape(span) + after, text)
    return [m.span() for m in found]


def test_ids_and_texts_are_unique() -> None:
    cases = [param.values[0] for param in CASES]
    for field in ("id", "text"):
        counted = Counter(case[field] for case in cases)
        assert [value for value, n in counted.items() if n > 1] == []


def test_every_code_of_the_catalogue_stands_in_the_second_bank() -> None:
    stated = {fact["indicator"] for case in read("second_bank.jsonl") for fact in case["facts"]}
    assert sorted(set(catalogue()) - stated) == []


def test_a_fifth_of_the_second_bank_holds_no_fact_or_mostly_traps() -> None:
    cases = read("second_bank.jsonl")
    traps = [case for case in cases if len(case["not_facts"]) > len(case["facts"]) or not case["facts"]]
    assert len(traps) >= len(cases) / 5


def test_no_text_is_taken_from_the_reference_cases(shared: Path) -> None:
    lines = (shared / "cases" / "clauses.jsonl").read_text(encoding="utf-8").splitlines()
    theirs = {plain(json.loads(line)["text"]) for line in lines}
    assert [param.id for param in CASES if plain(param.values[0]["text"]) in theirs] == []


@pytest.mark.parametrize("case", CASES)
def test_spans_stand_in_the_text(case: Case) -> None:
    for entry in case["facts"] + case["not_facts"]:
        assert stands_alone(entry["span"], case["text"]), entry


@pytest.mark.parametrize("case", CASES)
def test_every_run_of_digits_is_accounted_for(case: Case) -> None:
    covered: set[int] = set()
    for entry in case["facts"] + case["not_facts"]:
        for start, end in stands_alone(entry["span"], case["text"]):
            covered.update(range(start, end))
    left = [m for m in re.finditer(r"\d+", case["text"]) if not covered.issuperset(range(*m.span()))]
    assert [case["text"][max(0, m.start() - 5) : m.end() + 5] for m in left] == []


@pytest.mark.parametrize("case", CASES)
def test_not_facts_say_why_and_phenomena_are_named(case: Case) -> None:
    assert case["phenomena"]
    assert all(entry["why"].strip() for entry in case["not_facts"])


@pytest.mark.parametrize("case", CASES)
def test_facts_are_lawful(case: Case) -> None:
    for fact in case["facts"]:
        code_period_and_unit(fact)
        bound_agrees_with_value_and_hedge(fact)
        value_agrees_with_an_arabic_span(fact)


def code_period_and_unit(fact: Case) -> None:
    indicator = catalogue()[fact["indicator"]]
    assert fact["period"] in PERIODS, fact
    unit = fact["unit"]
    assert unit is None or not TRADITIONAL & set(unit), fact
    if indicator.measure == "rate":
        assert unit == "%", fact
        assert 0 <= (fact["high"] if fact["value"] is None else fact["value"]) <= 100, fact
    if indicator.measure == "amount":
        assert unit == "元", fact


def bound_agrees_with_value_and_hedge(fact: Case) -> None:
    if fact["bound"] == "range":
        assert fact["value"] is None, fact
        assert fact["low"] < fact["high"], fact
        return
    assert fact["value"] >= 0, fact
    assert "low" not in fact, fact
    span = plain(fact["span"])
    worded = not re.search(r"[\d一二两兩三四五六七八九十百千]", span)
    hedged = [bound for bound, words in HEDGES.items() if re.search(words, span)]
    assert worded or (hedged or ["exact"]) == [fact["bound"]], fact


def value_agrees_with_an_arabic_span(fact: Case) -> None:
    found = ARABIC.match(plain(fact["span"]))
    if found is None or fact["bound"] == "range":
        return
    stated = float(found["number"].replace(",", "")) * SCALES[found["scale"]]
    assert fact["value"] == pytest.approx(stated), fact


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in read("openings.jsonl")])
def test_openings_carry_an_identity(case: Case) -> None:
    assert {"town", "county", "province", "doc_number", "issued", "source_name"} <= case.keys()
    assert case["level"] in LEVELS
    assert (case["county"] is None) == (case["province"] is None)
    assert case["year"] == case.get("report_year", case["year"])
    assert case["issued"] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", case["issued"])
    assert len(case["text"]) >= 450
