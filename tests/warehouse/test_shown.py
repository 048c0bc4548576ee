"""What a load leaves for readers to see: cells, kinds of silence, comments, the published copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from tests.warehouse.dump import dump, one
from tests.warehouse.told_reports import files_of, stated, told_report
from transforms.decode.report import Problem
from validation.frames import Refusal
from warehouse import open_warehouse
from warehouse.views import LONG

EVENTS = "publicity_events"


def test_what_was_hard_to_read_fills_no_cell_until_it_may(batch, tmp_path: Path) -> None:
    sure, unsure = (
        stated(EVENTS, "12场", "12"),
        replace(stated("villages", "8个", "8"), confidence_reading=0.8),
    )
    better = replace(stated(EVENTS, "72场", "72"), confidence_reading=0.899)
    told = told_report(sure, unsure, better)
    gated, run = batch([told])
    cells = "SELECT list((indicator, value::INTEGER) ORDER BY indicator) FROM resolution"
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(gated, run)
        assert one(warehouse, cells) == [(EVENTS, 12)]
        assert one(warehouse, "SELECT count(*) FROM fact_indicator") == 3
        assert one(warehouse, "SELECT count(*) FROM ledger WHERE role = 'fact'") == 3
        nothing = replace(run, files=[])
        lower = warehouse.load(batch([])[0], replace(nothing, least_confidence_reading=0.8))
        assert lower.has_changed
        assert one(warehouse, cells)[1] == ("villages", 8)
        assert one(warehouse, "SELECT villages::INTEGER FROM fact_organisation") == 8
        again = warehouse.load(batch([])[0], replace(nothing, least_confidence_reading=0.8))
        assert not again.has_changed
        warehouse.load(batch([])[0], nothing)
        assert one(warehouse, cells) == [(EVENTS, 12)]
        assert one(warehouse, "SELECT count(*) FROM fact_organisation WHERE villages IS NOT NULL") == 0


def test_coverage_tells_kinds_of_silence(batch, tmp_path: Path) -> None:
    known = told_report(
        stated(EVENTS, "12场", "12"),
        stated("law_lectures", "0场", "0"),
        stated("mass_incidents", "未发生群体性事件", "0"),
        stated("leaflets", "12份", "12"),
        stated("leaflets", "15份", "15"),
        stated("released_prisoners", "72人", "72", period="multi_year", years=5),
        replace(stated("villages", "8个", "8"), confidence_reading=0.6),
        words="悬挂横幅标语若干",
    )
    later = told_report(name="later.txt", words="别的", year=2024)
    scan = Refusal("in/s.pdf", "s.pdf", "a" * 64, Problem("no_text", "pictures"), "t000000000001", 2023)
    files = [
        *files_of([known.report, later.report]),
        replace(files_of([known.report])[0], path="/in/s.pdf", sha256="a" * 64),
    ]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([known, later], files, (scan,)))
        found = dict(
            warehouse.connection.execute(
                "SELECT indicator, state FROM coverage WHERE year = 2022 AND state <> 'silent'"
            ).fetchall()
        )
        unreadable = one(warehouse, "SELECT list(DISTINCT state) FROM coverage WHERE year = 2023")
    assert found == {
        EVENTS: "reported",
        "law_lectures": "zero",
        "mass_incidents": "denied",
        "leaflets": "conflict",
        "released_prisoners": "not for the year",
        "villages": "hard to read",
        "banners": "mentioned without number",
    }
    assert unreadable == ["unreadable"]


def test_every_table_and_column_is_described(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        ours = "NOT internal AND database_name = 'warehouse'"
        bare = f"SELECT table_name, column_name FROM duckdb_columns() WHERE {ours} AND comment IS NULL"
        assert warehouse.connection.execute(bare).fetchall() == []
        tables = warehouse.connection.execute(
            f"SELECT table_name, comment FROM duckdb_tables() WHERE {ours}"
        ).fetchall()
        views = warehouse.connection.execute(
            f"SELECT view_name, comment FROM duckdb_views() WHERE {ours}"
        ).fetchall()
        assert {name for name, _ in views} == {
            "town_year",
            "town_year_zh",
            "indicator_long",
            "coverage",
            "flag",
            "drift",
        }
        assert len(tables) >= 35
        assert [
            name for name, comment in tables + views if not (comment or "").startswith("One row per ")
        ] == []
        keys = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL'"
        assert one(warehouse, keys) == one(warehouse, "SELECT count(*) FROM duckdb_indexes()") == 0


def test_columns_of_views_are_described_as_what_they_are(tmp_path: Path) -> None:
    """Not as the first namesake: `value` of `meta` is text, the three of `confidence` are not in the view."""
    with open_warehouse(tmp_path) as warehouse:
        rows = warehouse.connection.execute(
            "SELECT table_name || '.' || column_name, comment FROM duckdb_columns()"
            " WHERE table_name IN ('indicator_long', 'coverage', 'drift', 'audit')"
        ).fetchall()
    told = dict(rows)
    assert told["indicator_long.value"] == told["coverage.value"] == LONG["value"]
    assert told["indicator_long.report_id"].startswith("Key of the report")
    assert told["drift.measure"] == told["audit.measure"] != told["indicator_long.measure"]
    assert not [name for name, comment in rows if "these bytes" in comment or "below" in comment]


def test_published_copy_says_the_same(five, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(five))
        assert warehouse.publish() == tmp_path / "published" / "townfacts.duckdb"
        assert warehouse.publish() is None
        warehouse.load(*batch(five))
        assert warehouse.publish() is None
    ours, copy = dump(tmp_path / "warehouse.duckdb"), dump(tmp_path / "published" / "townfacts.duckdb")
    del ours["source_file"], ours["clause_print"]
    assert copy == ours
    with duckdb.connect(str(tmp_path / "published" / "townfacts.duckdb"), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM town_year").fetchone() == (5,)
        parquet = str(tmp_path / "published" / "parquet" / "*" / "*.parquet")
        cells = reader.execute("SELECT count(*) FROM read_parquet(?)", [parquet]).fetchone()
        assert cells == reader.execute("SELECT count(*) FROM resolution").fetchone()
