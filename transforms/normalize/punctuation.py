"""Punctuation set twice, full stops set as points, and points set as full stops."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .aligned_text import Change

_DOUBLED = re.compile(r"[，,、；;。][ ]?[，,、；;。](?:[ ]?[，,、；;。])*")
# Each begins with the one character it is about, so that the search leaps from one to the next; what stands
# before it is looked at behind it.
_ENDS_A_WORD = r"(?<=[\u4e00-\u9fff”》%].)(?<![一二三四五六七八九十].)"
_POINT_AS_STOP = tuple(
    re.compile(rf"{point}{_ENDS_A_WORD}(?=[ \u3000]?(?:[\u4e00-\u9fff（(“《\n]|\Z))")
    for point in (r"\.", "．")
)
_BARE_NUMBER = "|".join(rf"(?<=(?<![\d.,，。·])\d{{{digits}}}.)" for digits in range(1, 5))
# In either script: this is mended before the text is converted.
_SCALED = r"(?:[%‰]|[万萬亿億](?!象|物)|[个個]百分)"
_STOP_AS_POINT = tuple(re.compile(rf"{stop}(?=\d{{1,2}}{_SCALED})(?:{_BARE_NUMBER})") for stop in "。·")
_STRONGEST_FIRST = "。；;、，,"


def doubled_punctuation(text: str) -> list[Change]:
    """Of two marks the stronger stays; ,、 is a 、 before which a converter put a comma.

    Left alone: 。。。 (an ellipsis), marks between two digits (an empty cell of a list is no thousands
    separator).

    >>> doubled_punctuation("召开会议4次,,培训3次,、宣传5次。")
    [Change(start=6, end=8, new=','), Change(start=12, end=14, new='、')]
    """
    changes = []
    for match in _DOUBLED.finditer(text):
        start, end = match.span()
        marks = match.group().replace(" ", "")
        if marks in ("。。。", "。。。。") or (
            text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        ):
            continue
        changes.append(Change(start, end, min(marks, key=_STRONGEST_FIRST.index)))
    return changes


def stops_set_as_points(text: str) -> str:
    """化解纠纷.全镇 is 化解纠纷。全镇, in a text that ends its sentences so; names (买买提.吐尔逊) stay else.

    >>> stops_set_as_points("法治宣传有序开展.全年12场.培训3次,效果良好.")
    '法治宣传有序开展。全年12场。培训3次,效果良好。'
    >>> stops_set_as_points("调解员艾力.吾守尔调解。群众满意。")
    '调解员艾力.吾守尔调解。群众满意。'
    """
    if "." not in text and "．" not in text:
        return text
    points = sum(len(pattern.findall(text)) for pattern in _POINT_AS_STOP)
    return _replaced(_POINT_AS_STOP, "。", text) if points > text.count("。") else text


def points_set_as_stops(text: str) -> str:
    """97。9% and 97·9% are 97.9%: nothing ends between a bare number and one with a percent sign or 万.

    >>> points_set_as_stops("满意率98。4%，发放1·2万份。100%办结。12·4宣传日")
    '满意率98.4%，发放1.2万份。100%办结。12·4宣传日'
    """
    return _replaced(_STOP_AS_POINT, ".", text)


def _replaced(patterns: Iterable[re.Pattern[str]], mark: str, text: str) -> str:
    for pattern in patterns:
        text = pattern.sub(mark, text)
    return text
