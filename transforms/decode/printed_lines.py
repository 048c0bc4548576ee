"""Characters with boxes on a page to lines as printed, in the order in which they are read.

Rows of ruled tables stand among the lines. The numbers below are in heights of a character unless they say
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from transforms.decode.columns import Gutter, columns_of
from transforms.decode.glyph import Glyph
from transforms.decode.ruled_tables import Rule, RuledTable, tables_of

EDGE = 0.12  # of the page's height, above and below: where running heads and page numbers stand
COLUMN_GAP = 0.9  # a wider gap inside a line parts the cells of a table row
LONGEST_RULED_CELL = 60  # characters; more is prose in a frame
LONGEST_CELL = 25  # characters; a line with a longer stretch is justified prose and no table row


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
