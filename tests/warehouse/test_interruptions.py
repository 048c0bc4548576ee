"""Killed, locked, full, foreign, newer or damaged: the last good state stands and the message says what
to do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
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

ROOT = Path(__file__).resolve().parents[2]
EVENTS = "publicity_events"


def start(*arguments: object) -> subprocess.Popen[str]:
    """`load_in_a_process`, which prints open, loaded and published."""
    command = [sys.executable, "-m", "tests.warehouse.load_in_a_process", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors


def both_copies(folder: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The warehouse, and all that is published of it: database and Parquet files."""
    published = folder / "published"
    return dump(folder / "warehouse.duckdb"), dump(published / "townfacts.duckdb") | {
        path.relative_to(published).as_posix(): [
            str(row) for row in duckdb.read_parquet(str(path)).order("ALL").fetchall()
        ]
        for path in published.glob("parquet/*/*")
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, dict]:
    folder = tmp_path_factory.mktemp("undisturbed")
    finish(start(folder, 1, 100))
    finish(start(folder, 100, 115))
    return both_copies(folder)


def killed_and_run_again(folder: Path, after: str, delay: float) -> tuple[dict, dict]:
    """Killed `delay` seconds after the word was printed, in the second of two loads; then that load again."""
    finish(start(folder, 1, 100))
    process = start(folder, 100, 115)
    assert process.stdout is not None
    while process.stdout.readline().strip() != after:
        pass
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    finish(start(folder, 100, 115))
    return both_copies(folder)


@pytest.mark.slow
@pytest.mark.parametrize(("after", "delay"), [("open", 0.15), ("loaded", 0.1)])
def test_killed(after: str, delay: float, undisturbed: tuple, tmp_path: Path) -> None:
    assert killed_and_run_again(tmp_path, after, delay) == undisturbed
    assert sorted(path.name for path in (tmp_path / "published").iterdir()) == ["parquet", "townfacts.duckdb"]


@pytest.mark.slow
@pytest.mark.parametrize("point", range(8))
def test_killed_anywhere(point: int, undisturbed: tuple, tmp_path: Path) -> None:
    after, delay = ("open", 0.05 * point) if point < 5 else ("loaded", 0.12 * (point - 5))
    assert killed_and_run_again(tmp_path, after, delay) == undisturbed


