"""Spaces that scans and editors leave inside numbers and words: 5 00 0 余人 次, 29 件, 人民调 解.

A space also separates: cells of a table (36批 58人), a list marker from its item, two names. So it is closed
only where the text says that nothing ends there: inside one number, between a number and its measure word,
between words of running prose, and throughout a line that was set letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .aligned_text import Change

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_BLANK = r" \t\u3000"
_GAP = re.compile(rf"[{_BLANK}]++")
HAN_CHARACTER = re.compile(rf"[{_HAN}]")
DIGITS = frozenset("0123456789")
# what may follow a number directly: hedges, scales, measure words, parts of a date (both scripts)
_SCALE_OR_HEDGE = frozenset("余餘多几幾十百千万萬亿億")
AFTER_NUMBER = _SCALE_OR_HEDGE | frozenset(
    "个個件次场場份人名位条條起家户戶处處项項期张張本册冊幅块塊面台辆輛支篇宗例笔筆批班天日月年号號元角分岁歲"
    "度届屆学學课課小时時周週套只隻栋棟座所间間点點部片组組级級类類种種轮輪对對双雙亩畝公平米吨噸倍来來%‰"
)
_BEFORE_NUMBER = frozenset("第近约約超逾达達满滿足过過共计計")
# compound measure words by their first and second character: 人次, 场次, 件次, 学时 ...
_COMPOUND_FIRST, _COMPOUND_SECOND = (
    frozenset("人件场場家户戶批條条台班架课課个個宗起学學"),
    frozenset("次时時"),
)
_WHOLE_WORDS = frozenset(("年度", "月份"))
_DECIMALS = re.compile(r"\.\d{1,3}[ ]?(.)")
_UNITS = "".join(sorted(AFTER_NUMBER - _SCALE_OR_HEDGE - frozenset("年月日号號度")))
_QUANTITY_END = re.compile(
    rf"\d[{_BLANK}]?[{''.join(sorted(_SCALE_OR_HEDGE))}]*[{_BLANK}]?(?:[{_UNITS}]{{1,2}}|[余餘多万萬亿億千百])$"
)
_SENTENCE_MARK = re.compile(r"[，。；]|[,;](?!\d)")
_WIDE_GAP = re.compile(rf"(?<=\S)(?:\t|[{_BLANK}]{{2}})[{_BLANK}]*(?=\S)")
_LABEL = re.compile(rf"[{_HAN}]{{2,6}}[ ]?[：:]")
# Possessive only on single classes: before Python 3.11.5 a possessive group loses matches.
_GROUPS = re.compile(rf"\d++(?:[{_BLANK}]\d++)+")
_NUMBER_MARKS = frozenset(".,，")
_NOT_INSIDE_LINE = frozenset(("", "\n", "\f"))
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\D\d{3})+")
_FRAGMENTS = re.compile(r"\d{1,3}(?:\D\d{1,3})+")
# words that begin like a measure word: 制发件数 0 本年废止件数 0
_WORD = re.compile(
    "本[年月镇鎮乡鄉街县縣区區市级級届屆报報]|名[称稱]|[个個][别別]|[条條]例|[项項]目|期[间間]|面[积積]|部[门門]|[组組][织織]"
    "|[级級][别別]|[类類]型|[点點][击擊]|[场場]所|学[习校]|學[習校]|[件次人户戶份家项項条條个個][数數]"
)
# 8890 诉求47件, “ 113 ”模式, （ 12 ）: what may follow a number that is a name, and the marks around one.
_AFTER_NAME = re.compile(r"诉求|訴求|热线|熱線|工单|工單|平台|平臺|[”）)]")
_OPENS = frozenset("、（(“")
_CLOCK_OR_DATE = re.compile(r"\d[:：/-]\d{1,2}$")
_MARKED_LINE = re.compile(rf"[{_BLANK}]*(\d{{1,2}})[{_BLANK}、.．]")
_BROKEN_DECIMAL = re.compile(
    r"(?<![\d.\n])(\d{1,4}+)([ ]\.[ ]?|\.[ ])(?=\d{1,3}[ ]?(?:[%‰万萬亿億]|[个個]百分))"
)
# 2, 860本 and 2 , 8 6 0 本; behind 分别 or 依次 a comma may part two numbers.
# Begins with the digit, so that the search leaps from one to the next.
_BROKEN_THOUSANDS = re.compile(
    r"[1-9](?<![\d.,，].)(?:[ \u3000]?\d){0,2}"
    r"(?:[ \u3000]?[,，](?:[ \u3000]?\d){3}(?![ \u3000]?\d))+(?=[ \u3000]?(.))"
)
# 2'860元, set apart as in Switzerland; a quote in front of it is none of the number.
_APOSTROPHES = re.compile(r"[1-9](?<![\d.,，'’‘′＇].)\d{0,2}(?:['’‘′＇]\d{3})+(?![\d'’‘′＇])")
_APOSTROPHE = re.compile(r"\D")
# 1.3　5万: no number ends behind a point where the next has its scale only. Sought from the blank on.
_PARTING_BLANK = re.compile(rf"[{_BLANK}](?=\d{{1,2}}[%‰万萬亿億])")
_DECIMAL_BEFORE = re.compile(r"(?<![\d.,，\n])\d{1,4}\.\d{1,2}$")
_LONGEST_DECIMAL = len("1234.56")
_ANNOUNCED = 30
_SHARED_OUT = re.compile(r"分[别別]|依次|各[为為是]")


def closed_gaps(text: str) -> list[Change]:
    """The spaces inside numbers and words.

    >>> def close(text):
    ...     for change in reversed(closed_gaps(text)):
    ...         text = text[: change.start] + text[change.end :]
    ...     return text
    >>> close("受教育群众 5 00 0 余人 次，新增用户1 200 人，合计46 250元，持证率 100 %。")
    '受教育群众5000余人次，新增用户1200人，合计46250元，持证率100%。'
    >>> close("接待来访36批 58人"), close("村名 12 15 18")
    ('接待来访36批 58人', '村名 12 15 18')
    """
    if not any(blank in text for blank in " \t\u3000"):
        return []
    line = _Line(text)
    changes = []
    settled = 0
    for match in _GAP.finditer(text):
        start, end = match.span()
        before = text[start - 1 : start]
        if start < settled or before in _NOT_INSIDE_LINE or text[end : end + 1] in _NOT_INSIDE_LINE:
            continue
        if before in DIGITS and text[end] in DIGITS:
            settled, inside = _settled_number(text, start, line.at(start))
            changes += inside
        elif _closes(text, start, end, line.at(start)):
            changes.append(Change(start, end, ""))
    return changes


def broken_decimals(text: str) -> list[Change]:
    """98. 5%, 98 .5% and 98.　5% are 98.5%, 1.3 5万 is 1.35万; a list marker (1. 5万元) opens its line and is
    left alone.
    """
    if "." not in text or not any(blank in text for blank in " \t\u3000"):
        return []
    points = (
        Change(*match.span(2), ".")
        for match in (_BROKEN_DECIMAL.finditer(text) if ". " in text or " ." in text else ())
        if not _opens_line(text, match.start())
    )
    return sorted([*points, *_parted_decimals(text)])


def _parted_decimals(text: str) -> Iterator[Change]:
    for blank in _PARTING_BLANK.finditer(text):
        place = blank.start()
        before = _DECIMAL_BEFORE.search(text, max(0, place - _LONGEST_DECIMAL), place)
        if before and not _opens_line(text, before.start()):
            yield Change(*blank.span(), "")


def broken_thousands(text: str) -> list[Change]:
    """Blanks around the comma of a number: 2, 860本 is 2,860本, where no list of numbers is announced; and
    apostrophes for commas.

    >>> broken_thousands("发放读本2, 860本，分别为12, 860, 340件")
    [Change(start=6, end=7, new='')]
    >>> broken_thousands("罚款2'860元")
    [Change(start=3, end=4, new='')]
    """
    changes = [
        Change(match.start() + mark.start(), match.start() + mark.end(), "")
        for match in _APOSTROPHES.finditer(text)
        for mark in _APOSTROPHE.finditer(match[0])
    ]
    if changes or (" " not in text and "\u3000" not in text):
        return changes  # what else is broken comes in the next round
    for match in _BROKEN_THOUSANDS.finditer(text):
        blanks = [blank.start() for blank in _GAP.finditer(text, *match.span())]
        if not blanks or match.group(1) not in AFTER_NUMBER:
            continue
        if _SHARED_OUT.search(text, max(0, match.start() - _ANNOUNCED), match.start()):
            continue
        changes += [Change(blank, blank + 1, "") for blank in blanks]
    return changes


def _opens_line(text: str, place: int) -> bool:
    opening = text[max(0, place - 8) : place].rstrip(" \t\u3000")
    return not opening or opening.endswith(("\n", "\f"))


class _Line:
    """The line a gap stands in. Gaps come in order, so that each line is looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.start = 0
        self._end = -1
        self._prose: bool | None = None
        self._spaced: bool | None = None

    def at(self, position: int) -> _Line:
        """Move to the line that holds `position`."""
        if position > self._end:
            self.start = self._text.rfind("\n", max(self._end, 0), position) + 1 or max(self._end, 0)
            found = self._text.find("\n", position)
            self._end = len(self._text) if found < 0 else found
            self._prose = self._spaced = None
        return self

    @property
    def is_prose(self) -> bool:
        """Running text: it has a mark inside or at the end of a sentence, and is not set in columns."""
        if self._prose is None:
            body = self._text[self.start : self._end]
            self._prose = bool(_SENTENCE_MARK.search(body)) and not _WIDE_GAP.search(body)
        return self._prose

    @property
    def is_letter_spaced(self) -> bool:
        """A space after nearly every character, as some recognition leaves headings."""
        if self._spaced is None:
            parts = self._text[self.start : self._end].split()
            single = sum(len(part) == 1 for part in parts)
            self._spaced = len(parts) >= 5 and single >= 0.8 * len(parts)
        return self._spaced

    def is_list_item(self, marker: str) -> bool:
        """Whether a neighbouring line is numbered one less or more than `marker`, which opens this one."""
        before = self._text.rfind("\n", 0, max(self.start - 1, 0)) + 1
        neighbours = [_MARKED_LINE.match(self._text, self._end + 1)]
        if self.start:
            neighbours.append(_MARKED_LINE.match(self._text, before))
        return any(abs(int(match.group(1)) - int(marker)) == 1 for match in neighbours if match)


