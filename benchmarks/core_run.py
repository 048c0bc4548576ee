"""What a run costs beside the extraction itself, without Prefect: finding, checking, loading; and running
again when nothing, or one file in a hundred, changed.

Over generated reports on disk, in one process, serially. The yardstick is the same files read and extracted
one by one, their rows thrown away; a run reads a few together (flows/together.py), which costs it less.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import transforms
from benchmarks.corpus import write
from benchmarks.timing import Goal, at_most, cpu
from flows.batches import batch_size, batches
from flows.candidate import Candidate
from flows.discover import discover
from flows.ingest import LOAD_EVERY
from flows.versions import rulebook_version
from flows.workers import read_batch
from transforms.decode import find_files
from validation.frames import concat
from validation.gates import gate
from warehouse import RunInfo, SourceFile, Warehouse, open_warehouse

REPORTS: Final = 1000
ROUNDS: Final = 5


def extraction(source: Path) -> None:
    """Every file read and extracted."""
    for found in find_files(source):
        transforms.extract(found.read())


def core(source: Path, folder: Path) -> int:
    """What the flow does, without Prefect and without publishing; how many files were read."""
    with open_warehouse(folder) as house:
        discovery = discover(source, house.known_files())
        size = batch_size(len(discovery.to_read), 1)
        *parts, last = list(batches(discovery.to_read, LOAD_EVERY)) or [()]
        for part in parts:
            _load(house, part, size, ())
        _load(house, last, size, [*discovery.unchanged, *discovery.ignored])
    return len(discovery.to_read)


def _load(house: Warehouse, part: Sequence[Candidate], size: int, rest: Sequence[SourceFile]) -> None:
    read = [read_batch(batch, rulebook_version()) for batch in batches(part, size)]
    files = [file for batch in read for file in batch.files]
    run = RunInfo("benchmark", datetime(2026, 1, 5), [*files, *rest])
    house.load(gate(concat([batch.frames for batch in read])), run)


def touch(source: Path) -> None:
    """Every file another time, the same bytes."""
    for path in _files(source):
        os.utime(path, ns=(os.stat(path).st_atime_ns, os.stat(path).st_mtime_ns + 10**9))


def change(source: Path) -> None:
    """A new sentence at the end of one report in a hundred."""
    for path in _files(source)[::100]:
        path.write_text(path.read_text(encoding="utf-8") + "\n全年走访企业3家。\n", encoding="utf-8")


def _files(source: Path) -> list[Path]:
    return sorted(path for path in source.rglob("*") if path.is_file())


def measured(reports: int = REPORTS) -> dict[str, float]:
    """Median CPU seconds of each kind of run; the rounds take turns."""
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        source, folder = Path(name) / "reports", Path(name) / "w"
        write(reports, source)
        steps: dict[str, tuple[Callable[[], None], int]] = {
            "full": (lambda: shutil.rmtree(folder, ignore_errors=True), reports),
            "by stat": (lambda: None, 0),
            "by hash": (lambda: touch(source), 0),
            "1 % changed": (lambda: change(source), -(-reports // 100)),
        }
        for _ in range(ROUNDS):
            taken.setdefault("extraction", []).append(cpu(lambda: extraction(source)))
            for step, (prepare, expected) in steps.items():
                prepare()
                read: list[int] = []
                taken.setdefault(step, []).append(cpu(lambda: read.append(core(source, folder))))  # noqa: B023
                assert read == [expected], (step, read)
    return {step: statistics.median(times) for step, times in taken.items()}


def goals() -> Iterator[Goal]:
    """What is asked of a run without Prefect."""
    seconds = measured()
    full = seconds["full"]
    yield at_most("read, extract, validate, load / extraction alone", 1.3, full / seconds["extraction"])
    yield at_most("nothing changed, by stat / full run", 5, 100 * seconds["by stat"] / full, "%")
    yield at_most("nothing changed, by hash / full run", 10, 100 * seconds["by hash"] / full, "%")
    yield at_most("1 % changed / full run", 8, 100 * seconds["1 % changed"] / full, "%")
    per_report = f"{1e3 * full / REPORTS:.2f} ms"
    yield Goal(f"a report of {REPORTS:,}, read to rows in the warehouse", "", per_report, None)
