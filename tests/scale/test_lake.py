"""A warehouse in a DuckLake: the rows of the one file, several writers, whole states for readers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tests.flows.townfacts_process import clean_environment
from tests.scale.comparing import held
from tests.scale.conftest import Catalog
from tests.scale.servers import postgres_binary
from tests.scale.writer import FACTS, batch
from warehouse import WarehouseError, open_warehouse
from warehouse.errors import LakeUnreachable, WarehouseNotWritable
from warehouse.lake_warehouse import open_lake
from warehouse.move import MoveRefused, move_to_file, move_to_lake
from warehouse.tidy import tidy

pytestmark = [pytest.mark.slow, pytest.mark.scale]
LOADS = int(os.environ.get("SCALE_LOADS", "20"))  # of each writer
EACH = {"a": LOADS, "b": LOADS, "d": 2}  # the last waits for nobody
BY_MAKING = 1  # turns that were taken before the first load: the statistics of new tables


def writer(catalog: str, folder: Path, who: str, loads: int, *hasty: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.scale.writer", catalog, str(folder), who, str(loads), *hasty]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=clean_environment())


def in_one_file(folder: Path, each: dict[str, int]) -> dict[str, list[str]]:
    with open_warehouse(folder) as house:
        for who, loads in each.items():
            for number in range(loads):
                house.load(*batch(who, number))
        return held(house)


def test_writers_lose_nothing_and_double_nothing_and_readers_see_whole_states(
    catalog: Catalog, tmp_path: Path
) -> None:
    address, folder = catalog(), tmp_path / "lake"
    writers = [writer(address, folder, who, EACH[who]) for who in "ab"]  # which also make the warehouse
    states: list[tuple[int, ...] | None] = []
    while any(one.poll() is None for one in writers):
        time.sleep(3)
        states.append(state_of(address, folder))
        if len(writers) == 2 and states[-1] and states[-1][0] > LOADS:
            writers.append(writer(address, folder, "d", EACH["d"], "hasty"))
    told = [one.communicate()[0].split()[-1] for one in writers]
    assert [one.returncode for one in writers] == [0, 0, 0]
    print(f"conflicts of the writers: {told}; states seen: {sum(map(bool, states))}")
    assert sum(map(int, told)) > 0, "the writers never met: nothing was shown"
    for loads, last, reports, facts, files in filter(None, states):
        assert (last, facts, files) == (loads, FACTS * reports, reports)
    done = sum(EACH.values())
    with open_lake(address, folder, read_only=True) as lake:
        assert lake.connection.execute("SELECT turn FROM lake_turn").fetchall() == [(done + BY_MAKING,)]
        assert lake.connection.execute("SELECT count(*), max(load_id) FROM load").fetchall() == [(done, done)]
        assert held(lake) == in_one_file(tmp_path / "file", EACH)


def test_loads_that_take_turns_are_done_once(catalog: Catalog, tmp_path: Path) -> None:
    """Each begins while the other is at work."""
    address, folder = catalog(), tmp_path / "lake"
    with (
        open_lake(address, folder) as one,
        open_lake(address, folder) as other,
        ThreadPoolExecutor(2) as pool,
    ):
        loads = [pool.submit(lake.load, *batch(who, 0)) for lake, who in ((one, "a"), (other, "b"))]
        results = [load.result() for load in loads]
        with one.queue.turn() as is_held:
            assert is_held
    assert sorted(result.load_id for result in results) == [1, 2]
    assert [result.conflicts for result in results] == [0, 0]


def test_a_connection_that_is_lost_in_a_load_costs_one_line_and_no_row(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder = catalog(), tmp_path / "lake"
    with open_lake(address, folder) as lake:
        before = lake.load(*batch("a", 0)).load_id
    with monkeypatch.context() as patch, open_lake(address, folder) as lake:
        patch.setattr("warehouse.load.check_promises", lambda *_: cut(address))
        with pytest.raises(WarehouseError, match="connection to PostgreSQL was lost") as told:
            lake.load(*batch("a", 1))
    assert "\n" not in str(told.value)
    with open_lake(address, folder) as lake:
        assert lake.connection.execute("SELECT max(load_id) FROM load").fetchall() == [(before,)]
        assert lake.load(*batch("a", 1)).accepted == 3


OTHERS = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"


def asked(address: str, query: str) -> list[str]:
    """Lines of the answer of PostgreSQL itself."""
    psql = [str(postgres_binary("psql")), "-q", "-A", "-t", "-c", query, address.partition(":")[2]]
    return subprocess.run(psql, check=True, text=True, capture_output=True).stdout.splitlines()


def cut(address: str) -> None:
    """Ends every other connection to the catalog."""
    asked(address, f"SELECT pg_terminate_backend(pid) {OTHERS}")


def until_in_load(address: str, number: int) -> None:
    """Waits until so many loads began, and the last of them is at work: a load is a second transaction beside
    the one that holds the turn.
    """
    began: set[str] = set()
    deadline = time.monotonic() + 300
    while len(began) < number:
        assert time.monotonic() < deadline, "no load began"
        time.sleep(0.1)
        at_work = asked(address, f"SELECT xact_start {OTHERS} AND xact_start IS NOT NULL ORDER BY 1")
        began.update(at_work[1:])


@pytest.mark.parametrize(
    ("is_there", "word"), [("1/lake", "Connection refused"), ("{port}/none", "not exist")]
)
def test_a_wrong_address_costs_one_line(catalog: Catalog, tmp_path: Path, is_there: str, word: str) -> None:
    start, _, rest = catalog().rpartition(":")
    address = f"{start}:{is_there.format(port=rest.partition('/')[0])}"
    with pytest.raises(LakeUnreachable, match=f"does not let us in .*{word}") as told:
        open_lake(address, tmp_path / "lake")
    assert "\n" not in str(told.value)


def test_a_folder_that_cannot_be_written_costs_one_line(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("a file", "utf-8")
    with pytest.raises(WarehouseNotWritable, match="cannot hold a warehouse"):
        open_lake(catalog(), tmp_path / "lake")


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
    for loads in (1, 2):
        killed = writer(address, folder, "a", 50)
        until_in_load(address, loads)
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
    before = in_one_file(tmp_path / "file", {"a": 2, "b": 2})
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
