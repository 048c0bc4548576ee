"""The outer form of a document: which of its first and last lines are title, letterhead, addressee,
signature.

Looks at the head (some 2,500 characters) and the tail only, whatever the length of the report. Works on the
repaired text; every part keeps the place it was found at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from transforms.segment.furniture import furniture_spans
from transforms.tabulate.identity.mentions import mentions
from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.passage import HAN, Passage, without_blanks
from transforms.tabulate.identity.rows import read_rows

HEAD = 2500  # characters from where the report begins; titles and opening sentences end well before
ABOVE = 1500  # characters of page head above it that may name the place
TAIL = 500
LONG = 90  # characters; no title or letterhead is longer

_WORDS = word_list("layout")


@dataclass(slots=True)
class Layout:
    """The parts, in order of their place. Any may be missing."""

    titles: list[Passage] = field(default_factory=list)
    heading: list[Passage] = field(default_factory=list)  # short lines beside the title that are no title
    letterhead: list[Passage] = field(default_factory=list)
    issuers: list[Passage] = field(default_factory=list)  # lines under the title and rows of an index table
    sources: list[Passage] = field(default_factory=list)
    places: list[Passage] = field(default_factory=list)  # breadcrumbs
    numbers: list[Passage] = field(default_factory=list)
    dates: list[Passage] = field(default_factory=list)  # signature, printed, under_title, written, posted
    signer: Passage | None = None
    addressee: Passage | None = None
    opening: list[Passage] = field(default_factory=list)  # the first paragraphs
    signature: list[Passage] = field(default_factory=list)


class _Line(NamedTuple):
    start: int
    end: int
    text: str  # without blanks


_NUMBER = re.compile(rf"^[{HAN}]{{1,12}}[〔\[(（【［]?(?:19|20)\d\d[〕\])）】］]?第?\d{{1,4}}号$")
_SIGNER = re.compile(rf"签发人[:：]?([{HAN}·]{{2,12}})$")
_CHINESE_DIGITS = "一二三四五六七八九"
_DATE = (
    r"(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|"
    rf"[一二][〇○Ｏ零O0{_CHINESE_DIGITS}]{{3}}年[{_CHINESE_DIGITS}十]{{1,3}}月[{_CHINESE_DIGITS}十]{{1,4}}日)"
)
_SIGNED_BY = re.compile(rf"^[^0-9]{{0,40}}(?:{'|'.join(_WORDS['signed_by'])})[^0-9]{{0,2}}$")
_SEAL = re.compile(r"[(（](?:盖章|公章|章|印章|代章)[)）]|(?:落款)?(?:日期|时间)?[:：]$|^报告单位[:：]")
_META_DATE = re.compile(rf"^[ \u3000]*({_DATE})(?!\d)", re.M)
_DATE_LINE = re.compile(rf"^[(（]?({_DATE})[)）]?$")
_ENDS_WITH_DATE = re.compile(rf"({_DATE})(?:印发)?[)）]?$")
_CHAPTER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）]|第[一二三]部分|\*、|1[、.．])"
)
_PROSE = re.compile(r"[，,；;].*[，,；;。]|[。；]|(?:19|20)\d\d年(?:以来)?[，,]|[，,].{18,}")
_TITLE_END = re.compile(rf"(?:{'|'.join(_WORDS['title_ends'])})(?:[(（][^()（）]{{1,14}}[)）])?$")
_MAY_GO_ON = re.compile(
    r"(?:工作|情况|活动|计划|安排|意见|建设)$"
)  # of a title broken in two: …工作/情况的报告
_SHORT_END = re.compile(r"^.{0,10}(?:报告|总结|汇报|通报)$")
_RUN_ON_TITLE = re.compile(
    rf"^(?!{'|'.join(_WORDS['opening_words'])})"
    r"([^，,。；;：:、！？《》]{6,70}?(?:报告|总结|汇报|工作要点|工作计划|工作方案|实施方案))"
    r"(?![（(》”]|[^，,。；;]{0,3}(?:如下|的))(?=[^，,。；;：:、])"
)
_TOPIC = re.compile("法治|依法|法制|信息公开|述法|普法")
_OFFICE_END = re.compile(rf"(?:{'|'.join(_WORDS['offices'])})$")
_CONTINUES = re.compile(rf"^(?:{'|'.join(_WORDS['continues'])})")
_NAMED = rf"[{HAN}]{{1,10}}(?:{'|'.join(_WORDS['subject_ends'])})"
_OWN_SUBJECT = re.compile(
    rf"{_NAMED}(?:(?:19|20)\d\d年|二[〇○零]|关于|法治|依法|上半年|\*)|[0-9〇○零一二三四五六七八九十]年度?{_NAMED}"
)
_ADDRESSED = re.compile("|".join(_WORDS["addressee"]["words"]))
_NOT_ADDRESSED = re.compile("|".join(_WORDS["addressee"]["not_words"]))


def layout_of(text: str, body: tuple[int, int]) -> Layout:
    """The parts of a report of which `body` is the report proper (the whole text where nobody knows)."""
    top = max(0, body[0] - ABOVE)
    head = text[top : body[0] + HEAD]
    layout = Layout()
    furniture = [(top + a, top + b) for a, b in furniture_spans(head)]
    for row in read_rows(text, furniture):
        _keep_row(layout, row)
    _keep_bare_dates(layout, text, furniture)
    _read_head(layout, _lines(text, top, top + len(head), furniture), body[0])
    layout.titles.sort(key=_nearness)
    _read_tail(layout, text, max(_first_line_end(layout, body), body[1] - TAIL), body[1] + TAIL // 2)
    return layout


def _nearness(title: Passage) -> tuple[bool, int]:
    """Titles that name somebody before those that do not, the nearest to the text first.

    Menus hold titles of other reports above it; a heading without a subject may stand below it.
    """
    named = bool(mentions(title.text) or _OWN_SUBJECT.search(title.text))
    return not named, -title.start if named else title.start


def _keep_row(layout: Layout, row: Passage) -> None:
    if row.kind == "number_row":
        if _NUMBER.match(without_blanks(row.text)):
            layout.numbers.append(row)
    elif row.kind in ("written_row", "posted_row"):
        layout.dates.append(row._replace(kind=row.kind.removesuffix("_row")))
    else:
        rows = {"issuer_row": layout.issuers, "source_row": layout.sources, "place_row": layout.places}
        rows[row.kind].append(row)


def _keep_bare_dates(layout: Layout, text: str, furniture: list[tuple[int, int]]) -> None:
    """Days of posting without a label, in the line of source and print links (2024-01-05 来源：…)."""
    if any(date.kind == "posted" for date in layout.dates):
        return
    for start, end in furniture:
        found = _META_DATE.search(text, start, end)
        if found:
            layout.dates.append(Passage("posted", found[1], *found.span(1)))


def _first_line_end(layout: Layout, body: tuple[int, int]) -> int:
    """Where the tail of a very short document may begin at the earliest."""
    return max([body[0], *(part.end for part in (*layout.titles, *layout.opening[:1]))])


def _lines(text: str, start: int, end: int, furniture: list[tuple[int, int]]) -> Iterator[_Line]:
    """Lines that are not furniture, without their blanks."""
    skipped = set(furniture)
    for line in text[start:end].split("\n"):
        place = start, start + len(line)
        start = place[1] + 1
        if place not in skipped and (bare := without_blanks(line)):
            yield _Line(*place, bare)


# --- the head


def _read_head(layout: Layout, lines: Iterator[_Line], body_start: int) -> None:
    """Walks down to the first paragraph; what stands above it is title, number, letterhead or addressee."""
    fragments: list[_Line] = []
    for line in lines:
        if not (len(line.text) > LONG or _is_prose(line.text) or _CHAPTER.match(line.text)):
            fragments = _read_head_line(layout, line, fragments)
        elif line.start >= body_start:  # above it a news ticker or notice in the page head
            _close(layout, fragments)
            _read_opening(layout, chain([line], lines))
            return
    _close(layout, fragments)


def _read_head_line(layout: Layout, line: _Line, fragments: list[_Line]) -> list[_Line]:
    """Sorts one short line; returns the lines of the title that is still open."""
    text = line.text
    signer = _SIGNER.search(text)
    if signer:
        layout.signer = Passage("signer", signer[1], line.start, line.end)
        text = text[: signer.start()]
    dated = _DATE_LINE.match(text)
    if _NUMBER.match(text):
        layout.numbers.append(Passage("number", text, line.start, line.end))
    elif dated:
        layout.dates.append(Passage("under_title", dated[1], line.start, line.end))
    elif addressee(text):
        layout.addressee = layout.addressee or Passage("addressee", text[:-1], line.start, line.end)
    elif text.endswith("文件"):
        layout.letterhead.append(Passage("letterhead", text, line.start, line.end))
    elif text and not signer:
        return _read_title_line(layout, line, fragments)
    _close(layout, fragments)
    return []


def _read_title_line(layout: Layout, line: _Line, fragments: list[_Line]) -> list[_Line]:
    complete = bool(fragments) and _is_complete(fragments[-1].text)
    if complete and not _SHORT_END.search(line.text) or fragments and _stands_alone(line.text):
        _close(layout, fragments)
        fragments = []
    fragments = [*fragments, line]
    if _is_complete(line.text) and not _MAY_GO_ON.search(line.text):
        _close(layout, fragments)
        return []
    return fragments


def _is_complete(text: str) -> bool:
    return bool(_TITLE_END.search(text)) and not _OFFICE_END.search(text)


def _stands_alone(text: str) -> bool:
    """A whole title in one line, which the site's name or a column above it is no part of."""
    return bool(_TITLE_END.search(text) and not _CONTINUES.match(text) and _OWN_SUBJECT.search(text))


