"""The command itself, Prefect's API and all: what it adds to the core run, how it grows, what two processes
gain.

    python -m benchmarks whole_flow                 minutes
    python -m benchmarks two_processes              15,000 reports, a quarter of an hour
    python -m benchmarks hundred_thousand           about an hour; needs 2 GB below TMPDIR
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.core_run import core
from benchmarks.corpus import write
from benchmarks.timing import Goal, at_least, at_most, cpu
from flows.batches import batch_size, chosen_runner, worker_count
from flows.ingest import LOAD_EVERY, OTHER_TASKS
from flows.settings import Settings
from warehouse import open_warehouse

# Prefect's server takes a second of CPU more or less from start to start: a fifth of the core over 1,000.
REPORTS: Final = 5000
FEW: Final = 20
ROUNDS: Final = 3


class Run(NamedTuple):
    """One process tree: wall seconds, CPU seconds, peak memory of its largest process in MB."""

    wall: float
    cpu: float
    peak: float


def run(source: Path, warehouse: Path, *more: str) -> Run:
    """`townfacts run` to its end; its server and workers count as they are waited for."""
    command = [sys.executable, "-m", "flows", "run", str(source), "--warehouse", str(warehouse), *more]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TOWNFACTS_", "PREFECT_"))}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def task_runs(reports: int) -> int:
    """Prefect task runs of a run over so many new files, on this machine."""
    workers = worker_count(Settings()) if chosen_runner(Settings(), reports) == "processes" else 1
    size = batch_size(reports, workers)
    per_load = -(-LOAD_EVERY // size)
    read = -(-reports // size)
    return OTHER_TASKS + read + max(1, -(-read // per_load))


def goals() -> Iterator[Goal]:
    """What Prefect costs, cold and warm, and whether it stays fixed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(REPORTS, folder / "reports")
        write(FEW, folder / "few")
        cold = run(folder / "few", folder / "cold")
        warm = run(folder / "few", folder / "cold")
        seconds = statistics_of(_round(folder, number) for number in range(ROUNDS))
    yield Goal("Prefect, its server and the imports, first run", "", _seconds(cold), None)
    yield Goal("the same with a used home, nothing new to read", "", _seconds(warm), None)
    core_itself, published = seconds["core"], seconds["core"] + seconds["publishing"]
    fixed = seconds["flow of few"] - seconds["core of few"] - seconds["publishing of few"]
    yield Goal(
        f"fixed part: a flow of {FEW} new files without their own work", "", f"{fixed:.1f} s CPU", None
    )
    excess = 100 * (seconds["flow"] - fixed - core_itself) / core_itself
    yield at_most(f"flow of {REPORTS:,} - fixed part - core, of the core", 5, excess, "%")
    own = 100 * (seconds["flow"] - fixed - published) / core_itself
    yield Goal("  of it comparing texts and publishing", "", f"{excess - own:.0f} %", None)
    yield Goal("  of it Prefect, threads and the rest", "", f"{own:.0f} %", None)
    for reports in (1_000, 100_000, 400_000):
        yield at_most(
            f"task runs of {reports:,} reports", 40 + reports / 500, task_runs(reports), "task runs"
        )


def statistics_of(rounds: Iterable[dict[str, float]]) -> dict[str, float]:
    """The median of each figure over the rounds."""
    taken = list(rounds)
    return {name: statistics.median(one[name] for one in taken) for name in taken[0]}


def _round(folder: Path, number: int) -> dict[str, float]:
    """CPU seconds of the flow over few and over many new files, and of the same work without Prefect."""
    home = folder / f"flow-{number}"
    run(folder / "few", home, "--prune", "0")  # Prefect's database is made once
    taken = {}
    for source, suffix in (("few", " of few"), ("reports", "")):
        shutil.rmtree(home / "published")
        (home / "warehouse.duckdb").unlink()
        plain = folder / f"plain-{number}{suffix}"
        taken[f"flow{suffix}"] = run(folder / source, home, "--runner", "serial").cpu
        taken[f"core{suffix}"] = cpu(lambda: core(folder / source, plain))  # noqa: B023
        taken[f"publishing{suffix}"] = cpu(lambda: _publish(plain))  # noqa: B023
    return taken


def _publish(folder: Path) -> None:
    with open_warehouse(folder) as house:
        house.publish()


def _seconds(ran: Run) -> str:
    return f"{ran.cpu:.1f} s CPU, {ran.wall:.1f} s wall, {ran.peak:.0f} MB"


def of_two_processes(reports: int = 15_000) -> Iterator[Goal]:
    """Wall time: only meant where the machine has two idle cores."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(reports, folder / "reports")
        one = run(folder / "reports", folder / "one", "--runner", "serial")
        two = run(folder / "reports", folder / "two", "--runner", "processes", "--workers", "2")
    yield at_least(f"speed of two processes / one, {reports:,} reports, wall", 1.6, one.wall / two.wall)
    yield Goal("  load average at the end", "", f"{os.getloadavg()[1]:.1f}", None)


def of_many(reports: int = 100_000) -> Iterator[Goal]:
    """Memory and cost per report, against small runs of the same corpus."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ran = {}
        for count in (1_000, 3_000, reports):
            write(count, folder / str(count))
            ran[count] = run(folder / str(count), folder / f"w{count}", "--runner", "serial")
        size = (folder / f"w{reports}" / "warehouse.duckdb").stat().st_size / 2**20
    many, each = ran[reports], {count: one.cpu / count for count, one in ran.items()}
    yield at_most(f"memory at {reports:,} / at 1,000", 1.5, many.peak / ran[1_000].peak)
    yield at_most(f"CPU a report at {reports:,} / at 3,000", 1.15, each[reports] / each[3_000])
    yield Goal(f"  {reports:,} reports", "", f"{_seconds(many)}, warehouse {size:.0f} MB", None)
