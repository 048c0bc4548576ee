"""Line breaks and page breaks inside a sentence.

Paragraphs, headings, list items, titles and signatures keep their line breaks, since the reader of sections
lives on them. A break is closed only where the line before it stops in mid-sentence and the line after it
goes on.
"""

from __future__ import annotations

import re

from .aligned_text import Change
from .gaps import AFTER_NUMBER, HAN_CHARACTER
from .shape import SENTENCE_END, SENTENCE_MARK, WIDEST, Shape, line_width


def behind_breaks(rest: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern that begins with a break of line or page, and the same for texts of a single page: one
    character is looked for eight times as fast as one of two.
    """
    return re.compile(rf"[\n\f]{rest}"), re.compile(rf"\n{rest}")


_BLANK = r" \t\u3000"
_BREAK = behind_breaks(r"\s*+")
_TERMINAL = frozenset("。！？!?；;：:…")
_QUOTE_ENDS = frozenset("”’）)》")
_BLANKS = frozenset(" \t\u3000")
_GOES_ON = frozenset("，,、（(《“‘")
_CANNOT_OPEN_LINE = frozenset("，,。、；;：！？）)》〉”’】％%‰")
_PAIRED = re.compile(r"[《》（）()“”]")
_CLOSERS = {"《": "》", "（": "）", "(": ")", "“": "”"}
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．，,]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．）)](?!\d)"
    r"|第[一二三四五六七八九十\d]{1,3}[章节節条條部篇]|[①-⑳⑴-⒇●■◆▪•]"
)
_OPENS_PARAGRAPH = re.compile(
    r"[一二三四五六七八九十]是|首先|其次|再次|最后|此外|另外|今年|近年|截至|目前|附件|附[：:]|[12]\d{3}年"
)
_NUMBER_END = re.compile(r"[\u4e00-\u9fff][ ]?\d[\d.]*[十百千万萬亿億]*[余餘多]?$")
_HALF_MEASURE = re.compile(r"\d[十百千万萬亿億]*[余餘多]?[人件场場家户戶批条條台学學课課]$")
# 1,2 | 34件 and 1. | 35万: what stands above is no number without what stands below
_HALF_NUMBER = (
    (
        re.compile(r"(?<![\d.,，])[1-9]\d{0,2}(?:[,，]\d{3})*[,，](\d{0,2})$"),
        re.compile(r"\d{1,3}(?![\d.,，])"),
    ),
    (re.compile(r"[\u4e00-\u9fff]\d{1,4}\.(\d?)$"), re.compile(r"\d{1,2}[%‰万萬亿億]")),
)
_MEASURE = r"(?:人次|件次|场次|家次|[件起宗场次份条个名人户处张幅块期项家批])"
# 1 件件有着落, 2 项目建设 are numbered rows.
_COUNT_OPENS = re.compile(rf"\d[\d,.]* ?[十百千万亿]*[余多]? ?(?P<of>{_MEASURE})(?!(?P=of)|[目事量数别案类])")
_COUNT_ENDS = re.compile(rf"\d[十百千万亿]*[余多]? ?{_MEASURE}$")
_NOT_A_HEADING = re.compile(r"[。；《“（(\d]")
_TITLE_OF_TABLE = re.compile(r"[^，。；：]{2,40}(?:统计|情况|汇总|明细|一览|登记|数据|指标|报)表$")
_LONE_CHARACTER = re.compile(r"[\u4e00-\u9fff][，。；、]")
# 调解成功：… begins a row of its own
_LABELLED = re.compile(r"[\u4e00-\u9fff（）()]{2,12}[：:]")
_INDENT = re.compile(rf"[\n\f](?:[{_BLANK}]{{2,}}|\u3000)$")
TAIL = 200


def line_breaks(text: str) -> list[Change]:
    r"""Line and page breaks inside a sentence or a number.

    >>> line_breaks("不断提高运用法治思维和法治方式的能力，带头遵守和维\n\n护宪法法律，依法办事。\n二、")
    [Change(start=25, end=27, new='')]
    """
    changes: list[Change] = []
    shape = Shape(text)
    paragraph = 0
    for match in _BREAK["\f" not in text].finditer(text):
        start, end = match.span()
        if start and text[start - 1] in _TERMINAL and text[end : end + 1] not in _CANNOT_OPEN_LINE:
            paragraph = end  # nearly every line
            continue
        while start and text[start - 1] in _BLANKS:
            start -= 1
        if not start or end == len(text) or _is_plain(text, start, end, paragraph, shape):
            paragraph = end
        elif Break(text, start, end, paragraph, shape).is_inside(new_page="\f" in match.group()):
            both_latin = text[start - 1].isascii() and text[start - 1].isalpha() and text[end].isascii()
            changes.append(Change(start, end, " " if both_latin and text[end].isalpha() else ""))
        else:
            paragraph = end
    return changes


def _is_plain(text: str, start: int, end: int, paragraph: int, shape: Shape) -> bool:
    """The breaks that need no second look: behind a sentence, before a heading, or behind a heading alone."""
    if text[end] in _CANNOT_OPEN_LINE:
        return False
    if text[start - 1] in _TERMINAL or _ends_here(text, start, end):
        return True
    if start - paragraph > WIDEST or text[start - 1] in _GOES_ON or shape.width is not None:
        return False
    return _HEADING.match(text, paragraph) is not None and not _NOT_A_HEADING.search(text, paragraph, start)


def _ends_here(text: str, start: int, end: int) -> bool:
    """The plain cases: the line above ends a sentence, or a heading or list item follows."""
    last = text[start - 1]
    return (
        last in _TERMINAL
        or (last in _QUOTE_ENDS and SENTENCE_END.search(text[max(0, start - 4) : start]) is not None)
        or _HEADING.match(text, end) is not None
    )


class Break:
    """The blank stretch between two lines, seen with the paragraph before it and the line after it."""

    def __init__(self, text: str, start: int, end: int, paragraph: int, shape: Shape) -> None:
        self._text, self._start, self._end, self._paragraph = text, start, end, paragraph
        self._shape = shape

    def is_inside(self, new_page: bool) -> bool:
        """Whether a sentence or a number runs across the break."""
        text, start, end = self._text, self._start, self._end
        if not 0 < start < end < len(text):
            return False
        last, first = text[start - 1], text[end]
        if first in "%％‰":
            return last.isdigit()
        if first in _CANNOT_OPEN_LINE:
            return last not in _TERMINAL
        if _ends_here(text, start, end):
            return False
        if (
            last in _GOES_ON
            or self._splits_number()
            or self._closes_what_was_opened()
            or self._splits_quantity()
        ):
            return True
        if self._is_counted_below():
            return True
        if self._is_title_of_table():
            return False
        if self._is_full_line() and not self._is_indented():
            return True  # also 15 | 00余份: two numbers would not meet without a mark in running text
        if self._shape.width is None and self._runs_on():
            return True
        if last.isdigit() and first.isdigit():
            return False
        if self._is_bare_heading() or self._is_indented() or not self._is_prose_above():
            return False
        return self._goes_on_below(new_page)

    @property
    def _above(self) -> str:
        """The end of what stands before, back to the start of its paragraph."""
        return self._text[max(self._paragraph, self._start - TAIL) : self._start]

    @property
    def _below(self) -> str:
        """The beginning of the line after the break."""
        line_end = self._text.find("\n", self._end, self._end + TAIL)
        return self._text[self._end : line_end if line_end >= 0 else self._end + TAIL]

    def _closes_what_was_opened(self) -> bool:
        """《…, （… or “… is left open above and closed below before another one opens."""
        unmatched: list[str] = []
        for mark in _PAIRED.findall(self._above):
            if mark in _CLOSERS:
                unmatched.append(mark)
            elif unmatched and _CLOSERS[unmatched[-1]] == mark:
                unmatched.pop()
        first_mark = _PAIRED.search(self._below)
        return bool(unmatched and first_mark and first_mark.group() == _CLOSERS[unmatched[-1]])

    def _splits_number(self) -> bool:
        """A group of thousands or the digits behind a point stand on both lines."""
        if not self._text[self._end].isdigit():
            return False
        for above, below in _HALF_NUMBER:
            begun, rest = above.search(self._above), below.match(self._text, self._end)
            if begun and rest:
                return "." in begun[0] or len(begun[1]) + len(rest[0]) == 3
        return False

    def _splits_quantity(self) -> bool:
        """A number of the sentence stands above, its measure word below."""
        first = self._text[self._end]
        if first in "次时時" and _HALF_MEASURE.search(self._above):
            return True
        return first in AFTER_NUMBER and first not in "年月日号號" and bool(_NUMBER_END.search(self._above))

    def _is_counted_below(self) -> bool:
        """A noun ends the line above, and its number with a measure word begins the line below.

        Not where more labels stand above: 纠纷总数 | 化解数 | 88件 | 86件 is read down its columns.
        """
        text, start, paragraph = self._text, self._start, self._paragraph
        if not text[self._end].isdigit() or not _COUNT_OPENS.match(text, self._end):
            return False
        last = text[start - 1]
        if not HAN_CHARACTER.match(last) or last in "年月日号" or self._is_bare_heading():
            return False
        before = text[max(0, paragraph - TAIL) : paragraph].rstrip()
        return not before or before[-1] in _TERMINAL or _COUNT_ENDS.search(before) is not None

    def _is_full_line(self) -> bool:
        """Whether the line above comes near the width at which this text is wrapped: no word is parted, and
        a digit or a space is set narrower than counted. A longer line is set by itself, as titles are.
        """
        if self._shape.width is None:
            return False
        line = self._text[line_start(self._text, self._start) : self._start]
        width = line_width(line.strip())
        return self._shape.width * 4 <= width * 5 and width <= self._shape.width + 2

    def _runs_on(self) -> bool:
        """Whether this is a break of a text set in lines of no one width, its sentence open on both sides."""
        usual = self._shape.usual
        if usual is None or self._is_indented() or self._is_bare_heading():
            return False
        text, start, end = self._text, self._start, self._end
        if not SENTENCE_MARK.search(self._below) or _LABELLED.match(text, end):
            return False
        line = text[line_start(text, start) : start].strip()
        return SENTENCE_MARK.search(self._above) is not None or line_width(line) * 4 >= usual * 3

    def _is_indented(self) -> bool:
        return bool(_INDENT.search(self._text[self._start : self._end]))

    def _is_bare_heading(self) -> bool:
        """A heading with nothing but itself: numbered, and no sentence ended since."""
        return bool(_HEADING.match(self._text, self._paragraph)) and not re.search("[。；]", self._above)

    def _is_title_of_table(self) -> bool:
        line = self._text[line_start(self._text, self._start) : self._start]
        return line.endswith("表") and _TITLE_OF_TABLE.fullmatch(line.strip()) is not None

    def _is_prose_above(self) -> bool:
        return len(self._above) >= 10 and bool(SENTENCE_MARK.search(self._above))

    def _goes_on_below(self, new_page: bool) -> bool:
        """Running text follows, and a page ended here or paragraphs of this text never end like that."""
        if not HAN_CHARACTER.match(self._text[self._end]) or not SENTENCE_MARK.search(self._below):
            return False
        if new_page or _LONE_CHARACTER.match(self._text, self._end):
            return True
        return (
            len(self._above) >= 25
            and HAN_CHARACTER.match(self._above[-1]) is not None
            and self._shape.closes_paragraphs
            and not _OPENS_PARAGRAPH.match(self._text, self._end)
        )


def line_start(text: str, position: int) -> int:
    """Where the line begins, or as far back as anyone looks."""
    furthest = max(0, position - TAIL)
    return max(text.rfind("\n", furthest, position), text.rfind("\f", furthest, position), furthest - 1) + 1
