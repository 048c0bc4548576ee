"""Scanned PDF files and pictures: recognised page by page in a child process, then joined as any paged text.

A misread digit is a wrong fact, so the recogniser's doubts are kept: `weak_spans` of the reading say where.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from transforms.decode.askew import LONG, lean_of, turned
from transforms.decode.glyph import Glyph, width_of
from transforms.decode.limits import MIB, Limits
from transforms.decode.paged_text import joined_pages
from transforms.decode.printed_lines import PageOfText
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import Problem, UnreadableFile
from transforms.decode.ruled_tables import rules_of
from transforms.decode.sandbox import ask_child

Reader = Callable[[bytes, Limits], Reading]

MEMORY_BYTES = 3072 * MIB  # of address space; 1 GB of it is used
WEAK = 0.95  # characters with a lower score are kept as weak
A4_WIDTH = 595.0  # points
SHORT = 3  # steps between characters; more tell how wide one is
LEAST_CHARACTERS = 10  # a page on average
_MARK = 0xE000  # private use: the score in hundredths, set before a weak character until the text is joined
_MARKS = range(_MARK, _MARK + 101)


def or_recognized(reader: Reader) -> Reader:
    """The reader, and recognition for what it refuses as `needs_recognition`."""

    def read(data: bytes, limits: Limits) -> Reading:
        try:
            return reader(data, limits)
        except UnreadableFile as refused:
            if refused.problem.code != "needs_recognition":
                raise
        return read_scan(data, limits)

    return read


def read_scan(data: bytes, limits: Limits) -> Reading:
    """A PDF or picture file by recognition; `needs_extra_ocr` without the extra. Limits are for each page."""
    roomy = replace(limits, memory_bytes=max(limits.memory_bytes, MEMORY_BYTES))
    pages, number, count = [], 0, 1
    while number < count:
        found = ask_child("transforms.decode.recognizer", "recognized_page", data, roomy, number)
        count = found["pages"]
        pages.append(_page(found))
        number += 1
    marked, breaks = joined_pages(pages)
    text, weak, breaks = _unmarked(marked, breaks)
    if len(text) < LEAST_CHARACTERS * count:
        raise refuse("no_text", f"{count} pages, on which nothing could be recognised; look at the file")
    return Reading(
        text,
        (0, len(text)),
        page_breaks=breaks,
        metadata={"recognized": "true"},
        problems=_warning(text, weak),
        weak_spans=weak,
    )


def _warning(text: str, weak: Sequence[tuple[int, int, float]]) -> tuple[Problem, ...]:
    digits = sum(any(c.isdigit() for c in text[start:end]) for start, end, _ in weak)
    if not digits:
        return ()
    message = f"{digits} digits of the scan were hard to read; facts from them carry a low confidence_reading"
    return (Problem("weak_digits", message, "warning"),)


@dataclass(slots=True)
class _Box:
    """A stretch of text as recognised, the page turned upright; points with y downwards."""

    left: float
    right: float
    middle: float
    height: float
    text: str
    scores: Sequence[float]
    places: Sequence[float]  # of their middles, from the left end (0) to the right (1)


def _page(found: Mapping[str, Any]) -> PageOfText:
    """The page turned upright and as large as A4 in points, y upwards: what rules and margins are told by."""
    share = A4_WIDTH / found["width"]
    height = found["height"] * share
    return PageOfText(
        height,
        list(_glyphs(found["lines"], share, height)),
        rules=rules_of(_rules(found["rules"], share, height)),
    )


def _rules(rules: Sequence[Any], share: float, height: float) -> Iterator[tuple[float, float, float, float]]:
    """Each line by its middle: on a scan it is broader than drawn."""
    for left, top, right, bottom in rules:
        if right - left > bottom - top:
            middle = height - share * (top + bottom) / 2
            yield share * left, middle, share * right, middle
        else:
            middle = share * (left + right) / 2
            yield middle, height - share * bottom, middle, height - share * top


def _glyphs(lines: Sequence[Any], share: float, height: float) -> Iterator[Glyph]:
    """Characters of all lines, each as wide as it may be around its own middle."""
    boxes = _boxes(lines, share)
    _set_in_lines(boxes)
    for box in boxes:
        low, high = height - box.middle - box.height / 2, height - box.middle + box.height / 2
        for character, score, (left, right) in zip(box.text, box.scores, _sides(box), strict=True):
            yield Glyph(left, low, right, high, _marked(character, score))


def _sides(box: _Box) -> Iterator[tuple[float, float]]:
    """Left and right edge of each character: half-way to its neighbours, but no wider than its kind is."""
    long = box.right - box.left
    middles = [box.left + place * long for place in box.places]
    em = _em(box, middles)
    for n, middle in enumerate(middles):
        half = em * width_of(box.text[n]) / 2
        left = max(middle - half, (middles[n - 1] + middle) / 2) if n else box.left
        right = min(middle + half, (middles[n + 1] + middle) / 2) if n + 1 < len(middles) else box.right
        yield left, right


def _em(box: _Box, middles: Sequence[float]) -> float:
    """The usual width of a full character, so that a gap between two cells read as one line stays a gap."""
    widths = list(map(width_of, box.text))
    pairs = zip(middles, middles[1:], widths, widths[1:], strict=False)
    steps = [2 * (after - before) / (wide + next_wide) for before, after, wide, next_wide in pairs]
    return median(steps) if len(steps) >= SHORT else (box.right - box.left) / (sum(widths) or 1.0)


def _boxes(lines: Sequence[Any], share: float) -> list[_Box]:
    lean, usual = lean_of(lines), _usual_height(lines)
    boxes = []
    for corners, text, scores, places in lines:
        points = [turned(x, y, lean) for x, y in corners]
        left, right = (points[0][0] + points[3][0]) / 2, (points[1][0] + points[2][0]) / 2
        top, bottom = (points[0][1] + points[1][1]) / 2, (points[2][1] + points[3][1]) / 2
        tall = bottom - top
        tall = usual if 0.6 * usual < tall < 1.2 * usual else tall
        middle = (top + bottom) / 2
        boxes.append(_Box(left * share, right * share, middle * share, tall * share, text, scores, places))
    return boxes


def _set_in_lines(boxes: Sequence[_Box]) -> None:
    """Gives the boxes of one printed line one middle, and keeps lines from reaching into one another.

    Boxes above one another are never of one line: of narrow rows, read together by place, the figures would
    mix.
    """
    if not boxes:
        return
    lines: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda b: b.middle):
        near = [line for line in lines[-4:] if _is_beside(box, line)]
        if near:
            min(near, key=lambda line: abs(line[0].middle - box.middle)).append(box)
        else:
            lines.append([box])
    for line in lines:
        middle = median(b.middle for b in line)
        for box in line:
            box.middle = middle
    middles = sorted({line[0].middle for line in lines})
    gaps = [b - a for a, b in zip(middles, middles[1:], strict=False)]
    room = dict(zip(middles, map(min, [math.inf, *gaps], [*gaps, math.inf]), strict=True))
    for box in boxes:
        box.height = min(box.height, 1.9 * room[box.middle])


def _is_beside(box: _Box, line: Sequence[_Box]) -> bool:
    """Whether the box stands at the height of the line and above or below none of its boxes."""
    if abs(median(b.middle for b in line) - box.middle) > 0.5 * min(box.height, line[0].height):
        return False
    overlap = max(min(b.right, box.right) - max(b.left, box.left) for b in line)
    return overlap < 0.5 * min(box.height, line[0].height)


def _usual_height(lines: Sequence[Any]) -> float:
    """Of the long lines: the box of a few digits is lower, and would not pass for the end of a paragraph."""
    return median([math.dist(c[0], c[3]) for c, text, *_ in lines if len(text) > LONG] or [0.0])


def _marked(character: str, score: float) -> str:
    if ord(character) in _MARKS:
        return "\ufffd"
    return character if score >= WEAK else chr(_MARK + max(0, int(score * 100))) + character


def _unmarked(
    marked: str, breaks: Sequence[int]
) -> tuple[str, tuple[tuple[int, int, float], ...], tuple[int, ...]]:
    """The text without marks, the characters they stood before with their scores, the breaks moved along."""
    kept: list[str] = []
    weak: list[tuple[int, int, float]] = []
    moved: list[int] = []
    waiting = list(reversed(breaks))
    for place, character in enumerate(marked):
        while waiting and waiting[-1] <= place:
            moved.append(len(kept))
            waiting.pop()
        if ord(character) in _MARKS:
            weak.append((len(kept), len(kept) + 1, (ord(character) - _MARK) / 100))
        else:
            kept.append(character)
    return "".join(kept), tuple(weak), tuple(moved)
