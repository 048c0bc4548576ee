"""An independent scan for numerals: knows nothing of the rules, the lexicon or the grammar under test.

It looks at raw text (Traditional, spaced, with inline pinyin) and asks only what law 1 of the design asks:
every run of digits, and every Chinese numeral that stands with a measure word, in a date, in a list marker
or in a name. Where its character is mere word stuff (一起, 统一, 一方面, 万一) nothing is asked of it, so the
patterns ask for less than a reader would: what they find must be in the ledger, what they leave may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CN = "零〇○一二两兩三四五六七八九十百千万萬亿億廿卅"
_MEASURE = (
    "人次|场次|場次|家次|件次|户次|戶次|批次|车次|台次|条次|册次|轮次|輪次|平方米|公里|千米|公斤|小时|小時|学时|學時|工作日|"
    "名|件|宗|份|册|冊|幅|块|塊|张|張|篇|项|項|处|處|户|戶|批|场|場|期|支|条|條|个|個|家|人|次|天|岁|歲|"
    "米|亩|畝|元|吨|噸|公斤|里|周|年|月|日|届|屆|级|級|轮|輪|台|辆|輛|座|所|间|間|本|套|顿|位|幢|棵|盏|起"
)
# A lone 一 counts before these; before others it is a word more often (一起, 一家人, 一级, 一期 …).
_ONE_IS_A_COUNT = "人次|场次|場次|件次|名|份|册|冊|幅|张|張|篇|场|場|支|条次|宗|户次|家次"
_COUNT = re.compile(rf"(?:第\s?)?[{CN}]+\s?[余餘多来來]?\s?[{CN}]*\s?[余餘多]?\s?(?:{_MEASURE})")
_DATE = re.compile(
    r"[一二][零〇○一二三四五六七八九]{3}\s?年(?:度)?|"
    r"[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?"
)
_MARKER = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|(?:(?<=\n)|(?<=\A)|(?<=[\u3000 \t]))[一二三四五六七八九十]{1,3}、"
    r"|(?:(?<=[。；;：:，,、\n\u3000 ])|(?<=\A))[一二三四五六七八九十]{1,2}(?:是|要)"
)
_NAME = re.compile(
    r"[五六七八九]五(?=[”」』\"’]?\s?普法)|十[二三四五六](?=[”」』\"’]?(?:五规划|五規劃|五时期))"
    r"|一(?=[村镇乡社街户企案](?:[（(]..?[）)])?一(?:法律顾问|策|警|档|品))"
    r"|(?<=“)[三四五六七八九十](?:项|項|個|个|会|會|进|進|重|下沉)"
)
_PERCENT = re.compile(rf"百分之[{CN}点點]+")
DIGITS = re.compile(r"\d+")
_CHINESE = re.compile(rf"[{CN}]+")


def digit_runs(text: str) -> Iterator[tuple[int, int]]:
    """Every run of digits, half or full width."""
    for match in DIGITS.finditer(text):
        yield match.span()


def chinese_numerals(text: str) -> list[tuple[int, int, str]]:
    """(start, end, why) of the numeral characters alone: `why` is marker, date, percent, name or count."""
    found: dict[tuple[int, int], str] = {}
    for why, pattern in (
        ("marker", _MARKER), ("date", _DATE), ("percent", _PERCENT), ("name", _NAME), ("count", _COUNT),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            for numeral in _CHINESE.finditer(text, match.start(), match.end()):
                if why != "count" or _is_a_count(text, match, numeral):
                    found.setdefault(numeral.span(), why)
    return sorted((start, end, why) for (start, end), why in found.items())


# Words in which the last character of a numeral run is no numeral, or the whole is a word.
_BEFORE = re.compile(r"[统統专單单唯万萬同之进進逐第某每另这這那任有初此千]\Z")
_WORDS = ("万一", "萬一", "一一", "十分", "百姓", "千家", "万家", "千方", "万众", "三农", "两委", "两新")


def _is_a_count(text: str, match: re.Match[str], numeral: re.Match[str]) -> bool:
    word = numeral.group()
    if any(text.startswith(w, numeral.start()) for w in _WORDS):
        return False
    if word in {"一", "万", "萬", "千", "百", "亿", "億"}:
        before = text[max(0, numeral.start() - 1) : numeral.start()]
        return not _BEFORE.match(before) and bool(re.match(_ONE_IS_A_COUNT, text[numeral.end() :]))
    return True
