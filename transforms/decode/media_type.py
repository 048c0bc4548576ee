"""What a file is, by its content: archive members, OLE streams, magic bytes, then text."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from transforms.decode.archives import DAMAGE, refuse_if_crowded
from transforms.decode.cut_short import OLE

Format = Literal[
    "txt", "html", "mht", "xml", "rtf", "pdf", "docx", "xlsx", "pptx", "odt", "ofd", "doc", "xls", "ole",
    "encrypted_office", "png", "jpeg", "tiff", "gif", "bmp", "webp", "zip", "rar", "7z", "gzip", "xz",
    "bzip2", "executable",
]  # fmt: skip

MEDIA_TYPES: dict[Format, str] = {
    "txt": "text/plain",
    "html": "text/html",
    "mht": "multipart/related",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "doc": "application/msword",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "ofd": "application/ofd",
}

# Endings a file of each format is commonly saved under; another ending is worth a note, never a refusal.
USUAL_ENDINGS: dict[Format, frozenset[str]] = {
    "txt": frozenset({"", "txt", "text", "md", "csv", "tsv", "log"}),
    "html": frozenset({"", "html", "htm", "shtml", "xhtml", "jhtml", "jsp", "aspx", "asp", "php"}),
    "mht": frozenset({"", "mht", "mhtml"}),
    "pdf": frozenset({"", "pdf"}),
    "docx": frozenset({"", "docx", "docm"}),
    "xlsx": frozenset({"", "xlsx", "xlsm"}),
    "xls": frozenset({"", "xls", "et"}),
    "png": frozenset({"", "png"}),
    "jpeg": frozenset({"", "jpg", "jpeg", "jpe"}),
    "tiff": frozenset({"", "tif", "tiff"}),
    "gif": frozenset({"", "gif"}),
    "bmp": frozenset({"", "bmp"}),
    "webp": frozenset({"", "webp"}),
    "doc": frozenset({"", "doc", "dot", "wps", "wpt"}),
    "ofd": frozenset({"", "ofd"}),
}

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF8", "gif"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "executable"),
)
_MAGIC_STARTS = tuple(magic for magic, _ in _MAGIC)
MOST_PARTS = 10_000  # of an office file; a page of a large drawing has hundreds
_OLE_STREAMS: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", "encrypted_office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
_WORD_BLOCK = b"\xec\xa5"
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|body|head|meta|title|div|table|p|br|span|h[1-6])\b[^<>]{0,2000}/?>"
)
_MHT = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?content-type:\s*multipart/related", re.M)


def format_of(data: bytes) -> Format:
    """The format of a non-empty file; `txt` where nothing else fits (the text reader has the last word)."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(data)
    if data.startswith(OLE):
        return _ole_format(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_MAGIC_STARTS):
        return next(name for magic, name in _MAGIC if data.startswith(magic))
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"MZ") and b"\0\0\0" in data[:64]:
        return "executable"
    return _text_format(data[:65536])


def _zip_format(data: bytes) -> Format:
    try:
        refuse_if_crowded(io.BytesIO(data), MOST_PARTS)
        names = {name.lower() for name in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    except DAMAGE:
        return "zip"
    if "ofd.xml" in names:
        return "ofd"
    for prefix, name in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if "[content_types].xml" in names and any(n.startswith(prefix) for n in names):
            return name  # type: ignore[return-value]
    return "odt" if {"content.xml", "meta-inf/manifest.xml"} <= names else "zip"


def _ole_format(data: bytes) -> Format:
    for stream, name in _OLE_STREAMS:
        if _has_stream(data, stream):
            return name
    sectors = range(
        512, min(len(data), 1 << 20), 512
    )  # a file cut short has lost the names, which stand last
    return "doc" if any(data.startswith(_WORD_BLOCK, sector) for sector in sectors) else "ole"


def _has_stream(data: bytes, stream: str) -> bool:
    """Whether a directory entry bears the name; entries are 128 bytes long and begin with it."""
    name = f"{stream}\0".encode("utf-16-le")
    place = data.find(name)
    while place >= 0 and place % 128:
        place = data.find(name, place + 1)
    return place >= 0


def _text_format(head: bytes) -> Format:
    plain = head.replace(b"\0", b"").lower().lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")  # UTF-16 reads as ASCII
    if plain.startswith(b"mime-version:") or _MHT.match(plain):
        return "mht"
    if (
        plain.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
        or len(_HTML.findall(plain, 0)) >= 3
    ):
        return "html"
    return "xml" if plain.startswith(b"<?xml") else "txt"
