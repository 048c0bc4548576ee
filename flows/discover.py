"""What there is to read: every file below the source, known ones told from new ones without opening them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.manifests import fingerprint, manifest_lines, unknown_paths
from flows.reading import sha256_of
from transforms.decode import FoundFile, find_files
from transforms.tabulate.identity.manifest import ManifestLine
from warehouse import KnownFile, SourceFile


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file found, with what tells whether it changed.

    `path` is absolute and resolved, the key of `known_files`; `version` is what it is to be read with.
    """

    found: FoundFile
    path: str
    size: int
    mtime_ns: int
    line: ManifestLine | None
    version: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """All files met: to read, unchanged since the last run, ignored by their name.

    `gone` are files known from before that are no longer below the source; `unknown` are files a manifest
    names that are not there.
    """

    to_read: Sequence[Candidate]
    unchanged: Sequence[SourceFile]
    ignored: Sequence[SourceFile]
    gone: Sequence[str]
    unknown: Sequence[str]


def discover(source: Path, known: Mapping[str, KnownFile], rulebook_version: str) -> Discovery:
    """Looks at names, sizes and times: a run with nothing new costs one walk through the folder.

    Where only the time differs (a folder copied or checked out again), the hash of the bytes decides.
    """
    found = find_files(source)
    lines = manifest_lines(source, found)
    candidates = [_candidate(one, lines.get(one.relative_path), rulebook_version) for one in found]
    same = {c.path for c in candidates if _is_unchanged(c, known.get(c.path))}
    return Discovery(
        to_read=[c for c in candidates if c.path not in same],
        unchanged=[_as_source(c, known[c.path]) for c in candidates if c.path in same],
        ignored=[SourceFile(str(source / name), name, "ignored") for name in found.ignored],
        gone=_gone(source, known, {c.path for c in candidates}),
        unknown=unknown_paths(lines, found),
    )


def _candidate(found: FoundFile, line: ManifestLine | None, rulebook_version: str) -> Candidate:
    """A link that may not be followed is known by its own place, not by where it leads."""
    path = os.path.abspath(found.path) if found.problem else os.path.realpath(found.path)
    version = fingerprint(rulebook_version, line)
    try:
        status = found.path.lstat() if found.problem else found.on_disk.stat()
    except OSError:  # reading it will say why
        return Candidate(found, path, 0, 0, line, version)
    return Candidate(found, path, status.st_size, status.st_mtime_ns, line, version)


def _is_unchanged(candidate: Candidate, known: KnownFile | None) -> bool:
    if known is None or (candidate.size, candidate.version) != (known.size, known.rulebook_version):
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
