"""A warehouse in a DuckLake: the rows of the one file, several writers, whole states for readers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.flows.townfacts_process import clean_environment
from tests.scale.comparing import held
from tests.scale.conftest import Catalog
from tests.scale.writer import FACTS, batch
from warehouse import open_warehouse
from warehouse.lake_warehouse import open_lake
from warehouse.move import MoveRefused, move_to_file, move_to_lake
from warehouse.tidy import tidy

pytestmark = [pytest.mark.slow, pytest.mark.scale]
LOADS = int(os.environ.get("SCALE_LOADS", "20"))  # of each writer


def writer(catalog: str, folder: Path, who: str, loads: int = LOADS) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.scale.writer", catalog, str(folder), who, str(loads)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=clean_environment())


def in_one_file(folder: Path, loads: int) -> dict[str, list[str]]:
    with open_warehouse(folder) as house:
        for who in "ab":
            for number in range(loads):
                house.load(*batch(who, number))
        return held(house)


def test_two_writers_lose_nothing_and_double_nothing_and_readers_see_whole_states(
    catalog: Catalog, tmp_path: Path
) -> None:
    address, folder = catalog(), tmp_path / "lake"
    writers = [writer(address, folder, who) for who in "ab"]  # which also make the warehouse at once
    states = []
    while any(one.poll() is None for one in writers):
        time.sleep(2)
        if states or (folder / "files").is_dir():
            states.append(state_of(address, folder))
    told = [one.communicate()[0] for one in writers]
    assert [one.returncode for one in writers] == [0, 0]
    assert sum(map(int, told)) > 0, "two writers never met: nothing was shown"
    for loads, last, reports, facts, files in filter(None, states):
        assert (last, facts, files) == (loads, FACTS * reports, reports)
    with open_lake(address, folder, read_only=True) as lake:
        assert lake.connection.execute("SELECT turn FROM lake_turn").fetchall() == [(2 * LOADS,)]
        assert lake.connection.execute("SELECT count(*), max(load_id) FROM load").fetchall() == [
            (2 * LOADS, 2 * LOADS)
        ]
        assert held(lake) == in_one_file(tmp_path / "file", LOADS)


def state_of(address: str, folder: Path) -> tuple[int, ...] | None:
    """In five statements, between which others load: loads, the last one, reports, facts, files."""
    from warehouse import WarehouseMissing

    try:
        with open_lake(address, folder, read_only=True) as lake:
            counts = ("count(*) FROM load", "coalesce(max(load_id), 0) FROM load", "count(*) FROM report")
            counts += ("count(*) FROM fact_indicator", "count(*) FROM source_file")
            found = []
            for words in counts:
                found.append(lake.connection.execute(f"SELECT {words}").fetchall()[0][0])
                time.sleep(0.2)
            return tuple(found)
    except WarehouseMissing:  # not made yet
        return None


def test_a_killed_writer_leaves_whole_loads_and_the_next_one_does_the_rest(
    catalog: Catalog, tmp_path: Path
) -> None:
    address, folder = catalog(), tmp_path / "lake"
    with open_lake(address, folder):
        pass
    for seconds in (3.0, 4.5):
        killed = writer(address, folder, "a", 50)
        time.sleep(seconds)
        killed.kill()
        killed.communicate()
    for who in "ab":
        done = writer(address, folder, who, 2)
        done.communicate(timeout=300)
        assert done.returncode == 0
    with open_lake(address, folder) as lake:
        lake.load(*batch("a", 0))
        row = lake.connection.execute("SELECT count(*), max(load_id) FROM load").fetchall()[0]
        assert row[0] == row[1]
        reports = lake.connection.execute("SELECT count(*) FROM report").fetchall()[0][0]
        assert lake.connection.execute("SELECT count(*) FROM fact_indicator").fetchall() == [
            (FACTS * reports,)
        ]
        lake.publish()
    assert (folder / "published" / "townfacts.duckdb").is_file()


def test_there_and_back_and_tidied_all_is_as_it_was(catalog: Catalog, tmp_path: Path) -> None:
    before = in_one_file(tmp_path / "file", 2)
    address, folder = catalog(), tmp_path / "lake"
    there = move_to_lake(tmp_path / "file", address, folder)
    assert there["report"] == 10
    with pytest.raises(MoveRefused, match="holds loads already"):
        move_to_lake(tmp_path / "file", address, folder)
    with open_lake(address, folder) as lake:
        assert held(lake) == before
        lake.load(*batch("a", 0))  # nothing new
        past = lake.connection.execute("FROM as_of('fact_indicator', 1) ORDER BY fact_id").fetchall()
    assert tidy(address, folder, timedelta(0)).snapshots > 0
    with open_lake(address, folder, read_only=True) as lake:
        assert held(lake) == before
        assert lake.connection.execute("FROM as_of('fact_indicator', 1) ORDER BY fact_id").fetchall() == past
    back = move_to_file(address, folder, tmp_path / "back")
    assert back["report"] == 10
    with open_warehouse(tmp_path / "back", read_only=True) as house:
        assert held(house) == before
