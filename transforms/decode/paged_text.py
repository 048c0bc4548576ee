"""Characters with boxes on pages to running text: lines, then paragraphs, without running heads.

No PDF library joins paragraphs or leaves out heads. Serves every paged format whose reader knows where each
character stands. The numbers below are in heights of a character unless they say otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import median

from transforms.decode.broken_rows import mended
from transforms.decode.columns import Gutter, columns_of, gutters_of
from transforms.decode.glyph import Glyph
from transforms.decode.report import Problem
from transforms.decode.ruled_tables import Rule, RuledTable, tables_of

EDGE = 0.12  # of the page's height, above and below: where running heads and page numbers stand
RECURRING = 0.6  # of the pages; a line of the edge that recurs on as many is a running head
COLUMN_GAP = 0.9  # a wider gap inside a line parts the cells of a table row
RAGGED = 1.6  # a full line ends at most this far left of the right margin
INDENT = 1.2  # a first line begins at least this far right of the left margin
LONGEST_RULED_CELL = 60  # characters; more is prose in a frame
LONGEST_CELL = 25  # characters; a line with a longer stretch is justified prose and no table row
GAP = 1.15  # steps between lines; a wider one parts paragraphs
_PAGE_NUMBER = re.compile(r"^[\s\-—–―·.第页共/／]*\d{1,3}[\s\-—–―·.第页共/／]*(?:\d{1,3}\s*页?)?$")
_ENDS_PARAGRAPH = "。：:；;！？”）"
_LIST_MARKER = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]")


@dataclass(frozen=True, slots=True)
class PageOfText:
    """One page: its height, its characters in any order, whether it is a picture instead, straight lines."""

    height: float
    glyphs: Sequence[Glyph]
    is_picture: bool = False
    rules: Sequence[Rule] = ()


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as printed; `cells` are its far-apart stretches of text."""

    page: int
    left: float
    right: float
    middle: float
    height: float
    cells: tuple[str, ...]
    is_edge: bool
    is_ruled: bool = False  # a row between drawn lines
    is_first_row: bool = False  # of a ruled table
    rooms: tuple[float, ...] = ()  # of a ruled row: see _rooms

    @property
    def is_row(self) -> bool:
        """Of a table: several far-apart stretches, none as long as prose, and no title in spaced letters."""
        return self.is_ruled or 1 < max(map(len, self.cells)) < LONGEST_CELL and len(self.cells) > 1

    @property
    def text(self) -> str:
        between = "\t" if self.is_row else " " if max(map(len, self.cells)) > 1 else ""
        return between.join(self.cells)


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


def printed_lines(page: PageOfText, number: int, gutter: Gutter | None) -> Iterator[PrintedLine]:
    """Lines in the order in which they are read, a column after the other."""
    for glyphs, moved in columns_of(page.glyphs, gutter):
        rules = [rule._replace(left=rule.left - moved, right=rule.right - moved) for rule in page.rules]
        yield from _lines_and_tables(replace(page, glyphs=glyphs, rules=rules), number)


def _lines_and_tables(page: PageOfText, number: int) -> Iterator[PrintedLine]:
    """Lines from top to bottom, rows of ruled tables among them where they stand."""
    glyphs, tables = list(page.glyphs), []
    for table in tables_of(page.rules):
        cells: dict[tuple[int, int], list[Glyph]] = {}
        outside = []
        for glyph in glyphs:
            place = table.place_of(glyph)
            outside.append(glyph) if place is None else cells.setdefault(place, []).append(glyph)
        if cells:
            tables.append((table, cells))
            glyphs = outside
    for line in _free_lines(replace(page, glyphs=glyphs), number):
        while tables and tables[0][0].rows[-1] > line.middle:
            yield from _ruled_rows(*tables.pop(0), page, number)
        yield line
    for table, cells in tables:
        yield from _ruled_rows(table, cells, page, number)


def _ruled_rows(
    table: RuledTable, cells: dict[tuple[int, int], list[Glyph]], page: PageOfText, number: int
) -> Iterator[PrintedLine]:
    """A line each row; where a cell holds prose, the lines of one cell after the other."""
    lines = {
        place: list(_free_lines(replace(page, glyphs=inside), number)) for place, inside in cells.items()
    }
    is_first = True
    for row in table.cells():
        begun = [lines.get(place, []) if is_begun else [] for place, is_begun in row]
        texts = tuple(_joined_in_cell(inside) for inside in begun)
        if max(map(len, texts)) > LONGEST_RULED_CELL:
            yield from (line for inside in begun for line in inside)
        elif any(texts):
            first = next(inside[0] for inside in begun if inside)
            yield replace(
                first,
                left=table.columns[0],
                right=table.columns[-1],
                cells=texts,
                is_edge=False,
                is_ruled=True,
                is_first_row=is_first,
                rooms=tuple(_rooms(table, row, begun)),
            )
        is_first = False


def _rooms(
    table: RuledTable, row: list[tuple[tuple[int, int], bool]], begun: Sequence[Sequence[PrintedLine]]
) -> Iterator[float]:
    """Between the end of the last line of each cell and the next rule, in heights of a character."""
    edges = [*(table.columns[column] for (_, column), _ in row[1:]), table.columns[-1]]
    for edge, inside in zip(edges, begun, strict=True):
        yield (edge - inside[-1].right) / inside[-1].height if inside else 0.0


def _joined_in_cell(lines: Sequence[PrintedLine]) -> str:
    text = ""
    for line in lines:
        words = "".join(line.cells)
        latin = text[-1:].isascii() and text[-1:].isalpha() and words[:1].isascii() and words[:1].isalpha()
        text += (" " if latin else "") + words
    return text


def _free_lines(page: PageOfText, number: int) -> Iterator[PrintedLine]:
    """Lines from top to bottom: characters whose middles lie within one another's height belong together."""
    rows: list[list[Glyph]] = []
    low = high = 0.0
    for glyph in sorted(page.glyphs, key=lambda g: (-(g.bottom + g.top), g.left)):
        middle = (glyph.bottom + glyph.top) / 2
        if rows and low < middle < high:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            low, high = glyph.bottom, glyph.top
    for row in rows:
        if line := _line(sorted(row, key=lambda g: g.left), page, number):
            yield line


def _line(row: list[Glyph], page: PageOfText, number: int) -> PrintedLine | None:
    visible = [g for g in row if g.character.strip()]
    if not visible:
        return None
    height = median(g.top - g.bottom for g in visible) or 1.0
    middle = median((g.top + g.bottom) / 2 for g in visible)
    edge = not EDGE * page.height <= middle <= (1 - EDGE) * page.height
    return PrintedLine(
        number, visible[0].left, visible[-1].right, middle, height, _cells(row, height), is_edge=edge
    )


def _cells(row: list[Glyph], height: float) -> tuple[str, ...]:
    cells = [""]
    right = row[0].left
    for glyph in row:
        if glyph.left - right > COLUMN_GAP * height and cells[-1].strip():
            cells.append("")
        cells[-1] += glyph.character
        right = glyph.right
    return tuple(text for cell in cells if (text := cell.strip()))


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
