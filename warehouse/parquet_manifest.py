"""`published/parquet/manifest.json`: which state the files beside it show, and what each of them holds."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

MANIFEST = "manifest.json"
_NAME = re.compile(r"\w+/\d+\.parquet")
_MARK = re.compile(r"(\d+) rows, ([0-9a-f]+)")


class Mark(NamedTuple):
    """What a file holds: number of its rows, and the exclusive or of their hashes."""

    rows: int
    hashes: int

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.hashes:x}"


def mark_of(text: str) -> Mark:
    """Raises ValueError for what is no mark.

    >>> mark_of("12 rows, ff"), str(Mark(12, 255))
    (Mark(rows=12, hashes=255), '12 rows, ff')
    """
    found = _MARK.fullmatch(text)
    if not found:
        raise ValueError(text)
    return Mark(int(found[1]), int(found[2], 16))


class Manifest:
    """State shown; mark and SHA-256 of each file, by its name (`publicity/2024.parquet`)."""

    def __init__(self, state: str | None) -> None:
        self.state = state
        self.marks: dict[str, Mark] = {}
        self.digests: dict[str, str] = {}

    def keep(self, name: str, before: Manifest) -> None:
        """A file that stays as it was."""
        self.marks[name], self.digests[name] = before.marks[name], before.digests[name]

    def missing(self, folder: Path) -> set[str]:
        """Files that are not there any more."""
        return {name for name in self.marks if not (folder / name).is_file()}


def read_manifest(folder: Path) -> Manifest:
    """One without state and files for a missing or damaged manifest, so that all is written anew."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        read = Manifest(str(found["state"]))
        for name, of_file in found["files"].items():
            if not _NAME.fullmatch(name):
                raise ValueError(name)
            read.marks[name], read.digests[name] = mark_of(of_file["holds"]), str(of_file["sha256"])
        return read
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest(None)


def finish(folder: Path, made: Manifest) -> int:
    """Removes files that `made` does not name and writes it; returns how many were removed."""
    present = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.parquet")}
    for name in sorted(present - made.marks.keys()):
        (folder / name).unlink()
    files = {
        name: {"holds": str(mark), "sha256": made.digests[name]} for name, mark in sorted(made.marks.items())
    }
    shown = json.dumps({"state": made.state, "files": files}, indent=1)
    put_in_place(folder / MANIFEST, (shown + "\n").encode())
    return len(present - made.marks.keys())


def put_in_place(path: Path, content: bytes) -> str:
    """Written beside and renamed, so that no reader sees half a file; returns the SHA-256."""
    path.parent.mkdir(exist_ok=True)
    beside = beside_of(path)
    beside.write_bytes(content)
    os.replace(beside, path)
    return hashlib.sha256(content).hexdigest()


def beside_of(path: Path) -> Path:
    """Where the file is written that is to take the place of `path`."""
    return path.with_name(f".{path.name}")


def years_of(names: Iterable[str]) -> dict[int, list[str]]:
    """
    >>> years_of(["study/2024.parquet", "study/2023.parquet", "openness/2024.parquet"])
    {2023: ['study/2023.parquet'], 2024: ['openness/2024.parquet', 'study/2024.parquet']}
    """
    found: dict[int, list[str]] = {}
    for name in sorted(names, key=lambda one: (year_of(one), one)):
        found.setdefault(year_of(name), []).append(name)
    return found


def year_of(name: str) -> int:
    """Year of a file by its name."""
    return int(Path(name).stem)


def domain_of(name: str) -> str:
    """Domain of a file by its name."""
    return name.split("/")[0]
