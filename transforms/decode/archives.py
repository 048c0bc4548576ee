"""Reports inside .zip archives: which members there are, and the bytes of one.

Members are read in memory, never unpacked to disk, so that `../` in a name can do no harm. Names are in the
code page of the packing machine: on Chinese Windows GBK, though the format knows only cp437 and UTF-8. An
archive inside an archive is listed like a folder, two deep: a county packs what its towns have packed.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from transforms.decode.limits import MIB, Limits
from transforms.decode.reading import refuse
from transforms.decode.report import Problem, UnreadableFile

MOST_RATIO = 200  # prose packs 3 to 1, an empty spreadsheet 60 to 1
RATIO_FROM = 8 * MIB  # under this an absurd ratio does no harm
DEEPEST = 2  # archives inside one another
ENTRY_BYTES = 1024  # of the table of contents for one file: 46, its path and its times
_PACKERS_LITTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
_TABLE_END = b"PK\x05\x06"
_LARGE_TABLE_END = b"PK\x06\x06"

# what zipfile lets through of a damaged archive: its own errors and those of the packing methods
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    RuntimeError,  # what is not implemented too: a packing or version zipfile does not know
    EOFError,
    IndexError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive, `name` its readable path inside.

    `places` number it in the archive, and before that the archives it lies in there. `problem` is set where
    it is an archive that cannot be listed.
    """

    places: tuple[int, ...]
    name: str
    problem: Problem | None = None


