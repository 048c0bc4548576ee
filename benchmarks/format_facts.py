"""Whether a report gives the same facts in every format: those of each variant beside those of the text.

Facts are equal with all their figures: indicator, value, bounds, unit, period and status. `same` is the share
of all facts of both that are in both; `wrong` are facts a variant has and the text has not. Scans are counted
without the facts that were read with less confidence than the setting `least_confidence_reading` asks.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.format_corpus import as_text, make, reports, traditional
from benchmarks.timing import Goal
from transforms.decode import UnreadableFile, find_files, report_from_text
from transforms.extraction import Extraction, extract

Facts = Counter[tuple[object, ...]]

ALL, MOST, SCANS = 1.0, 0.99, 0.97
LEAST_READING = 0.9  # the default of least_confidence_reading
FIGURES = 5  # name of the report, indicator, value, low and high


@dataclass(frozen=True, slots=True)
class Outcome:
    """Facts of one kind over all reports: in both, of the text alone, of the variant alone."""

    same: int
    lost: Facts
    wrong: Facts

    @property
    def share(self) -> float:
        """Of the facts of either that are in both."""
        return self.same / (self.same + self.lost.total() + self.wrong.total())

    @property
    def kept(self) -> float:
        """Of the facts of the text that are in both."""
        return self.same / (self.same + self.lost.total())

    @property
    def wrong_values(self) -> int:
        """Facts whose figures the text does not have: it has none such that the variant has not elsewhere."""
        told = Counter(fact[:FIGURES] for fact in self.lost.elements())
        return (Counter(fact[:FIGURES] for fact in self.wrong.elements()) - told).total()


def facts_of(extraction: Extraction, least_reading: float = 0.0) -> Facts:
    """Facts of a report by their figures; those read with less confidence left out."""
    return Counter(
        (f.indicator, f.value, f.low, f.high, f.bound, f.unit, f.period, f.status)
        for f in extraction.facts
        if f.confidence_reading >= least_reading
    )


def plain_facts() -> Mapping[bool, Mapping[str, Facts]]:
    """By whether the text is the Traditional one, and by report."""
    texts = reports()
    return {
        False: {name: facts_of(extract(report_from_text(as_text(p)))) for name, p in texts.items()},
        True: {name: facts_of(extract(report_from_text(traditional(p)))) for name, p in texts.items()},
    }


def outcomes(folder: Path, plain: Mapping[str, Facts], least: Sequence[float] = (0.0,)) -> list[Outcome]:
    """Of all variants in one folder, for each least confidence; a file that cannot be read has no facts."""
    counted = [Outcome(0, Facts(), Facts()) for _ in least]
    for found in find_files(folder):
        name = found.relative_path.split("/")[0].split(".")[0]
        try:
            read = extract(found.read())
        except UnreadableFile as refused:
            print(
                f"{found.relative_path}: {refused.problem.code}: {refused.problem.message}", file=sys.stderr
            )
            read = None
        counted = [
            _with(before, name, plain[name], facts_of(read, bound) if read else Facts())
            for before, bound in zip(counted, least, strict=True)
        ]
    return counted


def _with(before: Outcome, name: str, plain: Facts, facts: Facts) -> Outcome:
    lost = Counter({(name, *fact): n for fact, n in (plain - facts).items()})
    wrong = Counter({(name, *fact): n for fact, n in (facts - plain).items()})
    return Outcome(before.same + (facts & plain).total(), before.lost + lost, before.wrong + wrong)


def asked_of(kind: str) -> float:
    """The share of equal facts the kind is asked for."""
    return SCANS if kind.startswith("scan") else MOST if kind.startswith("pdf") else ALL


def least_of(kind: str) -> float:
    """The confidence a fact of the kind needs to be counted."""
    return LEAST_READING if kind.startswith("scan") else 0.0


def goals() -> Iterator[Goal]:
    """One row a kind, two a scan."""
    plain = plain_facts()
    with tempfile.TemporaryDirectory() as folder:
        for kind in make(Path(folder), with_scans=find_spec("rapidocr") is not None):
            (found,) = outcomes(Path(folder) / kind, plain[kind == "txt Big5"], [least_of(kind)])
            asked = asked_of(kind)
            name = f"facts of {kind} equal to those of plain text"
            yield Goal(name, f">= {100 * asked:g} %", f"{100 * found.share:.4g} %", found.share >= asked)
            if least_of(kind):
                wrong = found.wrong_values
                yield Goal(f"wrong values among the facts of {kind}", "0", str(wrong), wrong == 0)


def main(arguments: list[str]) -> None:
    """Counts of each kind, with each fact that is not in both."""
    known = plain_facts()
    for kind in arguments[1:] or sorted(p.name for p in Path(arguments[0]).iterdir()):
        least = sorted({0.0, least_of(kind)})
        all_counted = outcomes(Path(arguments[0]) / kind, known[kind == "txt Big5"], least)
        for bound, got in zip(least, all_counted, strict=True):
            counts = f"same {got.same} lost {got.lost.total()} wrong {got.wrong.total()}"
            values = f"of them values {got.wrong_values}; kept {100 * got.kept:.2f} %"
            print(f"{kind:35} {bound:3} {100 * got.share:6.2f} %  {counts} {values}")
            for sign, facts in (("-", got.lost), ("+", got.wrong)):
                for fact in facts.elements():
                    print("   ", sign, *fact, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
