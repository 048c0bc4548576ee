"""Which time a number speaks of: the year, several years, part of it, one day, or a time before or after."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from transforms.tabulate.dates import month_end, small
from transforms.tabulate.facts import Period
from transforms.tabulate.since import counted_since, dates_a_thing, since

# `past` is an earlier year's figure and `future` a plan: neither is a result of this year.
Span = Literal["year", "multi_year", "part_year", "event", "past", "future"]


@dataclass(slots=True)
class When:
    """A time named in a sentence; holds for the numbers after it until another is named."""

    at: int
    span: Span
    years: int | None = None
    as_of: str | None = None
    until: int | None = None  # where it ends before another is named

    @property
    def period(self) -> Period:
        """As the contract names it; past and future figures carry the year they have."""
        return "year" if self.span == "past" or self.span == "future" else self.span


YEAR = When(-1, "year")
_AT = attrgetter("at")

_N = r"(?:[一二两三四五六七八九十]{1,3}|\d{1,2})"
_M = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_TO = r"\s*[-—–~～至到]+\s*"
_SINCE = r"(?:以来|至今|起|开始)"
_MULTI = "|".join(
    (
        rf"近\s*(?P<n1>{_N})个?年(?:多)?来?",
        rf"(?:过去|最近)(?P<n2>{_N})年来?",
        rf"(?<![\d〇零])(?!一年来)(?P<n3>{_N})(?:个年头|年)(?:多)?以?来",
        rf"(?<![\d〇零])(?!一年)(?P<n4>{_N})年(?:间|内(?!部)|累计|共(?!建|享|治|同))",
        r"近年来|近几年来?|几年来|(?<![彝藏傣农阴公旧])历年",
        rf"(?:自从?|从)?\s*(?P<y1>20\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?份?"
        rf"(?:(?:成立|建成|开展|启动|实施|创建)?{_SINCE}|[^，,；;。\d]{{1,12}}?以来)",
        rf"(?P<y2>20\d\d)年?{_TO}(?P<y3>20\d\d)年(?!度?规划|规划)",
        r"(?:十[三四五]五|“十[三四五]五”|八五普法|“八五”普法)(?:期间|以来)",
        r"(?P<y4>20\d\d)年?[、和](?P<y5>20\d\d)年?(?:两年|连续两年)",
        r"建[站所会]以来|自?(?:去年|上年)以来",
    )
)
# 三月三, 六月安全生产月, 十月交流会: a month that begins the name of a day, a campaign or a fair.
_NAME_OF_DAYS = (
    r"初?[一二三四五六七八九十]{1,3}(?![次场期件份名人个条起宗项本家户轮届部批])|"
    r"(?:(?!开展|举办|组织|召开|集中|启动|利用|结合|以来)[^，,；;。、\d]){0,9}?"
    r"(?:(?:宣传|综治|生产|活动|教育|建设|创建|服务|普法|法治|禁毒|诚信|质量|消防)[月周日]|综治月|"
    r"交流会|庙会|古会|集会|花会|花儿会|歌会|歌圩|(?:文化|风情|采摘|旅游)节)"
)
_PART = "|".join(
    (
        r"(?:自从?|从)\s*(?:今年)?\d{1,2}月\d{1,2}日(?:以来|至今)",  # from a day on
        rf"\d{{1,2}}月\d{{1,2}}日?{_TO}(?:20\d\d年)?(?P<tm>{_M})月(?P<td>\d{{1,2}}日|底|末)",
        rf"(?:截[至止]|到|(?<![\d年月日号])至)(?:20\d\d年|今年)?(?P<cm>{_M})月份?(?P<cd>\d{{1,2}}日|底|末|中旬|初)?",
        r"(?:今年)?上半年|下半年|半年(?:以来|来|间)|当月|本季度|前三个?季度|第?(?P<q>[一二三四1-4])季度",
        rf"(?P<rm>{_M})月?{_TO}(?P<rn>{_M})月(?:份|底)?",
        rf"前(?P<fm>{_M})个月",
        rf"(?<![\d.])(?P<mm>{_M})月(?:份|间|中旬|底|初|上旬|下旬)?"
        rf"(?!\s*\d|\s*[-—~～至到]|{_NAME_OF_DAYS})",
    )
)
# A day of the calendar that has a name of its own (3月15日国际消费者权益日) is no single event.
_EVENT = (
    r"(?<![至止到\d])\d{1,2}月\d{1,2}日"
    r"(?!.{0,2}(?:全民|国家|国际|世界|全国|宪法|消费|挂牌|成立|印发))|活动当天|"
    # 当天受理、当天办结 is how fast, 此次活动 one of many
    r"当[天日](?!.{0,2}(?:受理|办|答复|回复|调解|化解|解决|处理|整改|清零|响应|交办|上报)[^，,；;。、\d]{0,4}[，,；;。、])|"
    r"[此这该本]次[^，,；;。\d]{0,14}?(?:活动|宣传|宣讲|行动|演练|讲座|培训|检查|普法|咨询|排查|整治)"
)
_PAST = (
    r"(?<![较比与同由从])(?:去年同期|去年(?!以来)|上年度?(?!以来)|上一年度?(?!.{0,4}问题)|前年|往年|上一?届)"
)
# 结转下年度1件 says where it went; what follows is of this year again.
_FUTURE = (
    r"(?<!结转|转入|转至|转到|列入|纳入|留待|推至|延至|留至)"
    r"(?:(?:明年|来年|下一年度?|下年度?)(?:[上下]半年|第?[一二三四]季度)?|未来[一二两三四五十\d]{1,2}年)"
)
_DATE = (
    r"(?<![\d较比与同由从])(?P<dy>20\d\d)\s*年度?"
    r"(?!以来|至今|起|开始|[-—–~～至]|\d{1,2}\s*(?:月|[-—–~～至.]\s*\d)|.{0,12}[》〕])"
)
_THIS = (
    r"全年度?|今年以来|今年来|今年|本年度?|年内|一年来|年度内|截[至止]目前|到目前为止|至目前|目前|现有|当年"
)
# How each choice begins. First the class, which few characters pass, then what must follow the character:
# 5个, 建设 and 全镇 are left at once. A new choice adds its beginning (tests/tabulate/test_hints.py).
_FIRST = (
    r"(?=[近过最自从几历两建去上截到今下前第当明来未全本此这该年半目至现往“0-9一二三四五六七八九十])"
    r"(?=近[\s几年\d一二两三四五六七八九十]|过去|最近|自[从去上今\s\d]|从[今\s\d]|几年|历年|建[站所会]|去年|上[半年一届]|"
    r"截[至止]|到[今目\d一二三四五六七八九十]|今年|下[半年一]|前[年三\d一二四五六七八九十]|第[一二三四1-4]|当[天日年月]|"
    r"明年|来年|未来|全年|本[年次季]|[此这该]次|年[内度]|半年|目前|至[目\d]|现有|往年|“[十八]|"
    r"[\d一二两三四五六七八九十]{1,4}[\s年月个季期以普、和至到—–～~-])"
)
_CHOICES = (
    rf"(?:(?P<multi>{_MULTI})|(?P<part>{_PART})|(?P<event>{_EVENT})|(?P<past>{_PAST})|"
    rf"(?P<future>{_FUTURE})|(?P<date>{_DATE})|(?P<year>{_THIS}))"
)
_TIME = re.compile(_FIRST + _CHOICES)
# One class first, which is searched four times as fast as choices.
_HINT = re.compile(r"[年月季当前现期来今届次](?:(?<!次)|(?<=[此这该本]次))")
_THAT_YEAR = frozenset({"全年", "全年度", "年内", "年度内", "当年"})
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def times(text: str, start: int, end: int, report_year: int | None) -> list[When]:
    """All times named in a sentence, in order.

    >>> [(w.span, w.years) for w in times("近三年解矫47人，今年在矫11人", 0, 16, 2022)]
    [('multi_year', 3), ('year', None)]
    """
    if not _HINT.search(text, start, end):
        return []
    found = [m for m in _TIME.finditer(text, start, end) if not _in_title(text, start, m.start())]
    named: list[When] = []
    for match in found:
        if not (named and match[0] in _THAT_YEAR and _another_year_holds(named[-1], match.start())):
            named.append(_of_number_before(match, _when(match, report_year)))
    for i in [i for i, when in enumerate(named) if when.span == "past"]:
        _up_to_now(named, i, text, (start, end), report_year)
    if text.find("以来", start, end) < 0:
        return named
    began = [w for w in since(text, start, end) if not any(m.start() < w[0] < m.end() for m in found)]
    return sorted([*named, *(When(at, span) for at, span in began)], key=_AT) if began else named


def _up_to_now(named: list[When], i: int, text: str, span: tuple[int, int], year: int | None) -> None:
    """2021年成立，截至目前累计化解412件: from where it says so, since then, unless a time stands between."""
    found = counted_since(text, named[i].at, *span)
    if found is None or year is None:
        return
    at, began = found
    behind = named[i + 1] if i + 1 < len(named) else None
    if behind is not None and behind.at < at:
        return
    named[i + 1 : i + 1 + (behind is not None and behind.at == at)] = [
        When(at, "multi_year", year - began + 1)
    ]


# 调解163件（1—10月）: said of the number before the bracket, and of none behind it.
_NUMBER_BEFORE = re.compile(r"[近约超逾]{0,2}\d[\d,.]*[万千百余多]*[\u4e00-\u9fff]{1,2}$")
_BRACKET_ENDS = re.compile(r"[^，,；;。（()）\d]{0,6}[）)]")
# 参考率（去年为90%）达97%: the time holds for the figure in the bracket.
_FIGURE_IN_BRACKET = re.compile(r"[^，,；;。（()）\d]{0,8}\d[^，,；;。（()）]{0,8}[）)]")
LONGEST_NUMBER = 16


def _of_number_before(m: re.Match[str], when: When) -> When:
    text, start = m.string, m.start()
    if not start or text[start - 1] not in "（(":
        return when
    number = _NUMBER_BEFORE.search(text, max(0, start - LONGEST_NUMBER), start - 1)
    ends = _BRACKET_ENDS.match(text, m.end(), m.endpos)
    if number and ends:
        when.at, when.until = number.start() - 1, ends.end()
    elif figure := _FIGURE_IN_BRACKET.match(text, m.end(), m.endpos):
        when.until = figure.end() - 1
    return when


def _another_year_holds(last: When, at: int) -> bool:
    """2022年，我镇…，全年办理31件: all of the year named, not of this one."""
    return last.span in ("past", "future") and (last.until is None or at < last.until)


def _in_title(text: str, start: int, at: int) -> bool:
    """纳入《实施纲要（2021—2025年）》: the years of a plan's name are no time of the sentence."""
    opened = text.rfind("《", start, at)
    return opened >= 0 and text.rfind("》", start, at) < opened


