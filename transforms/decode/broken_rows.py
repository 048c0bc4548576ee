"""Rows of ruled tables that a page or column ends in the middle of: their cells are put together again.

Writers go on with a row at the head of the next page or column (98. below one, 2 above the other). Such a row
holds text only where the line before it ran out of room; the row of a cell that spans several rows, whose
first cells are empty too, holds whole texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from transforms.decode.glyph import width_of
from transforms.decode.printed_lines import PrintedLine

MARGIN = 0.7  # of a cell, in heights of a character
SHIFT = 1.0  # heights between the edges of a table and of its continuation


def mended(lines: Iterable[PrintedLine]) -> list[PrintedLine]:
    """The lines, broken rows joined cell by cell."""
    whole: list[PrintedLine] = []
    for line in lines:
        if whole and _goes_on(whole[-1], line):
            cells = tuple(a + b for a, b in zip(whole[-1].cells, line.cells, strict=True))
            whole[-1] = replace(whole[-1], cells=cells, rooms=line.rooms)
        else:
            whole.append(line)
    return whole


def _goes_on(before: PrintedLine, line: PrintedLine) -> bool:
    if not (before.is_ruled and line.is_first_row) or len(before.cells) != len(line.cells):
        return False
    is_further_up = line.page != before.page or line.middle > before.middle
    edges = (before.left - line.left, before.right - line.right)
    if not is_further_up or max(map(abs, edges)) > SHIFT * line.height or all(line.cells):
        return False
    pairs = zip(before.cells, before.rooms, line.cells, strict=True)
    held = [(cell, room, rest) for cell, room, rest in pairs if rest]
    is_text = any(not c.isdigit() for _, _, rest in held for c in rest)
    return is_text and all(cell and room < MARGIN + width_of(rest[0]) for cell, room, rest in held)
