"""Rows of a table that say in a sentence what others say in figures: 化解矛盾纠纷 | 全镇受理纠纷17件，…

The first cell is the topic of the second. Left side by side they read as one clause, and what was accepted
counts as settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .aligned_text import Change
from .rows import MOST_CELLS, Cell, Row

_MARK_END = re.compile(r"[。；！？：:;，,、…]$|^[（(]?[一二三四五六七八九十\d]+[）).．]$")
_LONGEST_TOPIC = 30


def statement_changes(row: Row) -> Iterator[Change]:
    """The tabs of such a row turned into marks; none where no cell of the row states anything.

    >>> from .rows import row_of
    >>> [change.new for change in statement_changes(row_of("3\\t人民调解\\t受理纠纷17件\\t司法所", 0))]
    ['、', '：', '。']
    >>> list(statement_changes(row_of("（一）\\t受理纠纷17件，化解16件。", 0)))
    []
    """
    if not 1 < len(row.cells) <= MOST_CELLS or not row.states:
        return
    for i, (left, right) in enumerate(zip(row.cells, row.cells[1:], strict=False)):
        if _MARK_END.search(left.text):
            continue
        if i == 0 and left.text.isdigit():
            yield Change(left.end, right.start, "、")
        else:
            yield Change(left.end, right.start, "：" if _is_topic(left) else "。")


def _is_topic(cell: Cell) -> bool:
    return len(cell.text) <= _LONGEST_TOPIC and not cell.states and not cell.is_number
