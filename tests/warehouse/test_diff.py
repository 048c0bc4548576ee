"""Two states compared: what changed, and what made it change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.told_reports import files_of, stated, told_report
from transforms.decode.report import report_from_text
from warehouse import WarehouseMissing, open_warehouse
from warehouse.diff import State, diff

EVENTS = "publicity_events"


def told(old: Path | str, new: Path | str) -> list[tuple[object, ...]]:
    rows = diff(State.named(str(old)), State.named(str(new)))
    return [(r["change"], r["indicator"], r["cause"], r["old_value"], r["new_value"]) for r in rows]


def load(folder: Path, batch, *reports, version: str = "1") -> None:
    files = [replace(f, rulebook_version=version) for f in files_of([e.report for e in reports])]
    with open_warehouse(folder) as warehouse:
        warehouse.load(*batch(list(reports), files, version=version))


def test_other_bytes_are_the_source(batch, tmp_path: Path) -> None:
    load(tmp_path, batch, told_report(stated(EVENTS, "12场", "12"), stated("law_lectures", "3场", "3")))
    load(
        tmp_path,
        batch,
        told_report(stated(EVENTS, "15场", "15"), stated("law_lectures", "3场", "3"), words="新"),
    )
    assert told(f"{tmp_path}@1", f"{tmp_path}@2") == [("changed", EVENTS, "source", 12, 15)]
    assert told(f"{tmp_path}@2", f"{tmp_path}@1") == [("changed", EVENTS, "source", 15, 12)]
    assert told(f"{tmp_path}@2", tmp_path) == []
    assert [row[0] for row in told(f"{tmp_path}@0", f"{tmp_path}@1")] == ["added", "added"]


def test_other_rules(batch, tmp_path: Path) -> None:
    before = told_report(stated(EVENTS, "12场", "12"), stated("law_lectures", "3场", "3"))
    after = replace(before, facts=(before.facts[0], replace(before.facts[1], indicator="school_events")))
    load(tmp_path, batch, before)
    load(tmp_path, batch, after, version="2")
    assert told(f"{tmp_path}@1", f"{tmp_path}@2") == [
        ("removed", "law_lectures", "rule", 3, None),
        ("added", "school_events", "rule", None, 3),
    ]


def test_other_reader_and_other_town(batch, tmp_path: Path) -> None:
    before = told_report(stated(EVENTS, "12场", "12"))
    text = before.report.text.replace("12场", "13场")
    reread = replace(
        report_from_text(text), sha256=before.report.sha256, relative_path="a.txt", source="in/a.txt"
    )
    fact = replace(stated(EVENTS, "13场", "13"), start=before.facts[0].start, end=before.facts[0].end)
    load(tmp_path / "a", batch, before)
    load(tmp_path / "b", batch, replace(before, report=reread, facts=(fact,), ledger=()))
    load(tmp_path / "c", batch, replace(before, identity=replace(before.identity, town_id="t000000000009")))
    assert told(tmp_path / "a", tmp_path / "b") == [("changed", EVENTS, "reader", 12, 13)]
    assert {row[:3] for row in told(tmp_path / "a", tmp_path / "c")} == {
        ("removed", EVENTS, "gazetteer"),
        ("added", EVENTS, "gazetteer"),
    }


def test_published_copy_and_missing_file(batch, tmp_path: Path) -> None:
    load(tmp_path, batch, told_report(stated(EVENTS, "12场", "12")))
    with open_warehouse(tmp_path) as warehouse:
        published = warehouse.publish()
    assert told(tmp_path, published) == []
    with pytest.raises(WarehouseMissing, match="nowhere"):
        told(tmp_path, tmp_path / "nowhere")


def test_a_load_that_never_was_is_an_error(batch, tmp_path: Path) -> None:
    load(tmp_path, batch, told_report(stated(EVENTS, "12场", "12")))
    for states in ((f"{tmp_path}@2", tmp_path), (tmp_path, f"{tmp_path}@2")):
        with pytest.raises(WarehouseMissing, match="no load 2 yet, the last is 1"):
            told(*states)
