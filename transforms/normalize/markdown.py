"""Marks of Markdown: a figure set bold is the figure, a row between bars is a row of a table.

Stars also hide: of 罚款**元 and 1**件 nobody may make a figure. So marks around words go only from a text
that is written in Markdown throughout, marks around a whole number (`6`次) from every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .aligned_text import Change

_BLANK = r"[ \t\u3000]"
_HEADING = re.compile(rf"^{_BLANK}*#{{1,6}}{_BLANK}+(?=\S)|^{_BLANK}*##{{1,5}}(?=[^\s#])", re.M)
_HEADING_END = re.compile(rf"(?<=[^\s#]){_BLANK}+#{{1,6}}{_BLANK}*$", re.M)
# - 3 - is the number of a page
_ITEM = re.compile(
    rf"^{_BLANK}*[-*+]{_BLANK}+(?!\d{{1,4}}{_BLANK}*[-*])(?=[\w（《“*_`])|^{_BLANK}*>{_BLANK}?(?=\S)", re.M
)
_RULER = re.compile(r"^(?=[-:\t ]*\|[-:| \t]*-|[:\t ]*-[-: \t]*\|)[-:| \t]+(?:\n|\Z)", re.M)
_ROW = re.compile(rf"^{_BLANK}*\|[^\n|]*(?:\|[^\n|]*)+\|{_BLANK}*$", re.M)
_OPEN_ROW = re.compile(r"^[^\n|]*(?:\|[^\n|]*)+$", re.M)  # where the table has a ruler, its rows may be open
_BAR = re.compile(rf"{_BLANK}*(?<!\\)\|{_BLANK}*")
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,200})(\]\([^()\s]{0,300}\))")
_STRUCK = re.compile(r"~~(?=[^\s~])[^~\n]{1,200}(?<=[^\s~])~~")
_ESCAPE = re.compile(r"\\(?=[-*_#.+|~`>!()\[\]])")
_MARKS = r"\*{1,3}|_{2,3}|`{1,2}"
_NUMBER = r"\d[\d,，.]*[十百千万亿]*[余多]?[%‰]?[\u4e00-\u9fff]{0,3}"
_FIGURE = re.compile(rf"\|{_BLANK}*{_NUMBER}{_BLANK}*\|")
_SET_NUMBER = re.compile(rf"(?<![\d_`])(_{{2,3}}|`{{1,2}})({_NUMBER})(\1)(?![\d_`])")  # stars: emphasis.py
_BOLD = re.compile(
    rf"(?<![\d*_`])({_MARKS})(?=[^\s*_`，。；、：])([^*_`\n]{{1,200}})(?<=[^\s*_`，、])(\1)(?![*_`])"
)
_SIGNS = ("**", "__", "`", "# ", "##", "|", "](", "~~")


def markdown(text: str) -> list[Change]:
    """The marks, taken out or turned into the tabs and line ends that other formats have in their place.

    >>> text = "## 二、普法\\n- 举办`6`次\\n|讲座|8|场|\\n|--|--|--|\\n"
    >>> for change in reversed(markdown(text)):
    ...     text = text[: change.start] + change.new + text[change.end :]
    >>> text
    '二、普法\\n举办6次\\n讲座\\t8\\t场\\n'
    >>> markdown("罚款1**元，追缴2**元"), markdown("| 版权所有 | 网站地图 |")
    ([], [])
    """
    if not any(sign in text for sign in _SIGNS):
        return []
    has_bars = "|" in text
    has_rulers = has_bars and _RULER.search(text) is not None
    found = [*_marks_around(_SET_NUMBER, text)] if "`" in text or "__" in text else []
    if has_rulers or (has_bars and _FIGURE.search(text)):
        found += _bars(_OPEN_ROW if has_rulers else _ROW, text)
    if has_rulers or ("#" in text and _HEADING.search(text)):
        found += [*_of_lines(text), *_inside(text), *_marks_around(_BOLD, text)]
    return _apart(found)


def _marks_around(pattern: re.Pattern[str], text: str) -> Iterator[Change]:
    for match in pattern.finditer(text):
        yield Change(*match.span(1), "")
        yield Change(*match.span(3), "")


def _of_lines(text: str) -> Iterator[Change]:
    """Marks of headings, list items and quotations, and the line under the head of a table."""
    for pattern in (_HEADING, _HEADING_END, _ITEM, _RULER):
        yield from (Change(*match.span(), "") for match in pattern.finditer(text))


def _bars(rows: re.Pattern[str], text: str) -> Iterator[Change]:
    """The bars of table rows: tabs between the cells, nothing around them."""
    for row in rows.finditer(text):
        bars = [bar.span() for bar in _BAR.finditer(text, *row.span())]
        for start, end in bars:
            yield Change(start, end, "" if start == row.start() or end == row.end() else "\t")


def _inside(text: str) -> Iterator[Change]:
    """Links without their address, struck words not at all, and the marks that were to be read as such."""
    for link in _LINK.finditer(text):
        yield Change(*link.span(1), "")
        yield Change(*link.span(3), "")
    for pattern in (_STRUCK, _ESCAPE):
        yield from (Change(*match.span(), "") for match in pattern.finditer(text))


def _apart(found: list[Change]) -> list[Change]:
    """In order, without those that stand in one before them or in a longer one."""
    out: list[Change] = []
    for change in sorted(set(found), key=lambda change: (change.start, -change.end)):
        if not out or change.start >= out[-1].end:
            out.append(change)
    return out
