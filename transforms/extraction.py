"""All stages in their order: a report in, everything that was read from it out."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.decode.report import Problem, Report, report_from_text
from transforms.normalize import normalize
from transforms.quantify import numerals
from transforms.segment import segment
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.fingerprint import content_key
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity
from transforms.tabulate.identity.manifest import ManifestLine
from transforms.tabulate.ledger import LedgerEntry
from transforms.tabulate.tabulate import tabulate


@dataclass(frozen=True, slots=True)
class Extraction:
    """One report read through: facts and ledger are given also for what would be quarantined."""

    report: Report
    identity: Identity
    facts: tuple[Fact, ...]
    ledger: tuple[LedgerEntry, ...]
    problems: tuple[Problem, ...]
    content_key: str = (
        ""  # equal for copies of one report (tabulate/identity/fingerprint.py); "" where not made
    )

    @property
    def accepted(self) -> bool:
        """No problem asks for quarantine."""
        return not any(p.severity == "quarantine" for p in self.problems)


def extract(report: Report, manifest_line: ManifestLine | None = None) -> Extraction:
    """Read one decoded report through all stages; nothing is refused here, `problems` says what is wrong."""
    text = normalize(report.text)
    identity = identify(report, text, manifest_line)
    facts, ledger = tabulate(
        text,
        numerals(text.text),
        segment(text.text),
        report.body,
        identity.year,
        identity.period_end,
        own_level=identity.level in ("township", "other"),
    )
    problems = (*report.problems, *identity.problems)
    return Extraction(report, identity, facts, ledger, problems, content_key(text, report, identity))


def read_text(text: str, year: int | None = None) -> tuple[tuple[Fact, ...], tuple[LedgerEntry, ...]]:
    """Facts and ledger of a few sentences whose year is known otherwise (case banks, notebooks, tests).

    >>> [(f.indicator, int(f.value)) for f in read_text("全年召开法治建设专题会议4次。")[0]]
    [('rule_of_law_meetings', 4)]
    """
    aligned = normalize(report_from_text(text).text)
    return tabulate(aligned, numerals(aligned.text), segment(aligned.text), year=year)
