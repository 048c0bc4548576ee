"""Tables: a row of cells becomes a clause that states label, number and unit, as a sentence would.

Readers give a table as lines with tabs between the cells, as do people who paste one into a text. The number
stands far from what it counts there: its unit is in the head or in a column of its own, and the serial number
of the row is nearer to the label than the figure. Only what the table itself says is put beside the number,
and never a digit: every digit of the text is one that stands in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from .aligned_text import Change
from .rows import APART, YEAR, Cell, Row, is_unit, row_of
from .statement_rows import statement_changes

_UNIT_ABOVE = re.compile(r"单位[:：][ \u3000]*([%％‰]|[\u4e00-\u9fff]{1,4})[ \u3000）)]*$")
_SERIAL = frozenset({"序号", "编号", "序", "号", "项次", "No", "No."})
_UNIT = frozenset({"单位", "计量单位", "计算单位"})
# heads that say of a number no more than that it is one
_PLAIN = re.compile(
    r"(?:本年度?|当年|全年|实际|年度|指标|工作|统计|累计|具体)*"
    r"(?:数量?|数值|数据|数字|总数|总量|总计|合计|小计|指标值|值|情况|结果|完成|完成情况|完成数量?|进度|实绩)?"
)
_LIST_MARK = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、.．]|第[一二三四五六七八九十]+[章节部]")
_ENDS = "。；！？：:;,，、"


class Item(NamedTuple):
    """A part of the clause; `label` goes before a number and `unit` behind it."""

    start: int
    end: int
    kind: Literal["serial", "label", "value"]
    label: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a table says of its columns, by their numbers."""

    width: int
    labels: dict[int, str]
    units: dict[int, str]
    serial: int | None
    unit_column: int | None


def table_rows(text: str) -> list[Change]:
    """The tabs of table rows, turned into what reads as a sentence.

    >>> def read(text):
    ...     for change in reversed(table_rows(text)):
    ...         text = text[: change.start] + change.new + text[change.end :]
    ...     return text
    >>> read("序号\\t项目\\t单位\\t数量\\n1\\t调解矛盾纠纷\\t件\\t126\\n2\\t法治宣传\\t场次\\t31")
    '序号、项目、单位、数量。\\n1、调解矛盾纠纷126件。\\n2、法治宣传31场次。'
    >>> read("村名\\t调解纠纷（件）\\t宣传（场）\\n张村\\t12\\t3").splitlines()[1]
    '张村：调解纠纷12件，宣传3场。'
    >>> read("调解纠纷（件）\\t126"), read("张三\\t李四")
    ('调解纠纷126件。', '张三\\t李四')
    """
    if "\t" not in text and not APART.search(text):
        return []
    changes: list[Change] = []
    for columns, block in groupby(_rows(text), _set_in):
        rows = list(block)
        if columns > 1 and len(rows) < _FEWEST_ALIGNED:
            continue
        if columns and any(row.has_numbers for row in rows):
            changes += _block_changes(text, rows)
        elif columns <= 1:
            changes += [change for row in rows for change in statement_changes(row)]
    return changes


_FEWEST_ALIGNED = 3


def _set_in(row: Row) -> int:
    """0 for a line of prose, 1 for a row with tabs, else how many columns blanks hold apart."""
    if len(row.cells) < 2 or row.is_prose:
        return 0
    return row.width if row.aligned else 1


def _rows(text: str) -> Iterator[Row]:
    start = 0
    for line in text.split("\n"):
        yield row_of(line, start)
        start += len(line) + 1


def _block_changes(text: str, rows: Sequence[Row]) -> Iterator[Change]:
    heads = 0
    while heads < min(2, len(rows)) and not rows[heads].has_numbers:
        heads += 1
    head = _head(rows[:heads], rows[heads:])
    above = _UNIT_ABOVE.search(text, max(0, rows[0].start - 40), max(0, rows[0].start - 1))
    for row in rows[:heads]:
        yield from _head_changes(text, row)
    for row in rows[heads:]:
        if not row.has_numbers:
            yield from _head_changes(text, row)
        elif not _is_contents(row):
            yield from _row_changes(row, head, above[1] if above else "")


def _is_contents(row: Row) -> bool:
    """A line of a table of contents: a numbered heading and its page."""
    return len(row.cells) == 2 and bool(_LIST_MARK.match(row.cells[0].text)) and not row.cells[1].has_unit


