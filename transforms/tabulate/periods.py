"""Which time a number speaks of: the year, several years, part of it, one day, or a time before."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import Literal

from transforms.tabulate.facts import Period

# `past` is an earlier year's figure and `future` a plan: neither is a result of this year.
Span = Literal["year", "multi_year", "part_year", "event", "past", "future"]


@dataclass(frozen=True, slots=True)
class When:
    """A time named in a sentence; holds for the numbers after it until another is named."""

    at: int
    end: int
    span: Span
    years: int | None = None
    as_of: str | None = None
    until: int | None = None  # where it ends before another is named

    @property
    def period(self) -> Period:
        """As the contract names it; past and future figures carry the year they have."""
        return self.span if self.span in ("multi_year", "part_year", "event") else "year"  # type: ignore[return-value]


YEAR = When(-1, -1, "year")

_N = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,2})"
_TIME = re.compile(
    rf"(?P<multi>近\s*(?P<n1>{_N})个?年(?:多)?来?|(?:过去|最近)(?P<n2>{_N})年(?:来)?|(?<![\d〇零])(?!一年来)(?P<n3>{_N})(?:个年头|年)(?:多)?(?:以)?来|近年来|近几年(?:来)?|几年来|历年|"
    rf"(?:自从?|从)?\s*(?P<y1>20\d\d)年(?:\d{{1,2}}月)?(?:份)?(?:成立|建成|开展|启动|实施|创建)?(?:以来|至今|起|开始)|"
    rf"(?P<y2>20\d\d)年?\s*[-—–~～至到]+\s*(?P<y3>20\d\d)年(?!度?规划|规划)|(?:十四五|“十四五”|八五普法|“八五”普法|十三五)(?:期间|以来)|"
    rf"(?P<y4>20\d\d)年?[、和](?P<y5>20\d\d)年?(?:两年|连续两年)|两年(?:间|累计|共)|建[站所会]以来|成立以来|自?(?:去年|上年)以来)|"
    rf"(?P<part>(?:截[至止]|到)(?:(?P<cy>20\d\d)年|今年)?(?P<cm>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份)?(?P<cd>\d{{1,2}}日|底|末|中旬|初)?|"
    rf"(?:今年)?上半年|下半年|前三个?季度|第?(?P<q>[一二三四1-4])季度(?!.{{0,3}}(?:召开|一次))|"
    rf"(?P<rm>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月?\s*[-—–~～至到]+\s*(?P<rn>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份|底)?|"
    rf"前(?P<fm>[一二三四五六七八九十]{{1,2}}|\d{{1,2}})个月|"
    rf"(?<![\d.])(?P<mm>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?:份|间|中旬|底|初|上旬|下旬)?(?!\s*\d|[一二三四五六七八九十]{{1,3}}日|\s*[-—~～至到]))|"
    r"(?P<event>(?<![至止到])(?:\d{1,2}月\d{1,2}日)(?!.{0,2}(?:全民|国家|国际|世界|全国|宪法|消费|挂牌|成立|印发))|当天|当日|活动当天)|"
    r"(?P<past>(?<![较比与同由从])(?:去年同期|去年(?!以来)|上年度?(?!以来)|上一年度?(?!.{0,4}问题)|前年|往年))|"
    r"(?P<future>明年|来年|下一年度?|下年度?)|"
    r"(?P<date>(?<![\d较比与同由从])(?P<dy>20\d\d)\s*年度?(?!以来|至今|起|开始|[-—–~～至]|\d|.{0,12}[》〕]))|"
    r"(?P<year>全年度?|今年以来|今年来|今年|本年度?|年内|一年来|年度内|截[至止]目前|到目前为止|至目前|目前|现有|当年)"
)
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2, "十": 10}


def times(text: str, start: int, end: int, report_year: int | None) -> list[When]:
    """All times named in a sentence, in order.

    >>> [(w.span, w.years) for w in times("近三年解矫47人，今年在矫11人", 0, 16, 2022)]
    [('multi_year', 3), ('year', None)]
    """
    return [_when(m, report_year) for m in _TIME.finditer(text, start, end)]


def _when(m: re.Match[str], year: int | None) -> When:
    at, end = m.span()
    if m["multi"]:
        return When(at, end, "multi_year", _length(m, year))
    if m["part"]:
        month = _last_month(m)
        if month == 12 and not (m["mm"] or m["q"]) and m[0] != "下半年":
            return When(at, end, "year")
        return When(
            at, end, "part_year", as_of=_month_end(year, month, m["cd"]) if _from_january(m) else None
        )
    if m["event"]:
        return When(at, end, "event")
    if m["past"]:
        return When(at, end, "past", until=_aside(m.string, end))
    if m["future"]:
        return When(at, end, "future")
    if m["date"]:
        span = _span_of(int(m["dy"]), year)
        return When(at, end, span, until=_aside(m.string, end) if span == "past" else None)
    return When(at, end, "year")


def _aside(text: str, end: int) -> int | None:
    """2022年为31宗，: a figure of comparison, over at the next mark; at the latest where a half-sentence
    ends.
    """
    marks = "，,；;。" if text.startswith(("为", "是", "的", "同期", "仅", "只有"), end) else "；;。"
    found = [at for mark in marks if (at := text.find(mark, end)) >= 0]
    return min(found, default=None)


def _span_of(named: int, year: int | None) -> Span:
    if year is None or named == year:
        return "year"
    return "past" if named < year else "future"


def _length(m: re.Match[str], year: int | None) -> int | None:
    if spelled := m["n1"] or m["n2"] or m["n3"]:
        return _small(spelled)
    if m["y1"]:
        return year - int(m["y1"]) + 1 if year else None
    if m["y2"]:
        return int(m["y3"]) - int(m["y2"]) + 1
    return 2 if m["y4"] or m[0].startswith(("两年", "自去年", "去年", "上年")) else None


def _last_month(m: re.Match[str]) -> int:
    if m["q"]:
        return _QUARTERS[m["q"]]
    if spelled := m["rn"] or m["cm"] or m["fm"] or m["mm"]:
        return _small(spelled)
    return {"前": 9, "下": 12}.get(m[0][0], 6)


def _from_january(m: re.Match[str]) -> bool:
    """Whether the end is a cut-off of the running year; a quarter, a month or 下半年 lies within it."""
    if m["mm"] or m["q"] or m[0].startswith("下半年"):
        return False
    return not m["rm"] or _small(m["rm"]) == 1


def _small(spelled: str) -> int:
    """A number below 100 in either script.

    >>> _small("十二"), _small("5"), _small("两"), _small("二十")
    (12, 5, 2, 20)
    """
    if spelled.isdigit():
        return int(spelled)
    tens, mark, ones = spelled.rpartition("十")
    if not mark:
        return _DIGITS.get(spelled[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _month_end(year: int | None, month: int, day: str | None) -> str | None:
    if year is None or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    wanted = int(day[:-1]) if day and day[:-1].isdigit() else last
    return f"{year:04d}-{month:02d}-{min(max(wanted, 1), last):02d}"


def when_at(named: list[When], position: int) -> When:
    """The time that holds at `position`: the last one named before it, the year where none is."""
    current = YEAR
    for when in named:
        if when.at >= position:
            break
        if when.until is None or position <= when.until:
            current = when
    return current
