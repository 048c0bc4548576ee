"""Speed of number reading against other engines and a bare scan: python -m benchmarks.numbers [REPORTS].

CPU time, medians of 5 interleaved rounds in one process, on the plain-text reports of the generated corpus,
brought to plain script first (each engine reads the same text); `normalize + quantities` and its bare scan
read them raw. cn2an and Recognizers-Text are measured where `pip install -r benchmarks/requirements.txt` put
them; they are slow, so they read every tenth report. All are compared by characters a second.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Final

from benchmarks.bare_scan import scan
from benchmarks.corpus import corpus
from transforms.normalize import normalize
from transforms.quantify import quantities

ROUNDS: Final = 5
SLOW_SHARE: Final = 10
# what is asked, as a factor: at least so many times faster, or at most so many times slower
FASTER_THAN: Final = {"cn2an": 4.0, "recognizers": 8.0}
AT_MOST_BARE: Final = {"quantities": 8.0, "normalize + quantities": 15.0}
BARE: Final = {"quantities": "bare scan", "normalize + quantities": "bare scan, raw"}


def engines() -> dict[str, Callable[[str], object]]:
    """The other engines that are installed, by name."""
    found: dict[str, Callable[[str], object]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found["cn2an"] = importlib.import_module("cn2an").transform
        except ImportError:
            print("cn2an is not installed: not compared")
        try:
            suite = importlib.import_module("recognizers_number")
            model = suite.NumberRecognizer("zh-cn").get_number_model("zh-cn")
            found["recognizers"] = model.parse
        except ImportError:
            print("recognizers-text-number is not installed: not compared")
    return found


def _cpu(read: Callable[[str], object], texts: list[str]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cn2an warns at every text
        started = time.process_time()
        for text in texts:
            read(text)
        return time.process_time() - started


def rates(reports: int, rounds: int = ROUNDS, others: bool = True) -> dict[str, float]:
    """Characters a CPU second of each reader, by name."""
    raw = [made.text for made in corpus(reports) if made.path.endswith(".txt")]
    texts = [normalize(text).text for text in raw]
    jobs: dict[str, tuple[Callable[[str], object], list[str]]] = {
        "bare scan": (scan, texts),
        "quantities": (quantities, texts),
        "bare scan, raw": (scan, raw),
        "normalize + quantities": (lambda text: quantities(normalize(text).text), raw),
    }
    if others:
        jobs |= {name: (read, texts[::SLOW_SHARE]) for name, read in engines().items()}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, (read, given) in jobs.items():
            taken[name].append(_cpu(read, given))
    return {name: sum(map(len, jobs[name][1])) / statistics.median(times) for name, times in taken.items()}


def report(measured: dict[str, float]) -> list[str]:
    """One line a goal: asked and measured."""
    own = measured["quantities"]
    lines = [f"{name}: {rate / 1e6:.2f} M characters a second" for name, rate in measured.items()]
    lines += [
        f"quantities / {name}: asked >= {asked:.0f} x, measured {own / measured[name]:.1f} x"
        for name, asked in FASTER_THAN.items()
        if name in measured
    ]
    lines += [
        f"{name} / bare scan: asked <= {asked:.0f} x, measured {measured[BARE[name]] / measured[name]:.1f} x"
        for name, asked in AT_MOST_BARE.items()
    ]
    return lines


if __name__ == "__main__":
    print("\n".join(report(rates(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))))
