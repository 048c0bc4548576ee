"""One file through all stages, whatever it holds: an Extraction, or why there is none."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from pathlib import Path

from transforms.corrections import NO_CORRECTIONS, Corrections, corrected
from transforms.decode import FoundFile, Problem, Report, UnreadableFile
from transforms.extraction import Extraction
from transforms.tabulate.identity.manifest import ManifestLine

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave no extraction. `sha256` is of its bytes, empty where not even those could be read."""

    source: str
    relative_path: str
    sha256: str
    problem: Problem

    @property
    def report_id(self) -> str:
        """The id the file would have had as a report."""
        return "r" + self.sha256[:16]


def read_through(
    found: FoundFile, line: ManifestLine | None = None, corrections: Corrections = NO_CORRECTIONS
) -> Extraction | Unread:
    """Never raises for what a file holds: a slip of our own code sets that one file aside and names its
    place.
    """
    report = opened(found)
    return report if isinstance(report, Unread) else read_report(found, report, line, corrections)


def opened(found: FoundFile) -> Report | Unread:
    """The text of a file, or why there is none."""
    try:
        return found.read()
    except UnreadableFile as refused:
        return _unread(found, refused.problem)
    except Exception as error:
        return _unread(found, Problem("internal_error", _our_slip(error)))


def read_report(
    found: FoundFile, report: Report, line: ManifestLine | None, corrections: Corrections
) -> Extraction | Unread:
    """What stands in the text of a file, whatever our own code makes of it."""
    try:
        return corrected(report, line, corrections)
    except Exception as error:
        return _unread(found, Problem("internal_error", _our_slip(error)))


def _unread(found: FoundFile, problem: Problem) -> Unread:
    sha256 = "" if found.problem else sha256_of(found.path)
    return Unread(found.source, found.relative_path, sha256, problem)


def sha256_of(path: Path) -> str:
    """Of the bytes of a regular file, read piece by piece; empty where the system does not let us read
    them.
    """
    digest = hashlib.sha256()
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()


def _our_slip(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
    return (
        f"townfacts failed on this file ({type(error).__name__} at {place}); please report it with the file"
    )
