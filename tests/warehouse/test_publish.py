"""The published copy: brought up to date by what changed, it is the copy a whole publication would make."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import duckdb
import pytest

import warehouse.parquet
import warehouse.publish
from tests.warehouse.dump import dump
from tests.warehouse.told_reports import files_of, stated, told_report
from transforms.extraction import Extraction
from warehouse import Warehouse, WarehouseNotWritable, open_warehouse
from warehouse.parquet_manifest import read_manifest

DATABASE = "townfacts.duckdb"


def report(number: int, events: int, year: int = 2022) -> Extraction:
    facts = (stated("publicity_events", f"{events}场", str(events)), stated("law_lectures", "3场", "3"))
    town = f"t{number:012}"
    return told_report(*facts, name=f"{number}.txt", words=f"{number} {events}", town_id=town, year=year)


@pytest.fixture
def published(batch, tmp_path: Path):
    """A published warehouse of thirty reports, open."""
    with open_warehouse(tmp_path / "data") as opened:
        opened.load(*batch([report(number, number, 2020 + number % 3) for number in range(30)]))
        opened.publish()
        yield opened


def forbid_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def whole(*_: object) -> None:
        raise AssertionError("made as a whole")

    monkeypatch.setattr(warehouse.publish, "_build", whole)


def assert_same_as_whole(opened: Warehouse, folder: Path) -> None:
    warehouse.publish.publish(opened.connection, folder)
    ours = opened.path.parent / "published"
    left, right = dump(ours / DATABASE), dump(folder / DATABASE)
    assert left == right
    manifests = [read_manifest(f / "parquet") for f in (ours, folder)]
    assert manifests[0].state == manifests[1].state
    assert manifests[0].marks == manifests[1].marks
    for name, digest in manifests[0].digests.items():
        assert hashlib.sha256((ours / "parquet" / name).read_bytes()).hexdigest() == digest
        rows = [
            duckdb.read_parquet(str(f / "parquet" / name)).order("ALL").fetchall() for f in (ours, folder)
        ]
        assert rows[0] == rows[1], name


def test_what_changed_is_put_into_the_copy_before(
    published, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_whole(monkeypatch)
    parquet = published.path.parent / "published" / "parquet"
    before = {path: path.stat().st_mtime_ns for path in parquet.glob("*/*.parquet")}
    target = published.path.parent / "published" / DATABASE
    with duckdb.connect(str(target), read_only=True) as held:
        published.load(*batch([report(3, 99), report(40, 5), report(0, 0, 2023)]))  # changed, new, moved year
        assert published.publish() == target
        assert held.execute("SELECT count(*) FROM report").fetchone() == (30,)
    published.load(*batch([report(41, 6)]))
    assert published.publish() == target
    assert published.publish() is None
    assert target.read_bytes()[12:20] == (64).to_bytes(8, "little")  # still storage version v1.0.0
    kept = [path for path, time in before.items() if path.stat().st_mtime_ns == time]
    assert [path.stem for path in kept] == ["2021"]  # one domain, three years, of which two changed
    monkeypatch.undo()
    assert_same_as_whole(published, tmp_path / "whole")


def test_a_vanished_fact_and_a_vanished_year_leave_the_copy(
    published, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.load(*batch([report(50, 5, 2024)]))
    published.publish()
    assert (published.path.parent / "published/parquet/publicity/2024.parquet").exists()
    forbid_whole(monkeypatch)
    published.load(*batch([report(50, 5, 2022)]))
    published.publish()
    assert not (published.path.parent / "published/parquet/publicity/2024.parquet").exists()
    monkeypatch.undo()
    assert_same_as_whole(published, tmp_path / "whole")


def test_new_rules_that_change_no_row_are_published_as_a_whole(published, batch, tmp_path: Path) -> None:
    published.load(*batch([report(number, number, 2020 + number % 3) for number in range(30)], version="2"))
    assert published.publish()
    assert_same_as_whole(published, tmp_path / "whole")


@pytest.mark.slow
def test_a_worn_copy_is_made_anew(published, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = published.path.parent / "published" / DATABASE
    for number in range(40, 52):
        published.load(*batch([report(number, 5)]))
        published.publish()
    with duckdb.connect(str(target), read_only=True) as reader:
        [(made,)] = reader.execute(
            "SELECT value::INTEGER FROM meta WHERE name = 'published_whole_in_load'"
        ).fetchall()
    assert 1 < made < 13
    assert_same_as_whole(published, tmp_path / "whole")


@pytest.mark.parametrize("spoil", ["SELECT 1", "DELETE FROM ledger", "DROP TABLE mention", None])
def test_a_spoilt_copy_heals(published, batch, tmp_path: Path, spoil: str | None) -> None:
    """Rows or tables taken out of it by hand; or bytes overwritten."""
    target = published.path.parent / "published" / DATABASE
    if spoil:
        with duckdb.connect(str(target)) as hand:
            hand.execute(spoil)
    else:
        content = bytearray(target.read_bytes())
        content[len(content) // 2 : len(content) // 2 + 5000] = bytes(5000)
        target.write_bytes(content)
    published.load(*batch([report(60, 5)]))
    assert published.publish() == target
    assert_same_as_whole(published, tmp_path / "whole")


def test_a_warehouse_begun_anew_builds_on_nothing(published, batch, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with open_warehouse(other) as opened:
        opened.load(*batch([report(1, 7)], files_of([report(1, 7).report])))
        warehouse.publish.publish(opened.connection, published.path.parent / "published")
    ours = dump(other / "warehouse.duckdb")
    assert dump(published.path.parent / "published" / DATABASE)["fact_indicator"] == ours["fact_indicator"]


def test_files_are_renewed_without_joining_them_again(
    published, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changed, vanished and new rows, and the first file of a year; the order of rows stays."""
    monkeypatch.setattr(warehouse.parquet, "_gather", lambda *_: pytest.fail("joined again"))
    published.load(*batch([report(3, 99), report(40, 5), report(1, 1, 2022), report(41, 7, 2024)]))
    published.publish()
    parquet = published.path.parent / "published" / "parquet"
    for path in parquet.glob("*/*.parquet"):
        keys = duckdb.read_parquet(str(path)).project("town_id, indicator").fetchall()
        assert keys
        assert keys == sorted(keys)
    assert (parquet / "publicity/2024.parquet").is_file()
    monkeypatch.undo()
    assert_same_as_whole(published, tmp_path / "whole")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def of_another(path: Path) -> None:
    duckdb.sql("SELECT 1 AS town_id").write_parquet(str(path))


