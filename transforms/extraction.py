"""All stages in their order: a report in, everything that was read from it out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from transforms.decode.report import Problem, Report, report_from_text
from transforms.normalize import AlignedText, normalize
from transforms.quantify import numerals
from transforms.quantify.quantity import Numeral
from transforms.segment import Segments, segment
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.fingerprint import content_key
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity
from transforms.tabulate.identity.manifest import ManifestLine
from transforms.tabulate.ledger import LedgerEntry
from transforms.tabulate.tabulate import tabulate


@dataclass(frozen=True, slots=True)
class Use:
    """What one correction of a person (corrections/) did in one report.

    `was` is the fact as extracted, `fact` as it stands now (None where it was dropped); both None for a
    town or year, and where the correction was `missed`. `note` says why it was missed, or what it replaced.
    """

    correction_id: str
    outcome: Literal["applied", "missed"]
    note: str = ""
    was: Fact | None = None
    fact: Fact | None = None


IN_NUMBERS = "0123456789.:：,，;；·'’ "  # what a number may hold, or the recogniser see in it
LONGEST_BEFORE = 12
# characters that make a figure; a doubtful 份 or a syllable of pinyin leaves it as it is
COUNTS = frozenset(
    IN_NUMBERS + "０１２３４５６７８９．%％‰零〇一二三四五六七八九十百千万亿萬億两兩半余餘多近约約超"
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """One report read through: facts and ledger are given also for what would be quarantined."""

    report: Report
    identity: Identity
    facts: tuple[Fact, ...]
    ledger: tuple[LedgerEntry, ...]
    problems: tuple[Problem, ...]
    text: AlignedText | None = None  # the repaired text; None where the facts were told, not read
    uses: tuple[Use, ...] = ()  # what people's corrections did (corrections/apply.py)

    @property
    def content_key(self) -> str:
        """Equal for copies of one report; "" where no text was read.

        Made when asked (tabulate/identity/fingerprint.py): only a warehouse wants it, and only once.
        """
        return content_key(self.text, self.report, self.identity) if self.text is not None else ""

    @property
    def accepted(self) -> bool:
        """No problem asks for quarantine."""
        return not any(p.severity == "quarantine" for p in self.problems)


def extract(report: Report, manifest_line: ManifestLine | None = None) -> Extraction:
    """Read one decoded report through all stages; nothing is refused here, `problems` says what is wrong."""
    return extract_all([(report, manifest_line)])[0]


def extract_all(asked: Sequence[tuple[Report, ManifestLine | None]]) -> list[Extraction]:
    """As `extract`, for a few reports at once, each stage over all of them before the next begins.

    Code and tables of a stage are then still at hand in the processor: report by report, sixteen cost up to
    a fifth more. All that is made of them is kept to the end, so they should be few.
    """
    texts = [normalize(report.text) for report, _ in asked]
    names = [identify(report, text, line) for (report, line), text in zip(asked, texts, strict=True)]
    numbers = [numerals(text.text) for text in texts]
    places = [segment(text.text) for text in texts]
    reports = [report for report, _ in asked]
    return list(map(_tabulated, reports, texts, names, numbers, places))


def _tabulated(
    report: Report, text: AlignedText, identity: Identity, numbers: Sequence[Numeral], places: Segments
) -> Extraction:
    facts, ledger = tabulate(
        text,
        numbers,
        places,
        report.body,
        identity.year,
        identity.period_end,
        own_level=identity.level in ("township", "other"),
    )
    if report.weak_spans:
        facts = _as_sure_as_read(facts, report)
    problems = (*report.problems, *identity.problems)
    return Extraction(report, identity, facts, ledger, problems, text)


def _as_sure_as_read(facts: tuple[Fact, ...], report: Report) -> tuple[Fact, ...]:
    """Facts of a scan with the recogniser's least confidence in the characters of their span, and of what
    stands right before it and may be a part of its number (1:2万 for 1.2万).
    """
    weak_spans = report.weak_spans
    if not weak_spans:
        return facts
    starts = [start for start, _, _ in weak_spans]
    sure = []
    for fact in facts:
        before = report.text[max(0, fact.start - LONGEST_BEFORE) : fact.start]
        start = fact.start - len(before) + len(before.rstrip(IN_NUMBERS))
        weak = weak_spans[bisect_left(starts, start) : bisect_left(starts, fact.end)]
        least = min((sure for at, _, sure in weak if report.text[at] in COUNTS), default=1.0)
        sure.append(replace(fact, confidence_reading=least) if least < fact.confidence_reading else fact)
    return tuple(sure)


def read_text(text: str, year: int | None = None) -> tuple[tuple[Fact, ...], tuple[LedgerEntry, ...]]:
    """Facts and ledger of a few sentences whose year is known otherwise (case banks, notebooks, tests).

    >>> [(f.indicator, int(f.value)) for f in read_text("全年召开法治建设专题会议4次。")[0]]
    [('rule_of_law_meetings', 4)]
    """
    aligned = normalize(report_from_text(text).text)
    return tabulate(aligned, numerals(aligned.text), segment(aligned.text), year=year)
