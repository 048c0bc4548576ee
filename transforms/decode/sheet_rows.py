"""Cells of spreadsheets to lines of text: one row a line, cells apart by tabs, merged labels on every row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from transforms.decode.reading import refuse

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
MOST_ROWS = 20_000  # of one sheet; a report's tables have under a hundred
MOST_COLUMNS = 256
MOST_CELLS = 400_000
MOST_SPREAD = 2000  # cells a merged label is repeated in; more is a blank background
_UNNAMED = re.compile(r"(?:sheet|工作表|表)\s*\d*", re.I)


class Cell(NamedTuple):
    """A cell with text; rows and columns count from where the format does, only their order matters."""

    row: int
    column: int
    text: str


class Range(NamedTuple):
    """A rectangle of cells, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @staticmethod
    def parsed(reference: str) -> Range | None:
        """From a reference such as B2 or B2:D2.

        >>> Range.parsed("B2:D3")
        Range(top=2, left=1, bottom=3, right=3)
        """
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            return None
        top, left = int(match[2]), _column(match[1])
        return Range(top, left, int(match[4] or top), _column(match[3]) if match[3] else left)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def merged_away(cells: Sequence[Cell], ranges: Iterable[Range]) -> list[Cell]:
    """Each merged label in every cell it covers, so that each row and column says what it is about.

    A label with digits is not repeated (every number counts once), nor is a title over a whole row.
    """
    texts = {(cell.row, cell.column): cell.text for cell in cells}
    rows = {row for row, _ in texts}
    filled = Counter(row for row, _ in texts)
    for merged in ranges:
        label = texts.get((merged.top, merged.left), "")
        size = (merged.bottom - merged.top + 1) * (merged.right - merged.left + 1)
        alone = filled[merged.top] == 1 and merged.top == merged.bottom
        if not label or size > MOST_SPREAD or alone or any(c.isdigit() for c in label):
            continue
        for row in range(merged.top, merged.bottom + 1):
            if row in rows:
                for column in range(merged.left, merged.right + 1):
                    texts.setdefault((row, column), label)
    return [Cell(row, column, text) for (row, column), text in sorted(texts.items())]


def rows_of(cells: Iterable[Cell]) -> list[list[str]]:
    """Rows with their cells in columns from the first used one on; empty rows and columns are left out."""
    by_row: dict[int, dict[int, str]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, {})[cell.column] = cell.text
    columns = sorted({column for row in by_row.values() for column in row})
    return [[by_row[row].get(column, "") for column in columns] for row in sorted(by_row)]


def refuse_if_too_long(rows: int, cells: int) -> None:
    """UnreadableFile("too_large") for a sheet that is no table of a report."""
    if rows >= MOST_ROWS or cells > MOST_CELLS:
        raise refuse("too_large", f"a sheet has more than {MOST_ROWS:,} rows; keep the report's own tables")


def joined_sheets(sheets: Iterable[tuple[str, Sequence[Sequence[str]]]]) -> tuple[str, tuple[int, ...]]:
    """The text of all sheets and the offset at which each later one begins.

    Where several have rows, each begins with its name, unless nobody gave it one (Sheet1).
    """
    text, breaks = "", []
    filled = [(name, rows) for name, rows in sheets if rows]
    for name, rows in filled:
        lines = [line for row in rows if (line := _line(row))]
        if len(filled) > 1 and not _UNNAMED.fullmatch(name.strip()):
            lines.insert(0, name.strip())
        if lines:
            if text:
                text += "\n"
                breaks.append(len(text))
            text += "\n".join(lines)
    return text, tuple(breaks)


def _line(row: Sequence[str]) -> str:
    """One row. A text that stands alone in its row keeps its line ends; within a row they would part it."""
    texts = [text for text in row if text]
    if len(texts) == 1 and not texts[0][0].isdigit():
        return "\n".join(line.strip() for line in texts[0].splitlines() if line.strip())
    return "\t".join("".join(text.split("\n")).replace("\t", " ").strip() for text in row).rstrip("\t")
