"""The ledger: every numeral of a report exactly once, with the role it plays (INTERFACE)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transforms.quantify.quantity import Exact

Role = Literal[
    "fact", "part", "required", "planned", "change", "mean", "frequency", "context", "duration", "ordinal", "rank",
    "date", "document_number", "citation", "list_marker", "name", "elsewhere", "furniture", "damaged", "unmatched",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One numeral, `start`/`end` in the DECODED RAW text; `facts` are positions in the report's fact list."""

    start: int
    end: int
    text: str
    role: Role
    value: Exact | None
    unit: str | None
    rule: str | None
    facts: tuple[int, ...] = ()
