"""How much of a file a reader is willing to take: every file is treated as hostile."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings of one read. A township report is 5 to 40 kB of text; the defaults leave room for scans.

    `file_bytes` is the size on disk; `text_bytes` what a plain text or web page may have; `expanded_bytes`
    and `members` bound what an archive may unpack to; `pages` bounds a paged document,
    `scanned_pages` one that must be recognised. `seconds` (of processor time; thrice that on the clock) and
    `memory_bytes` bound the child that reads a risky format, or recognises a page.
    """

    file_bytes: int = 128 * MIB
    text_bytes: int = 16 * MIB
    expanded_bytes: int = 64 * MIB
    members: int = 2000
    pages: int = 300
    scanned_pages: int = 60
    seconds: float = 30.0
    memory_bytes: int = 768 * MIB


DEFAULT_LIMITS = Limits()
