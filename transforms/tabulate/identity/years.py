"""The year a report is about, the day it was issued, and how far into the year it reaches.

One order (DESIGN section 6): title, first sentence, 现将…年…报告如下, cited work plan of the year, then
the date of signature or posting (January to June: the year before). Every reading is kept; the first in
that order decides.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from transforms.tabulate.identity.identity import Evidence
from transforms.tabulate.identity.layout import Layout
from transforms.tabulate.identity.passage import Passage

# Rank by source: the lowest decides. html_title and file_name stand for a title the platform keeps elsewhere.
RANKS = {
    "title": 0,
    "html_title": 1,
    "first_sentence": 2,
    "announcement": 3,  # 现将…年…报告如下
    "file_name": 4,
    "cited_plan": 5,
    "signature": 6,
    "under_title": 7,
    "written": 8,
    "printed": 9,  # …年…月…日印发, the day the copies were made
    "posted": 10,
    "path": 11,
}
FIRST_WORDS = 60  # characters of the first sentence in which it says its year
PLANS = 6000  # characters of the report in which a cited plan of the year is sought
FIRST_YEAR, LAST_YEAR = 2000, 2049  # the reports began with the 2004 outline on administration by law

_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
    "O": "0",
    "0": "0",
    "Ｏ": "0",
}
_TITLED = re.compile(r"《[^《》]{0,80}》")
_YEAR = re.compile(
    r"(?<![\d*])(20[0-4]\d)(?:年|(?=度))|(二[〇○零O0Ｏ][一二三四〇○零O0Ｏ][〇○零O0Ｏ一二三四五六七八九])年"
)
_RANGE = re.compile(
    r"[(（]?(?:19|20)\d\d年?[-—–－~～至到]+(?:19|20)\d\d年?[)）]?|[(（](?:19|20)\d{6,7}年[)）]"
)
_NOT_OF_THE_YEAR = re.compile(r"^(?:(?:\d{1,2}月[^，,。]{0,12})?(?:成立|发布|印发|修订|实施)|底)")
_ANNOUNCED = re.compile(
    r"[将就][^。；;\n]{0,60}?(?:报告|汇报|总结|报送|通报|说明|述法|公布|公开)[^。；;\n]{0,20}"
)
_PLAN = re.compile(
    r"《[^《》\n]{0,40}?(20[0-4]\d)年[^《》\n]{0,40}?(?:要点|计划|方案|安排|任务|通知|部署|清单)[^《》\n]{0,10}》"
)
_DATE = re.compile(r"((?:19|20)\d\d)(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?!\d)")
_CHINESE_DATE = re.compile(
    r"([一二][〇○Ｏ零O0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,4})日"
)
_PATH_DATE = re.compile(
    r"/t(20\d\d)([01]\d)([0-3]\d)_|/(20\d\d)/(\d{1,2})/(\d{1,2})/|/(20\d\d)-?([01]\d)/?([0-3]\d)/"
)
_PART = re.compile(
    r"(?P<half>上半年)|前?(?P<quarter>[一二三])(?:个)?季度|(?<!\d)(?:1|一)(?:月份?)?[-—–－~～至到](?P<to>\d{1,2}|[二三四五六七八九十]{1,2})月"
    r"|截[至止]到?(?:今年|(?:20\d\d)年)?(?P<until>\d{1,2})月(?:(?P<day>\d{1,2})日|底|末|份)?"
)


@dataclass(slots=True)
class YearDecision:
    """The year, how it was found, and what spoke for another one."""

    year: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    conflicting: list[Evidence] = field(default_factory=list)
    issued_on: str | None = None
    period_end: str | None = None


def years_in(text: str) -> list[tuple[int, int, int]]:
    """Years a text states of itself as (year, start, end): none inside 《…》, none of a span of years.

    >>> years_in("按《纲要（2021—2025年）》，2022年度工作"), years_in("二〇二一年度总结")
    ([(2022, 18, 23)], [(2021, 0, 5)])
    """
    if "年" not in text and "度" not in text:
        return []
    masked = _RANGE.sub(_blank, _TITLED.sub(_blank, text) if "《" in text else text)
    found = []
    for match in _YEAR.finditer(masked):
        year = int(match[1] or "".join(_DIGITS.get(c, "2" if c == "二" else c) for c in match[2]))
        if FIRST_YEAR <= year <= LAST_YEAR and not _NOT_OF_THE_YEAR.match(masked[match.end() :]):
            found.append((year, match.start(), match.end()))
    return found


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def decide_year(layout: Layout, named: list[Passage], body: Passage, paths: Iterable[str]) -> YearDecision:
    """`named` are titles kept outside the text (html title, file name); `body` is asked for cited plans."""
    found = [*_in_titles([*layout.titles, *named]), *_in_opening(layout.opening), *_in_plans(body)]
    dates = [*_dates(layout), *_path_dates(paths)]
    found += [_reported_in(date, evidence) for date, evidence in dates]
    found.sort(key=lambda e: RANKS[e.source])
    decision = YearDecision(evidence=found)
    if found:
        decision.year = int(found[0].value)
        stated = [e for e in found if RANKS[e.source] <= RANKS["announcement"]]
        decision.conflicting = [e for e in stated if e.value != found[0].value]
    if dates:
        decision.issued_on = min(dates, key=lambda d: RANKS[d[1].source])[0].isoformat()
    decision.period_end = _period_end(layout, named, decision.year)
    return decision


def _in_titles(titles: Iterable[Passage]) -> Iterator[Evidence]:
    """The first year of each: a title that joins next year's plan names the year reported on first."""
    for title in titles:
        years = years_in(title.text)
        if years:
            year, start, end = years[0]
            yield _evidence(year, title.kind, *title.place_of(start, end))


