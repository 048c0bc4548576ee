"""One file to one Report: size and permission first, then the format by content, then its reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from transforms.decode.cut_short import is_cut_short
from transforms.decode.html import read_html
from transforms.decode.limits import DEFAULT_LIMITS, MIB, Limits
from transforms.decode.media_type import MEDIA_TYPES, USUAL_ENDINGS, Format, format_of
from transforms.decode.plain import read_plain
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import Problem, Report, UnreadableFile
from transforms.decode.sandbox import in_child
from transforms.decode.scans import or_recognized, read_scan

Reader = Callable[[bytes, Limits], Reading]

IN_PROCESS_BYTES = 2 * MIB  # saved pages have a tenth of it; a page built to be slow costs 3 s here


def _bounded(reader: Reader) -> Reader:
    """The reader in this process for files of ordinary size, in the child with its clock for larger ones."""
    in_sandbox = in_child(reader.__module__, reader.__name__)

    def read(data: bytes, limits: Limits) -> Reading:
        return (reader if len(data) <= IN_PROCESS_BYTES else in_sandbox)(data, limits)

    return read


READERS: dict[Format, Reader] = {
    "txt": _bounded(read_plain),
    "html": _bounded(read_html),
    "mht": in_child("transforms.decode.html", "read_mht"),  # parts nest as deep as the file says
    "ofd": in_child("transforms.decode.ofd", "read_ofd"),
    "xlsx": in_child("transforms.decode.xlsx", "read_xlsx"),
    "xls": in_child("transforms.decode.xls", "read_xls"),
    "doc": in_child("transforms.decode.legacy", "read_doc"),
    "docx": in_child("transforms.decode.docx", "read_docx"),
    "pdf": or_recognized(in_child("transforms.decode.pdf", "read_pdf")),
    "png": read_scan,
    "jpeg": read_scan,
    "tiff": read_scan,
    "gif": read_scan,
    "bmp": read_scan,
    "webp": read_scan,
}

# What to do about a format no reader takes
REMEDIES: dict[Format, str] = {
    "rtf": "save it as .docx",
    "odt": "save it as .docx",
    "zip": "give an archive the ending .zip; an office document is damaged, ask for it again",
    "rar": "unpack it into the folder",
    "7z": "unpack it into the folder",
    "gzip": "unpack it into the folder",
    "xz": "unpack it into the folder",
    "bzip2": "unpack it into the folder",
}


def read_report(
    path: str | Path, relative_path: str | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> Report:
    """The report in the file at `path`; `relative_path` is its place below the folder given by the user.

    Raises UnreadableFile with a reason code of docs/reason-codes.md for whatever gives no text.
    """
    path = Path(path)
    return read_bytes(bytes_of(path, limits), str(path), relative_path or path.name, limits=limits)


def read_bytes(data: bytes, source: str, relative_path: str, *, limits: Limits = DEFAULT_LIMITS) -> Report:
    """The report in `data`; `source` and `relative_path` say where it was found and are kept as they are."""
    if not data:
        raise refuse("empty_file", "the file has no bytes; ask for it again")
    if len(data) > limits.file_bytes:
        raise _too_large(len(data), limits)
    found = format_of(data)
    if found == "encrypted_office":
        raise refuse("password_protected", "the Office file asks for a password; save it again without one")
    reader = READERS.get(found)
    if reader is None and not is_cut_short(data):
        raise refuse("unsupported_format", f"the content is {found}, which no reader takes; {remedy(found)}")
    reading = _read_whole(reader, data, limits)
    return Report(
        source=source,
        relative_path=relative_path,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=MEDIA_TYPES[found],
        encoding=reading.encoding,
        text=reading.text,
        body=reading.body,
        page_breaks=reading.page_breaks,
        metadata=reading.metadata,
        problems=(*_ending_warning(relative_path, found), *reading.problems),
        weak_spans=reading.weak_spans,
    )


def _read_whole(reader: Reader | None, data: bytes, limits: Limits) -> Reading:
    """The reading; of a file that is damaged since its end is missing, just that is said."""
    try:
        if reader is not None:
            return reader(data, limits)
    except UnreadableFile as refused:
        if refused.problem.code != "damaged_file" or not is_cut_short(data):
            raise
    raise refuse(
        "damaged_file", "the file is cut short, its end is missing; fetch it again from where it came"
    )


def remedy(found: Format) -> str:
    """What a person can do about a file of this format."""
    return REMEDIES.get(found, "save the report as .txt or .html")


def bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        if not path.is_file():
            raise refuse("not_a_file", "the path leads to no regular file")
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)  # the size on disk may change or lie; this cannot
        if len(data) > limits.file_bytes:
            raise _too_large(path.stat().st_size, limits)
    except OSError as error:
        raise UnreadableFile(unopened(error, "file")) from error
    return data


def unopened(error: OSError, what: str) -> Problem:
    """Why the system does not give us a file or a folder."""
    if isinstance(error, PermissionError):
        return Problem("unreadable_permission", f"the {what} may not be read; grant read permission")
    return Problem("unreadable_disk", f"the {what} could not be read from disk: {error.strerror}")


def _too_large(size: int, limits: Limits) -> Exception:
    return refuse("too_large", f"the file has {size:,} bytes, more than the {limits.file_bytes:,} allowed")


def _ending_warning(relative_path: str, found: Format) -> tuple[Problem, ...]:
    name = relative_path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name[1:] else ""  # .profile has none
    if ending in USUAL_ENDINGS[found] or not (ending.isascii() and ending.isalnum()) or ending.isdigit():
        return ()  # "2023.5年报告" has no ending
    message = f"the name ends in .{ending} but the content is {found}; read as {found}"
    return (Problem("wrong_ending", message, "warning"),)
