"""Where the phrases of a sentence end: at its marks, its numbers, and the brackets around a number."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from operator import itemgetter

from transforms.quantify.quantity import Numeral, Quantity
from transforms.tabulate.rulebook import Cue

# One class, which is searched three times as fast as choices; `_is_of_number` sorts out 12,600 and 9:30.
_BOUNDARY = re.compile(r"[，；：;。！？!?（）()\n,:]")
_DIGITS = "0123456789"
OPEN, _CLOSE, BRACKETS = "（(", "）)", "（(）)"

# a countable numeral: its position among all, itself, what it says
Counted = tuple[int, Numeral, Quantity]
# start, end, what it is, the number it is
Bound = tuple[int, int, str, Counted | None]
_IN_BRACKETS = frozenset(BRACKETS)
_AT_ITS_END = frozenset(["", *"，；。、,;\n"])


def bounds(
    text: str,
    start: int,
    end: int,
    characters: frozenset[str],
    cues: Sequence[Cue],
    numerals: Sequence[Numeral],
    counted: Sequence[Counted],
) -> list[Bound]:
    """Marks and numbers that end a phrase, in order, and the end. Brackets count where they hold a number."""
    out: list[Bound] = [(one[2].start, one[2].end, "q", one) for one in counted]
    if _IN_BRACKETS.isdisjoint(characters):
        marks = _marks(text, start, end, numerals)
    else:
        ends = {bound[1] for bound in out}
        out = [_with_brackets(bound, text, ends) for bound in out]
        marks = _marks(text, start, end, _and_bracketed(numerals, cues))
        own = {at for first, last, _, one in out if one and first < one[2].start for at in (first, last - 1)}
        marks = [mark for mark in _but_empty_brackets(marks, counted) if mark[0] not in own]
    if marks:
        out += marks
        out.sort(key=_place)
    out.append((end, end, "", None))
    return out


_place = itemgetter(0)


def _with_brackets(bound: Bound, text: str, ends: Container[int]) -> Bound:
    """行政处罚（7件） says what 行政处罚7件 says: the brackets are the number's own.

    Not behind another count (its end is one of `ends`), nor where the clause goes on
    (微信账号（1个）发布信息80条).
    """
    start, end, token, one = bound
    if one is None or one[2].unit is None or not 1 < start < end < len(text):
        return bound
    if text[start - 1] not in OPEN or text[end] not in _CLOSE or text[end + 1 : end + 2] not in _AT_ITS_END:
        return bound
    noun = "\u4e00" <= text[start - 2] <= "\u9fff" and start - 1 not in ends
    return (start - 1, end + 1, token, one) if noun else bound


def _but_empty_brackets(marks: Sequence[Bound], counted: Sequence[Counted]) -> Iterator[Bound]:
    """Marks without brackets but for those around a number, which are written one way."""
    open_at: int | None = None
    for mark in marks:
        at, _, token, _ = mark
        if token not in BRACKETS:
            yield mark
        elif token in OPEN:
            open_at = at
        else:
            if open_at is not None and any(open_at < numeral.start < at for _, numeral, _ in counted):
                yield open_at, open_at + 1, "（", None
                yield at, at + 1, "）", None
            open_at = None


def _and_bracketed(numerals: Sequence[Numeral], cues: Sequence[Cue]) -> Sequence[tuple[int, int]]:
    """Places of the numerals and of the words with brackets of their own: 村（社区）."""
    places = [numeral[:2] for numeral in numerals]
    return sorted([*places, *((c.start, c.end) for c in cues if c.word.bracketed)])


def _marks(text: str, start: int, end: int, closed: Sequence[tuple[int, ...] | Numeral]) -> list[Bound]:
    """The marks that lie in none of the places that are `closed` to them (each begins with its span)."""
    out: list[Bound] = []
    firsts, ends = [*[place[0] for place in closed], end], [*[place[1] for place in closed], end + 1]
    i = 0
    for mark in _BOUNDARY.finditer(text, start, end):
        at = mark.start()
        while ends[i] <= at:
            i += 1
        if at < (first := firsts[i]):
            token = text[at]
            if text[at + 1 : at + 2] in _BEGINS_EACH and _goes_on(text, at, token, ends):
                continue  # 赠送读本和联系卡，分别为30本、60张: the list goes on to its numbers
            if token not in _SOFT or not _is_of_number(text, at, first, end):
                out.append((at, at + 1, token, None))
    return out


_BEGINS_EACH = frozenset("分数次场份")
_ONE_EACH = tuple(f"{what}分别{is_}" for what in ("", "数量", "次数", "场次", "份数") for is_ in "为是有达")


def _goes_on(text: str, at: int, token: str, ends: Sequence[int]) -> bool:
    """Whether the list before a comma, and no number, is told 分别 behind it."""
    return token in "，," and text.startswith(_ONE_EACH, at + 1) and at not in ends


# Marks that may belong to a number beside them.
_SOFT = "：:,"


def _is_of_number(text: str, at: int, following: int, end: int) -> bool:
    """Whether a colon or comma stands in a number or right before the one that begins at `following`."""
    if text[at] != "," and following < end and _BEFORE_ITS_NUMBER.fullmatch(text, at - 1, following):
        return True
    return text[at] != "：" and _in_number(text, at, end)


# 行政处罚案件：19件 says what 行政处罚案件19件 says.
_BEFORE_ITS_NUMBER = re.compile(r"[\u4e00-\u9fff”）)][：:]\s*")


def _in_number(text: str, at: int, end: int) -> bool:
    """A comma or colon with a digit on both sides belongs to the number."""
    return 0 < at < end - 1 and text[at - 1] in _DIGITS and text[at + 1] in _DIGITS
