"""Facts and ledger of one report: sentences with numbers or worded facts are read, the rest passed over."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import ahocorasick_rs

from transforms.normalize import AlignedText
from transforms.quantify.quantity import Numeral
from transforms.segment import Section, Segments
from transforms.segment.clauses import CLAUSE_MARK
from transforms.tabulate.confidence import WORDED, confidence
from transforms.tabulate.facts import Fact, Period, Status
from transforms.tabulate.fits import Context
from transforms.tabulate.ledger import LedgerEntry, Role, Verdict, ledger
from transforms.tabulate.numbers import Read, read_numbers
from transforms.tabulate.parts import parts, told_later
from transforms.tabulate.periods import YEAR, When, times, when_at
from transforms.tabulate.phrases import Number, Phrase, Sentence, countable, read_sentence
from transforms.tabulate.readings import Reading
from transforms.tabulate.rulebook import Cue, Rulebook, rulebook
from transforms.tabulate.status import Hints, Standing, standing
from transforms.tabulate.worded import TRIGGER, Statement, statements

_STATED_TOTAL = re.compile(r"共|累计|合计|总计|全年|总数")
_FACT_STATUS: dict[Standing, Status] = {
    "reported": "reported",
    "required": "required",
    "planned": "planned",
    "mean": "mean",
    "elsewhere": "elsewhere",
}
_ROLE_OF_STANDING: dict[Standing, Role] = {
    "reported": "unmatched",
    "required": "required",
    "planned": "planned",
    "change": "change",
    "mean": "mean",
    "elsewhere": "elsewhere",
    "frequency": "frequency",
    "none": "unmatched",
    "rank": "rank",
}
# Nouns behind a number that say where or among whom, once nothing else has been made of it.
_PLACES = frozenset(
    [
        "village",
        "community",
        "village_community",
        "hamlet_like",
        "hamlet",
        "firm",
        "premises",
        "school",
        "grid",
        "enterprise",
    ]
)
# 表现在两个方面, 一项重要工作: small numbers spelled out are prose unless a frame takes them.
SMALL = 10
# Of the sentence before, no more than this is looked back on.
LOOK_BACK = 200
_GOES_TO = re.compile(r"(?:深入|下沉到?|走进|走入|进入|奔赴|赶赴|依托|来到)(?:[^，,；;。]{0,20}等)?$")
_DOES_THERE = re.compile(r"(?:开展|举办|组织|进行|宣传|宣讲|巡回|开设|召开|发放|排查|走访)")
_NEW = re.compile(r"新(?:建|设|打造|划分|组建|成立|创建|挂牌|布局)|增建|扩建")
_TOTAL_OF_STOCK = re.compile(
    r"总数|总量|共有|现有|已有|合计|累计(?:达|建|设|创|打造|有)|共(?:建成|设立)|达到?$|增至|升至"
)
_DENIED = re.compile(r"(?:未(?:发生|出现|有)?|没有?(?:发生|出现)?|无)$")
IN_DENIED = frozenset("未没无")


@dataclass(slots=True)
class _Page:
    """What is gathered while a report is read."""

    text: AlignedText
    segments: Segments
    numerals: Sequence[Numeral]
    body: tuple[int, int]
    year: int | None
    period_end: str | None
    own_level: bool
    book: Rulebook
    facts: list[Fact] = field(default_factory=list)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    last: tuple[int, list[Cue]] = (-9, [])
    reads: tuple[int, Sequence[Read]] = (-9, ())
    titles: dict[int, list[Cue]] = field(default_factory=dict)

    def period(self, when: When) -> Period:
        """The period a time stands for; the year of a part-year report is part of a year."""
        return "part_year" if when.span == "year" and self.period_end is not None else when.period

    def as_of(self, when: When) -> str | None:
        """The cut-off of a part-year figure: its own, else that of the report."""
        return when.as_of or (self.period_end if when.span == "year" else None)


@dataclass(slots=True)
class _Place:
    """The sentence being read, with its section and the times named in it."""

    sentence: Sentence
    context: Context
    section: Section
    named: list[When]
    hints: Hints


def tabulate(
    text: AlignedText,
    numerals: Sequence[Numeral],
    segments: Segments,
    body: tuple[int, int] | None = None,
    year: int | None = None,
    period_end: str | None = None,
    own_level: bool = True,
    book: Rulebook | None = None,
) -> tuple[tuple[Fact, ...], tuple[LedgerEntry, ...]]:
    """Facts in order of place, and the ledger of every numeral.

    `body` is the slice of the raw text that is the report; `year` the year reported on (figures of earlier
    ones are no results); `period_end` the cut-off of a part-year report; `own_level` is false where 全县
    speaks of the reporter.
    """
    span = body or (0, len(text.raw))
    page = _Page(text, segments, numerals, span, year, period_end, own_level, book or rulebook())
    starts = [n.start for n in numerals]
    all_of_it = span == (0, len(text.raw))
    for count in _sentences(page):
        start, end = segments.sentence(count)
        if all_of_it or span[0] <= text.to_raw(start, end)[0] < span[1]:
            _read(page, count, bisect_left(starts, start), bisect_left(starts, end))
    _drop(page, told_later(page.facts))
    return tuple(page.facts), ledger(text, numerals, page.verdicts, span)


def _drop(page: _Page, parts_of_totals: set[int]) -> None:
    """Facts that turned out to be parts of a total leave the list; their numerals keep a role."""
    if not parts_of_totals:
        return
    kept = [i for i in range(len(page.facts)) if i not in parts_of_totals]
    place = {old: new for new, old in enumerate(kept)}
    for key, verdict in page.verdicts.items():
        if verdict.facts:
            left = tuple(place[i] for i in verdict.facts if i in place)
            part = Verdict("part", "part")
            page.verdicts[key] = Verdict(verdict.role, verdict.rule, left) if left else part
    page.facts = [page.facts[i] for i in kept]


def _sentences(page: _Page) -> list[int]:
    """Sentences worth reading: those with a countable number, and those that may state something in words."""
    segments, text = page.segments, page.text.text
    ends = segments.sentence_ends
    wanted = {bisect_right(ends, page.numerals[i].start) for i in countable(page.numerals)}
    words, done = _worded_words(page.book), -1
    for trigger in TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        count = bisect_right(ends, trigger.start())
        start, done = segments.sentence(count)
        if count not in wanted and words.find_matches_as_indexes(text[start:done]):
            wanted.add(count)
    return sorted(wanted)


@cache
def _worded_words(book: Rulebook) -> ahocorasick_rs.AhoCorasick:
    """The nouns of worded facts, without those that hold another: one is enough to look closer."""
    shortest: list[str] = []
    for word in sorted((w.text for w in book.words if w.worded), key=len):
        if not any(s in word for s in shortest):
            shortest.append(word)
    return ahocorasick_rs.AhoCorasick(shortest)


def _read(page: _Page, count: int, low: int, high: int) -> None:
    """One sentence; `low` and `high` bound its numerals."""
    start, end = page.segments.sentence(count)
    text, inside = page.text.text, page.numerals[low:high]
    sentence = read_sentence(text, start, end, count, inside, page.book)
    section = page.segments.section_at(start)
    context = Context(sentence, page.book, lambda: _before(page, sentence, section))
    place = _Place(sentence, context, section, times(text, start, end, page.year), Hints.of(sentence))
    reads = read_numbers(context)
    before = page.reads[1] if page.reads[0] == count - 1 else ()
    pieces, page.reads = parts(sentence, reads, before), (count, reads)
    for i, read in zip(countable(inside), reads, strict=True):
        page.verdicts[low + i] = _number(page, place, read, reads, read.number.index in pieces)
    if section.kind != "plans" and TRIGGER.search(text, start, end):
        _state(page, place, low, high)
    page.last = (count, sentence.cues)
    for (
        number
    ) in sentence.numbers:  # phrase and number name each other: undone, they go without the collector
        number.left.number = None


def _before(page: _Page, sentence: Sentence, section: Section) -> Sequence[Cue]:
    """Cues of the heading and of the sentence before, where that is of the same section."""
    out = [*_title_cues(page, section)]
    if sentence.number:
        start, end = page.segments.sentence(sentence.number - 1)
        if start >= section.start:
            known = page.last[0] == sentence.number - 1
            out += page.last[1] if known else page.book.cues(page.text.text, max(start, end - LOOK_BACK), end)
    return [c for c in out if c.start < sentence.start]


def _title_cues(page: _Page, section: Section) -> Sequence[Cue]:
    if not section.title:
        return ()
    if section.start not in page.titles:
        at = page.text.text.find(section.title, section.start, section.end)
        stop = at + len(section.title)
        page.titles[section.start] = page.book.cues(page.text.text, at, stop) if at >= 0 else []
    return page.titles[section.start]


def _number(page: _Page, place: _Place, read: Read, reads: Sequence[Read], is_part: bool) -> Verdict:
    """The role of one number, and the facts it makes."""
    number, sentence, best = read.number, place.sentence, read.readings
    when = when_at(place.named, number.start if read.said_at < 0 else read.said_at)
    carried = not best or best[0].side == "carried"
    kind = place.section.kind
    stand, rule = standing(number, sentence, kind, when, place.hints, page.own_level, carried)
    if is_part and stand in ("reported", "none"):
        return Verdict("part", "part")
    if stand == "mean" and best and best[0].frame.keep_mean:
        stand = "reported"
    if stand == "reported" and not best:
        return _no_indicator(number, sentence.text)
    if stand not in _FACT_STATUS or not best:
        return Verdict(_ROLE_OF_STANDING[stand], rule)
    if not sentence.lacks(IN_DENIED) and _DENIED.search(sentence.text, number.left.start, number.start):
        return Verdict("context", "denied")  # 没有一人重新犯罪: the number belongs to the denial
    may_be_added = stand == "reported" and best[0].frame.measure == "stock"
    if may_be_added and (increment := _increment(read, when, reads, place)):
        return Verdict("change", increment)
    first = len(page.facts)
    page.facts += [_fact(page, place, number, r, when, _FACT_STATUS[stand]) for r in best]
    role = "fact" if stand == "reported" else _ROLE_OF_STANDING[stand]
    return Verdict(role, best[0].frame.rule, tuple(range(first, len(page.facts))))


def _increment(read: Read, when: When, reads: Sequence[Read], place: _Place) -> str:
    """新增6名 of a stock is what was added, not the stock; so is 近三年培育88名 beside the stock itself."""
    reading, number = read.readings[0], read.number
    text, named = place.sentence.text, place.named
    indicator = reading.frame.indicator
    same = [r for r in reads if r.readings and r.readings[0].frame.indicator == indicator]
    added = [c.start for c in number.left.cues if "new_verb" in c.word.concepts]
    if added and not any(c.start > added[-1] and c.word.text == "总数" for c in number.left.cues):
        return "increment"
    others = [r for r in same if r.number is not number]
    if when.span == "multi_year":
        yearly = any(when_at(named, r.number.start).span == "year" for r in others)
        if yearly:
            return "increment"
    new = _NEW.search(text, number.left.start, number.start) and any(_is_total(r.number, text) for r in same)
    return "increment" if others and new else ""


def _is_total(number: Number, text: str) -> bool:
    return bool(_TOTAL_OF_STOCK.search(text, number.left.start, number.start))


def _no_indicator(number: Number, text: str) -> Verdict:
    """A number no frame takes: a place, prose, or a gap in the catalogue."""
    right, quantity = number.right, number.quantity
    if right is not None and right.cues and not right.listed:
        first = right.cues[0]
        if first.start - right.start <= 4 and not _PLACES.isdisjoint(first.word.concepts):
            return Verdict("context", "place")
    if number.numeral.kind == "duration":
        return Verdict("duration", "duration")
    if _goes_to(number, text):
        return Verdict("context", "place")
    spelled = not any(c.isdecimal() for c in text[quantity.start : quantity.end])
    if spelled and quantity.bound == "exact" and (quantity.value or 0) <= SMALL:
        return Verdict("context", "prose")
    return Verdict("unmatched", "no_indicator")


def _goes_to(number: Number, text: str) -> bool:
    """下沉18个院坝开展宣传, 走进渔港等8处场所举办: somebody goes to so many places to do it."""
    right = number.right
    if number.quantity.unit not in ("个", "处", "家", "所", "座", "户") or right is None:
        return False
    away = _GOES_TO.search(text, number.left.start, number.start)
    return bool(away and _DOES_THERE.search(text, right.start, right.end))


def _state(page: _Page, place: _Place, low: int, high: int) -> None:
    """The facts a sentence states in words; a numeral inside those words (没有一人) supports them."""
    for found in statements(place.context):
        value = Decimal(found.value) if found.value is not None else _all_of(page)
        if value is None or _already(found, page, place.sentence):
            continue
        page.facts.append(_worded_fact(page, place, found, value))
        for i in range(low, high):
            if found.start <= page.numerals[i].start < found.end:
                page.verdicts[i] = Verdict("fact", found.frame.rule, (len(page.facts) - 1,))


def _all_of(page: _Page) -> Decimal | None:
    """均胜诉: as many as the cases counted last."""
    for fact in reversed(page.facts):
        if fact.indicator == "litigation_cases" and fact.value is not None and fact.status == "reported":
            return Decimal(int(fact.value)) if fact.value == int(fact.value) else None
    return None


def _already(found: Statement, page: _Page, sentence: Sentence) -> bool:
    """The same indicator has a number beside it (越级上访0起; 全覆盖，覆盖率100%): that one is the fact."""
    start, end = found.start - 2, found.end + 4
    if found.frame.worded == "full":
        start, end = sentence.start, sentence.end
    start, end = page.text.to_raw(max(start, 0), min(end, len(page.text.text)))
    return any(f.indicator == found.frame.indicator and start <= f.start <= end for f in page.facts[-8:])


def _fact(page: _Page, place: _Place, number: Number, reading: Reading, when: When, status: Status) -> Fact:
    quantity, frame = number.quantity, reading.frame
    if frame.measure == "stock":
        when = YEAR
    start, end = page.text.to_raw(quantity.start, quantity.end)
    left, text = number.left, place.sentence.text
    return Fact(
        indicator=frame.indicator,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        hedge=quantity.hedge,
        inclusive=quantity.inclusive,
        period=page.period(when),
        years=when.years,
        as_of=page.as_of(when),
        status=status,
        scope=_scope(left) if "scope" in left.concepts else None,
        span=page.text.raw[start:end],
        start=start,
        end=end,
        clause=_clause_around(place.sentence, quantity.start, quantity.end),
        section=place.section.title,
        rule=frame.rule,
        cues=reading.cues,
        stated_total=_STATED_TOTAL.search(text, left.start, number.start) is not None,
        confidence_rule=confidence(reading.score, reading.cue.word.plain),
    )


def _scope(phrase: Phrase) -> str | None:
    return "".join([c.word.text for c in phrase.cues if "scope" in c.word.concepts]) or None


def _worded_fact(page: _Page, place: _Place, found: Statement, value: Decimal) -> Fact:
    when = when_at(place.named, found.start)
    if when.span in ("past", "future", "event"):
        when = YEAR
    start, end = page.text.to_raw(found.start, found.end)
    return Fact(
        indicator=found.frame.indicator,
        value=value,
        low=value,
        high=value,
        bound="exact",
        unit="%" if found.frame.worded == "full" else None,
        hedge=None,
        inclusive=None,
        period=page.period(when),
        years=when.years,
        as_of=page.as_of(when),
        status="reported",
        scope=None,
        span=page.text.raw[start:end],
        start=start,
        end=end,
        clause=_clause_around(place.sentence, found.start, found.end),
        section=place.section.title,
        rule=found.frame.rule,
        cues=(page.text.text[found.start : found.end], found.cue.word.text),
        stated_total=False,
        confidence_rule=WORDED,
    )


def _clause_around(sentence: Sentence, start: int, end: int) -> str:
    """The words between the clause marks around a span."""
    text, left = sentence.text, sentence.start
    for phrase in reversed(sentence.phrases):
        if phrase.start <= start and phrase.mark not in _NO_CLAUSE_MARKS:
            left = phrase.start
            break
    mark = CLAUSE_MARK.search(text, end, sentence.end)
    return text[left : mark.start() if mark else sentence.end].strip("。！？!? \n　")


_NO_CLAUSE_MARKS = ("q", "（", "）")
