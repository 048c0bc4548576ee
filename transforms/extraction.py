"""All stages in their order: a report in, everything that was read from it out."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.decode.report import Problem, Report
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.identity import Identity
from transforms.tabulate.ledger import LedgerEntry


@dataclass(frozen=True, slots=True)
class Extraction:
    """One report read through: facts and ledger are given also for what would be quarantined."""

    report: Report
    identity: Identity
    facts: tuple[Fact, ...]
    ledger: tuple[LedgerEntry, ...]
    problems: tuple[Problem, ...]

    @property
    def accepted(self) -> bool:
        """No problem asks for quarantine."""
        return not any(p.severity == "quarantine" for p in self.problems)
