"""Speed of number reading against other engines and a bare scan, on the plain-text reports of the corpus.

The texts are brought to plain script first, so that each engine reads the same; `normalize + quantities` and
its bare scan read them raw. cn2an and Recognizers-Text are slow and read every tenth report; all are compared
by characters a CPU second.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from benchmarks.bare_scan import scan
from benchmarks.corpus import corpus
from benchmarks.timing import Goal, Job, at_least, at_most, medians, missing
from transforms.normalize import normalize
from transforms.quantify import quantities

REPORTS: Final = 1000
SLOW_SHARE: Final = 10
FASTER_THAN: Final = {"cn2an": 4, "recognizers-text-number": 8}  # at least so many times

Reader = Callable[[str], object]


def engines() -> dict[str, Reader]:
    """The other engines that are installed, by the name of their package."""
    found: dict[str, Reader] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with suppress(ImportError):  # `goals` says so
            found["cn2an"] = importlib.import_module("cn2an").transform
        with suppress(ImportError):
            suite = importlib.import_module("recognizers_number")
            found["recognizers-text-number"] = suite.NumberRecognizer("zh-cn").get_number_model("zh-cn").parse
    return found


def reading(read: Reader, texts: list[str]) -> Job:
    """All texts, one after the other, without the warnings that cn2an gives at every text."""

    def job() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for text in texts:
                read(text)

    return job


def rates(reports: int) -> dict[str, float]:
    """Characters a CPU second of each reader, by name."""
    raw = [made.text for made in corpus(reports) if made.path.endswith(".txt")]
    texts = [normalize(text).text for text in raw]
    jobs: dict[str, tuple[Reader, list[str]]] = {
        "bare scan": (scan, texts),
        "quantities": (quantities, texts),
        "bare scan, raw": (scan, raw),
        "normalize + quantities": (lambda text: quantities(normalize(text).text), raw),
    }
    jobs |= {name: (read, texts[::SLOW_SHARE]) for name, read in engines().items()}
    taken = medians({name: reading(*job) for name, job in jobs.items()})
    return {name: sum(map(len, jobs[name][1])) / seconds for name, seconds in taken.items()}


def goals(reports: int = REPORTS) -> Iterator[Goal]:
    """What is asked of number reading."""
    rate = rates(reports)
    for name, asked in FASTER_THAN.items():
        goal = f"speed of quantities / {name}"
        if name in rate:
            yield at_least(goal, asked, rate["quantities"] / rate[name])
        else:
            yield missing(goal, f">= {asked} x", name)
    cost = rate["bare scan, raw"] / rate["normalize + quantities"]
    yield at_most("cost of normalize + quantities / bare scan", 15, cost)