def _closes(text: str, start: int, end: int, line: _Line) -> bool:
    """Whether text[start:end], blanks inside a line but not between digits, stand where nothing ends."""
    before, after = text[start - 1], text[end]
    if line.is_letter_spaced:
        return end - start == 1
    if before in DIGITS:
        if end - start == 1 and _AFTER_NAME.match(text, end) and line.is_prose:
            return True
        if after not in AFTER_NUMBER or end - start > 2 or _WORD.match(text, end):
            return False
        if _CLOCK_OR_DATE.search(text[max(0, start - 4) : start]):
            return False
        return not _follows_list_marker(text, start, line)
    if end - start > 1 or text[start] in "\t\u3000":
        return False
    if before in _OPENS and after in DIGITS:
        return line.is_prose
    if not HAN_CHARACTER.match(before):
        return False
    if after in DIGITS:
        return (before in _BEFORE_NUMBER or line.is_prose) and not _ends_quantity(text, start, line)
    if not (HAN_CHARACTER.match(after) or after in "%‰"):
        return False
    if before + after in _WHOLE_WORDS:
        return True
    if _ends_quantity(text, start, line):
        scaled = before in _SCALE_OR_HEDGE and after in AFTER_NUMBER
        return scaled or (before in _COMPOUND_FIRST and after in _COMPOUND_SECOND)
    return line.is_prose and not _LABEL.match(text, end)


