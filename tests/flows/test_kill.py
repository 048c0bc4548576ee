"""A run ends at any moment, by SIGKILL, SIGTERM or keyboard: nothing stays behind, the next one mends it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.conftest import FirstRun
from tests.flows.reports import make_many
from tests.flows.townfacts_process import Townfacts, clean_environment, command, ended, seed, servers_of
from tests.warehouse.dump import dump


@dataclass(frozen=True)
class Undisturbed:
    """A source, and what the warehouse of one undisturbed run over it holds."""

    source: Path
    warehouse: Path
    tables: dict[str, list[str]]


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, townfacts: Townfacts, first_run: FirstRun
) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    source, warehouse = make_many(folder / "reports"), folder / "w"
    seed(first_run.warehouse, warehouse)
    assert townfacts("run", source, "--warehouse", warehouse).returncode == 0
    return Undisturbed(source, warehouse, dump(warehouse / "warehouse.duckdb"))


def started(source: Path, warehouse: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("run", source, "--warehouse", warehouse, *more),
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def wait_for_line(process: subprocess.Popen[str], words: str) -> None:
    """Until the log says so."""
    assert process.stderr
    said = []
    for line in process.stderr:
        said.append(line)
        if words in line:
            return
    pytest.fail(f"the run ended without saying {words!r}, but: {''.join(said)}")


def assert_nothing_is_left(warehouse: Path) -> None:
    """Server and workers see the end of the run by themselves, within seconds."""
    deadline = time.monotonic() + 15
    while servers_of(warehouse) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert servers_of(warehouse) == []


def states_of_runs(warehouse: Path) -> list[str]:
    """What Prefect remembers, the latest run first."""
    with sqlite3.connect(warehouse / ".prefect" / "prefect.db") as connection:
        states = connection.execute("SELECT state_type FROM flow_run ORDER BY created DESC").fetchall()
    connection.close()
    return [state for (state,) in states]


@pytest.mark.parametrize(
    ("words", "seconds", "runner"),
    [
        pytest.param("20/78 files", 0.0, "serial", marks=pytest.mark.slow),
        pytest.param("78/78 files", 0.2, "processes", marks=pytest.mark.slow),
        pytest.param("78/78 files", 0.0, "serial", marks=pytest.mark.slow),
        pytest.param("78/78 files", 0.1, "serial", marks=pytest.mark.slow),
        pytest.param("78/78 files", 0.3, "serial", marks=pytest.mark.slow),
        pytest.param("78/78 files", 0.5, "serial", marks=pytest.mark.slow),
        pytest.param("78/78 files", 0.8, "serial", marks=pytest.mark.slow),
    ],
)
def test_after_sigkill_the_next_run_gives_the_same_warehouse(
    undisturbed: Undisturbed, townfacts: Townfacts, tmp_path: Path, words: str, seconds: float, runner: str
) -> None:
    seed(undisturbed.warehouse, tmp_path)
    process = started(undisturbed.source, tmp_path, "--runner", runner)
    wait_for_line(process, words)
    time.sleep(seconds)
    process.kill()
    ended(process)
    assert_nothing_is_left(tmp_path)
    again = townfacts("run", undisturbed.source, "--warehouse", tmp_path)
    assert again.returncode == 0
    assert states_of_runs(tmp_path)[:2] == ["COMPLETED", "CRASHED"]
    again_tables = dump(tmp_path / "warehouse.duckdb")
    odd = {name: set(rows) ^ set(undisturbed.tables[name]) for name, rows in again_tables.items()}
    assert {name: sorted(rows)[:4] for name, rows in odd.items() if rows} == {}
    assert again_tables == undisturbed.tables


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_a_run_says_so_and_leaves_nothing(
    undisturbed: Undisturbed, tmp_path: Path, number: signal.Signals
) -> None:
    runner = "processes" if number == signal.SIGTERM else "serial"
    seed(undisturbed.warehouse, tmp_path)
    process = started(undisturbed.source, tmp_path, "--runner", runner)
    wait_for_line(process, "20/78 files")
    asked = time.monotonic()
    os.kill(process.pid, number)
    done = ended(process)
    assert time.monotonic() - asked < 30
    assert done.returncode == 4
    assert done.stderr.splitlines()[-1].startswith("townfacts: stopped")
    assert "Traceback" not in done.stderr
    assert_nothing_is_left(tmp_path)
    assert states_of_runs(tmp_path)[0] == "CRASHED"
    assert not (tmp_path / "published" / "townfacts.duckdb").exists()


@pytest.mark.slow
def test_a_server_that_goes_away_ends_the_run_and_the_next_one_completes_it(
    undisturbed: Undisturbed, townfacts: Townfacts, tmp_path: Path
) -> None:
    seed(undisturbed.warehouse, tmp_path)
    process = started(undisturbed.source, tmp_path)
    wait_for_line(process, "20/78 files")
    (server,) = set(servers_of(tmp_path)) - {process.pid}
    os.kill(server, signal.SIGKILL)
    done = ended(process)
    assert "Traceback" not in done.stderr
    assert done.returncode == 4
    assert "Prefect's API ended" in done.stderr.splitlines()[-1]
    again = townfacts("run", undisturbed.source, "--warehouse", tmp_path)
    assert again.returncode == 0
    assert states_of_runs(tmp_path)[0] == "COMPLETED"
    assert "RUNNING" not in states_of_runs(tmp_path)


@pytest.mark.slow
def test_two_runs_that_begin_together_on_nothing_both_end_well(first_run: FirstRun, tmp_path: Path) -> None:
    """Each brings a server along, and both would make the database of the history at once."""
    both = [started(first_run.source, tmp_path / "w", "--lock-wait", "120") for _ in range(2)]
    done = [ended(process) for process in both]
    assert [process.returncode for process in done] == [0, 0], done
