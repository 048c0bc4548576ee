"""`townfacts run` for real: processes of their own, Prefect's API and all, a folder with everything in it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import FirstRun
from tests.flows.reports import FILES_IN, TOWNS, make_source, report
from tests.flows.townfacts_process import Townfacts, clean_environment, command, ended, seed, servers_of

# Opens a database as its writer and keeps it.
HOLD = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print(1, flush=True); time.sleep(60)"
OUTCOMES = ("accepted", "quarantined", "unchanged", "duplicate", "ignored")


@pytest.fixture
def later(first_run: FirstRun, tmp_path: Path) -> Iterator[FirstRun]:
    """A warehouse and a source of one's own, as they are after the first run, at the place they were."""
    kept = tmp_path / "kept"
    shutil.copytree(first_run.warehouse, kept / "w")
    shutil.copytree(first_run.source, kept / "s", symlinks=True)
    yield first_run
    for at, copy in ((first_run.warehouse, kept / "w"), (first_run.source, kept / "s")):
        shutil.rmtree(at)
        shutil.copytree(copy, at, symlinks=True)


def counts(done: subprocess.CompletedProcess[str]) -> dict[str, int]:
    """The line `N files in = a accepted + …`, which must add up."""
    line = next(line for line in done.stdout.splitlines() if " files in = " in line)
    found = {name: int(re.search(rf"(\d+) {name}", line)[1]) for name in OUTCOMES}  # type: ignore[index]
    assert int(line.split()[0]) == sum(found.values()), line
    return found


def rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse / "published" / "townfacts.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_the_run_adds_up_and_says_why(first_run: FirstRun) -> None:
    done = first_run.done
    assert done.returncode == 0
    assert counts(done) == FILES_IN
    for code in ("empty_file", "not_township", "broken_link"):
        assert code in done.stdout
    assert str(first_run.warehouse / "warehouse.duckdb") in done.stdout
    examples = done.stdout.split("three facts, for example:\n")[1].splitlines()
    assert len(examples) == 1 + 3
    assert {line.split()[0] for line in examples[1:]} == set(TOWNS)


def test_standard_error_holds_the_progress_and_nothing_else(first_run: FirstRun) -> None:
    said = first_run.done.stderr
    if duckdb.__version__.startswith("2."):  # its wheel tells at the end what of itself was not freed
        said = said.partition("nanobind: leaked")[0]
    assert re.fullmatch(r"(townfacts: \d+/9 files, .*\n)+", said)


def test_rows_are_published(first_run: FirstRun) -> None:
    found = rows(
        first_run.warehouse,
        "SELECT name, rule_of_law_meetings FROM fact_organisation JOIN town USING (town_id) ORDER BY 2",
    )
    assert [(name, int(value)) for name, value in found] == [(town, 3 + n) for n, town in enumerate(TOWNS)]


def test_no_server_is_left_and_nothing_stray_was_logged(first_run: FirstRun) -> None:
    assert servers_of(first_run.warehouse) == []
    assert (first_run.warehouse / ".prefect" / "server.log").read_bytes() == b""
    assert not (first_run.warehouse / ".prefect" / "prefect.log").exists()


def test_the_history_of_the_flow_is_complete(first_run: FirstRun) -> None:
    with sqlite3.connect(first_run.warehouse / ".prefect" / "prefect.db") as connection:
        flows = connection.execute("SELECT name, state_type FROM flow_run").fetchall()
        tasks = connection.execute("SELECT name, state_type FROM task_run").fetchall()
        artifacts = connection.execute("SELECT key, data FROM artifact").fetchall()
    connection.close()
    assert flows == [(f"ingest {first_run.source}", "COMPLETED")]
    names = sorted(re.sub(r"-[0-9a-f]{3}$", "", name) for name, _ in tasks)
    assert names == ["find changes", "load rows", "open warehouse", "publish", "read files 0"]
    assert {state for _, state in tasks} == {"COMPLETED"}
    assert {key for key, _ in artifacts} == {
        "ingest-summary",
        "quarantine-by-cause",
        "accuracy-by-domain",
        "ingest-progress",
    }
    by_key = dict(artifacts)
    assert "accepted" in by_key["ingest-summary"]
    assert "empty_file" in by_key["quarantine-by-cause"]
    assert "publicity" in by_key["accuracy-by-domain"]


def test_quarantine_is_listed_and_shown(first_run: FirstRun, townfacts: Townfacts) -> None:
    where = ("--warehouse", first_run.warehouse)
    listed = townfacts("quarantine", "list", *where).stdout.splitlines()
    assert len(listed) == 1 + FILES_IN["quarantined"]
    only = townfacts("quarantine", "list", "--code", "empty_file", *where).stdout.splitlines()
    assert len(only) == 2
    shown = townfacts("quarantine", "show", only[1].split()[0][:8], *where)
    assert shown.returncode == 0
    assert re.search(r"relative_path +empty\.txt", shown.stdout)
    assert townfacts("quarantine", "show", "zzz", *where).returncode == 2


