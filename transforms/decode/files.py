"""Which files of a folder are reports to read: everything but hidden files, the manifest and settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transforms.decode.limits import DEFAULT_LIMITS, Limits
from transforms.decode.read import read_report
from transforms.decode.report import Problem, Report, UnreadableFile

IGNORED_NAMES = frozenset({"manifest.csv", "thumbs.db", "desktop.ini"})
IGNORED_ENDINGS = (".toml",)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file to account for; `problem` is set where it may not be opened (a link out of the folder)."""

    path: Path
    relative_path: str
    problem: Problem | None = None

    def read(self, limits: Limits = DEFAULT_LIMITS) -> Report:
        """The report in it; UnreadableFile where there is none."""
        if self.problem is not None:
            raise UnreadableFile(self.problem)
        return read_report(self.path, self.relative_path, limits=limits)


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """All files below what the user named, sorted by relative path; iterates over `files`."""

    files: tuple[FoundFile, ...]
    ignored: tuple[str, ...]

    def __iter__(self) -> Iterator[FoundFile]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def find_files(folder_or_file: str | Path) -> FoundFiles:
    """Files to read below a folder (or the one file named), with the ignored ones named.

    Relative paths use `/` on every system. FileNotFoundError if nothing is there.
    """
    root = Path(folder_or_file)
    if not root.exists():
        raise FileNotFoundError(f"{root}: no such file or folder")
    if not root.is_dir():
        return FoundFiles((FoundFile(root, _readable(root.name)),), ())
    found: list[FoundFile] = []
    ignored: list[str] = []
    inside = root.resolve()
    for path in _walk(root):
        relative = _readable(path.relative_to(root).as_posix())
        if _is_ignored(path):
            ignored.append(relative)
        else:
            found.append(FoundFile(path, relative, _link_problem(path, inside)))
    key = _by_path
    return FoundFiles(
        tuple(sorted(found, key=lambda f: key(f.relative_path))), tuple(sorted(ignored, key=key))
    )


def _walk(root: Path) -> Iterator[Path]:
    """Every file below `root`, not entering hidden folders or links to folders (a loop could hide there)."""
    for folder, folders, names in os.walk(root, followlinks=False):
        for name in folders:
            if (Path(folder) / name).is_symlink():
                yield Path(folder) / name
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder) / name for name in names)


def _link_problem(path: Path, inside: Path) -> Problem | None:
    if not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Problem("broken_link", "the link leads nowhere; put the file itself into the folder")
    if not target.is_relative_to(inside):
        return Problem(
            "symlink_outside", "the link leads out of the folder; put the file itself into the folder"
        )
    if target.is_dir():
        return Problem("symlink_folder", "links to folders are not followed; name the folder itself")
    return None


def _is_ignored(path: Path) -> bool:
    name = path.name.lower()
    return name.startswith((".", "~$")) or name in IGNORED_NAMES or name.endswith(IGNORED_ENDINGS)


def _readable(name: str) -> str:
    """The name with undecodable bytes and line ends made visible, so that it can be stored and printed."""
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in readable)


def _by_path(relative_path: str) -> list[str]:
    return relative_path.split("/")
