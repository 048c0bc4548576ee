"""Characters with boxes on pages to running text: lines, then paragraphs, without running heads.

No PDF library joins paragraphs or leaves out heads. Serves every paged format whose reader knows where each
character stands. The numbers below are in heights of a character unless they say otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

from transforms.decode.broken_rows import mended
from transforms.decode.columns import gutters_of
from transforms.decode.glyph import Glyph
from transforms.decode.printed_lines import PageOfText, PrintedLine, printed_lines
from transforms.decode.report import Problem
from transforms.decode.ruled_tables import tables_of

RECURRING = 0.6  # of the pages; a line of the edge that recurs on as many is a running head
RAGGED = 1.6  # a full line ends at most this far left of the right margin
INDENT = 1.2  # a first line begins at least this far right of the left margin
GAP = 1.15  # steps between lines; a wider one parts paragraphs
_PAGE_NUMBER = re.compile(r"^[\s\-—–―·.第页共/／]*\d{1,3}[\s\-—–―·.第页共/／]*(?:\d{1,3}\s*页?)?$")
_ENDS_PARAGRAPH = "。：:；;！？”）"
_LIST_MARKER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the document is set: its margins, the height of its characters, the usual step between lines."""

    left: float
    right: float
    height: float
    step: float
    is_indented: bool
    has_gaps: bool  # white between paragraphs tells them apart


def picture_warning(pages: Sequence[PageOfText]) -> tuple[Problem, ...]:
    """A warning if some pages of a document with text are pictures: what is printed on them is not read."""
    numbers = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if not numbers:
        return ()
    shown = ", ".join(map(str, numbers[:20]))
    message = (
        f"page {shown} of the document is a picture, whose text was not read; compare the report with it"
    )
    return (Problem("picture_pages", message, "warning"),)


def joined_pages(pages: Sequence[PageOfText]) -> tuple[str, tuple[int, ...]]:
    """The running text, one paragraph a line, and the offset at which each later page begins."""
    gutters = gutters_of([_prose(page) for page in pages])
    printed = map(printed_lines, pages, range(len(pages)), gutters)
    lines = mended(without_heads(list(chain.from_iterable(printed)), len(pages)))
    if not lines:
        return "", ()
    layout = layout_of(lines)
    parts: list[str] = []
    breaks: list[int] = []
    length = 0
    before: PrintedLine | None = None
    for line in lines:
        joint = "" if before is None else joint_between(before, line, layout)
        if before is not None and line.page != before.page:
            breaks.append(length + len(joint))
        parts += [joint, line.text]
        length += len(joint) + len(line.text)
        before = line
    return "".join(parts), tuple(breaks)


def _prose(page: PageOfText) -> Sequence[Glyph]:
    tables = tables_of(page.rules)
    return [g for g in page.glyphs if not any(t.place_of(g) for t in tables)] if tables else page.glyphs


def without_heads(lines: Sequence[PrintedLine], pages: int) -> list[PrintedLine]:
    """Lines without page numbers and without what recurs, digits apart, at the edge of most pages."""
    pages_with = Counter(mask for mask, _ in {(_masked(line), line.page) for line in lines if line.is_edge})
    often = max(2.0, RECURRING * pages)
    return [
        line
        for line in lines
        if not (line.is_edge and (_PAGE_NUMBER.match(_bare(line)) or pages_with[_masked(line)] >= often))
    ]


def _masked(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", _bare(line)))


def _bare(line: PrintedLine) -> str:
    """Without the marks of private use that the reader of scans sets before characters hard to read."""
    return re.sub("[\ue000-\ue0ff]", "", line.text)


def layout_of(lines: Sequence[PrintedLine]) -> Layout:
    """Margins from the long lines, so that titles and signatures do not shift them."""
    lines = [line for line in lines if not line.is_ruled] or lines
    usual = sorted(len(line.text) for line in lines)[len(lines) * 3 // 4]
    long = [line for line in lines if len(line.text) > min(15, 0.7 * usual)] or list(lines)
    height = median(line.height for line in lines)
    left = Counter(round(line.left) for line in long).most_common(1)[0][0]
    right = max(r for r, _ in Counter(round(line.right / 2) * 2 for line in long).most_common(3))
    steps = [a.middle - b.middle for a, b in zip(lines, lines[1:], strict=False) if a.page == b.page]
    indented = sum(line.left > left + INDENT * line.height for line in lines)
    step = median(steps or [height])
    gaps = sum(GAP * step < s < 2.5 * step for s in steps)
    few = max(3, len(lines) / 10)
    return Layout(left, right, height, step, is_indented=indented >= few, has_gaps=gaps >= few)


def joint_between(before: PrintedLine, line: PrintedLine, layout: Layout) -> str:
    """What stands between two lines: nothing or a space inside a paragraph, a line end between two."""
    if not continues(before, line, layout):
        return "\n"
    latin = before.text[-1:].isascii() and before.text[-1:].isalpha() and line.text[:1].isascii()
    return " " if latin and line.text[:1].isalpha() else ""


def continues(before: PrintedLine, line: PrintedLine, layout: Layout) -> bool:
    """True if `line` goes on with the paragraph of `before`."""
    if before.is_row or line.is_row or abs(line.height - before.height) > 0.25 * line.height:
        return False
    if _is_heading(line, layout) and _is_heading(before, layout):
        return line.page == before.page and before.right - before.left > 0.7 * (layout.right - layout.left)
    if line.left > layout.left + INDENT * line.height:
        return False
    if layout.has_gaps and not layout.is_indented and line.page == before.page:
        return not _is_after_gap(before, line, layout)
    if before.right > layout.right - RAGGED * before.height:
        return not (before.text[-1:] in "。！？：" and _LIST_MARKER.match(line.text))
    return layout.is_indented and before.text[-1] not in _ENDS_PARAGRAPH and not _is_heading(before, layout)


def _is_heading(line: PrintedLine, layout: Layout) -> bool:
    """Centred, and larger than the running text."""
    centred = abs((line.left - layout.left) - (layout.right - line.right)) < 1.5 * line.height
    return centred and line.height > 1.2 * layout.height


def _is_after_gap(before: PrintedLine, line: PrintedLine, layout: Layout) -> bool:
    """More white above it than between the lines of a paragraph."""
    return before.middle - line.middle > GAP * layout.step