def test_unmatched_quantities_are_counted(first_run: FirstRun, townfacts: Townfacts) -> None:
    done = townfacts("unmatched", "--warehouse", first_run.warehouse, "--limit", "5")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) <= 1 + 5
    assert townfacts("unmatched", "--warehouse", first_run.warehouse, "--limit", "x").returncode == 2


def test_the_second_run_loads_nothing_says_so_and_is_still_strict(
    later: FirstRun, townfacts: Townfacts
) -> None:
    again = townfacts("run", later.source, "--warehouse", later.warehouse, "--strict")
    assert counts(again) == dict.fromkeys(OUTCOMES, 0) | {"unchanged": 8, "ignored": 1, "quarantined": 1}
    assert "0 rows loaded" in again.stdout
    assert again.returncode == 1


def test_a_changed_a_new_and_a_vanished_file(later: FirstRun, townfacts: Townfacts) -> None:
    (later.source / "1.txt").write_text(report(TOWNS[1], meetings=9), "utf-8")
    (later.source / "new.txt").write_text(report(TOWNS[0], year=2021), "utf-8")
    (later.source / "2.txt").unlink()
    done = townfacts("run", later.source, "--warehouse", later.warehouse, "--runner", "processes")
    assert done.returncode == 0
    assert counts(done)["accepted"] == 2
    assert "1 files known from before are gone" in done.stdout
    found = rows(later.warehouse, "SELECT rule_of_law_meetings::INT FROM fact_organisation ORDER BY 1")
    assert found == [(3,), (4,), (5,), (9,)]
    assert servers_of(later.warehouse) == []


def test_a_warehouse_of_a_newer_version_is_left_alone(
    first_run: FirstRun, townfacts: Townfacts, tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    newer.mkdir()
    shutil.copy(first_run.warehouse / "warehouse.duckdb", newer)
    with duckdb.connect(str(newer / "warehouse.duckdb")) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE name = 'schema_version'")
    before = (newer / "warehouse.duckdb").read_bytes()
    for arguments in (("run", first_run.source), ("quarantine", "list"), ("unmatched",)):
        done = townfacts(*arguments, "--warehouse", newer)
        assert done.returncode == 3
        assert done.stdout == ""
        assert re.fullmatch(r"townfacts: .*warehouse\.duckdb.* 999.*\n", done.stderr)
    assert (newer / "warehouse.duckdb").read_bytes() == before


@pytest.mark.parametrize("folder", ["nowhere", "empty"])
def test_nothing_to_read_is_said_before_anything_is_made(
    townfacts: Townfacts, tmp_path: Path, folder: str
) -> None:
    (tmp_path / "empty" / "below").mkdir(parents=True)
    done = townfacts("run", tmp_path / folder, "--warehouse", tmp_path / "w")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(tmp_path / folder) in done.stderr
    assert not (tmp_path / "w").exists()


def test_a_file_that_is_no_warehouse(first_run: FirstRun, townfacts: Townfacts, tmp_path: Path) -> None:
    (tmp_path / "warehouse.duckdb").write_bytes(b"not a database" * 1000)
    done = townfacts("run", first_run.source, "--warehouse", tmp_path)
    assert done.returncode == 4
    assert re.fullmatch(r"townfacts: .*warehouse\.duckdb.*\n", done.stderr)


def test_a_warehouse_that_another_run_holds(
    first_run: FirstRun, townfacts: Townfacts, tmp_path: Path
) -> None:
    shutil.copy(first_run.warehouse / "warehouse.duckdb", tmp_path)
    holder = subprocess.Popen(
        [
            command()[0],
            "-c",
            HOLD,
            str(tmp_path / "warehouse.duckdb"),
        ],
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout
        holder.stdout.readline()
        for arguments in (("run", first_run.source), ("quarantine", "list")):
            done = townfacts(*arguments, "--warehouse", tmp_path, "--lock-wait", "1")
            assert done.returncode == 3
            assert f"process {holder.pid}" in done.stderr.splitlines()[-1]
    finally:
        holder.kill()
        holder.communicate()


@pytest.mark.slow
def test_two_runs_at_once_one_waits(first_run: FirstRun, tmp_path: Path) -> None:
    source, warehouse = make_source(tmp_path / "s"), tmp_path / "w"
    seed(first_run.warehouse, warehouse)
    runs = [
        subprocess.Popen(
            command("run", source, "--warehouse", warehouse),
            env=clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    said = [ended(run) for run in runs]
    assert [done.returncode for done in said] == [0, 0], said
    assert sorted(counts(done)["accepted"] for done in said) == [0, FILES_IN["accepted"]]
    assert sorted(counts(done)["unchanged"] for done in said)[0] == 0
    assert all("Traceback" not in done.stderr for done in said)
