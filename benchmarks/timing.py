"""How everything here is measured: CPU time, interleaved rounds, medians; and one row of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

ROUNDS: Final = 5

Job = Callable[[], object]


class Goal(NamedTuple):
    """One figure asked beside the figure measured; `met` is None where a yardstick is not installed."""

    name: str
    asked: str
    measured: str
    met: bool | None


def cpu(job: Job) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    job()
    return time.process_time() - started


def over(work: Callable[..., object], inputs: Iterable[tuple[Any, ...]]) -> Job:
    """A job that does `work` for each input and keeps nothing, as a run over batches does."""
    kept = list(inputs)

    def job() -> None:
        for given in kept:
            work(*given)

    return job


def medians(jobs: Mapping[str, Job], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each job; the rounds take turns, so that drift of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(cpu(job))
    return {name: statistics.median(times) for name, times in taken.items()}


def at_most(name: str, asked: float, measured: float, unit: str = "x") -> Goal:
    """A goal that less is better for.

    >>> at_most("a / b", 4, 3.14159)
    Goal(name='a / b', asked='<= 4 x', measured='3.14 x', met=True)
    """
    return Goal(name, f"<= {asked:g} {unit}", f"{measured:.3g} {unit}", measured <= asked)


def at_least(name: str, asked: float, measured: float, unit: str = "x") -> Goal:
    """A goal that more is better for."""
    return Goal(name, f">= {asked:g} {unit}", f"{measured:.3g} {unit}", measured >= asked)


def missing(name: str, asked: str, package: str) -> Goal:
    """A goal whose yardstick is not installed."""
    return Goal(name, asked, f"not measured: {package} is not installed", None)
