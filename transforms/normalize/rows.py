"""Lines of text, with tabs or wide blanks between what they hold, as rows of cells, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .gaps import AFTER_NUMBER, HAN_CHARACTER

MOST_CELLS = 100  # in a row; more is no table but a trap
LONGEST_CELL = 60  # characters; prose that happens to hold a tab has longer stretches
_NUMBER = re.compile(
    r"(?:约|近|超过?|逾|达|共|≥|≤|>|<)?(\d[\d,，]*(?:\.\d+)?)[十百千万亿]*[余多]?[十百千万亿]*"
    r"([%％‰]|[\u4e00-\u9fff]{0,3})"
)
YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")
_UNIT_IN_PARENTHESES = re.compile(r"[（(]\s*(?:单位[:：])?\s*([%％‰]|[\u4e00-\u9fff]{1,4})\s*[）)]$")
_SENTENCE = re.compile(r"[。；！？]")
# a number with a measure word that is no part of a date or name: 受理纠纷17件
_COUNTS = "".join(sorted(AFTER_NUMBER - frozenset("年月日号號度届屆级級天来來")))
_STATED = re.compile(rf"\d[十百千万亿]*[余多]?[{_COUNTS}]")

# Columns held apart by blanks. Two gaps of one line could be letters set wide, so several lines must agree.
# Begins with a blank, so that the search leaps from one to the next.
APART = re.compile(r"[ \u3000](?<=\S.)[ \u3000]++(?=\S)")
_FEWEST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with text: its column, its place in the whole text, the unit its label has in parentheses.

    `text` is without that unit.
    """

    column: int
    start: int
    end: int
    text: str
    unit: str = ""

    @property
    def is_number(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text)) and not YEAR.fullmatch(self.text)

    @property
    def states(self) -> bool:
        """Whether it says something with a figure, where other cells hold the figure alone."""
        word = HAN_CHARACTER.search(self.text)
        return bool(word and _STATED.search(self.text, word.end()) and not self.is_number)

    @property
    def has_unit(self) -> bool:
        match = _NUMBER.fullmatch(self.text)
        return bool(match and match[2])


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: where it begins and ends in the text, and its cells that are not empty."""

    start: int
    end: int
    cells: Sequence[Cell]
    width: int
    aligned: bool = False  # its cells are held apart by blanks, not by tabs

    @property
    def has_numbers(self) -> bool:
        """Figures in cells of their own; the serial number of a row that states its own is none."""
        cells = self.cells
        if cells and cells[0].text.isdigit() and self.states:
            cells = cells[1:]
        return any(cell.is_number for cell in cells)

    @property
    def states(self) -> bool:
        return any(cell.states for cell in self.cells)

    @property
    def is_prose(self) -> bool:
        if len(self.cells) > MOST_CELLS:
            return True
        return any(len(c.text) > LONGEST_CELL or _SENTENCE.search(c.text[:-1]) for c in self.cells)


def row_of(line: str, start: int) -> Row:
    """The line that begins at `start` of the text; without cells where it is not set in columns."""
    if "\t" not in line:
        return _aligned_row(line, start)
    cells, column, position = [], 0, start
    for piece in line.split("\t"):
        if stripped := piece.strip():
            at = position + piece.index(stripped[0])
            cells.append(_cell(column, at, stripped))
        position += len(piece) + 1
        column += 1
    return Row(start, start + len(line.rstrip("\r")), tuple(cells), column)


def _aligned_row(line: str, start: int) -> Row:
    """A line as a row of cells held apart by two blanks or more: 执法检查    次    153."""
    gaps = list(APART.finditer(line)) if "  " in line or "\u3000" in line else []
    if len(gaps) + 1 < _FEWEST_COLUMNS:
        return Row(start, start + len(line), (), 1)
    opened = [len(line) - len(line.lstrip()), *(gap.end() for gap in gaps)]
    closed = [*(gap.start() for gap in gaps), len(line.rstrip())]
    cells = [_cell(i, start + a, line[a:b]) for i, (a, b) in enumerate(zip(opened, closed, strict=True))]
    return Row(start, start + len(line.rstrip("\r")), tuple(cells), len(cells), aligned=True)


def _cell(column: int, start: int, text: str) -> Cell:
    stated = _UNIT_IN_PARENTHESES.search(text)
    if stated and is_unit(stated[1]) and stated.start():
        text = text[: stated.start()].rstrip()
        return Cell(column, start, start + stated.end(), text, stated[1])
    return Cell(column, start, start + len(text), text)


def is_unit(text: str) -> bool:
    """Whether a word that may stand behind a number begins like one that does."""
    return text[0] in AFTER_NUMBER or text[0] in "%％‰"
