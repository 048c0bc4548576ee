"""A file found, on its way to be read."""

from __future__ import annotations

from dataclasses import dataclass

from transforms.corrections import NO_CORRECTIONS, Corrections
from transforms.decode import FoundFile
from transforms.tabulate.identity.manifest import ManifestLine


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file found, with what tells whether it changed.

    `path` is absolute, its folder resolved; the key of `known_files`.
    """

    found: FoundFile
    path: str
    size: int
    mtime_ns: int
    line: ManifestLine | None
    corrections: Corrections = NO_CORRECTIONS

    @property
    def has_bytes(self) -> bool:
        """Whether size and hash of the file on disk are those of the report."""
        return self.size > 0 and self.found.problem is None and self.found.archive is None
