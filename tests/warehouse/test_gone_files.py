"""A file that vanished is remembered as gone; what it said stays until it is pruned."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from warehouse import SourceFile, Warehouse, open_warehouse


@pytest.fixture
def loaded(five, batch, tmp_path: Path):
    with open_warehouse(tmp_path) as opened:
        opened.load(*batch(five))
        yield opened


def missing(opened: Warehouse, outcome: str, count: int = 1) -> list[SourceFile]:
    known = sorted(opened.known_files().values(), key=lambda file: file.relative_path)
    return [SourceFile(file.path, file.relative_path, outcome) for file in known[:count]]  # type: ignore[arg-type]


def counted(opened: Warehouse, table: str) -> int:
    row = opened.connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])


def test_gone_is_recorded_and_nothing_is_lost(loaded, batch) -> None:
    before = counted(loaded, "fact_indicator")
    for _ in range(2):
        result = loaded.load(*batch([], missing(loaded, "gone")))
        assert (result.files_in, result.gone, result.facts_removed, result.has_changed) == (0, 1, 0, False)
    since = loaded.connection.execute(
        "SELECT gone_since_load FROM source_file WHERE gone_since_load IS NOT NULL"
    ).fetchall()
    assert since == [(2,)]
    assert sum(file.is_gone for file in loaded.known_files().values()) == 1
    assert counted(loaded, "fact_indicator") == before


def test_pruned_goes_with_its_facts_into_history(loaded, batch) -> None:
    before = counted(loaded, "fact_indicator")
    result = loaded.load(*batch([], missing(loaded, "pruned")))
    assert result.has_changed
    assert result.facts_removed > 0
    assert counted(loaded, "fact_indicator") == before - result.facts_removed
    assert counted(loaded, "fact_indicator_history") == result.facts_removed
    assert (counted(loaded, "report"), len(loaded.known_files())) == (4, 4)


def test_pruning_one_of_two_copies_keeps_what_the_other_says(loaded, batch, five) -> None:
    (file,) = missing(loaded, "gone")
    known = loaded.known_files()[file.path]
    copy = SourceFile(
        "/z/copy.txt", "z/copy.txt", "read", known.size, 1, known.sha256, known.rulebook_version
    )
    (report,) = (e for e in five if e.report.sha256 == known.sha256)
    moved = replace(report, report=replace(report.report, relative_path="z/copy.txt"))
    result = loaded.load(*batch([moved], [copy, file]))
    assert (result.accepted, result.duplicate, result.gone) == (1, 0, 1)
    paths = loaded.connection.execute(
        "SELECT relative_path FROM report WHERE report_id = ?", [report.report.report_id]
    ).fetchall()
    assert paths == [("z/copy.txt",)]
    before = counted(loaded, "fact_indicator")
    loaded.load(*batch([], [replace(file, outcome="pruned")]))
    assert counted(loaded, "fact_indicator") == before
