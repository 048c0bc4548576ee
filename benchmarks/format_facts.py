"""Whether a report gives the same facts in every format: those of each variant beside those of the text.

Facts are equal with all their figures: indicator, value, bounds, unit, period and status. `same` is the share
of all facts of both that are in both; `wrong` are facts a variant has and the text has not.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import transforms
from benchmarks.format_corpus import as_text, make, reports, traditional
from benchmarks.timing import Goal
from transforms.decode import Report, UnreadableFile, find_files, report_from_text

Facts = Counter[tuple[object, ...]]

ALL, MOST, SCANS = 1.0, 0.99, 0.97


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


def facts_of(report: Report, least_reading: float = 0.0) -> Facts:
    """Facts of a report by their figures; those read with less confidence left out."""
    return Counter(
        (f.indicator, f.value, f.low, f.high, f.bound, f.unit, f.period, f.status)
        for f in transforms.extract(report).facts
        if f.confidence_reading >= least_reading
    )


def plain_facts() -> Mapping[bool, Mapping[str, Facts]]:
    """By whether the text is the Traditional one, and by report."""
    texts = reports()
    return {
        False: {name: facts_of(report_from_text(as_text(p))) for name, p in texts.items()},
        True: {name: facts_of(report_from_text(traditional(p))) for name, p in texts.items()},
    }


def outcome(folder: Path, plain: Mapping[str, Facts], least_reading: float = 0.0) -> Outcome:
    """Of all variants in one folder; a file that cannot be read has lost all its facts."""
    same, lost, wrong = 0, Facts(), Facts()
    for found in find_files(folder):
        name = found.relative_path.split("/")[0].split(".")[0]
        try:
            facts = facts_of(found.read(), least_reading)
        except UnreadableFile as refused:
            print(
                f"{found.relative_path}: {refused.problem.code}: {refused.problem.message}", file=sys.stderr
            )
            facts = Facts()
        same += (facts & plain[name]).total()
        lost += Counter({(name, *fact): n for fact, n in (plain[name] - facts).items()})
        wrong += Counter({(name, *fact): n for fact, n in (facts - plain[name]).items()})
    return Outcome(same, lost, wrong)


def asked_of(kind: str) -> float:
    """The share of equal facts the kind is asked for."""
    return SCANS if kind.startswith("scan") else MOST if kind.startswith("pdf") else ALL


def goals() -> Iterator[Goal]:
    """One row a kind."""
    plain = plain_facts()
    with tempfile.TemporaryDirectory() as folder:
        for kind in make(Path(folder), with_scans=find_spec("rapidocr") is not None):
            found = outcome(Path(folder) / kind, plain[kind == "txt Big5"])
            asked = asked_of(kind)
            name = f"facts of {kind} equal to those of plain text"
            yield Goal(name, f">= {100 * asked:g} %", f"{100 * found.share:.4g} %", found.share >= asked)


if __name__ == "__main__":
    known = plain_facts()
    for kind in sys.argv[2:] or sorted(p.name for p in Path(sys.argv[1]).iterdir()):
        got = outcome(Path(sys.argv[1]) / kind, known[kind == "txt Big5"])
        counts = f"same {got.same} lost {got.lost.total()} wrong {got.wrong.total()}"
        print(f"{kind:35} {100 * got.share:6.2f} %  {counts}")
        for sign, facts in (("-", got.lost), ("+", got.wrong)):
            for fact in facts:
                print("   ", sign, *fact)
