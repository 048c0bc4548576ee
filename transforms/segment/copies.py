"""What a page says a second time: its print version below it, or a summary above that breaks off.

The first copy is read, save where it is the one that breaks off: half a figure (发放资料9…) is a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LEAST_RUN = 100  # characters that are the same, in sentences that follow each other
LEAST_OF_SEVERAL, SEVERAL = 60, 3  # or so many in so many sentences; rows of two villages may be alike
LEAST_SUMMARY = 40
MOST_SUMMARIES = 8  # each is sought in the whole text
ENDING = 12  # characters in which sentences that are the same end alike, however they begin
_LONG_LINE = re.compile(rf"[^\n]{{{LEAST_SUMMARY},}}")
_SHORT = 6  # sentences with fewer characters begin no copy
_LABEL = re.compile(r"(?:内容)?(?:摘要|简介|导读|提要|概述|描述|概要)[:：]")
_BROKEN_OFF = re.compile(r"(?:…+|\.{3,}|。{3,})?(?:[\[【(（]?(?:详细|全文|查看|更多|阅读全文)[^\n]{0,6})?$")
_WHOLE = re.compile(r"[。！？；：:;!?]$")


def copies_of(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Half-open spans of what stands a second time in those sentences of the text, in order.

    >>> report = "全镇办讲座8场。受理纠纷17件。" * 4
    >>> text = "摘要：" + report[:50] + "…\\n" + report
    >>> copies_of(text, [(0, len(text))])
    [(0, 54)]
    """
    if not sentences:
        return []
    cut_short = _summaries(text, sentences[0][0], sentences[-1][1])
    spans = sentences
    if cut_short:
        spans = [s for s in sentences if not any(start <= s[0] < end for start, end in cut_short)]
    if not _may_repeat(text, spans):  # nearly always
        return cut_short
    keys = [_unlabelled("".join(text[start:end].split())) for start, end in spans]
    kept = [i for i, key in enumerate(keys) if key]
    runs = _runs([keys[i] for i in kept])
    again = [(spans[kept[first]][0], spans[kept[last]][1]) for first, last in runs]
    return sorted([*cut_short, *again])


def _may_repeat(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a long sentence, or two that follow each other, end as others before them did."""
    known, was_known = set[str](), False
    for start, end in spans:
        ending = text[max(start, end - ENDING) : end].strip()
        if not ending:
            continue
        if is_known := ending in known:
            if was_known or end - start >= LEAST_RUN:
                return True
        else:
            known.add(ending)
        was_known = is_known
    return False


def _unlabelled(told: str) -> str:
    return _LABEL.sub("", told) if "：" in told or ":" in told else told


def _runs(keys: Sequence[str]) -> list[tuple[int, int]]:
    """First and last of neighbouring sentences that stood in the same order before."""
    first_at: dict[str, int] = {}
    found, i = [], 0
    while i < len(keys):
        before = first_at.setdefault(keys[i], i) if len(keys[i]) >= _SHORT else i
        length = _same(keys, before, i)
        size = sum(map(len, keys[i : i + length]))
        if size >= LEAST_RUN or (length >= SEVERAL and size >= LEAST_OF_SEVERAL):
            found.append((i, i + length - 1))
            i += length
        else:
            i += 1
    return found


def _same(keys: Sequence[str], before: int, here: int) -> int:
    """How many sentences from `here` on are those from `before` on."""
    length = 0
    while (
        before + length < here and here + length < len(keys) and keys[before + length] == keys[here + length]
    ):
        length += 1
    return length


def _summaries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Lines that break off where the text itself, further down, goes on."""
    found: list[tuple[int, int]] = []
    bare, tried = "", 0
    for line in _LONG_LINE.finditer(text, start, end):
        if _WHOLE.search(line[0].rstrip()) or "\t" in line[0] or tried == MOST_SUMMARIES:
            continue
        tried += 1
        bare = bare or "".join(text[start:end].split())
        told = _unlabelled(_BROKEN_OFF.sub("", "".join(line[0].split())))
        if len(told) >= LEAST_SUMMARY and bare.find(told, bare.find(told) + len(told)) >= 0:
            found.append(line.span())
    return found
