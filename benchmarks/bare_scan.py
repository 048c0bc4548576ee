"""The yardstick: one number pattern over a text, and nothing made of what it finds.

Frozen. Ratios against it are kept from change to change, so it must not be tuned with the program it
measures.
"""

from __future__ import annotations

import re
from typing import Final

PATTERN: Final = re.compile(
    r"(?=[0-9０-９零〇一二三四五六七八九十百千万亿两几数])"
    r"(?:[0-9０-９]+(?:[.,，][0-9０-９]+)*|[零〇一二三四五六七八九十百千万亿两几数]+)"
    r"\s?[百千万亿]?[余多]?\s?"
    r"(?:人次|场次|件次|家次|个|件|次|人|名|份|场|条|起|项|户|家|%|％|元|册|本|期|处)"
)


def scan(text: str) -> int:
    """How many matches the pattern has."""
    return sum(1 for _ in PATTERN.finditer(text))