def _in_opening(opening: list[Passage]) -> Iterator[Evidence]:
    """The year of the first sentence, and that of the sentence which announces the report."""
    for i, paragraph in enumerate(opening[:4]):
        announced = _ANNOUNCED.search(paragraph.text)
        told = years_in(announced[0])[:1] if announced else []
        first = years_in(paragraph.text[:FIRST_WORDS].split("。")[0])[:1] if i == 0 else []
        for year, start, end in first:
            if not (announced and announced.start() <= start):
                yield _evidence(year, "first_sentence", *paragraph.place_of(start, end))
        for year, start, end in told:
            shift = announced.start() if announced else 0
            yield _evidence(year, "announcement", *paragraph.place_of(start + shift, end + shift))


def _in_plans(body: Passage) -> Iterator[Evidence]:
    for match in _PLAN.finditer(body.text, 0, PLANS):
        if not _RANGE.search(match[0]):
            yield _evidence(int(match[1]), "cited_plan", *body.place_of(match.start(), match.end()))


def _evidence(year: int, source: str, start: int | None = None, end: int | None = None) -> Evidence:
    return Evidence("year", str(year), source, float(12 - RANKS[source]), start, end)


# --- dates


def date_in(text: str) -> datetime.date | None:
    """The first complete and possible date, in digits or Chinese numerals.

    >>> str(date_in("2023年12月9日")), str(date_in("二〇二四年一月二十二日")), date_in("2024年1月")
    ('2023-12-09', '2024-01-22', None)
    """
    match = _DATE.search(text)
    if match:
        return _date(*map(int, match.groups()))
    match = _CHINESE_DATE.search(text)
    if match:
        year = int("".join(_DIGITS.get(c, c) for c in match[1]))
        return _date(year, _small_number(match[2]), _small_number(match[3]))
    return None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None  # 2023-02-30 and the like are no dates


def _small_number(text: str) -> int:
    """一 to 三十一."""
    tens, ten, ones = text.rpartition("十")
    value = "〇一二三四五六七八九".find
    return (value(tens) if tens else 1) * 10 + (value(ones) if ones else 0) if ten else value(text)


def _dates(layout: Layout) -> Iterator[tuple[datetime.date, Evidence]]:
    for passage in layout.dates:
        date = date_in(passage.text)
        if date and FIRST_YEAR <= date.year <= LAST_YEAR:
            yield date, _evidence(date.year, passage.kind, passage.start, passage.end)


def _path_dates(paths: Iterable[str]) -> Iterator[tuple[datetime.date, Evidence]]:
    """The day of posting, as content managers write it into the address (…/t20240119_77.html)."""
    for path in paths:
        match = _PATH_DATE.search(path)
        date = _date(*(int(g) for g in match.groups() if g)) if match else None
        if date:
            yield date, _evidence(date.year, "path")


def _reported_in(date: datetime.date, evidence: Evidence) -> Evidence:
    """A report dated January to June is about the year before."""
    year = date.year - 1 if date.month <= 6 else date.year
    return _evidence(year, evidence.source, evidence.start, evidence.end)


def _period_end(layout: Layout, named: list[Passage], year: int | None) -> str | None:
    """Last day covered, where title or announcement says the report stops before the year's end."""
    if year is None:
        return None
    texts = [title.text for title in (*layout.titles, *named)]
    for paragraph in layout.opening[:3]:
        announced = _ANNOUNCED.search(paragraph.text)
        texts += [announced[0]] if announced else []
    for text in texts:
        match = _PART.search(_TITLED.sub(_blank, text))
        if match:
            return _end_of(match, year)
    return None


def _end_of(match: re.Match[str], year: int) -> str | None:
    month = 6
    if match["quarter"]:
        month = 3 * ("一二三".index(match["quarter"]) + 1)
    elif match["to"] or match["until"]:
        number = match["to"] or match["until"]
        month = int(number) if number.isdigit() else _small_number(number)
    if not 1 <= month <= 12 or (month == 12 and not match["day"]):
        return None
    last = calendar.monthrange(year, month)[1]
    day = min(int(match["day"]), last) if match["day"] else last
    return None if (month, day) == (12, 31) else f"{year:04}-{month:02}-{day:02}"
