"""Figures of which some digits are hidden, lost or misread: 1×份, *3份, ○○份, ×万余人, l2份, 1□件.

Copying sites put stars for digits, models of a report ○○ or XX, a scan reads 1 as l and 0 as O, a bad byte
becomes U+FFFD. What is left of such a figure is no value.
"""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify.lexicon import MEASURE_FIRST
from transforms.quantify.quantity import Numeral, numeral_of

# One of these stands beside every such figure, and few reports hold any: each is sought by itself, at a
# tenth of the cost of one search for all.
_TELLING: Final = ("*", "×", "□", "■", "○", "�", "X", "x", "l", "I", "O", "o", "?", "？")
# before the figure, behind a word: at the beginning of a line a box or a star is the mark of a list
_HIDDEN_BEFORE: Final = re.compile(
    r"(?:[一-鿿“（(~～—-][*×□■○�]+|(?<![A-Za-z0-9])[XxlIOo]{1,4}|\d[.,，]?[*□■○�]+)[.,，]?$"
)
# 3.×万元, 1○份: what goes on where a figure was hidden
_GOES_ON: Final = re.compile(r"[*×□■○�XxNn][.,，]?(?=[百千万亿])|\d(?=○)")
# behind the figure, no product (3×4米) and no question at the end of a sentence
_HIDDEN_AFTER: Final = re.compile(rf"[.,，]?(?:[*□■�]|×(?!\d)|○(?!\d))|[?？lIOo](?=[{MEASURE_FIRST}])")
_ROUNDS: Final = re.compile(r"○+(?![零〇○一二三四五六七八九十百千万亿])")
# 二○二三年: whoever writes the zero so may mean 0 by it elsewhere too
_ZERO: Final = re.compile(r"[一二三四五六七八九]○[零〇○一二三四五六七八九]")
# 1O份, 2O0条, 1l件: digits and letters that look like digits, before a measure word
_LOOKS: Final = re.compile(
    rf"(?=[\dlIOoXx]*\d)[\dlIOoXx]{{2,9}}(?=\s?[万余多%{MEASURE_FIRST}]|[,，]\d{{3}}(?!\d))"
)
# 80至9O人, 800—l000人: a range of which one end is lost
_TO: Final = re.compile(r"[至到—–~～-]{1,2}[*×□■○�XxlIOo]{0,4}")
# 2,8O0本, l5,206件: thousands of which one group is lost
_GROUP: Final = re.compile(r"[,，](?=[\dlIOo]{3}(?![\dlIOo]))")
_REACH: Final = 8


def without_hidden(text: str, found: list[Numeral]) -> list[Numeral]:
    """The same numerals in the same places, those with hidden digits as damaged."""
    if not any(character in text for character in _TELLING):
        return found
    out = [_damaged(numeral) if _is_hidden(text, numeral) else numeral for numeral in found]
    for i in range(len(out) - 1):
        if out[i + 1].kind == "damaged" and _TO.fullmatch(text, out[i].end, out[i + 1].start):
            out[i] = _damaged(out[i])
        if "damaged" in (out[i].kind, out[i + 1].kind) and _is_one_group_further(text, out[i], out[i + 1]):
            out[i : i + 2] = map(_damaged, out[i : i + 2])
    return out


def _is_one_group_further(text: str, left: Numeral, right: Numeral) -> bool:
    return left.end + 1 == right.start and _GROUP.match(text, left.end) is not None


def _damaged(numeral: Numeral) -> Numeral:
    return numeral_of((numeral.start, numeral.end, "damaged", None, "hidden digits"))


def _is_hidden(text: str, numeral: Numeral) -> bool:
    start, end, kind, quantity, rule = numeral
    if quantity is None:
        if kind != "name":
            return False
        if rule == "code":
            return _LOOKS.match(text, start) is not None
        return rule == "round number" and _follows_hidden(text, start)
    rounds = _ROUNDS.match(text, start)
    if rounds and (rounds.end() - start > 1 or not _ZERO.search(text)):
        return True
    if _follows_hidden(text, start):
        return True
    return quantity.unit is None and _HIDDEN_AFTER.match(text, end) is not None


def _follows_hidden(text: str, start: int) -> bool:
    reach = max(0, start - _REACH)
    if _HIDDEN_BEFORE.search(text, reach, start):
        return True
    return any(m.end() == start for m in _GOES_ON.finditer(text, max(0, start - 2), start + 1))
