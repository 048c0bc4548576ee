"""What a run tells the warehouse about itself and its files, and what it hears back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Outcome = Literal["read", "unchanged", "ignored", "gone", "pruned"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file a run met. `path` is the resolved absolute path (the key); the rest lets the next run skip it.

    `read`: it went through extraction in this run (also where it was refused as unreadable).
    `unchanged`: skipped, since path, size, mtime and rulebook version are those of `known_files()`.
    `ignored`: not a report by its name (manifest.csv, hidden files); never stored, only counted.
    `gone`: known, but no longer there; remembered as gone, what it said stays. None of `files_in`.
    `pruned`: gone, and a person wishes that what only it said goes too. None of `files_in`.
    """

    path: str
    relative_path: str
    outcome: Outcome
    size: int = 0
    mtime_ns: int = 0
    sha256: str | None = None
    rulebook_version: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the warehouse remembers of a file: enough to see, by a directory scan alone, that nothing is
    new.
    """

    path: str
    relative_path: str
    size: int
    mtime_ns: int
    sha256: str
    rulebook_version: str
    status: Literal["accepted", "quarantined", "duplicate"]
    is_gone: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """Who loads. `started_at` is UTC without time zone; `versions` (package, rulebook, duckdb …) go into
    `load`. Facts whose characters were read with less than `least_confidence_reading` fill no cell.
    """

    run: str
    started_at: datetime
    files: Sequence[SourceFile] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    least_confidence_reading: float = 0.9


@dataclass(frozen=True, slots=True)
class LoadResult:
    """Counts of one load; the first six obey files_in = accepted + quarantined + unchanged + duplicate +
    ignored.
    """

    load_id: int
    files_in: int
    accepted: int
    quarantined: int
    unchanged: int
    duplicate: int
    ignored: int
    facts_added: int
    facts_removed: int
    facts_quarantined: int
    has_changed: bool
    gone: int = 0
    conflicts: int = 0  # how often it was done again because another run's load came first
