"""An older warehouse is upgraded in place, a copy laid beside it; a step that fails changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import warehouse.migrate
import warehouse.schema
from tests.warehouse.dump import dump
from tests.warehouse.told_reports import stated, told_report
from transforms.decode.report import Problem
from warehouse import Warehouse, WarehouseUnreadable, open_warehouse

NOW = warehouse.schema.SCHEMA_VERSION
STEPS = {
    NOW: "ALTER TABLE load ADD COLUMN note VARCHAR;\nUPDATE load SET note = 'from before';",
    NOW + 1: "COMMENT ON COLUMN load.note IS 'What the person who ran it wrote';",
}


@pytest.fixture
def older(five, batch, tmp_path: Path) -> dict[str, list[str]]:
    """A warehouse of the present version with the five reports; its content."""
    with open_warehouse(tmp_path) as opened:
        opened.load(*batch(five))
    return dump(tmp_path / "warehouse.duckdb")


def newer_program(monkeypatch: pytest.MonkeyPatch, steps: dict[int, str]) -> None:
    monkeypatch.setattr(warehouse.migrate, "migration", steps.__getitem__)
    for module in (warehouse.migrate, warehouse.schema):
        monkeypatch.setattr(module, "SCHEMA_VERSION", NOW + 2)


def test_upgraded_with_a_copy_beside(older, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, STEPS)
    for _ in range(2):  # the second time there is nothing to do
        with open_warehouse(tmp_path) as opened:
            row = opened.connection.execute("SELECT files_in, note FROM load").fetchall()
            version = opened.connection.execute(
                "SELECT value FROM meta WHERE name = 'schema_version'"
            ).fetchall()
        assert (row, version) == ([(5, "from before")], [(str(NOW + 2),)])
    content = dump(tmp_path / "warehouse.duckdb")
    assert {name: rows for name, rows in content.items() if name != "meta"} == {
        name: rows for name, rows in older.items() if name != "meta"
    }
    assert dump(tmp_path / f"warehouse.schema{NOW}.duckdb") == older


def test_failing_step_changes_nothing(older, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer_program(monkeypatch, {**STEPS, NOW + 1: "UPDATE no_such_table SET x = 1;"})
    with pytest.raises(WarehouseUnreadable, match="no_such_table"):
        open_warehouse(tmp_path)
    assert dump(tmp_path / "warehouse.duckdb") == older
    monkeypatch.undo()
    with open_warehouse(tmp_path) as opened:  # still a warehouse for the program that made it, and not locked
        assert len(opened.known_files()) == 5


BEFORE_CORRECTIONS = """
DROP TABLE correction; DROP TABLE correction_use; DROP TABLE correction_use_history;
DROP TABLE quarantine_event;
CREATE TABLE correction (correction_id VARCHAR NOT NULL, report_id VARCHAR, sentence VARCHAR,
    action VARCHAR NOT NULL, field VARCHAR, value VARCHAR, expected_text VARCHAR,
    reason VARCHAR NOT NULL, author VARCHAR NOT NULL, state VARCHAR NOT NULL, load_id INTEGER NOT NULL);
UPDATE meta SET value = '2' WHERE name = 'schema_version';
"""


def test_a_warehouse_from_before_corrections(batch, tmp_path: Path) -> None:
    problem = Problem("town_ambiguous", "three towns bear this name")
    refused = told_report(town_id=None, problems=(problem,), name="bad.txt", words="x")
    with open_warehouse(tmp_path) as opened:
        opened.load(*batch([told_report(stated("publicity_events", "12场", "12")), refused]))
        now = dump_of_events(opened)
        opened.connection.execute(BEFORE_CORRECTIONS)
    with open_warehouse(tmp_path) as opened:
        assert dump_of_events(opened) == now == [("opened", 1)]
        assert opened.corrections() == []
        uncommented = opened.connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL"
            " AND table_name IN ('correction', 'correction_use', 'quarantine_event')"
        )
        assert uncommented.fetchall() == []
    assert (tmp_path / "warehouse.schema2.duckdb").exists()


def dump_of_events(opened: Warehouse) -> list[tuple[object, ...]]:
    return opened.connection.execute("SELECT event, load_id FROM quarantine_event").fetchall()
