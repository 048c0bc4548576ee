"""What a report says, character by character: what copies of one text have in common.

Width, punctuation, line breaks and page furniture are left out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.decode.report import Report
from transforms.normalize.aligned_text import AlignedText
from transforms.segment.furniture import furniture_spans
from transforms.tabulate.identity.clues import body_of
from transforms.tabulate.identity.identity import Identity

_CONTENT = re.compile(r"[0-9\u3400-\u9fff\U00020000-\U0003ffff]+")
# Nine in ten of the characters left out. Made one and taken out first, they cost half of what it would cost
# to find and join the hundreds of pieces between them.
_MARK, _LIKE_IT = "、", "，。\n；："


class Content(NamedTuple):
    """`body`: all of the report. `prose`: from its first paragraph on, and without furniture."""

    body: str
    prose: str


def bare(text: str) -> str:
    """The Chinese characters and digits of a text, nothing between them.

    >>> bare("一、开展宣传 14场（次）；\\n")
    '一开展宣传14场次'
    """
    for mark in _LIKE_IT:
        text = text.replace(mark, _MARK)
    return "".join(_CONTENT.findall(text.replace(_MARK, "")))


def content_of(text: AlignedText, report: Report, identity: Identity) -> Content:
    """The content of a report whose repaired text is `text`."""
    start, end = body_of(report, text)
    opening = start if identity.opening is None else min(identity.opening, end)
    told = text.text[opening:end]
    prose = bare(told)
    body = bare(text.text[start:opening]) + prose
    furniture = furniture_spans(told)
    return Content(body, bare(_without(told, furniture)) if furniture else prose)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in spans:
        kept.append(text[position:start])
        position = end
    return "".join([*kept, text[position:]])
