"""Prefect's database of a new home is copied from the machine's empty one, where there is one for it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from flows.first_history import DATABASE, EMPTY
from tests.flows.conftest import FirstRun
from tests.flows.townfacts_process import Townfacts, clean_environment
from transforms.kept import digest

LAY_DOWN = """
import pathlib, sys
from flows.first_history import lay_down
print(lay_down(pathlib.Path(sys.argv[1])))
"""


def kept_by(cache: Path) -> Path:
    [path] = (cache / "townfacts").glob(f"{EMPTY.name}-*{EMPTY.suffix}")
    return path


def query(database: Path, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(sql).fetchall()


def lay_down(home: Path, **environment: str) -> str:
    """What lay_down gives in a process of its own: Prefect reads its settings once."""
    home.mkdir()
    told = clean_environment() | environment | {"PREFECT_HOME": str(home)}
    arguments = [sys.executable, "-c", LAY_DOWN, str(home)]
    return subprocess.run(arguments, env=told, capture_output=True, encoding="utf-8", check=True).stdout


def test_what_is_kept_holds_every_table_and_nothing_of_a_run(first_run: FirstRun) -> None:
    tables = "SELECT name, sql FROM sqlite_master ORDER BY name"
    kept = kept_by(first_run.cache)
    assert query(kept, tables) == query(first_run.warehouse / ".prefect" / DATABASE, tables)
    for table in ("flow_run", "task_run", "artifact", "events", "log", "configuration", "variable"):
        assert query(kept, f"SELECT count(*) FROM {table}") == [(0,)]


def test_a_new_home_takes_what_is_kept(first_run: FirstRun, tmp_path: Path, townfacts: Townfacts) -> None:
    cache = shutil.copytree(first_run.cache, tmp_path / "cache")
    kept = kept_by(cache)
    query(kept, "CREATE TABLE made_by_the_test (a INTEGER)")
    query(kept, "PRAGMA wal_checkpoint(TRUNCATE)")
    kept.rename(kept.with_name(f"{kept.name.rpartition('-')[0]}-{digest(kept.read_bytes())}{EMPTY.suffix}"))
    home = tmp_path / "warehouse" / ".prefect"
    done = townfacts("run", first_run.source, "--warehouse", home.parent, XDG_CACHE_HOME=str(cache))
    assert done.returncode == 0
    assert query(home / DATABASE, "SELECT * FROM made_by_the_test") == []
    assert query(home / DATABASE, "SELECT state_type FROM flow_run") == [("COMPLETED",)]
    assert len(list((cache / "townfacts").glob(f"{EMPTY.name}-*"))) == 1


def test_a_database_elsewhere_and_one_that_is_there_are_left_alone(
    first_run: FirstRun, tmp_path: Path
) -> None:
    cache = {"XDG_CACHE_HOME": str(first_run.cache)}
    elsewhere = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere.db'}"
    assert lay_down(tmp_path / "a", **cache, PREFECT_API_DATABASE_CONNECTION_URL=elsewhere) == "False\n"
    assert not (tmp_path / "a" / DATABASE).exists()
    assert lay_down(tmp_path / "b", **cache) == "False\n"
    assert (tmp_path / "b" / DATABASE).read_bytes() == kept_by(first_run.cache).read_bytes()
    assert lay_down(tmp_path / "c", XDG_CACHE_HOME=str(tmp_path / "none")) == "True\n"
    assert not (tmp_path / "c" / DATABASE).exists()
