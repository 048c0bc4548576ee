"""Reports inside .zip archives: which members there are, and the bytes of one.

Members are read in memory, never unpacked to disk, so that `../` in a name can do no harm. Names are in the
code page of the packing machine: on Chinese Windows GBK, though the format knows only cp437 and UTF-8.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from transforms.decode.limits import MIB, Limits
from transforms.decode.reading import refuse

MOST_RATIO = 200  # prose packs 3 to 1, an empty spreadsheet 60 to 1
RATIO_FROM = 8 * MIB  # under this an absurd ratio does no harm
_PACKERS_LITTER = ("__macosx", ".ds_store", "thumbs.db", "desktop.ini")


# what zipfile lets through of a damaged archive: its own errors and those of the three packing methods
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    IndexError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive. `place` numbers it in the archive, `name` is its readable path inside."""

    place: int
    name: str


def is_archive(path: Path) -> bool:
    """A zip of files; an office file is a zip too, but one document."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with _opened(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _begins_as_zip(path)  # reading it will say what is wrong
    return "[content_types].xml" not in names and "ofd.xml" not in names


def members(path: Path, limits: Limits) -> list[Member]:
    """Files of the archive in the order of their names; the same name twice is told apart by its place.

    UnreadableFile where the archive as a whole is damaged, too large or built to exhaust its reader.
    """
    try:
        with _opened(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refuse("damaged_file", f"the archive cannot be opened ({error}); ask for it again") from error
    if len(infos) > limits.members:
        raise refuse("too_many_members", f"{len(infos):,} files, more than the {limits.members:,} allowed")
    if sum(info.file_size for info in infos) > limits.file_bytes * 16:
        raise refuse(
            "archive_bomb", "the archive unpacks to more than is allowed; unpack it by hand and look"
        )
    found: list[Member] = []
    taken: set[str] = set()
    for place, info in enumerate(infos):
        name = _inner_path(_name(info))
        if info.is_dir() or not name or name.lower().startswith(_PACKERS_LITTER):
            continue
        found.append(Member(place, name if name not in taken else f"{name}#{place}"))
        taken.add(name)
    return sorted(found, key=lambda member: member.name.split("/"))


def member_bytes(path: Path, place: int, limits: Limits) -> bytes:
    """The content of one file of the archive; UnreadableFile where it is locked, damaged or a bomb."""
    try:
        with _opened(path) as archive:
            info = archive.infolist()[place]
            _refuse_hostile(info, limits)
            with archive.open(info) as stream:
                return stream.read(limits.file_bytes + 1)
    except DAMAGE as error:
        raise refuse("damaged_file", f"it cannot be unpacked ({error}); ask for the archive again") from error


def _refuse_hostile(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.flag_bits & 1:
        raise refuse(
            "password_protected", "the archive is protected by a password; pack it again without one"
        )
    if info.file_size > limits.file_bytes:
        raise refuse("too_large", f"it unpacks to {info.file_size:,} bytes, more than {limits.file_bytes:,}")
    if info.file_size > max(RATIO_FROM, MOST_RATIO * info.compress_size):
        raise refuse("archive_bomb", "it unpacks to over 200 times its size; unpack it by hand and look")


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path, metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return zipfile.ZipFile(path)  # cp437 takes every byte


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
