"""Times told by what began then (平台上线以来), and the day up to which a whole text counts."""

from __future__ import annotations

import calendar
import re

from transforms.tabulate.facts import Period

# What lasts for years once it is there: a room, a platform, a plan, a way of working.
_BEGAN = re.compile(
    r"(?:成立|建立|建成|组建|设立|创建|创办|开办|运行|运营|挂牌|揭牌|上线|启用|启动|开通|投用|使用|推行|推广|施行|实施|开展)$"
)
_FROM = re.compile(r"自从?[^，,；;。\d]{3,}$")
# 专项行动开展以来, 自年初以来: what began within the year, and times that name themselves.
_OF_THE_YEAR = re.compile(
    r"行动|整治|整顿|活动|竞赛|攻坚|严打|换届|走访|主题教育|检查|试点|试行|试运行|疫情|汛|节|年初|今年|本年|去年|上年|月|\d年"
)
_SEASON = re.compile(r"入(?:春|夏|秋|冬|伏|汛)(?:季|期)?$")
_CLAUSE_MARKS = "，,；;。\n"


def since(text: str, start: int, end: int) -> list[tuple[int, Period]]:
    """Where a sentence says 以来 of a thing that began, and which period that is.

    >>> since("平台上线以来，化解纠纷86件", 0, 14), since("专项行动开展以来，检查9次", 0, 13)
    ([(4, 'multi_year')], [])
    """
    found: list[tuple[int, Period]] = []
    at = text.find("以来", start, end)
    while at >= 0:
        opened = max(text.rfind(mark, start, at) for mark in _CLAUSE_MARKS) + 1
        clause = text[max(opened, start) : at]
        if _SEASON.search(clause):
            found.append((at, "part_year"))
        elif (_BEGAN.search(clause) or _FROM.match(clause.strip())) and not _OF_THE_YEAR.search(clause):
            found.append((at, "multi_year"))
        at = text.find("以来", at + 2, end)
    return found


_SAID_OF_FIGURES = re.compile(r"(?:数据|数字|统计)[^，,；;。（()）\n]{0,6}$")
_DAY = re.compile(r"截[至止]到?(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")


def counted_until(text: str, year: int | None) -> str | None:
    """The last day counted where the text says so of all its figures, YYYY-MM-DD; None at the year's end.

    >>> counted_until("取得如下成绩（数据截至11月底）：", 2023), counted_until("截至11月底，调解31件。", 2023)
    ('2023-11-30', None)
    """
    at = text.find("截") if year is not None else -1
    while at >= 0:
        day = _DAY.match(text, at)
        if day and _SAID_OF_FIGURES.search(text, max(0, at - 12), at):
            return _as_date(day, year or 0)
        at = text.find("截", at + 1)
    return None


def _as_date(day: re.Match[str], year: int) -> str | None:
    month = int(day["month"])
    if not 1 <= month <= 12 or (day["year"] and int(day["year"]) != year):
        return None
    last = calendar.monthrange(year, month)[1]
    counted = min(max(int(day["day"]), 1), last) if day["day"] else last
    return None if (month, counted) == (12, 31) else f"{year:04d}-{month:02d}-{counted:02d}"


# 2020年建成的广场, 街道成立于2019年: when a thing came to be is no time of the figures around it.
_CAME_TO_BE = (
    r"成立|组建|建立|建成|设立|始建|兴建|创建|创办|挂牌|落成|启用|投入使用|投用|撤并|合并|改制|修订|修正|颁布"
)
_THING_OF = re.compile(
    rf"(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:就|即|正式|全面|新|由[^，,；;。\d]{{2,14}})?(?:{_CAME_TO_BE}|出台|印发|制定|施行|公布)"
    r"[^，,；;。\d]{0,4}的"
)
_CAME_IN = re.compile(rf"(?:{_CAME_TO_BE})[于在]$")


def dates_a_thing(m: re.Match[str]) -> bool:
    """Whether a year found in a text only says when a thing came to be."""
    text, start = m.string, m.start()
    return bool(_CAME_IN.search(text, max(0, start - 6), start) or _THING_OF.match(text, m.end(), m.endpos))


# 2021年6月挂牌成立，截至目前累计化解412件: counted since then. What there is now (截至目前有12名) is not.
_FOUNDED = re.compile(rf"{_CAME_TO_BE}|开办|开通|上线|启动|运行|推行")
_UP_TO_NOW = re.compile(
    r"(?:截[至止]目前|到目前为止|至今|迄今)[，,]?(?:[^，,；;。\d有]{0,6}?累计(?!有)|"
    r"(?:共|已经?|先后)*(?:化解|调[解处]|接待|受理|办[理结]|解答|开展|服务|处[理置]|举办|提供|排查))"
)
_CLAUSE_MARK = re.compile(r"[，,；;。\n]")


def counted_since(text: str, at: int, start: int, end: int) -> tuple[int, int] | None:
    """Where a sentence says that it counts up to now what was done since the year at a place, and that year.

    >>> counted_since("调解室设立于2020年，至今已调解纠纷26起", 6, 0, 22)
    (12, 2020)
    >>> counted_since("2020年设立，今年调解6起", 0, 0, 15)
    """
    now = _UP_TO_NOW.search(text, at, end)
    year = _YEAR.search(text, max(start, at - LONGEST_YEAR), min(end, at + LONGEST_YEAR)) if now else None
    if now is None or year is None:
        return None
    opened = max(text.rfind(mark, start, at) for mark in _CLAUSE_MARKS) + 1
    closed = _CLAUSE_MARK.search(text, at, end)
    if not _FOUNDED.search(text, max(opened, start), closed.start() if closed else end):
        return None
    return now.start(), int(year[1])


_YEAR, LONGEST_YEAR = re.compile(r"(20\d\d)年"), 5
