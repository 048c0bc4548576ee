"""What there is to read: every file below the source, known ones told from new ones without opening them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from flows.candidate import Candidate
from flows.failures import UsageFailure
from flows.manifests import manifest_lines, unknown_paths
from flows.moved import here, moved_here
from flows.reading import sha256_of
from flows.selection import Selection
from flows.versions import is_current
from transforms.decode import (
    DEFAULT_LIMITS,
    FoundFile,
    FoundFiles,
    Limits,
    Problem,
    find_files,
    readable,
)
from transforms.tabulate.identity.manifest import ManifestLine
from warehouse import KnownFile, SourceFile


@dataclass(frozen=True, slots=True)
class Discovery:
    """All files met: to read, unchanged since the last run, ignored by their name.

    `passed_over` is how many the selection leaves aside, `stale` how many of the unchanged were read with
    older rules. `gone` are files known from before that are no longer below the source: `lost` those whose
    bytes are not there either, `renamed` those that have another name since the last run. `moved` are no
    longer in another folder and stand here now; `unknown` are files a manifest names that are not there.
    """

    to_read: Sequence[Candidate]
    unchanged: Sequence[SourceFile]
    ignored: Sequence[SourceFile]
    gone: Sequence[SourceFile]
    lost: Sequence[SourceFile]
    renamed: Sequence[SourceFile]
    moved: Sequence[SourceFile]
    unknown: Sequence[str]
    passed_over: int = 0
    stale: int = 0


Verdict = Literal["read", "unchanged", "stale", "passed over"]
ALL = Selection()
NOTHING_KNOWN: Mapping[str, KnownFile] = {}
OWN = ("warehouse.", "published/", "pages/", "package/")  # in the folder of a warehouse; and .prefect


def discover(
    source: Path,
    known: Mapping[str, KnownFile],
    selection: Selection = ALL,
    limits: Limits = DEFAULT_LIMITS,
    warehouse: Path | None = None,
) -> Discovery:
    """Looks at names, sizes and times: a run with nothing new costs one walk through the folder.

    Where only the time differs (a folder copied or checked out again), the hash of the bytes decides.
    """
    found = files_below(source, limits, warehouse)
    lines = manifest_lines(source, found)
    candidates = candidates_of(source, found, lines, known=known)
    asked = [c for c in candidates if selection.looks_at(c.found.relative_path)]
    root = readable(os.path.join(os.path.realpath(source), ""))
    missing = _missing(root, known, candidates, selection)
    elsewhere = frozenset(here(missing, known, candidates))
    gone, moved = _gone(missing, known, selection, elsewhere), moved_here(root, known, asked)
    orphans = {known[file.path].sha256 for file in (*gone, *moved) if not known[file.path].is_gone}
    verdicts = [_verdict(c, known.get(c.path), selection, orphans) for c in asked]
    by: dict[Verdict, list[Candidate]] = {"read": [], "unchanged": [], "stale": [], "passed over": []}
    for candidate, verdict in zip(asked, verdicts, strict=True):
        by[verdict].append(candidate)
    return Discovery(
        to_read=by["read"],
        unchanged=[_as_source(c, known[c.path]) for c in (*by["unchanged"], *by["stale"])],
        ignored=[
            SourceFile(readable(str(source / n)), n, "ignored")
            for n in found.ignored
            if selection.looks_at(n)
        ],
        gone=gone,
        lost=[file for file in gone if file.path not in elsewhere],
        renamed=[file for file in gone if file.path in elsewhere and not known[file.path].is_gone],
        moved=moved,
        unknown=unknown_paths(lines, found),
        passed_over=len(candidates) - len(asked) + len(by["passed over"]),
        stale=len(by["stale"]),
    )


def files_below(source: Path, limits: Limits, warehouse: Path | None) -> FoundFiles:
    """What `find_files` finds, but for what townfacts itself wrote: the warehouse may lie among the reports,
    and its pages would be read as reports of their towns.
    """
    found = find_files(source, limits)
    if warehouse is None:
        return found
    root, own = os.path.realpath(source), os.path.realpath(warehouse)
    if os.path.commonpath((root, own)) != root:
        return found
    inside = os.path.relpath(own, root)
    # not the folder as a whole: the default is data/, where the reports themselves may lie
    ours = OWN if inside == "." else tuple(f"{inside}/{name}" for name in OWN)
    return FoundFiles(
        tuple(one for one in found if not one.relative_path.startswith(ours)),
        tuple(name for name in found.ignored if not name.startswith(ours)),
    )


def candidates_of(
    source: Path,
    found: FoundFiles,
    lines: Mapping[str, ManifestLine],
    known: Mapping[str, KnownFile] = NOTHING_KNOWN,
) -> list[Candidate]:
    """The files found, under the paths they are known by, with what a manifest says of them or their copies.

    A link is known by its own place, not by where it leads: two names of one file are two files with the
    same bytes. Names that an archive contrives to be the same are told apart by their places in it.
    """
    folder = source if source.is_dir() else source.parent
    root = os.path.realpath(folder)  # once: of each file it would look at every folder above it
    below = 0 if folder == Path() else len(os.path.join(folder, ""))
    taken: set[str] = set()
    candidates = []
    for one in found:
        path = readable(os.path.join(root, str(one.path)[below:]))
        path = path if path not in taken else f"{path}#{'.'.join(map(str, one.places))}"
        taken.add(path)
        line = lines.get(one.relative_path)
        candidates.append(Candidate(one, path, *_size_and_time(one), line))
    return _lines_for_copies(candidates, known)


def _lines_for_copies(candidates: list[Candidate], known: Mapping[str, KnownFile]) -> list[Candidate]:
    """What a manifest says of a file it says of others with the same bytes that have no line of their own.

    Else the copy might speak for both, and what was filled in would be lost.
    """
    silent = {c.size for c in candidates if c.line is None and c.has_bytes}
    lined = [c for c in candidates if c.line is not None and c.size in silent and c.has_bytes]
    sizes = {c.size for c in lined}
    said = {_digest(c, known): c.line for c in reversed(lined)}
    return [
        replace(c, line=said.get(_digest(c, known)))
        if c.line is None and c.size in sizes and c.has_bytes
        else c
        for c in candidates
    ]


def _digest(candidate: Candidate, known: Mapping[str, KnownFile]) -> str:
    file = known.get(candidate.path)
    if file and (file.size, file.mtime_ns) == (candidate.size, candidate.mtime_ns):
        return file.sha256
    return sha256_of(candidate.found.path)


def _size_and_time(found: FoundFile) -> tuple[int, int]:
    try:
        status = os.lstat(found.path) if found.problem else os.stat(found.on_disk)
    except OSError:  # reading it will say why
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _verdict(
    candidate: Candidate, known: KnownFile | None, selection: Selection, orphans: Set[str]
) -> Verdict:
    """`orphans` are the bytes of files that are gone: a copy of one must now speak for itself."""
    if not selection.takes(candidate.mtime_ns, known.year if known else None):
        return "passed over"
    if known is None or selection.full or known.is_gone or not _has_its_bytes(candidate, known):
        return "read"
    if known.status == "duplicate" and known.sha256 in orphans:
        return "read"
    if is_current(known.rulebook_version, candidate.line):
        return "unchanged"
    # what no version is noted for waits for an installation or a permission, not for a rule
    return "stale" if selection.keep_stale and known.rulebook_version else "read"


def _has_its_bytes(candidate: Candidate, known: KnownFile) -> bool:
    if candidate.size != known.size:
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


def _missing(
    root: str, known: Mapping[str, KnownFile], candidates: Iterable[Candidate], selection: Selection
) -> list[str]:
    """Known paths below this source, of those asked for, at which nothing is any longer."""
    met = {candidate.path: candidate.found.problem for candidate in candidates}
    return sorted(
        path
        for path in known
        if path.startswith(root)
        and path not in met
        and selection.looks_at(os.path.relpath(path, root))
        and not _is_shut_away(path, root, met)
    )


def _gone(
    missing: Sequence[str], known: Mapping[str, KnownFile], selection: Selection, elsewhere: Set[str]
) -> list[SourceFile]:
    """Files that are gone, forgotten only up to the number wished; those that stand `elsewhere` below the
    source lose nothing by it and are not counted.

    More than that is refused: a share that is not mounted looks like a folder whose files are gone.
    """
    lost = [path for path in missing if path not in elsewhere]
    if selection.prune and len(lost) > selection.prune:
        raise UsageFailure(
            f"--prune {selection.prune}: {len(lost)} files are gone, for example {lost[0]}; nothing was"
            f" changed. Is the folder complete? If so, --prune {len(lost)} forgets them"
        )
    outcome: Literal["gone", "pruned"] = "pruned" if selection.prune else "gone"
    return [SourceFile(path, known[path].relative_path, outcome) for path in missing]


def _is_shut_away(path: str, root: str, met: Mapping[str, Problem | None]) -> bool:
    """It lies in a folder or an archive that is there and could not be opened: that says nothing of it."""
    while len(path) > len(root):
        path = os.path.dirname(path)
        if met.get(path) is not None:
            return True
    return False
