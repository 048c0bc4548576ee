"""One compiled pattern that finds every numeral of a folded text and names its shape by its group.

A class of first characters stands in front, so running text costs one scan (measured: four times faster than
an optional word in front). The last alternative swallows a whole run of numeral characters, so that none is
tried twice and no text makes the scan more than linear. What a shape means is decided by its reader.
"""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify import figures, shapes
from transforms.quantify.figures import NUMERAL
from transforms.quantify.lexicon import HOTLINES, MEASURE_FIRST

# What \d stands for and more, as ranges: a class that holds \d itself is looked through piece by piece.
_DIGIT = r"0-9\u0660-\u1fff\ua000-\uabff\uff10-\uff19\U00010000-\U0010ffff"
_FIRST = rf"[{_DIGIT}{NUMERAL}A-Za-z几数半对翻“「\"《①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉]"
# A lone Chinese numeral matters only where one of these follows; in 进一步, 统一, 两委 it is part of a word.
_MEASURE_FIRST = "".join(sorted(set(MEASURE_FIRST) - set("()（）")))
_GOES_ON = rf"[{NUMERAL}\d点分又是要计至到—–~、.．)）余多来几%半月季大届级块\s{_MEASURE_FIRST}]"
_LONE = rf"(?=\d|[几数半对翻]|[{NUMERAL}](?:{_GOES_ON}|\Z)|(?<=[第其])|(?<=第\s)|(?<=为)零)"

# By the first character, so that each place tries only what can begin there.
_FROM_SIGN: Final = {
    "title": shapes.TITLE,
    "quoted": shapes.QUOTED,
    "circled": shapes.CIRCLED,
    "slogan_n": r"[Nn](?:[+][\dNn]+)+",
    "latin": shapes.LATIN,
}
_FROM_NUMERAL: Final = {
    "cn_marker": shapes.CN_MARKER,
    "both": figures.BOTH,
    "name": f"(?<!第){shapes.NAME}",
}
_FROM_DIGIT: Final = {
    "simple": figures.SIMPLE,
    "damaged": shapes.DAMAGED,
    "document": shapes.DOCUMENT,
    "date": shapes.DATE,
    "clock": shapes.CLOCK,
    "marker": shapes.MARKER,
    "slogan": shapes.SLOGAN,
    "furniture": shapes.FURNITURE,
    "code": shapes.CODE,
}
_FROM_EITHER: Final = {
    "cn_date": shapes.CN_DATE,
    "cn_clock": shapes.CN_CLOCK,
    "percent": figures.PERCENT,
    "fraction": figures.FRACTION,
    "multiply": figures.MULTIPLY,
    "half_unit": figures.HALF,
    "count": figures.COUNT,
}


def _named(shapes_by_name: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{shape})" for name, shape in shapes_by_name.items())


PATTERN: Final = re.compile(
    rf"(?={_FIRST})(?:(?=\d)(?:{_named(_FROM_DIGIT)})|(?=[{NUMERAL}])(?:{_named(_FROM_NUMERAL)})"
    rf"|{_LONE}(?:{_named(_FROM_EITHER)})|(?P<word>[{NUMERAL}]++)|{_named(_FROM_SIGN)})"
)
HOTLINE: Final = re.compile(HOTLINES["always"])
