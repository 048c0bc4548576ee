"""Punctuation set twice."""

from __future__ import annotations

import re

from .aligned_text import Change

_DOUBLED = re.compile(r"[，,、；;。][ ]?[，,、；;。](?:[ ]?[，,、；;。])*")
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
