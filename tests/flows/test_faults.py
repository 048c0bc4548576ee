"""What goes wrong in the middle of a run: a hang, a killed worker, a full disk, a held warehouse. The run
ends in a true state, and the next one completes it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import FirstRun
from tests.flows.reports import make_many
from tests.flows.test_kill import assert_nothing_is_left, started, states_of_runs
from tests.flows.townfacts_process import ROOT, Townfacts, clean_environment, ended, run_script, seed
from warehouse import open_warehouse

pytestmark = pytest.mark.slow

# The command with one file whose reader never ends, and a clock that does not wait five minutes for it.
HANGS = """
import sys
from flows import workers
from flows.cli import main
from transforms.decode import FoundFile

workers.PATIENCE_SECONDS, workers.SECONDS_PER_FILE, workers.TIMES_THE_LIMIT = {patience}, 0.0, 0
plain = FoundFile.read

def read(self, *limits):
    while self.relative_path == "赵化镇2003.txt":
        pass
    return plain(self, *limits)

FoundFile.read = read
if __name__ == "__main__":
    sys.exit(main())
"""


def facts(warehouse: Path) -> int:
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as connection:
        row = connection.execute("SELECT count(*) FROM fact_indicator").fetchone()
    assert row
    return int(row[0])


@pytest.fixture
def many(first_run: FirstRun, tmp_path: Path) -> tuple[Path, Path]:
    """78 reports, and a warehouse folder with a warm Prefect."""
    seed(first_run.warehouse, tmp_path / "w")
    return make_many(tmp_path / "s"), tmp_path / "w"


@pytest.mark.timed
@pytest.mark.parametrize("runner", ["serial", "processes"])
def test_a_reader_that_hangs_costs_one_file(
    many: tuple[Path, Path], townfacts: Townfacts, tmp_path: Path, runner: str
) -> None:
    source, warehouse = many
    script = HANGS.format(patience=8 if runner == "serial" else 15)
    asked = ("run", source, "--warehouse", warehouse, "--runner", runner)
    done = run_script(tmp_path / "hangs.py", script, *asked, seconds=900)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "77 accepted + 1 quarantined" in done.stdout
    assert "reader_crashed" in done.stdout
    assert states_of_runs(warehouse)[0] == "COMPLETED"
    again = townfacts("run", source, "--warehouse", warehouse, "--full")
    assert "78 accepted + 0 quarantined" in again.stdout


def test_a_killed_worker_costs_nothing(many: tuple[Path, Path]) -> None:
    source, warehouse = many
    process = started(source, warehouse, "--runner", "processes", "--workers", "2")
    deadline = time.monotonic() + 120
    workers: list[int] = []
    while not workers and time.monotonic() < deadline:
        tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
        found = [child for task in tasks for child in task.read_text().split()]
        workers = [int(c) for c in found if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]
        time.sleep(0.05)
    os.kill(workers[0], signal.SIGKILL)
    done = ended(process, 300)
    assert done.returncode == 0, done.stderr
    assert "78 accepted + 0 quarantined" in done.stdout
    assert states_of_runs(warehouse)[0] == "COMPLETED"
    assert_nothing_is_left(warehouse)


def test_a_full_disk_fails_the_run_and_the_next_one_completes_it(
    many: tuple[Path, Path], townfacts: Townfacts, tmp_path: Path
) -> None:
    """A limit on the size of files stands for the disk: it stops writing in the same place."""
    source, warehouse = many
    assert townfacts("run", source, "--warehouse", warehouse, "--only", "*2003.txt").returncode == 0
    before = facts(warehouse)
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from flows.cli import main\n"
        "from pathlib import Path\n"
        "from flows.embedded import quiet\n"
        f"quiet(Path({str(warehouse / '.prefect')!r}))\n"
        "from flows import ingest\n"
        "plain = ingest.load_rows.fn\n"
        "def full(desk):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, -1))\n"
        "    try:\n"
        "        return plain(desk)\n"
        "    finally:\n"
        "        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))\n"
        "ingest.load_rows.fn = full\n"
        "if __name__ == '__main__':\n"
        "    sys.exit(main())\n"
    )
    done = run_script(tmp_path / "full.py", script, "run", source, "--warehouse", warehouse)
    assert done.returncode == 4, done.stdout
    assert "Traceback" not in done.stderr
    assert "nothing was changed" in done.stderr
    assert states_of_runs(warehouse)[0] == "FAILED"
    assert facts(warehouse) == before
    again = townfacts("run", source, "--warehouse", warehouse)
    assert "75 accepted" in again.stdout
    assert "3 unchanged" in again.stdout


def test_a_held_warehouse_is_tried_for_again(many: tuple[Path, Path]) -> None:
    """The flow itself meets the lock (a schedule does not look first); it waits until the holder is gone."""
    source, warehouse = many
    with open_warehouse(warehouse):
        pass
    file = str(warehouse / "warehouse.duckdb")
    hold = f"import duckdb, time; c = duckdb.connect({file!r}); print(1, flush=True); time.sleep(20)"
    run = (
        "from pathlib import Path\n"
        "from flows.embedded import embedded_api\n"
        f"with embedded_api(Path({str(warehouse / '.prefect')!r})) as api:\n"
        "    api.wait_until_up()\n"
        "    from flows import ingest as module\n"
        "    module.SECONDS_AN_ATTEMPT = 2\n"
        f"    done = module.ingest({str(source)!r}, {str(warehouse)!r}, lock_wait=60, only=['*2003.txt'])\n"
        "    print(done.equation)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, cwd=ROOT)
    assert holder.stdout
    holder.stdout.readline()
    done = subprocess.run(
        [sys.executable, "-c", run],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    holder.communicate()
    assert done.returncode == 0, done.stderr
    assert "3 accepted" in done.stdout


def test_alerts_are_called_for_new_causes_and_for_failures_only(
    many: tuple[Path, Path], townfacts: Townfacts, tmp_path: Path
) -> None:
    source, warehouse = many
    told = tmp_path / "told.txt"
    script = tmp_path / "alert.sh"
    script.write_text(f"#!/bin/sh\ncat >> '{told}'\n", "utf-8")
    script.chmod(0o755)
    call = {"TOWNFACTS_ALERT": str(script)}
    where = ("--warehouse", warehouse, "--only", "*2003.txt", "--only", "e*.txt")
    townfacts("run", source, *where, **call)
    assert not told.exists()
    (source / "e1.txt").write_bytes(b"\x7fELF" + bytes(400))
    townfacts("run", source, *where, **call)
    assert ": 1 files, " in told.read_text("utf-8")
    assert "; for example e1.txt\n" in told.read_text("utf-8")
    told.unlink()
    (source / "e2.txt").write_bytes(b"\x7fELF" + bytes(500))
    assert "1 quarantined" in townfacts("run", source, *where, **call).stdout
    assert not told.exists()
    (source / "manifest.csv").write_text("nonsense\n", "utf-8")
    assert townfacts("run", source, *where, **call).returncode == 2
    assert "did not bring the warehouse up to date: " in told.read_text("utf-8")
    assert "exception" not in told.read_text("utf-8")