@pytest.mark.parametrize("spoil", [cut, of_another, Path.unlink])
def test_a_spoilt_file_of_a_changed_year_is_made_as_a_whole(published, batch, tmp_path: Path, spoil) -> None:
    spoil(published.path.parent / "published/parquet/publicity/2022.parquet")
    published.load(*batch([report(60, 5)]))
    published.publish()
    assert_same_as_whole(published, tmp_path / "whole")


@pytest.mark.parametrize("manifest", ["", "{}", '{"state": 1, "files": {"../x/1.parquet": 2}}', "[1]"])
def test_a_spoilt_manifest_builds_on_nothing(published, batch, tmp_path: Path, manifest: str) -> None:
    (published.path.parent / "published/parquet/manifest.json").write_text(manifest)
    published.load(*batch([report(60, 5)]))
    published.publish()
    assert_same_as_whole(published, tmp_path / "whole")


def test_files_newer_than_the_copy_are_mended_by_the_next_publication(
    published, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Parquet files are renewed beside the database file, which then cannot be put in place."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = published.path.parent / "published"
    before, older = dump(folder / DATABASE), read_manifest(folder / "parquet").state
    published.load(*batch([report(60, 5)]))
    monkeypatch.setattr(warehouse.publish, "_put_in_place", full)
    with pytest.raises(WarehouseNotWritable, match="the copy before stands"):
        published.publish()
    assert dump(folder / DATABASE) == before
    newer = read_manifest(folder / "parquet").state
    assert newer != older
    monkeypatch.undo()
    assert published.publish() == folder / DATABASE
    assert read_manifest(folder / "parquet").state == newer
    assert_same_as_whole(published, tmp_path / "whole")
