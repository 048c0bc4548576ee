"""Damaged GB18030 and Big5: find the character boundaries again after a wrong or lost byte.

Both encodings have no marks of where a character begins. After one bad byte a plain decoder pairs every
later byte wrongly up to the next ASCII character, and a whole sentence reads as rare characters. Here the
reading of a line is the one that makes most everyday Chinese of its bytes; a skipped byte stands as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

LONGEST_LINE = 1 << 16  # bytes; a longer damaged line is decoded plainly
CLEAR_GAIN = 1.0  # a valid line is read otherwise only where that gains as much
SKIPPED = -1.5  # pays only where two or more everyday characters come of it

# Out of step each pair may still be some character; one in seven is of private use, one in ninety phonetic
_SHIFTED = re.compile("[\ue000-\uf8ff\u3105-\u3129]")


def resynchronised(data: bytes, encoding: str, weights: Mapping[str, float]) -> str:
    """Text of damaged `data`; lines without damage are decoded as ever. Linear in the size of the data.

    >>> damaged = "各村调解纠纷".encode("gb18030")[1:]
    >>> resynchronised(damaged, "gb18030", dict.fromkeys("各村调解纠纷", 1.0))
    '\ufffd村调解纠纷'
    """
    return "\n".join(_line(line, encoding, weights) for line in data.split(b"\n"))  # never inside a character


def _line(line: bytes, encoding: str, weights: Mapping[str, float]) -> str:
    try:
        plain = line.decode(encoding)
    except UnicodeDecodeError:
        plain = ""
    if len(line) > LONGEST_LINE:
        return plain or line.decode(encoding, "replace")
    if plain and not _SHIFTED.search(plain):
        return plain
    best = _best_reading(line, encoding, weights)
    return best if not plain or _worth(best, weights) - _worth(plain, weights) >= CLEAR_GAIN else plain


def _worth(text: str, weights: Mapping[str, float]) -> float:
    return sum(SKIPPED if c == "\ufffd" else weights.get(c, 0.0) for c in text)


def _best_reading(line: bytes, encoding: str, weights: Mapping[str, float]) -> str:
    """The highest sum of weights over all ways to cut `line` into characters and skipped bytes."""
    size = len(line)
    best = [0.0] + [float("-inf")] * size
    came: list[tuple[int, str]] = [(0, "")] * (size + 1)
    for i in range(size):
        for length, character in _characters_at(line, i, encoding):
            score = best[i] + (SKIPPED if character == "\ufffd" else weights.get(character, 0.0))
            if score > best[i + length]:
                best[i + length], came[i + length] = score, (i, character)
    characters: list[str] = []
    while size:
        size, character = came[size]
        characters.append(character)
    return "".join(reversed(characters))


def _characters_at(line: bytes, i: int, encoding: str) -> list[tuple[int, str]]:
    """Every character that could begin at byte i, with its length; last the byte skipped."""
    found = [(1, chr(line[i]))] if line[i] < 0x80 else []
    if (pair := _pairs(encoding).get(line[i : i + 2])) is not None:
        found.append((2, pair))
    if encoding == "gb18030" and 0x30 <= line[i + 1 : i + 2].ljust(1)[0] <= 0x39:
        four = line[i : i + 4].decode(encoding, "replace")
        if len(four) == 1 and four != "\ufffd" and i + 4 <= len(line):
            found.append((4, four))
    return [*found, (1, "\ufffd")]


@cache
def _pairs(encoding: str) -> Mapping[bytes, str]:
    """Every two-byte character of the encoding."""
    pairs = {}
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            pair = bytes((lead, trail))
            character = pair.decode(encoding, "replace")
            if len(character) == 1 and character != "\ufffd":
                pairs[pair] = character
    return pairs
