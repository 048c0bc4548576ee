"""Clauses in their sections (INTERFACE; the inside belongs to transforms/segment)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SectionKind = Literal["head", "work", "problems", "plans", "closing"]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under one heading; `kind` decides whether its numbers are results or plans."""

    start: int
    end: int
    kind: SectionKind
    title: str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of normalised text between clause marks; `sentence` counts sentences from the top."""

    start: int
    end: int
    sentence: int
    section: Section
