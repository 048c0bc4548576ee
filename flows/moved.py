"""Files that moved: read before from another folder, no longer there, and their bytes are below this source.

No walk through a source sees what left for another one. Without this the place a file had before would go on
speaking for it, and what it said there would stand beside what it says once it is changed here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from flows.candidate import Candidate
from flows.reading import sha256_of
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
        (path, file)
        for path, file in known.items()
        if file.sha256 and not file.is_gone and not path.startswith(root)
    ]
    if not outside:
        return []
    here = {known[c.path].sha256 for c in candidates if c.path in known}
    new = [c for c in candidates if c.path not in known and c.has_bytes]
    sizes = {c.size for c in new}
    alike = [(path, file) for path, file in outside if file.sha256 in here or file.size in sizes]
    missing = [(path, file) for path, file in alike if is_away(path)]
    sizes = {file.size for _, file in missing}
    here |= {sha256_of(c.found.path) for c in new if c.size in sizes}
    return [
        SourceFile(path, file.relative_path, "gone") for path, file in sorted(missing) if file.sha256 in here
    ]


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
