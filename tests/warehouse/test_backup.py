"""Backup and restore: checked, whole or not at all, and never over what is held or newer."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.dump import dump
from tests.warehouse.told_reports import stated, told_report
from warehouse import (
    WarehouseLocked,
    WarehouseMissing,
    WarehouseNotWritable,
    WarehouseTooNew,
    WarehouseUnreadable,
    open_warehouse,
)
from warehouse.backup import backup, restore


@pytest.fixture
def folder(batch, tmp_path: Path) -> Path:
    with open_warehouse(tmp_path / "w") as warehouse:
        warehouse.load(*batch([told_report(stated("publicity_events", "12场", "12"))]))
    return tmp_path / "w"


def grown(folder: Path, batch) -> None:
    with open_warehouse(folder) as warehouse:
        warehouse.load(*batch([told_report(stated("law_lectures", "3场", "3"), name="b.txt", year=2021)]))


def test_there_and_back(folder: Path, batch, tmp_path: Path) -> None:
    before = dump(folder / "warehouse.duckdb")
    made = backup(folder, tmp_path / "backups", 0)
    assert (made.last_load, made.reports, made.facts) == (1, 1, 1)
    assert dump(made.path) == before
    with pytest.raises(WarehouseNotWritable, match="never overwrites"):
        backup(folder, made.path, 0)
    grown(folder, batch)
    after = dump(folder / "warehouse.duckdb")
    back = restore(made.path, folder, 0)
    assert dump(folder / "warehouse.duckdb") == before
    assert back.replaced is not None
    assert dump(back.replaced) == after
    assert sorted(p.name for p in folder.iterdir()) == ["warehouse.duckdb", "warehouse.replaced1.duckdb"]
    grown(folder, batch)  # and it goes on from there


def test_a_new_place_and_a_damaged_warehouse(folder: Path, tmp_path: Path) -> None:
    made = backup(folder, tmp_path / "b.duckdb", 0)
    assert restore(made.path, tmp_path / "elsewhere", 0).replaced is None
    (folder / "warehouse.duckdb").write_bytes(b"rubbish" * 1000)
    (folder / "warehouse.duckdb.wal").write_bytes(b"rubbish")
    restore(made.path, folder, 0)
    assert dump(folder / "warehouse.duckdb") == dump(made.path)
    assert (folder / "warehouse.replaced1.duckdb.wal").exists()


def test_refused(folder: Path, tmp_path: Path) -> None:
    made = backup(folder, tmp_path / "b.duckdb", 0)
    before = dump(folder / "warehouse.duckdb")
    with pytest.raises(WarehouseMissing):
        restore(tmp_path / "none.duckdb", folder, 0)
    damaged = tmp_path / "damaged.duckdb"
    content = bytearray(made.path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = os.urandom(4096)
    damaged.write_bytes(content)
    stranger = tmp_path / "stranger.duckdb"
    duckdb.connect(str(stranger)).close()
    for bad in (damaged, stranger):
        with pytest.raises(WarehouseUnreadable):
            restore(bad, folder, 0)
    with duckdb.connect(str(made.path)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    with pytest.raises(WarehouseTooNew):
        restore(made.path, folder, 0)
    assert dump(folder / "warehouse.duckdb") == before


def test_refused_while_held(folder: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    made = backup(folder, tmp_path / "b.duckdb", 0)
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(folder / "warehouse.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(WarehouseLocked, match=str(holder.pid)):
            restore(made.path, folder, 0)
        with pytest.raises(WarehouseLocked):
            backup(folder, tmp_path / "c.duckdb", 0)
        holder.communicate()
    assert not (tmp_path / "c.duckdb").exists()
