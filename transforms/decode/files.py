"""Which files of a folder are reports to read: all but hidden files, manifest, settings and data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import category

from transforms.decode.archives import is_archive, member_bytes, members
from transforms.decode.limits import DEFAULT_LIMITS, Limits
from transforms.decode.read import bytes_of, read_bytes, unopened
from transforms.decode.report import Problem, Report, UnreadableFile

IGNORED_NAMES = frozenset({"manifest.csv", "readme.md", "thumbs.db", "desktop.ini"})
IGNORED_ENDINGS = (".toml", ".json", ".jsonl")  # settings and data lie beside reports, reports are never so


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file to account for; `problem` is set where it may not be opened (a link out of the folder).

    A file inside a .zip has a `path` that begins with the archive's and is not on disk; `archive` is, and
    `places` number the file in it (and in an archive inside it). `limits` are those it was found under.
    """

    path: Path
    relative_path: str
    problem: Problem | None = None
    archive: Path | None = None
    places: tuple[int, ...] = ()
    limits: Limits = DEFAULT_LIMITS

    @property
    def on_disk(self) -> Path:
        """The file whose size and time tell whether this one changed."""
        return self.archive or self.path

    @property
    def source(self) -> str:
        """The path as reports and tables name it."""
        return readable(str(self.path))

    def read(self, limits: Limits | None = None) -> Report:
        """The report in it, under its own limits where no others are given; UnreadableFile where there is
        none.
        """
        limits = limits or self.limits
        return read_bytes(self.content(limits), self.source, self.relative_path, limits=limits)

    def content(self, limits: Limits | None = None) -> bytes:
        """Its bytes, also where it lies in an archive; UnreadableFile where they may not be had."""
        limits = limits or self.limits
        if self.problem is not None:
            raise UnreadableFile(self.problem)
        if self.archive is None:
            return bytes_of(self.path, limits)
        return member_bytes(self.archive, self.places, limits)


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """All files below what the user named, sorted by relative path; iterates over `files`."""

    files: tuple[FoundFile, ...]
    ignored: tuple[str, ...]

    def __iter__(self) -> Iterator[FoundFile]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def find_files(folder_or_file: str | Path, limits: Limits = DEFAULT_LIMITS) -> FoundFiles:
    """Files to read below a folder (or the one file named), with the ignored ones named.

    A .zip is a folder of its files; one that cannot be opened is a file with a problem. Relative paths
    use `/` on every system. FileNotFoundError if nothing is there.
    """
    root = Path(folder_or_file)
    if not root.exists():
        raise FileNotFoundError(f"{root}: no such file or folder")
    found: list[FoundFile] = []
    ignored: list[str] = []
    if root.is_dir():
        inside = root.resolve()
        closed: list[OSError] = []
        for path, relative in _walk(root, closed):
            if _is_ignored(path):
                ignored.append(relative)
            else:
                file = FoundFile(path, relative, _link_problem(path, inside), limits=limits)
                found += _unpacked(file, ignored)
        found += [_closed_folder(error, root, limits) for error in closed]
    else:
        found = _unpacked(FoundFile(root, readable(root.name), limits=limits), ignored)
    key = _by_path
    return FoundFiles(
        tuple(sorted(found, key=lambda f: key(f.relative_path))), tuple(sorted(ignored, key=key))
    )


def _walk(root: Path, closed: list[OSError]) -> Iterator[tuple[Path, str]]:
    """Every file below `root` with its relative path, not entering hidden folders or links to folders (a loop
    could hide there). Folders that cannot be listed join `closed`.
    """
    for place, folders, names in os.walk(root, onerror=closed.append, followlinks=False):
        folder = Path(place)
        above = "" if folder == root else f"{folder.relative_to(root).as_posix()}/"
        links = [name for name in folders if (folder / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from ((folder / name, readable(above + name)) for name in (*links, *names))


def _closed_folder(error: OSError, root: Path, limits: Limits) -> FoundFile:
    """A folder that cannot be listed, as a file with a problem: what lies in it is neither read nor gone."""
    folder = Path(error.filename)
    relative = "." if folder == root else folder.relative_to(root).as_posix()
    return FoundFile(folder, readable(relative), unopened(error, "folder"), limits=limits)


def _unpacked(file: FoundFile, ignored: list[str]) -> list[FoundFile]:
    """The file itself, or the files in it if it is an archive; what is ignored there joins `ignored`."""
    if file.problem is not None or not is_archive(file.path):
        return [file]
    try:
        inside = members(file.path, file.limits)
    except UnreadableFile as refused:
        return [replace(file, problem=refused.problem)]
    found = []
    for member in inside:
        relative = f"{file.relative_path}/{readable(member.name)}"
        path = file.path / member.name.replace("\0", "")
        if _is_ignored(path):
            ignored.append(relative)
        else:
            found.append(FoundFile(path, relative, member.problem, file.path, member.places, file.limits))
    return found or [replace(file, problem=Problem("empty_archive", "the archive holds no file to read"))]


def _link_problem(path: Path, inside: Path) -> Problem | None:
    if not os.path.islink(path):  # never raises, where the folder lists its files but does not let us in
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


def readable(path: str) -> str:
    r"""A path as it can be stored and printed: names in bytes that are no UTF-8 read as GB 18030, as archives
    packed on a Chinese Windows leave them on Linux; what is still no character, and line ends, made visible.

    >>> readable("报告/2021\udcd5\udcf2.txt"), readable("报告/2021\udcff.txt")
    ('报告/2021镇.txt', '报告/2021\\xff.txt')
    """
    if path.isprintable():  # as nearly all are
        return path
    return "/".join(map(_readable_name, path.split("/")))


def _readable_name(name: str) -> str:
    told = name if name.isascii() else _told(name)
    return "".join(c if c.isprintable() or category(c) == "Zs" else _escaped(c) for c in told)


def _told(name: str) -> str:
    for charset in ("utf-8", "gb18030"):
        with suppress(
            UnicodeError
        ):  # of the name too, where half a surrogate pair is in it: on Windows alone
            return name.encode("utf-8", "surrogateescape").decode(charset)
    return name


def _escaped(character: str) -> str:
    byte = ord(character) - 0xDC00  # how Python holds a byte of a name that is no UTF-8
    return f"\\x{byte if 0x80 <= byte <= 0xFF else ord(character):02x}"


def _by_path(relative_path: str) -> list[str]:
    return relative_path.split("/")
