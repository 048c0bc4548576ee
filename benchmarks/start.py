"""What a new process pays: one report on the command line, the first name looked up in the gazetteer."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.timing import ROUNDS, Goal, at_most

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "shouchang-2022.txt"
EXTRACT = [sys.executable, "-m", "flows", "extract", str(SAMPLE)]
# prints milliseconds to the first answer, and MB of all of it read
LOOK_UP = """
import time, tracemalloc
from transforms.tabulate.identity import gazetteer as module
began = time.process_time()
assert module.gazetteer().find("城关镇")
taken = time.process_time() - began
module.gazetteer.cache_clear()
tracemalloc.start()
kept = list(module.gazetteer().units())
print(taken * 1e3, tracemalloc.get_traced_memory()[0] / 2**20)
"""


def extract_seconds() -> float:
    """CPU seconds of `townfacts extract` for one file, from the start of the process to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(EXTRACT, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def look_up() -> tuple[float, float]:
    """Milliseconds to the first look-up, and megabytes with every unit of the gazetteer in memory."""
    ran = subprocess.run([sys.executable, "-c", LOOK_UP], check=True, capture_output=True, text=True)
    milliseconds, megabytes = map(float, ran.stdout.split())
    return milliseconds, megabytes


def goals() -> Iterator[Goal]:
    """What is asked of a new process."""
    yield at_most(
        "townfacts extract of one file, new process", 2, median(extract_seconds() for _ in range(ROUNDS)), "s"
    )
    asked = [look_up() for _ in range(ROUNDS)]
    yield at_most("gazetteer, first look-up of a process", 30, median(row[0] for row in asked), "ms")
    yield at_most("gazetteer, memory with every unit held", 60, median(row[1] for row in asked), "MB")
