"""Whole documents: our own bank, the shared one, the five real reports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from transforms.decode.read import read_report
from transforms.normalize import normalize
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity
from validation.accuracy_documents import FIELDS, DocumentScore, as_text, load_cases, score_documents

OWN = Path(__file__).with_name("documents.jsonl")
AT_LEAST = {"place": 0.95, "year": 0.95, "level": 0.95, "doc_number": 0.95, "issued": 0.95}


def assert_good(score: DocumentScore) -> None:
    told = f"{as_text(score)}\n{score.misses}"
    assert score.wrong_towns == [], told
    assert all(score.share(name) >= share for name, share in AT_LEAST.items()), told


def test_own_bank() -> None:
    cases = load_cases(OWN)
    assert len(cases) >= 90
    assert len({case["id"] for case in cases}) == len(cases)
    assert_good(score_documents(cases))


def test_shared_bank(shared: Path) -> None:
    cases = load_cases(shared / "cases" / "documents.jsonl")
    assert len(cases) == 40
    assert_good(score_documents(cases))


def reports_of(shared: Path) -> list[tuple[dict[str, object], Identity, str]]:
    lines = (shared / "gold" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for gold in map(json.loads, lines):
        report = read_report(shared / "reports" / gold["report"])
        found.append((gold, identify(report, normalize(report.text)), report.text))
    return found


def test_real_reports_in_every_field(shared: Path) -> None:
    for gold, identity, _ in reports_of(shared):
        said = {name: getattr(identity, name) for name in (*FIELDS[:-1], "signer", "addressee")}
        said["issued"] = identity.issued_on
        assert said == {name: gold[name] for name in said}, gold["report"]
        assert identity.problems == ()


def test_real_reports_have_evidence_where_they_say_it_stands(shared: Path) -> None:
    for gold, identity, text in reports_of(shared):
        assert identity.town_id
        assert identity.town_evidence[0].value == gold["town"]
        for evidence in (*identity.town_evidence, *identity.year_evidence):
            assert evidence.start is not None
            assert evidence.end is not None
            assert 0 <= evidence.start < evidence.end <= len(text)
        first = identity.year_evidence[0]
        wanted = (
            "cited_plan" if str(gold["year_evidence"]).startswith("cited plan") else gold["year_evidence"]
        )
        assert (first.source, first.value) == (wanted, str(gold["year"]))
        assert str(gold["year"]) in text[first.start : first.end].replace(" ", "")


@pytest.mark.parametrize("change", ["place", "year"])
def test_the_scorer_sees_a_wrong_answer(change: str) -> None:
    """A scorer that cannot fail proves nothing."""
    from dataclasses import replace

    from validation.accuracy_documents import identify_case

    def wrong(case: dict[str, object]) -> Identity:
        identity = identify_case(case)
        return replace(identity, county="别县") if change == "place" else replace(identity, year=1999)

    cases = [case for case in load_cases(OWN)[:10] if case["county"]]
    score = score_documents(cases, wrong)
    assert score.right[change] == 0
    assert bool(score.wrong_towns) == (change == "place")


def traditional(text: str) -> str:
    return str(import_module("opencc").OpenCC("s2t").convert(text))


def one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)


def wrapped(text: str) -> str:
    """Every line broken after 24 characters, as a narrow scan."""
    lines = text.split("\n")
    return "\n".join(line[i : i + 24] for line in lines for i in range(0, max(1, len(line)), 24))


def spaced(text: str) -> str:
    return "\n".join(f"　　{line}  " for line in re.sub(r"(\d+)", r" \1 ", text).split("\n"))


@pytest.mark.parametrize("damage", [traditional, one_line, wrapped, spaced])
def test_own_bank_damaged_as_copies_are(damage: Callable[[str], str]) -> None:
    """What copying does to a text may cost an answer now and then, but never yields another town."""
    cases = [{**case, "text": damage(case["text"])} for case in load_cases(OWN) if case["media"] == "txt"]
    score = score_documents(cases)
    told = f"{as_text(score)}\n{score.misses}"
    assert score.wrong_towns == [], told
    assert min(score.share("place"), score.share("year"), score.share("level")) >= 0.95, told
