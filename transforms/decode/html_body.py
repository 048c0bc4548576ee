"""Which lines of a web page are the report itself.

Known containers of content managers come first; elsewhere the run of lines with the most prose. Whatever is
left outside stays in the text: identity reads it, and none of its numbers is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from transforms.decode.html_blocks import Line, Page
from transforms.decode.web_rules import CLOSING, CONTAINERS, FURNITURE, OPENING

LEAST_SHARE = (
    0.5  # of the page's best run of prose; a container with less is a teaser or a template left-over
)

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_PROSE_MARKS = re.compile(r"[，。；、：]")


def body_lines(page: Page, lines: Sequence[Line], values: Sequence[int]) -> tuple[int, int]:
    """First and one past the last line of the report; (0, len(lines)) where nothing looks like prose.

    `values` are those of the lines (`line_value`).
    """
    run = best_run(values)
    if run is None:
        return 0, len(lines)
    contained = _best_container(page, lines, values)
    if contained is not None and _prose(values, contained) >= LEAST_SHARE * _prose(values, run):
        return contained
    return widened(lines, run)


def _prose(values: Sequence[int], span: tuple[int, int]) -> int:
    return sum(max(0, value) for value in values[slice(*span)])


def has_prose(lines: Sequence[Line], values: Sequence[int]) -> bool:
    """At least one line is a sentence of some length outside links."""
    return any(value > 20 and "。" in line.text for line, value in zip(lines, values, strict=True))


def line_value(line: Line) -> int:
    """Prose counts for as many Chinese characters as stand outside links; furniture counts against."""
    text, size, stops = line.text, len(line.text), "。" in line.text
    linked = 0 if stops else line.linked  # an anchor around a paragraph is no menu
    if linked * 2 > size:
        return -60
    if (size < 80 or not stops) and FURNITURE.search(text):
        return -120
    if "\t" in text:  # a table inside the report, or behind its signature
        return 2 if any(c.isdigit() for c in text) else 0
    if CLOSING.match(text):  # every pattern of it begins at the line's start
        return 0
    han = sum(map(len, _HAN.findall(text)))
    value = round(han * (size - linked) / max(1, size))
    return value if value > 60 or _PROSE_MARKS.search(text) else min(value, 12) - 8


def best_run(values: Sequence[int]) -> tuple[int, int] | None:
    """The contiguous stretch with the greatest sum (first of equals); None if no value is positive.

    >>> best_run([-5, 40, -8, 90, -60, 10])
    (1, 4)
    """
    best, best_sum = None, 0
    start = total = 0
    for i, value in enumerate(values):
        if total <= 0:
            start, total = i, 0
        total += value
        if total > best_sum:
            best, best_sum = (start, i + 1), total
    return best


def widened(lines: Sequence[Line], run: tuple[int, int]) -> tuple[int, int]:
    """The run with the title lines right above it and the signature and date right below."""
    first, last = run
    while first > 0 and run[0] - first < 8 and _opens_report(lines[first - 1]):
        first -= 1
    while last < len(lines) and last - run[1] < 6 and _closes_report(lines[last]):
        last += 1
    return first, last


def _opens_report(line: Line) -> bool:
    text = line.text
    if line.linked or len(text) > 80 or FURNITURE.search(text):
        return False
    return bool(OPENING.search(text))


def _closes_report(line: Line) -> bool:
    return not line.linked and bool(CLOSING.match(line.text))


def _best_container(page: Page, lines: Sequence[Line], values: Sequence[int]) -> tuple[int, int] | None:
    """Lines of the known container that holds most prose; of nested ones the innermost that loses nothing."""
    nodes = [line.node for line in lines]
    best, best_value = None, 0
    for i, names in enumerate(page.names):
        if names and not CONTAINERS.isdisjoint(names.split(" ")):
            span = _lines_inside(nodes, i, page.end[i])
            value = sum(values[slice(*span)])
            if value > 0 and value >= best_value:
                best, best_value = span, value
    return best


def _lines_inside(nodes: Sequence[int], first: int, end: int) -> tuple[int, int]:
    return bisect_left(nodes, first), bisect_left(nodes, end)