def is_archive(path: Path) -> bool:
    """A zip of files; an office file is a zip too, but one document."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with path.open("rb") as stream, _opened(stream) as archive:
            names = [name.lower() for name in archive.namelist()]
    except UnreadableFile:
        return True
    except DAMAGE:
        return _begins_as_zip(path)  # reading it will say what is wrong
    return "[content_types].xml" not in names and "ofd.xml" not in names


def table_bytes(stream: IO[bytes]) -> int:
    """Size of an archive's table of contents, without reading it; 0 where there is none.

    A file as large as we take may hold a table of a million entries, and the library reads all of it.
    """
    size = stream.seek(0, io.SEEK_END)
    start = stream.seek(max(0, size - (1 << 16) - 1024))
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(_TABLE_END)
    if end < 0 or end + 16 > len(tail):
        return 0
    stated: int = struct.unpack_from("<I", tail, end + 12)[0]
    large = tail.rfind(_LARGE_TABLE_END, 0, end)
    if large >= 0 and large + 48 <= len(tail):
        stated = max(stated if stated < 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, large + 40)[0])
    return min(stated, start + end)


def refuse_if_crowded(stream: IO[bytes], most_members: int) -> None:
    """UnreadableFile("too_many_members") by the size of the table of contents alone."""
    size = table_bytes(stream)
    if size > most_members * ENTRY_BYTES:
        raise refuse(
            "too_many_members",
            f"its table of contents has {size:,} bytes, that is over {most_members:,} files",
        )


def members(path: Path, limits: Limits) -> list[Member]:
    """Files of the archive in the order of their names; the same name twice is told apart by its place.

    UnreadableFile where the archive as a whole is damaged, too large or built to exhaust its reader.
    """
    budget = _Budget(limits.members, limits.file_bytes)
    with path.open("rb") as stream:
        found = list(_members(stream, limits, budget, 1))
    return sorted(found, key=lambda member: member.name.split("/"))


@dataclass(slots=True)
class _Budget:
    """What is left over all archives inside one another: files to list, bytes of inner archives to unpack."""

    members: int
    inner_bytes: int


def _members(stream: IO[bytes], limits: Limits, budget: _Budget, depth: int) -> Iterator[Member]:
    try:
        with _opened(stream, limits.members) as archive:
            infos = archive.infolist()
            budget.members -= len(infos)
            _refuse_too_much(infos, limits, budget)
            taken: set[str] = set()
            for place, info in enumerate(infos):
                name = _inner_path(_name(info))
                if info.is_dir() or not name or name.lower().startswith(_PACKERS_LITTER):
                    continue
                name = name if name not in taken else f"{name}#{place}"
                taken.add(name)
                if name.lower().endswith(".zip"):
                    yield from _inside(archive, Member((place,), name), limits, budget, depth)
                else:
                    yield Member((place,), name)
    except DAMAGE as error:
        raise refuse("damaged_file", f"the archive cannot be opened ({error}); ask for it again") from error


def _inside(
    archive: zipfile.ZipFile, outer: Member, limits: Limits, budget: _Budget, depth: int
) -> list[Member]:
    """The files of an archive in the archive; itself, with the problem, if it cannot be listed."""
    try:
        if depth >= DEEPEST:
            raise refuse("nested_too_deep", "an archive in an archive in an archive; unpack it by hand")
        data = _content(archive, outer.places[0], limits)
        budget.inner_bytes -= len(data)
        if budget.inner_bytes < 0:
            raise refuse(
                "archive_bomb", "archives inside it unpack to more than is allowed; unpack it by hand"
            )
        inside = list(_members(io.BytesIO(data), limits, budget, depth + 1))
    except UnreadableFile as refused:
        return [Member(outer.places, outer.name, refused.problem)]
    return [
        Member((*outer.places, *inner.places), f"{outer.name}/{inner.name}", inner.problem)
        for inner in inside
    ] or [Member(outer.places, outer.name, Problem("empty_archive", "the archive holds no file to read"))]


def _refuse_too_much(infos: list[zipfile.ZipInfo], limits: Limits, budget: _Budget) -> None:
    if budget.members < 0:
        raise refuse("too_many_members", f"more files than the {limits.members:,} allowed; split the archive")
    if sum(info.file_size for info in infos) > limits.file_bytes * 16:
        raise refuse(
            "archive_bomb", "the archive unpacks to more than is allowed; unpack it by hand and look"
        )


def member_bytes(path: Path, places: tuple[int, ...], limits: Limits) -> bytes:
    """The content of one file of the archive; UnreadableFile where it is locked, damaged or a bomb."""
    try:
        stream: IO[bytes]
        with path.open("rb") as stream:
            for place in places:
                with _opened(stream, limits.members) as archive:
                    data = _content(archive, place, limits)
                stream = io.BytesIO(data)
            return data
    except DAMAGE as error:
        raise refuse("damaged_file", f"it cannot be unpacked ({error}); ask for the archive again") from error


def _content(archive: zipfile.ZipFile, place: int, limits: Limits) -> bytes:
    info = archive.infolist()[place]
    _refuse_hostile(info, limits)
    with archive.open(info) as stream:
        return stream.read(limits.file_bytes + 1)


def _refuse_hostile(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.flag_bits & 1:
        raise refuse(
            "password_protected", "the archive is protected by a password; pack it again without one"
        )
    if info.compress_type not in _PACKINGS:
        raise refuse("damaged_file", "it is packed by a rare method; pack it again as a common .zip")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse("broken_link", "a link inside an archive leads nowhere; pack the file itself")
    if info.file_size > limits.file_bytes:
        raise refuse("too_large", f"it unpacks to {info.file_size:,} bytes, more than {limits.file_bytes:,}")
    if info.file_size > max(RATIO_FROM, MOST_RATIO * info.compress_size):
        raise refuse("archive_bomb", "it unpacks to over 200 times its size; unpack it by hand and look")


def _opened(stream: IO[bytes], most_members: int = 100_000) -> zipfile.ZipFile:
    refuse_if_crowded(stream, most_members)
    try:
        return zipfile.ZipFile(stream, metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return zipfile.ZipFile(stream)  # cp437 takes every byte


def _begins_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


def _name(info: zipfile.ZipInfo) -> str:
    """The name as packed: some packers write UTF-8 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return info.filename


def _inner_path(name: str) -> str:
    """The name as a path below the archive: no root, no drive, no way up.

    >>> _inner_path("..\\\\..\\\\C:/a/./报告.txt")
    'a/报告.txt'
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(p for p in parts if p not in ("/", "..", ".") and not p.endswith(":"))