def _head(heads: Sequence[Row], rows: Sequence[Row]) -> Head:
    labels: dict[int, str] = {}
    units: dict[int, str] = {}
    for row in heads:
        for cell in row.cells:
            before = labels.get(cell.column, "")
            labels[cell.column] = before if cell.text in before else before + cell.text
            if cell.unit:
                units[cell.column] = cell.unit
    years = [int(m[1]) for label in labels.values() if (m := YEAR.match(label))]
    return Head(
        max((row.width for row in heads), default=0),
        {column: _spoken(label, max(years, default=0)) for column, label in labels.items()},
        units,
        next((c for c, label in labels.items() if label in _SERIAL), _counted_column(rows)),
        next((c for c, label in labels.items() if label in _UNIT), None),
    )


def _spoken(label: str, latest: int) -> str:
    """What a column's head adds to its numbers; of years only whether it is an earlier one."""
    year = YEAR.match(label)
    if year:
        return "上年" if int(year[1]) < latest else "本年"
    return "" if _PLAIN.fullmatch(label) or any(c.isdigit() for c in label) else label


def _counted_column(rows: Sequence[Row]) -> int | None:
    """The first column where it counts the rows: 1, 2, 3."""
    first = [row.cells[0].text if row.cells and row.cells[0].column == 0 else "" for row in rows]
    counted = len(first) > 1 and first == [str(n) for n in range(1, len(first) + 1)]
    return 0 if counted and any(len(row.cells) > 2 for row in rows) else None


def _head_changes(text: str, row: Row) -> Iterator[Change]:
    """A row without numbers: what it states, or its words side by side."""
    if stated := [*statement_changes(row)]:
        yield from stated
        return
    if row.start < row.cells[0].start:
        yield Change(row.start, row.cells[0].start, "")
    for left, right in zip(row.cells, row.cells[1:], strict=False):
        yield Change(left.end, right.start, "、")
    last = row.cells[-1].end
    yield Change(last, row.end, "" if text[last - 1] in _ENDS else "。")


def _row_changes(row: Row, head: Head, above: str) -> Iterator[Change]:
    items = _items(row, head, above)
    if row.start < items[0].start or items[0].label:
        yield Change(row.start, items[0].start, items[0].label)
    for left, right in zip(items, items[1:], strict=False):
        yield Change(left.end, right.start, left.unit + _joint(left, right) + right.label)
    yield Change(items[-1].end, row.end, items[-1].unit + "。")


def _items(row: Row, head: Head, above: str) -> list[Item]:
    """What the clause is made of: all cells but those that hold a unit, which goes behind its number."""
    known = row.width <= head.width
    serial = head.serial if known or not head.width else None
    unit_cells = _unit_cells(row, head.unit_column if known else None)
    in_row = next((cell.text for cell in unit_cells.values() if cell.column == head.unit_column), "")
    items: list[Item] = []
    named = ""
    for place, cell in enumerate(row.cells):
        end = cell.start + len(cell.text)
        named = cell.unit or named
        if place in unit_cells:
            continue
        if cell.column == serial and cell.text.isdigit():
            items.append(Item(cell.start, end, "serial"))
        elif not cell.is_number:
            items.append(Item(cell.start, end, "label"))
        else:
            label = head.labels.get(cell.column, "") if known else ""
            beside = unit_cells[place + 1].text if place + 1 in unit_cells else in_row
            headed = head.units.get(cell.column, "") if known else ""
            unit = "" if cell.has_unit else beside or named or headed or above
            items.append(Item(cell.start, end, "value", label, unit))
    return items


def _unit_cells(row: Row, unit_column: int | None) -> dict[int, Cell]:
    """Cells that hold a unit by their place in the row: those of the unit column, or right after a number."""
    if unit_column is not None:
        return {place: c for place, c in enumerate(row.cells) if c.column == unit_column and _names_unit(c)}
    return {
        place: cell
        for place, (before, cell) in enumerate(zip(row.cells, row.cells[1:], strict=False), 1)
        if before.is_number and not before.has_unit and _names_unit(cell) and is_unit(cell.text)
    }


def _names_unit(cell: Cell) -> bool:
    """A short word; what holds a digit is never put elsewhere or left out."""
    return len(cell.text) <= 4 and not any(c.isdecimal() for c in cell.text)


def _joint(left: Item, right: Item) -> str:
    if left.kind == "serial":
        return "、"
    if left.kind == "value":
        return "，"
    return "：" if right.kind == "label" or right.label else ""
