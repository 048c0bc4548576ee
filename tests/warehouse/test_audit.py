"""What the warehouse says of itself: the error rate to expect, and what a load changed."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flows.score import table
from flows.scoring import Scored
from tests.warehouse.told_reports import stated, told_report
from validation.accuracy_facts import Tally
from warehouse import open_warehouse

EVENTS = "publicity_events"


def test_the_published_copy_tells_its_error_rate(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.publish()
    with duckdb.connect(str(tmp_path / "published" / "townfacts.duckdb"), read_only=True) as reader:
        rows = reader.execute(
            "SELECT measured_on, precision, recall, f1, is_first_look FROM accuracy WHERE domain = 'all'"
        ).fetchall()
    assert any(row[-1] for row in rows)
    assert any(not row[-1] for row in rows)
    assert all(
        0 < precision <= 1 and 0 < f1 <= max(precision, recall) for _, precision, recall, f1, _ in rows
    )


def test_drift_between_two_loads(batch, tmp_path: Path) -> None:
    first = told_report(stated(EVENTS, "12场", "12"), name="a.txt")
    second = told_report(stated(EVENTS, "15场", "15"), stated("leaflets", "300份", "300"), name="a.txt")
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([first]))
        warehouse.publish()
        query = "SELECT counted, counted_before, difference FROM drift WHERE measure = 'facts'"
        assert warehouse.connection.execute(query).fetchall() == [(1, None, None)]
        warehouse.load(*batch([second]))
        warehouse.publish()
        assert warehouse.connection.execute(query).fetchall() == [(2, 1, 1)]
        numerals = "SELECT item, counted, difference FROM drift WHERE measure = 'numerals'"
        assert warehouse.connection.execute(numerals).fetchall() == [("fact", 2, 1)]


def test_the_audit_of_a_load_is_written_once(batch, tmp_path: Path) -> None:
    made = told_report(stated(EVENTS, "12场", "12"), name="a.txt")
    with open_warehouse(tmp_path) as warehouse:
        for _ in range(2):
            warehouse.load(*batch([made]))
            warehouse.publish()
        loads = warehouse.connection.execute("SELECT DISTINCT load_id FROM audit").fetchall()
    assert loads == [(1,)]


def test_make_score_writes_what_the_warehouse_reads() -> None:
    scored = [Scored([], lambda _: "", {"study": Tally(8, 2, 0), "mediation": Tally(1, 0, 1)})]
    assert table({"a set": scored}, "2026-11-22").splitlines()[1:] == [
        "a set,all,10,0.8182,0.9000,2026-11-22",
        "a set,mediation,2,1.0000,0.5000,2026-11-22",
        "a set,study,8,0.8000,1.0000,2026-11-22",
    ]
