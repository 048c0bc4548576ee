"""Files whose end is missing: a download that broke off, an attachment cut by a mail gate.

Zip packages keep their table of contents at the end, the files of old Office programs their directory behind
what it lists, so that the readers of both only say that they know no such file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_PDF_END = b"%%EOF"
_COMMENT = 1 << 16  # bytes that may stand behind the end of a zip
_BEHIND_PDF = 4096
_HEADER = 512  # bytes of the header of an OLE file, and of its smallest sector
_NO_SECTOR = 0xFFFFFFFA  # numbers from here on name no sector


def is_cut_short(data: bytes) -> bool:
    """Whether the end of a zip package, of an OLE file or of a PDF is missing; False for all else.

    For files that cannot be read: some that can lack a last sector or mark that nobody needs.
    """
    if data.startswith(_ZIP):
        return _ZIP_END not in data[-_COMMENT:]
    if data.startswith(OLE):
        return len(data) < _HEADER or len(data) % _HEADER > 0 or any(n > len(data) for n in _needed(data))
    return b"%PDF-" in data[:1024] and _PDF_END not in data[-_BEHIND_PDF:]


def _needed(data: bytes) -> Iterator[int]:
    """Where the directory and the tables of an OLE file end, by its header ([MS-CFB] 2.2)."""
    size = 1 << min(data[30], 12)
    sectors = (struct.unpack_from("<I", data, 48)[0], *struct.unpack_from("<109I", data, 76))
    return ((sector + 2) * size for sector in sectors if sector < _NO_SECTOR)