def _close(layout: Layout, fragments: list[_Line]) -> None:
    """Ends a run of lines: a title when it ends like one, else lines that name who issued it or the site."""
    if not fragments:
        return
    title = "".join(line.text for line in fragments)
    if _TITLE_END.search(fragments[-1].text) and 6 <= len(title) <= 120:
        layout.titles.append(Passage("title", title, fragments[0].start, fragments[-1].end))
        return
    for line in fragments:
        kept = layout.issuers if layout.titles and _OFFICE_END.search(line.text) else layout.heading
        kept.append(Passage("under_title" if layout.titles else "heading", line.text, line.start, line.end))


def _is_prose(text: str) -> bool:
    return "。" in text or (len(text) >= 14 and bool(_PROSE.search(text)))


def _read_opening(layout: Layout, lines: Iterable[_Line]) -> None:
    """The first paragraphs, up to the first chapter or 600 characters."""
    total = 0
    for line in lines:
        if not total and not layout.titles:
            line = _without_run_on_title(layout, line)
        if total and (_CHAPTER.match(line.text) or total > 600):
            return
        layout.opening.append(Passage("opening", line.text, line.start, line.end))
        total += len(line.text)


def _without_run_on_title(layout: Layout, line: _Line) -> _Line:
    """The first paragraph without the title that a flattened copy has run into it (…的报告2023年，…)."""
    found = _RUN_ON_TITLE.match(line.text)
    if not found or not _TOPIC.search(found[1]):
        return line
    stretched = line.end - line.start - len(line.text)  # blanks that were taken out, put before the paragraph
    start = line.start + len(found[1]) + stretched
    layout.titles.append(Passage("title", found[1], line.start, start))
    return _Line(start, line.end, line.text[len(found[1]) :])


