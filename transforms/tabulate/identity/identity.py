"""Who, where, when and what kind of document (INTERFACE)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transforms.decode.report import Problem

Level = Literal["township", "county", "department", "other"]


@dataclass(slots=True, unsafe_hash=True)
class Evidence:
    """One clue: what it says, where it stands (raw offsets; none outside the text), what it weighs.

    Not to be changed once made; not frozen only because that triples the cost of making dozens a report.
    """

    field: str  # town, county, year, level …
    value: str
    source: str  # title, first_sentence, addressee, signature, file_name, manifest, cited_plan …
    weight: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of the gazetteer that could be the town of the report."""

    town_id: str
    town: str
    county: str | None
    city: str | None
    province: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Identity:
    """All that is known of a report's maker and year; None where nothing settles it, never a default."""

    title: str | None
    town: str | None
    town_id: str | None
    county: str | None
    city: str | None
    province: str | None
    year: int | None
    level: Level
    doc_number: str | None
    issued_on: str | None
    signer: str | None
    addressee: str | None
    period_end: str | None  # as_of of a half-year or up-to-October report, YYYY-MM-DD
    town_evidence: tuple[Evidence, ...]
    year_evidence: tuple[Evidence, ...]
    town_candidates: tuple[Candidate, ...] = ()
    problems: tuple[
        Problem, ...
    ] = ()  # severity "quarantine": not_township, town_ambiguous, town_unknown, year_unknown …
    opening: int | None = None  # where the first paragraph begins in the repaired text
