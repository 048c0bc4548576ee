"""Rows of index tables and page heads: label and value, in the layouts that content managers print them in.

Bracketed labels with the value behind or on the next line (sometimes printed twice), table cells,
pipes, colon lines, and labels run together with their values
(索引号pb01-2024发布机构三合镇公开日期2024-01-12).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.passage import Passage, without_blanks


def _label(words: Iterable[str]) -> str:
    return "|".join(r"[ \u3000]*".join(word) for word in sorted(words, key=lambda w: (-len(w), w)))


_ROW_KINDS = {word: kind for kind, words in word_list("layout")["rows"].items() for word in words}
_BOUNDARY = r"(?:(?<=^)|(?<=[\s\u3000|\[【［(（·•*-])|(?<=[0-9A-Za-z日镇乡府会处道]))"
_MARK = r"[\]】］)）]?[ \u3000]*[:：|\t]"
_LONG = [word for word in _ROW_KINDS if len(word) >= 4]  # sure even where blanks before them were lost
_ROW = re.compile(
    rf"{_BOUNDARY}(?P<label>{_label(_ROW_KINDS)})[ \u3000]*(?P<mark>{_MARK}|[\]】］]|(?=[\w〔]))"
    rf"|(?P<long>{_label(_LONG)})[ \u3000]*(?P<colon>[:：])",
    re.M,
)
_VALUE = re.compile(r"[ \u3000]*\t?[ \u3000]*([^\n\t|]*)")
_TO_VALUE = re.compile(r"[ \u3000]*[\n\t]?[ \u3000|]*")
_VALUE_END = re.compile(r"[ \u3000]{2,}|\u3000|[ \u3000]*[\[【［][ \u3000]*$")


def read_rows(text: str, furniture: list[tuple[int, int]]) -> Iterator[Passage]:
    """Values of the rows that tell something, in whichever of the layouts they are written; the kind is the
    label's with `_row` behind it (issuer_row, number_row, posted_row …).

    >>> text = "[ 发布机构 ]\\n三合镇\\n[ 发布日期 ]\\n2025-02-11"
    >>> [(row.kind, row.text) for row in read_rows(text, [(0, len(text))])]
    [('issuer_row', '三合镇'), ('posted_row', '2025-02-11')]
    """
    for first, last in _joined(furniture, text):
        found = list(_ROW.finditer(text, first, last))
        for i, row in enumerate(found):
            limit = found[i + 1].start() if i + 1 < len(found) else last
            kind = _ROW_KINDS[without_blanks(row["label"] or row["long"])]
            value = _value(text, row, limit) if kind != "other" else None
            if value:
                yield Passage(f"{kind}_row", *value)


def _joined(furniture: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Neighbouring furniture lines as one stretch: labels and values may stand on lines of their own."""
    joined: list[tuple[int, int]] = []
    for start, end in furniture:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _value(text: str, row: re.Match[str], limit: int) -> tuple[str, int, int] | None:
    start = row.end()
    if (row["mark"] or "").strip()[-1:] in ("]", "】", "］"):
        start += len(_TO_VALUE.match(text[start:limit])[0])  # type: ignore[index]  # may be empty, never None
    match = _VALUE.match(text, start, limit)
    if match is None:
        return None
    value = _VALUE_END.split(match[1])[0].strip(" \u3000|[【［·•*-")
    return (value, match.start(1), match.start(1) + len(value)) if value else None