def _ends_quantity(text: str, start: int, line: _Line) -> bool:
    """Whether a number with its measure word ends here."""
    return bool(_QUANTITY_END.search(text[max(line.start, start - 10) : start]))


def _follows_list_marker(text: str, start: int, line: _Line) -> bool:
    """Whether the digits before `start` open a line of a numbered list (1 件件有着落, 2 项项有回音)."""
    opening = text[line.start : min(start, line.start + 8)].strip()
    return start - line.start < 8 and opening.isdigit() and len(opening) <= 2 and line.is_list_item(opening)


def _settled_number(text: str, start: int, line: _Line) -> tuple[int, list[Change]]:
    """Where the groups of digits around `start` end, and the blanks in them if they are one number."""
    first = start
    while first and text[first - 1] in DIGITS:
        first -= 1
    match = _GROUPS.match(text, first)
    if match is None:
        return start + 1, []
    decimals = _DECIMALS.match(text, match.end())
    after = decimals.group(1) if decimals else text[match.end() : match.end() + 2].lstrip()[:1]
    if (
        after not in AFTER_NUMBER
        or _WORD.match(text, match.end() + text[match.end()].isspace())
        or text[first - 1 : first] in _NUMBER_MARKS
        or not _is_one_number(match.group())
        or _follows_list_marker(text, start, line)
    ):
        return match.end(), []
    gaps = re.finditer(r"\D", match.group())
    return match.end(), [Change(first + gap.start(), first + gap.end(), "") for gap in gaps]


def _is_one_number(groups: str) -> bool:
    """Thousands set apart, or pieces too short or too oddly begun to be numbers of their own."""
    if "\t" in groups:
        return False
    if _THOUSANDS.fullmatch(groups):
        return True
    parts = re.split(r"\D", groups)
    digits = "".join(parts)
    if not _FRAGMENTS.fullmatch(groups) or len(digits) > 9:
        return False
    is_year = len(digits) == 4 and digits.startswith(("19", "20"))
    return is_year or any(len(part) == 1 for part in parts) or any(part.startswith("0") for part in parts[1:])