def when_at(named: Sequence[When], position: int) -> When:
    """The time that holds at `position`: the last one named before it, the year where none is."""
    for place in range(bisect_left(named, position, key=_AT) - 1, -1, -1):
        when = named[place]
        if when.until is None or position <= when.until:
            return when
    return YEAR


def _when(m: re.Match[str], year: int | None) -> When:
    at, kind = m.start(), m.lastgroup  # the outermost group: which of the choices of _TIME it was
    if kind == "multi":
        if _is_over(m, year):
            return When(at, "past", until=_aside(m))
        if m["y1"] is not None and m["y1"] == str(year):  # 2025年以来, 2025年9月以来 in the report on 2025
            return When(at, "part_year" if _LATER_MONTH.search(m[0]) else "year")
        return When(at, "multi_year", _length(m, year))
    if kind == "part":
        return _part_year(m, year)
    if kind == "event":
        return When(at, "event")
    if kind == "past":
        return When(at, "past", until=_aside(m))
    if kind == "future":
        return When(at, "future")
    if kind == "date":
        return _of_year(m, int(m["dy"]), year)
    return When(at, "year")


def _of_year(m: re.Match[str], named: int, year: int | None) -> When:
    span = _span_of(named, year)
    if span != "past":
        return When(m.start(), span)
    return When(m.start(), span, until=m.end() if dates_a_thing(m) else _aside(m))


