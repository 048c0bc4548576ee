"""A text that is a table of values parted by commas (.csv): its commas become the tabs of a table row.

Known by its shape alone, since the name of a file says nothing about its content: a few lines of title at
most, then lines of one number of commas each. Prose may look like that for a few lines (办讲座8场,讲法4次),
so that cells which state something must stand under a head without figures; and no head holds a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from .aligned_text import Change
from .rows import LONGEST_CELL, MOST_CELLS, Cell

_FEWEST_ROWS = 2
_FEWEST_STATING = 3
_TITLE_LINES = 3
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[。；！？!?]")
# quotes open at the start of a cell and close at its end; two inside are one
_CELL = re.compile(r'(?:(")((?:[^"\n]|"")*)(")|[^,"\n]*)(,|$)')


def comma_rows(text: str) -> list[Change]:
    """The commas and quotes of a table, as tabs and nothing; none in a text that is anything else.

    >>> text = '项目,单位,数量\\n普法,场,"1,200"\\n'
    >>> for change in reversed(comma_rows(text)):
    ...     text = text[: change.start] + change.new + text[change.end :]
    >>> text
    '项目\\t单位\\t数量\\n普法\\t场\\t1,200\\n'
    """
    if text.count(",") < max(_FEWEST_ROWS, text.count("\n") // 2 - _TITLE_LINES):
        return []
    lines = [line for line in re.finditer(r"[^\n]+", text) if line[0].strip()]
    above = len([*takewhile(lambda line: "," not in line[0], lines[: _TITLE_LINES + 1])])
    rows = [_cells(text, *line.span()) for line in lines[above:]]
    if above > _TITLE_LINES or not _is_table(rows):
        return []
    return [change for row in rows for cell in row for change in _changes(cell)]


def _is_table(rows: Sequence[Sequence[re.Match[str]]]) -> bool:
    if len(rows) < _FEWEST_ROWS or not 1 < len(rows[0]) <= MOST_CELLS:
        return False
    if any(len(row) != len(rows[0]) for row in rows):
        return False
    if any(_is_prose(cell[0]) for cell in rows[0]):
        return False
    cells = [Cell(0, 0, 0, cell[0].strip(',"')) for row in rows for cell in row]
    if not any(cell.states for cell in cells):
        return True
    return len(rows) >= _FEWEST_STATING and not any(_DIGIT.search(cell[0]) for cell in rows[0])


def _is_prose(cell: str) -> bool:
    return len(cell) > LONGEST_CELL or _SENTENCE.search(cell) is not None


def _cells(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The cells of one line; an empty list where a quote is left open."""
    cells: list[re.Match[str]] = []
    while cell := _CELL.match(text, start, end):
        cells.append(cell)
        start = cell.end()
        if not cell[4]:
            return cells
    return []


def _changes(cell: re.Match[str]) -> list[Change]:
    found = [Change(*cell.span(group), "") for group in (1, 3) if cell[group]]
    return [*found, Change(*cell.span(4), "\t")] if cell[4] else found
