"""Tables drawn with rules: which characters stand in which cell, however their lines wrap.

Without the rules a label on two lines falls apart, and cells that nearly touch grow together. A cell that
spans several rows is told in the first of them, as in the reader of .docx. Coordinates as in
printed_lines.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

THIN = 3.0  # points; a broader box is an area
SHORTEST = 6.0  # points; a shorter rule is an underscore or a tick
NEAR = 2.5  # points between the ends of rules that meet
MOST_RULES = 400  # of one page, after those in one line have been joined; a drawing has more
MOST_CELLS = 4000


class Rule(NamedTuple):
    """A straight line, horizontal or vertical, as the box it fills."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_horizontal(self) -> bool:
        return self.right - self.left >= self.top - self.bottom


class Placed(Protocol):
    """What has a box: a character."""

    @property
    def left(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> float: ...


@dataclass(slots=True)
class RuledTable:
    """A grid: `rows` and `columns` are the places of its lines, rising; `owner` is of each cell of the grid,
    row by row from below, the lower left one of the cells it is one with.
    """

    rows: Sequence[float]
    columns: Sequence[float]
    owner: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def place_of(self, glyph: Placed) -> tuple[int, int] | None:
        """The cell the middle of a character lies in; None outside."""
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        row, column = bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1
        return self.owner.get((row, column))

    def cells(self) -> Iterator[list[tuple[tuple[int, int], bool]]]:
        """Rows from the top: their cells from the left, each with whether it begins in this row."""
        tops: dict[tuple[int, int], int] = {}
        for (row, _), owner in self.owner.items():
            tops[owner] = max(row, tops.get(owner, row))
        for row in range(len(self.rows) - 2, -1, -1):
            line: list[tuple[tuple[int, int], bool]] = []
            for column in range(len(self.columns) - 1):
                owner = self.owner[row, column]
                if not line or line[-1][0] != owner:
                    line.append((owner, tops[owner] == row))
            yield line


def rules_of(boxes: Iterable[Sequence[float]]) -> list[Rule]:
    """The boxes (left, bottom, right, top) that are straight lines, pieces of one line joined."""
    found: dict[bool, dict[int, list[Rule]]] = {True: defaultdict(list), False: defaultdict(list)}
    for left, bottom, right, top in boxes:
        rule = Rule(left, bottom, right, top)
        thickness, length = sorted((right - left, top - bottom))
        if thickness <= THIN and length >= SHORTEST:
            at = (bottom + top) / 2 if rule.is_horizontal else (left + right) / 2
            found[rule.is_horizontal][round(at / 2)].append(rule)
    return [rule for lines in found.values() for line in lines.values() for rule in _joined(line)]


def _joined(line: list[Rule]) -> list[Rule]:
    joined: list[Rule] = []
    for rule in sorted(line):
        last = joined[-1] if joined else None
        if last and rule.left <= last.right + NEAR and rule.bottom <= last.top + NEAR:
            joined[-1] = Rule(
                last.left, min(last.bottom, rule.bottom), max(last.right, rule.right), max(last.top, rule.top)
            )
        else:
            joined.append(rule)
    return joined


def tables_of(rules: Sequence[Rule]) -> list[RuledTable]:
    """Grids of at least two columns, from the top of the page."""
    if not 4 <= len(rules) <= MOST_RULES:
        return []
    tables = [made for group in _groups(rules) if (made := _table(group))]
    return sorted(tables, key=lambda table: -table.rows[-1])


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules that meet, directly or through others."""
    waiting = list(rules)
    while waiting:
        group, new = [], [waiting.pop()]
        while new:
            one = new.pop()
            group.append(one)
            met = [other for other in waiting if _meet(one, other)]
            waiting = [other for other in waiting if not _meet(one, other)]
            new += met
        yield group


def _meet(a: Rule, b: Rule) -> bool:
    return (
        a.left <= b.right + NEAR
        and b.left <= a.right + NEAR
        and a.bottom <= b.top + NEAR
        and b.bottom <= a.top + NEAR
    )


def _table(group: Sequence[Rule]) -> RuledTable | None:
    across = [rule for rule in group if rule.is_horizontal]
    down = [rule for rule in group if not rule.is_horizontal]
    rows = _places((rule.bottom + rule.top) / 2 for rule in across)
    columns = _places((rule.left + rule.right) / 2 for rule in down)
    cells = (len(rows) - 1) * (len(columns) - 1)
    if len(rows) < 2 or len(columns) < 3 or cells > MOST_CELLS:
        return None
    table = RuledTable(rows, columns)
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            table.owner[row, column] = _owner(table, across, down, row, column)
    return table


def _owner(
    table: RuledTable, across: Sequence[Rule], down: Sequence[Rule], row: int, column: int
) -> tuple[int, int]:
    """The cell to the left or below where no rule parts them, else the cell itself."""
    y = (table.rows[row] + table.rows[row + 1]) / 2
    x = (table.columns[column] + table.columns[column + 1]) / 2
    left, bottom = table.columns[column], table.rows[row]
    if column and not any(
        r.bottom <= y <= r.top and abs((r.left + r.right) / 2 - left) <= NEAR for r in down
    ):
        return table.owner[row, column - 1]
    if row and not any(
        r.left <= x <= r.right and abs((r.bottom + r.top) / 2 - bottom) <= NEAR for r in across
    ):
        return table.owner[row - 1, column]
    return row, column


def _places(values: Iterable[float]) -> list[float]:
    """Rising, those nearer than a rule is thick taken as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > THIN:
            places.append(value)
    return places
