"""Signs of plain-text markup around figures: **6**次, **召开会议6次**, 共__12__件 as a filled form has it.

Copying sites put stars for digits too (共**件，其中**件), so a pair of stars is emphasis only where it holds
a digit or a whole line, and in a text of which any other such star is left over none is taken for one.
"""

from __future__ import annotations

import re

from .aligned_text import Change

_STARS = re.compile(r"(?<![*\d])(\*{2,3}+)(?=[^*\s])([^*\n]{1,160})(?<!\s)\1(?![*\d])")
_LEFT_OVER = re.compile(r"\*{2}")
_BLANKS = re.compile(r"(?<![_A-Za-z\d])_{1,20}+(?= ?\d)( ?\d[\d.,]{0,12}+ ?)_{1,20}+(?![_A-Za-z\d])")
_DIGIT = re.compile(r"\d")


def emphasis(text: str) -> list[Change]:
    """The signs go, what they hold stays.

    >>> [text for text in ("**6**次", "共**件，其中**件") if emphasis(text)]
    ['**6**次']
    """
    changes = _within(_BLANKS, 1, text) if "_" in text else []
    if "**" not in text:
        return changes
    stars = [found for found in _STARS.finditer(text) if _DIGIT.search(found[2]) or _is_line(found, text)]
    if _LEFT_OVER.search(_without(stars, text)):
        return changes
    return sorted([*changes, *(c for found in stars for c in _around(found, 2))])


def _within(pattern: re.Pattern[str], group: int, text: str) -> list[Change]:
    return [change for found in pattern.finditer(text) for change in _around(found, group)]


def _around(found: re.Match[str], group: int) -> tuple[Change, Change]:
    return Change(found.start(), found.start(group), ""), Change(found.end(group), found.end(), "")


def _is_line(found: re.Match[str], text: str) -> bool:
    """**一、主要成效**: a heading."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return before in ("", "\n") and after in ("", "\n")


def _without(stars: list[re.Match[str]], text: str) -> str:
    at, rest = 0, []
    for found in stars:
        rest.append(text[at : found.start()])
        at = found.end()
    return "\n".join([*rest, text[at:]])
