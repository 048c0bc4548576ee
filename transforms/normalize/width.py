"""Full-width digits, letters and percent signs; Chinese punctuation stays as it is."""

from __future__ import annotations

import re

_FULL = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05)
}
_ANY = re.compile("[０-９Ａ-Ｚａ-ｚ％]")


def full_width(text: str) -> str:
    return text.translate(_FULL) if _ANY.search(text) else text