# The last year of each five-year plan.
_PLANS = {"十三五": 2020, "十四五": 2025, "十五五": 2030}


def _is_over(m: re.Match[str], year: int | None) -> bool:
    """“十三五”期间, 2016—2020年: years that ended before the year of the report began."""
    if year is None:
        return False
    ended = int(m["y3"]) if m["y3"] else _PLANS.get(m[0].strip("“”")[:3])
    return ended is not None and ended < year and not m[0].endswith("以来")


def _part_year(m: re.Match[str], year: int | None) -> When:
    if (m["mm"] or m["rm"]) and year is not None:
        named = _YEAR_BEFORE.search(m.string, max(0, m.start() - 5), m.start())
        if named and int(named[1]) < year:  # 2022年10月, 2022年1—10月
            return _of_year(m, int(named[1]), year)
    if m[0] in ("当月", "本季度") or m[0][0] in "自从":
        return When(m.start(), "part_year")
    month, day = _last_month(m), m["cd"] or m["td"]
    whole = month == 12 and not (m["mm"] or m["q"]) and m[0] != "下半年"
    if whole and not (day and day[:-1].isdecimal() and int(day[:-1]) < 31):
        return When(m.start(), "year")
    return When(m.start(), "part_year", as_of=month_end(year, month, day))


_YEAR_BEFORE = re.compile(r"(20\d\d)年$")
_LATER_MONTH = re.compile(r"年(?!0?1月)\d{1,2}月")


def _aside(m: re.Match[str]) -> int | None:
    """2022年为31宗，: a figure of comparison ends at the next mark; any earlier time at the half-sentence."""
    text, end = m.string, m.end()
    compared = text.startswith(("为", "是", "的", "同期", "仅", "只有"), end)
    mark = (_MARK if compared else _HALF_SENTENCE).search(text, end, m.endpos)
    return mark.start() if mark else None


_MARK, _HALF_SENTENCE = re.compile("[，,；;。]"), re.compile("[；;。]")


def _span_of(named: int, year: int | None) -> Span:
    if year is None or named == year:
        return "year"
    return "past" if named < year else "future"


def _length(m: re.Match[str], year: int | None) -> int | None:
    if spelled := m["n1"] or m["n2"] or m["n3"] or m["n4"]:
        return small(spelled)
    if m["y1"]:
        return year - int(m["y1"]) + 1 if year else None
    if m["y2"]:
        return int(m["y3"]) - int(m["y2"]) + 1
    return 2 if m["y4"] or m[0].startswith(("两年", "自去年", "去年", "自上年", "上年")) else None


def _last_month(m: re.Match[str]) -> int:
    if m["q"]:
        return _QUARTERS[m["q"]]
    if spelled := m["rn"] or m["cm"] or m["tm"] or m["fm"] or m["mm"]:
        return small(spelled)
    return {"前": 9, "下": 12}.get(m[0][0], 6)
