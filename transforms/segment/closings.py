"""Where a report is over though its text goes on: below the signature, and where an annex begins.

Plans stand last in a report, so that without these the tables of its annexes would be plans too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLANK = r"[ \t\u3000]*"
_NUMBER = rf"(?:{_BLANK}(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}}))?"
# The word alone, with a mark, or with a title in 《》 or one as tables have; 附件所列… is prose.
_TITLED = rf"(?=[\n《])|(?=[^\n，。；]{{2,40}}[表单册]{_BLANK}\n)"
_ANNEX = re.compile(
    rf"\n{_BLANK}[（(【]?附(?:(?:件|表|录){_NUMBER}[）)】]?{_BLANK}(?:[:：.．]|{_TITLED})|[:：])"
)
_DAY = re.compile(r"日[）)]?[ \t\u3000]*\n")
_DATED = re.compile(
    r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日[）)]?"
)
_SIGNED = re.compile(
    r"[^，。；：\d]{2,40}(?:政府|办事处|委员会|党工?委|工委|司法所|办公室|[镇乡]|街道)(?:[（(]盖?章[）)])?"
)
_NOT_A_TITLE = re.compile(r"[\s:：.．、（()）\d]*")
_REACH = 120  # characters that the last two lines of a report do not exceed
TITLE_LENGTH = 40


class Closing(NamedTuple):
    """`start` is where the line begins that closes what stands above; `title` that of an annex."""

    start: int
    title: str


def closings(text: str) -> list[Closing]:
    """Signatures with their date and beginnings of annexes, in order.

    >>> closings("举办讲座6场。\\n某镇人民政府\\n2024年1月8日\\n附件2\\n执法统计表\\n处罚\\t7件")
    [Closing(start=15, title=''), Closing(start=25, title='执法统计表')]
    """
    return sorted([*_signatures(text), *_annexes(text)])


def _annexes(text: str) -> Iterator[Closing]:
    for found in _ANNEX.finditer(text):
        at = found.end()
        begun = _NOT_A_TITLE.match(text, at)
        at = begun.end() if begun else at
        end = text.find("\n", at, at + TITLE_LENGTH)
        yield Closing(found.start() + 1, text[at : end if end >= 0 else at + TITLE_LENGTH].strip())


def _signatures(text: str) -> Iterator[Closing]:
    for found in _DAY.finditer(text):
        start = text.rfind("\n", max(0, found.start() - _REACH), found.start()) + 1
        above = text[max(0, start - _REACH) : start].rstrip().rpartition("\n")[2]
        if not start or not _SIGNED.fullmatch(_bare(above)):
            continue
        if _DATED.fullmatch(_bare(text[start : found.end()])):
            yield Closing(start, "")


def _bare(line: str) -> str:
    return "".join(line.split())
