"""Page numbers, running heads and lines of a printed web page that stand inside a sentence."""

from __future__ import annotations

import re
from collections import Counter

from .aligned_text import Change
from .lines import TAIL, Break, behind_breaks, line_start
from .shape import Shape

_BLANK = r" \t\u3000"
_NUMBERED = (
    rf"[-—–－·•][{_BLANK}]*\d{{1,4}}[{_BLANK}]*[-—–－·•]"
    rf"|第[{_BLANK}]*(?:\d{{1,4}}|[一二三四五六七八九十]{{1,3}})[{_BLANK}]*[页頁]"
    rf"(?:[{_BLANK},，/]*[共/][{_BLANK}]*\d{{1,4}}[{_BLANK}]*[页頁]?)?"
    rf"|[Pp](?:age|AGE)[{_BLANK}]*\d{{1,4}}(?:[{_BLANK}]*of[{_BLANK}]*\d{{1,4}})?"
    rf"|\d{{1,4}}[{_BLANK}]*/[{_BLANK}]*\d{{1,4}}"
)
# What a browser prints above and below each page of a web page, and what the page has between its paragraphs.
_PRINTED = (
    rf"(?:https?|file)://[!-~]{{1,300}}(?:[{_BLANK}]+\d{{1,3}}/\d{{1,3}})?"
    rf"|\d{{4}}[/-]\d{{1,2}}[/-]\d{{1,2}}[{_BLANK}]*(?:[上下]午)?[{_BLANK}]*\d{{1,2}}:\d\d(?::\d\d)?"
    rf"(?:[{_BLANK}][^\n\f。]{{0,80}})?"
    rf"|(?:浏览|阅读|点击|访问)(?:次数|量|数|率)?[{_BLANK}]*[:：]?[{_BLANK}]*\d[\d,]*[{_BLANK}]*次?"
    rf"|[【\[]?(?:打印(?:本页)?|关闭(?:窗口|本页)?)[】\]]?"
)
_LINE = rf"(?:{_NUMBERED}|{_PRINTED})[{_BLANK}]*+"
_PAGE_LINE = behind_breaks(
    rf"[{_BLANK}]*+({_LINE}(?:[\n\f]\s*+{_LINE}(?=[\n\f]|$))*|(\d{{1,4}})[{_BLANK}]*+)(?=[\n\f]|$)"
)
_LINE_ABOVE = re.compile(r"[^\n\f]{1,60}\Z")
_LINE_BELOW = re.compile(r"[^\n\f]{1,60}(?=[\n\f])")
_REPEATED = 3  # a running head stands on so many pages


def page_furniture(text: str) -> list[Change]:
    r"""Page numbers that stand inside a sentence, with the line breaks around them; all others stay.

    A page break is left for `line_breaks` to close: here the lines would become one that is wider than
    those the text is set in, by which its other breaks are told.

    A bare number counts only beside a form feed or as one of a rising series, for a scan may also set a
    figure of the sentence on a line of its own. The line above or below goes with it where it is the same
    beside several page numbers: a running head.

    >>> page_furniture("全镇没有大规模群体性事件，共受理各类矛盾\n— 3 —\n纠纷29件，全部调解成功。")
    [Change(start=20, end=27, new='\x0c')]
    """
    pages = list(_PAGE_LINE["\f" not in text].finditer(text))
    if not pages:
        return []
    shape = Shape(text)
    series = _rising([match for match in pages if match.group(2)])
    heads = _running_heads(text, pages)
    changes: list[Change] = []
    for match in pages:
        bare = match.group(2) is not None
        start, end = _between(text, match.start(1), match.end(1))
        if bare and match.group(2) not in series and "\f" not in text[start:end]:
            continue
        start, end = _with_heads(text, start, end, heads)
        here = Break(text, start, end, line_start(text, start), shape)
        if (not changes or start >= changes[-1].end) and here.is_inside(new_page=True):
            changes.append(Change(start, end, "\f"))
    return changes


def _running_heads(text: str, pages: list[re.Match[str]]) -> set[str]:
    """The lines beside page numbers that are the same on several pages."""
    if len(pages) < _REPEATED:
        return set()
    beside: Counter[str] = Counter()
    for match in pages:
        start, end = _between(text, match.start(1), match.end(1))
        beside.update({line.group().strip() for line in _neighbours(text, start, end) if line})
    return {line for line, pages_with_it in beside.items() if pages_with_it >= _REPEATED}


def _neighbours(text: str, start: int, end: int) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The line that ends at `start` and the one that begins at `end`."""
    return _LINE_ABOVE.search(text, max(line_start(text, start), start - 60), start), _LINE_BELOW.match(
        text, end
    )


def _with_heads(text: str, start: int, end: int, heads: set[str]) -> tuple[int, int]:
    """The stretch of a page number, with the running heads beside it."""
    if not heads:
        return start, end
    above, below = _neighbours(text, start, end)
    if above and above.group().strip() in heads:
        start = _between(text, above.start(), above.start())[0]
    if below and below.group().strip() in heads:
        end = _between(text, below.end(), below.end())[1]
    return start, end


def _between(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch from the last visible character before `start` to the next one behind `end`."""
    before = re.compile(r"\s*$").search(text, max(0, start - TAIL), start)
    after = re.compile(r"\s*").match(text, end)
    return before.start() if before else start, after.end() if after else end


def _rising(numbers: list[re.Match[str]]) -> set[str]:
    """Those bare numbers that follow each other as page numbers do."""
    series = set()
    for this, following in zip(numbers, numbers[1:], strict=False):
        if int(following.group(2)) == int(this.group(2)) + 1:
            series |= {this.group(2), following.group(2)}
    return series