@pytest.mark.slow
def test_no_room_left(undisturbed: tuple, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk; afterwards the same load goes through."""
    finish(start(tmp_path, 1, 100))
    for limit, word in ((100_000, "not writable in load"), (None, "published")):
        script = (
            "import resource, sys\n"
            "from pathlib import Path\n"
            "from tests.warehouse.load_in_a_process import main\n"
            "from warehouse import WarehouseNotWritable\n"
            f"limit = {limit}\n"
            "if limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
            "try: main(Path(sys.argv[1]), 100, 115)\n"
            "except WarehouseNotWritable as error: print('not writable in load', error)\n"
        )
        command = [sys.executable, "-c", script, str(tmp_path)]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert word in run.stdout, run.stdout
    assert both_copies(tmp_path) == undisturbed
    assert sorted(path.name for path in (tmp_path / "published").iterdir()) == ["parquet", "townfacts.duckdb"]


def test_two_runs_begin_one_warehouse(tmp_path: Path) -> None:
    """Both find no file and make one; one wins, the other waits, and both loads are in."""
    processes = [start(tmp_path, first, first + 20) for first in (1, 21)]
    for process in processes:
        finish(process)
    with open_warehouse(tmp_path) as warehouse:
        assert len(warehouse.known_files()) == 40
        assert warehouse.connection.execute("SELECT list(load_id) FROM load").fetchone() == ([1, 2],)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_second_writer_is_told_who_holds_it(tmp_path: Path) -> None:
    process = start(tmp_path, 1, 3, 60)
    assert process.stdout is not None
    while process.stdout.readline().strip() != "published":
        pass
    started = time.monotonic()
    with pytest.raises(WarehouseLocked, match=f"process {process.pid}") as caught:
        open_warehouse(tmp_path, wait_seconds=0.5)
    assert 0.4 < time.monotonic() - started < 5
    assert (caught.value.pid, caught.value.exit_code) == (process.pid, 3)
    threading.Timer(0.5, process.kill).start()
    with open_warehouse(tmp_path, wait_seconds=30) as warehouse:  # the lock of the dead is free
        assert len(warehouse.known_files()) == 2
    process.communicate(timeout=60)


@pytest.mark.slow
def test_reader_of_the_published_copy_is_never_disturbed(batch, tmp_path: Path) -> None:
    """It holds one copy and opens the newest during twenty loads: whole states only, and no load waits for
    it.
    """
    seen, failures, done = [], [], threading.Event()
    target = tmp_path / "published" / "townfacts.duckdb"

    def read() -> None:
        script = (
            "import duckdb, sys\n"
            "c = duckdb.connect(sys.argv[1], read_only=True)\n"
            "q = 'SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM fact_indicator),"
            " (SELECT count(*) FROM town_year)'\n"
            "first = c.execute(q).fetchone(); print(*first); sys.exit(c.execute(q).fetchone() != first)\n"
        )
        while not done.is_set():
            run = subprocess.run([sys.executable, "-c", script, str(target)], capture_output=True, text=True)
            seen.append(run.stdout.split()) if run.returncode == 0 else failures.append(run.stderr)

    def load(number: int) -> None:
        facts = (stated(EVENTS, f"{number}场", str(number)), stated("law_lectures", "3场", "3"))
        report = told_report(*facts, name=f"{number}.txt", words=str(number), town_id=f"t{number:012}")
        with open_warehouse(tmp_path) as warehouse:
            warehouse.load(*batch([report]))
            assert warehouse.publish() == target

    load(1)
    with duckdb.connect(str(target), read_only=True) as held:
        reader = threading.Thread(target=read)
        reader.start()
        for number in range(2, 22):
            load(number)
            assert held.execute(
                "SELECT count(*) FROM report JOIN fact_indicator USING (report_id)"
            ).fetchone() == (2,)
        done.set()
        reader.join(timeout=60)
        assert held.execute("SELECT count(*) FROM report").fetchone() == (1,)
    assert failures == []
    assert seen
    assert all(int(facts) == 2 * int(reports) == 2 * int(rows) for reports, facts, rows in seen)


def test_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.connection.execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    before = (tmp_path / "warehouse.duckdb").read_bytes()
    for read_only in (False, True):
        with pytest.raises(WarehouseTooNew, match="schema version 99") as caught:
            open_warehouse(tmp_path, read_only=read_only)
        assert caught.value.exit_code == 3
    assert (tmp_path / "warehouse.duckdb").read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database" * 1000, b"", os.urandom(1) * 5000])
def test_damaged_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseUnreadable, match="restore it from a backup"):
        open_warehouse(tmp_path)
    assert path.read_bytes() == content


def test_file_cut_short(five, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(five))
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(path.read_bytes()[:20_000])
    with (
        pytest.raises(WarehouseUnreadable, match="restore it from a backup"),
        open_warehouse(tmp_path) as warehouse,
    ):
        warehouse.load(*batch(five))


def test_database_of_a_stranger(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(WarehouseUnreadable, match="no warehouse of townfacts"):
        open_warehouse(tmp_path)


def test_nothing_to_look_into(tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing) as caught:
        open_warehouse(tmp_path / "none", read_only=True)
    assert caught.value.exit_code == 2
    assert not (tmp_path / "none").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(WarehouseNotWritable):
        open_warehouse(tmp_path / "data")


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
def test_read_only_folder() -> None:
    """As another user where the tests run as root, whom no permission stops."""
    script = (
        "import sys; from pathlib import Path; from warehouse import *\n"
        "try: open_warehouse(Path(sys.argv[1]))\n"
        "except WarehouseNotWritable as error: print(error)\n"
    )
    prefix = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for mode in (0o555, 0o000):  # may be looked into; may not even be looked into
            folder.chmod(mode)
            for target in (folder, folder / "data"):
                command = [*prefix, sys.executable, "-c", script, str(target)]
                run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
                assert "cannot hold a warehouse: Permission denied" in run.stdout, run.stderr
        folder.chmod(0o700)