def addressee(text: str) -> bool:
    """Whether a line (without blanks) addresses the report to somebody.

    >>> addressee("县委、县政府："), addressee("现将有关情况报告如下：")
    (True, False)
    """
    short = len(text) <= 60 and text.endswith((":", "："))
    return short and bool(_ADDRESSED.search(text)) and not _NOT_ADDRESSED.search(text)


# --- the tail


def _read_tail(layout: Layout, text: str, start: int, end: int) -> None:
    """Signature lines and their date: the last short lines without a full stop."""
    start = text.find("\n", max(0, start - 1))
    if start < 0:
        return _read_run_on(layout, text, end)
    furniture = [(start + a, start + b) for a, b in furniture_spans(text[start:end])]
    lines = list(_lines(text, start, min(len(text), end), furniture))
    for line in reversed(lines[-12:]):
        if not (len(line.text) > 60 or _is_prose(line.text) or _CHAPTER.match(line.text)):
            _sign(layout, line)
    if not layout.signature and not any(date.kind == "signature" for date in layout.dates):
        _read_run_on(layout, text, end)
    return None


def _read_run_on(layout: Layout, text: str, end: int) -> None:
    """A signature that stands behind the last full stop of the last paragraph, its line break lost."""
    stop = text.rfind("。", max(0, end - 2 * TAIL), end) + 1
    rest = without_blanks(text[stop:end])
    if stop and 0 < len(rest) <= 40 and _ENDS_WITH_DATE.search(rest):
        _sign(layout, _Line(stop, min(end, len(text)), rest))


def _sign(layout: Layout, line: _Line) -> None:
    """Takes a line that holds an office, a date, or both; anything else at the end is no signature."""
    dated = _ENDS_WITH_DATE.search(line.text)
    office = _SEAL.sub("", line.text[: dated.start()] if dated else line.text)
    if office and not _SIGNED_BY.search(office):
        return
    if dated:
        kind = "printed" if "印发" in line.text[dated.start() :] else "signature"
        layout.dates.append(Passage(kind, dated[1], line.start, line.end))
    if office:
        layout.signature.append(Passage("signature", office, line.start, line.end))
