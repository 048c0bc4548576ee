"""What there is to read: every file below the source, known ones told from new ones without opening them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.reading import sha256_of
from transforms.decode import FoundFile, find_files
from warehouse import KnownFile, SourceFile


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file found, with what tells whether it changed. `path` is absolute and resolved: the key of
    `known_files`.
    """

    found: FoundFile
    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """All files met: to read, unchanged since the last run, ignored by their name; and known ones that
    are gone.
    """

    to_read: Sequence[Candidate]
    unchanged: Sequence[SourceFile]
    ignored: Sequence[SourceFile]
    gone: Sequence[str]


def discover(source: Path, known: Mapping[str, KnownFile], rulebook_version: str) -> Discovery:
    """Looks at names, sizes and times: a run with nothing new costs one walk through the folder.

    Where only the time differs (a folder copied or checked out again), the hash of the bytes decides.
    """
    found = find_files(source)
    candidates = [_candidate(one) for one in found]
    same = {c.path for c in candidates if _is_unchanged(c, known.get(c.path), rulebook_version)}
    return Discovery(
        to_read=[c for c in candidates if c.path not in same],
        unchanged=[_as_source(c, known[c.path]) for c in candidates if c.path in same],
        ignored=[SourceFile(str(source / name), name, "ignored") for name in found.ignored],
        gone=_gone(source, known, {c.path for c in candidates}),
    )


def _candidate(found: FoundFile) -> Candidate:
    path = os.path.realpath(found.path) if not found.problem else os.path.abspath(found.path)
    try:
        status = found.path.lstat() if found.problem else found.path.stat()
    except OSError:  # reading it will say why
        return Candidate(found, path, 0, 0)
    return Candidate(found, path, status.st_size, status.st_mtime_ns)


def _is_unchanged(candidate: Candidate, known: KnownFile | None, rulebook_version: str) -> bool:
    if known is None or (candidate.size, rulebook_version) != (known.size, known.rulebook_version):
        return False
    return candidate.mtime_ns == known.mtime_ns or sha256_of(candidate.found.path) == known.sha256 != ""


def _as_source(candidate: Candidate, known: KnownFile) -> SourceFile:
    return SourceFile(
        path=candidate.path,
        relative_path=candidate.found.relative_path,
        outcome="unchanged",
        size=candidate.size,
        mtime_ns=candidate.mtime_ns,
        sha256=known.sha256,
        rulebook_version=known.rulebook_version,
    )


def _gone(source: Path, known: Mapping[str, KnownFile], met: set[str]) -> list[str]:
    """Known files below this source that are no longer there; their facts stay, the run says so."""
    root = os.path.join(os.path.realpath(source), "")
    return sorted(path for path in known if path.startswith(root) and path not in met)
