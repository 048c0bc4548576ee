"""`townfacts cases` and `townfacts evaluate`: a bank is known by its fields, a slip in it is told by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows import score
from tests.flows.reports import report
from tests.flows.townfacts_process import Townfacts

FACT = {"indicator": "rule_of_law_meetings", "value": 4, "bound": "exact", "unit": "次", "period": "year"}
CASE = {
    "id": "x-1",
    "text": "全年召开法治建设专题会议4次。",
    "facts": [FACT],
    "not_facts": [],
    "phenomena": ["simple"],
}
DOCUMENT = {
    "id": "y-1",
    "media": "txt",
    "source_name": "a.txt",
    "text": report("赵化镇"),
    "town": "赵化镇",
    "county": "富顺县",
    "province": "四川省",
    "year": 2022,
    "level": "township",
    "doc_number": None,
    "issued": "2023-01-10",
}
NUMBER = {"id": "n-1", "kind": "integer", "input": "一百零一", "expected": [{"value": "101"}]}
SCRIPT = {"id": "s-1", "input": "矛盾糾紛", "expected": "矛盾纠纷"}


def bank(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (CASE, ["F1 100.0%", "organisation", "simple", "period"]),
        (DOCUMENT, ["town", "1/1", "wrong towns 0"]),
        (NUMBER, ["1/1 100.0%"]),
        (SCRIPT, ["script 1/1 100.0%"]),
        ({**CASE, **DOCUMENT, "text": CASE["text"]}, ["F1 100.0%", "wrong towns"]),
    ],
)
def test_a_bank_is_known_by_its_fields(
    townfacts: Townfacts, tmp_path: Path, row: dict[str, Any], words: list[str]
) -> None:
    done = townfacts("cases", bank(tmp_path / "bank.jsonl", row))
    assert done.returncode == 0
    assert all(word in done.stdout for word in words), done.stdout


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (CASE | {"facts": [FACT | {"value": 5}]}, ["x-1", "missed", "= 5 exact", "= 4 exact"]),
        (DOCUMENT | {"year": 2020}, ["y-1", "year", "2022", "2020"]),
        (NUMBER | {"expected": []}, ["n-1", "一百零一"]),
        (SCRIPT | {"expected": "矛盾糾紛"}, ["s-1", "矛盾纠纷"]),
    ],
)
def test_failures_are_shown_when_asked(
    townfacts: Townfacts, tmp_path: Path, row: dict[str, Any], words: list[str]
) -> None:
    path = bank(tmp_path / "bank.jsonl", row)
    assert row["id"] not in townfacts("cases", path).stdout
    shown = townfacts("cases", path, "--failures").stdout
    assert all(word in shown for word in words), shown


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"text": ', ["line 1", "JSON"]),
        ("[1]\n", ["line 1", "object"]),
        ('{"id": 1}\n', ["case 1", "text and facts"]),
        (json.dumps(NUMBER) + "\n\n" + json.dumps(SCRIPT), ["case 2"]),
        (json.dumps(CASE | {"facts": [FACT | {"indicator": "nonsense"}]}), ["case 1", "nonsense"]),
        (json.dumps(CASE | {"facts": [{"value": 1}]}), ["case 1", "indicator"]),
        (json.dumps(CASE) + "\n" + json.dumps(CASE | {"phenomena": [1]}), ["case 2"]),
        (json.dumps({"text": "", "source_name": None, "level": "township"}), ["case 1"]),
        ("", ["no case"]),
    ],
)
def test_a_slip_in_a_bank_is_one_line(
    townfacts: Townfacts, tmp_path: Path, content: str, words: list[str]
) -> None:
    path = tmp_path / "bank.jsonl"
    path.write_text(content, "utf-8")
    done = townfacts("cases", path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert all(word in done.stderr for word in [*words, "bank.jsonl"]), done.stderr


@pytest.mark.parametrize(
    "slip", [{"indicator": "nonsense"}, {"indicator": []}, {"value": "four"}, {"value": [4]}, {"bound": None}]
)
def test_a_slip_in_gold_is_one_line(townfacts: Townfacts, tmp_path: Path, slip: dict[str, object]) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "a.txt").write_text(report("赵化镇"), "utf-8")
    good = {"report": "a.txt", **FACT}
    bank(tmp_path / "gold" / "facts.jsonl", good, {k: v for k, v in (good | slip).items() if v is not None})
    done = townfacts("evaluate", tmp_path / "gold")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "facts.jsonl, fact 2: " in done.stderr, done.stderr


def test_a_gold_folder_against_its_reports(townfacts: Townfacts, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.txt").write_text(report("赵化镇"), "utf-8")
    bank(
        tmp_path / "gold" / "facts.jsonl",
        {"report": "a.txt", **FACT},
        {"report": "a.txt", **FACT, "value": 9},
    )
    bank(tmp_path / "gold" / "reports.jsonl", {"report": "a.txt", "town": "赵化镇", "year": 2021})
    done = townfacts("evaluate", tmp_path / "gold", "--failures")
    assert done.returncode == 0
    assert "right 1" in done.stdout
    assert "missed  rule_of_law_meetings = 9 exact" in done.stdout
    assert "year: 2022, not 2021" in done.stdout
    (tmp_path / "reports" / "a.txt").unlink()
    gone = townfacts("evaluate", tmp_path / "gold")
    assert (gone.returncode, gone.stderr.count("\n")) == (2, 1)
    assert "a.txt" in gone.stderr


def test_the_five_real_reports(townfacts: Townfacts, shared: Path) -> None:
    """What the foundation promises of them: precision and recall of 0.97, every identity right."""
    facts, identity = score.score_gold(shared / "gold", shared / "reports")
    shares = facts.measures[0].shares
    assert shares["precision"] >= 0.97
    assert shares["recall"] >= 0.97
    assert set(identity.measures[0].shares.values()) == {1.0}
    assert townfacts("evaluate", shared / "gold").returncode == 0


def test_the_page_says_what_was_measured_and_carries_no_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(score, "GOLD", {})
    monkeypatch.setattr(score, "BANKS", (bank(tmp_path / "own.jsonl", CASE).parent,))
    monkeypatch.setenv("SOURCE_DATE", "2026-01-02")
    measured = dict(score._measured())
    text = score.page(measured, *score._commit())
    assert "(2026-01-02)" in text
    assert "own.jsonl | facts | 1 | precision 1.000, recall 1.000, F1 1.000" in text
    assert "| organisation | 1.000 | 1.000 | 1.000 | 1 | 0 | 0 |" in text
    assert text == score.page(dict(score._measured()), *score._commit())
