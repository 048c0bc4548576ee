"""Files that moved or were renamed: no longer where they were read, and their bytes are below this source.

No walk through a source sees what left for another one. Without this the place a file had before would go on
speaking for it, and what it said there would stand beside what it says once it is changed here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence

from flows.candidate import Candidate
from flows.reading import sha256_of
from transforms.decode import UnreadableFile
from warehouse import KnownFile, SourceFile


def moved_here(
    root: str, known: Mapping[str, KnownFile], candidates: Sequence[Candidate]
) -> list[SourceFile]:
    """Known files outside of `root` (absolute, with a slash at its end) that are gone from there, each with
    bytes that a candidate has, or had when it was last read; by path.

    Both are asked: a share that is not mounted looks like a folder that moved, and loses nothing by it as
    long as the same bytes stand here.
    """
    outside = [
        path for path, file in known.items() if file.sha256 and not file.is_gone and not path.startswith(root)
    ]
    if not outside:
        return []
    had = {known[c.path].sha256 for c in candidates if c.path in known}
    sizes = {c.size for c in candidates if c.path not in known}
    alike = [path for path in outside if known[path].sha256 in had or known[path].size in sizes]
    missing = [path for path in alike if is_away(path)]
    return [SourceFile(path, known[path].relative_path, "gone") for path in here(missing, known, candidates)]


def here(
    missing: Collection[str], known: Mapping[str, KnownFile], candidates: Sequence[Candidate]
) -> list[str]:
    """Those of the known paths whose bytes a candidate has, or had when it was last read; in order.

    Only new files of a size that is looked for are opened: of a file in an archive that of the archive.
    """
    if not missing:
        return []
    bytes_here = {known[c.path].sha256 for c in candidates if c.path in known}
    sizes = {known[path].size for path in missing}
    bytes_here |= {digest_of(c) for c in candidates if c.path not in known and c.size and c.size in sizes}
    return sorted(path for path in missing if known[path].sha256 and known[path].sha256 in bytes_here)


def digest_of(candidate: Candidate) -> str:
    """Of the bytes of the report, also of one in an archive; empty where they may not be had."""
    if candidate.found.problem is not None:
        return ""
    if candidate.found.archive is None:
        return sha256_of(candidate.found.path)
    try:
        return hashlib.sha256(candidate.found.content()).hexdigest()
    except UnreadableFile:
        return ""


def is_away(path: str) -> bool:
    r"""Whether nothing on disk has this path; what lies in an archive is there as long as that is.

    A name that was made readable (`\xff`) cannot be looked up again, and counts as there.

    >>> is_away("/nowhere/at/all.txt"), is_away("/"), is_away("/nowhere/at\\xff.txt")
    (True, False, False)
    """
    if "\\x" in path:
        return False
    above = path
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    return above != path and os.path.isdir(above)
