"""What one report costs, stage by stage, against a bare scan by one frozen number pattern: python -m benchmarks.extraction.

CPU time, medians of interleaved rounds in one process. Asked: decode to facts <= 40 x the bare scan and less than
Recognizers-Text needs only to find the numbers (measured where that package is installed, see benchmarks/README.md);
cost linear in the text; flat as the rules double.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from benchmarks.bare_scan import scan
from benchmarks.corpus import corpus
from transforms import extract
from transforms.decode import read_bytes
from transforms.decode.report import report_from_text
from transforms.normalize import normalize
from transforms.quantify import numerals
from transforms.segment import segment
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.tabulate import tabulate

ROUNDS = 5
REPORTS = 300


def cpu(job: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    job()
    return time.process_time() - started


def medians(jobs: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median CPU seconds of each job; the rounds take turns, so that drift of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(cpu(job))
    return {name: statistics.median(times) for name, times in taken.items()}


def stages() -> dict[str, Callable[[], object]]:
    """Each stage over the same reports, its input made ready beforehand."""
    raw = [(made.text.encode(), made.path) for made in corpus(REPORTS)]
    reports = [read_bytes(data, path, path) for data, path in raw]
    texts = [normalize(report.text) for report in reports]
    numbers = [numerals(text.text) for text in texts]
    names = [identify(report, text, None) for report, text in zip(reports, texts, strict=True)]
    ready = list(zip(texts, numbers, [segment(t.text) for t in texts], reports, names, strict=True))
    return {
        "bare scan": lambda: [scan(report.text) for report in reports],
        "decode": lambda: [read_bytes(data, path, path) for data, path in raw],
        "normalize": lambda: [normalize(report.text) for report in reports],
        "quantify": lambda: [numerals(text.text) for text in texts],
        "segment": lambda: [segment(text.text) for text in texts],
        "identity": lambda: [identify(r, t, None) for r, t in zip(reports, texts, strict=True)],
        "tabulate": lambda: [tabulate(t, n, s, r.body, i.year, i.period_end) for t, n, s, r, i in ready],
        "decode to facts": lambda: [extract(read_bytes(data, path, path)) for data, path in raw],
    }


def growth() -> list[tuple[int, float]]:
    """(characters, CPU microseconds a thousand characters) of one text made longer and longer."""
    body = "\n".join(made.text for made in corpus(3, seed=7) if made.path.endswith(".txt"))
    rows = []
    for times in (1, 10, 100):
        report = report_from_text(body * times)
        rows.append((len(report.text), cpu(lambda r=report: extract(r)) / len(report.text) * 1e9))
    return rows


def main() -> None:
    """Prints the tables."""
    taken = medians(stages())
    bare = taken["bare scan"]
    print(f"{REPORTS} generated reports, {ROUNDS} rounds, CPU time, medians")
    print(f"{'stage':<16} {'us a report':>12} {'x bare scan':>12}")
    for name, seconds in taken.items():
        print(f"{name:<16} {seconds / REPORTS * 1e6:>12.0f} {seconds / bare:>12.1f}")
    print("\nlength of one text against cost")
    for length, cost in growth():
        print(f"{length:>12} characters {cost:>8.0f} us a thousand")


if __name__ == "__main__":
    main()
