"""How the files of a run are cut into tasks, and which runner pays for itself."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from flows.settings import Runner, Settings

SMALLEST, LARGEST = 20, 1000
TASKS_PER_WORKER = 8
# Two spawned workers cost about a second each to start and import; a report costs about 2 ms.
WORTH_PROCESSES = 2000

T = TypeVar("T")


def batch_size(files: int, workers: int) -> int:
    """Files a task takes: eight tasks for each that reads, so that the last one does not hold the run up,
    and never a task a file.

    A task run costs Prefect 14 to 22 ms of CPU; after a few thousand of them events still wait at the end
    of the run.

    >>> batch_size(100, 2), batch_size(10_000, 2), batch_size(1_000_000, 2)
    (20, 625, 1000)
    """
    return min(max(-(-files // (TASKS_PER_WORKER * workers)), SMALLEST), LARGEST)


def read_ahead(size: int, readers: int) -> int:
    """Batches that may be read before the flow takes them over: one a reader, and while they are small as
    many as a large one, so that nobody waits while others are loaded.

    >>> read_ahead(63, 2), read_ahead(1000, 1)
    (15, 1)
    """
    return max(readers, LARGEST // size)


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Slices of at most `size`, in order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


class Packed(Generic[T]):
    """Batches kept as bytes until they are asked for: a file to be read takes 130 of them, a thousand as
    objects.
    """

    def __init__(self, items: Sequence[T], size: int) -> None:
        self._packed = [pickle.dumps(batch) for batch in batches(items, size)]

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, number: int) -> Sequence[T]:
        batch: Sequence[T] = pickle.loads(self._packed[number])
        return batch

    def let_go(self, number: int) -> None:
        """Nobody asks for this batch any more; it still counts."""
        self._packed[number] = b""


def chosen_runner(settings: Settings, files: int) -> Runner:
    """`auto` made definite: processes when there is more than one core and enough to read."""
    if settings.runner != "auto":
        return settings.runner
    return "processes" if files >= WORTH_PROCESSES and worker_count(settings) > 1 else "serial"


def worker_count(settings: Settings) -> int:
    """As set, else one a core this process may use."""
    if settings.workers:
        return settings.workers
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
