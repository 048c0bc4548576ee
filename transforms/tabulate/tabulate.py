"""Facts and ledger of one report: sentences with numbers or worded facts are read, everything else is passed over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import ahocorasick_rs

from transforms.normalize import AlignedText
from transforms.quantify.quantity import Numeral
from transforms.segment import Section, Segments
from transforms.tabulate.confidence import confidence
from transforms.tabulate.facts import Fact, Status
from transforms.tabulate.ledger import LedgerEntry, Role, Verdict, ledger
from transforms.tabulate.numbers import Read, read_numbers
from transforms.tabulate.parts import parts
from transforms.tabulate.periods import YEAR, When, times, when_at
from transforms.tabulate.phrases import Number, Sentence, is_countable, read_sentence
from transforms.tabulate.readings import Context, Reading
from transforms.tabulate.rulebook import Cue, Rulebook, rulebook
from transforms.tabulate.status import Standing, standing
from transforms.tabulate.worded import TRIGGER, Worded_, worded_facts

_STATED_TOTAL = re.compile(r"共|累计|合计|总计|全年|总数")
_INCREMENT = frozenset({"new_verb"})
_FACT_STATUS: dict[Standing, Status] = {
    "reported": "reported", "required": "required", "planned": "planned", "mean": "mean", "elsewhere": "elsewhere",
}  # fmt: skip
_ROLE_OF_STANDING: dict[Standing, Role] = {
    "reported": "unmatched", "required": "required", "planned": "planned", "change": "change", "mean": "mean",
    "elsewhere": "elsewhere", "frequency": "frequency", "none": "unmatched", "rank": "rank",
}  # fmt: skip
# Nouns behind a number that say where or among whom, once nothing else has been made of it.
_PLACES = frozenset({"village", "community", "village_community", "hamlet_like", "hamlet", "firm", "premises", "school", "grid", "enterprise"})
_CLAUSE_LIMIT = 200
# 表现在两个方面, 一项重要工作: small numbers spelled out are prose unless a frame takes them.
SMALL = 10


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
    titles: dict[int, list[Cue]] = field(default_factory=dict)


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

    `body` is the slice of the raw text that is the report; `year` the year reported on (figures of earlier ones are
    no results); `period_end` the cut-off of a part-year report; `own_level` false where 全县 speaks of the reporter.
    """
    span = body or (0, len(text.raw))
    page = _Page(text, segments, numerals, span, year, period_end, own_level, book or rulebook())
    starts = [n.start for n in numerals]
    for count in _sentences(page):
        start, end = segments.sentence(count)
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        _read(page, count, start, end, low, high)
    return tuple(page.facts), ledger(text, numerals, page.verdicts, span)


def _sentences(page: _Page) -> list[int]:
    """Sentences worth reading: those with a countable number, and those that may state something in words."""
    segments, text = page.segments, page.text.text
    wanted = {segments.sentence_at(n.start) for n in page.numerals if is_countable(n)}
    for match in _worded_words(page.book).find_matches_as_indexes(text):
        count = segments.sentence_at(match[1])
        if count not in wanted and TRIGGER.search(text, *segments.sentence(count)):
            wanted.add(count)
    return sorted(wanted)


@cache
def _worded_words(book: Rulebook) -> ahocorasick_rs.AhoCorasick:
    """The nouns of worded facts, without those that hold another: one is enough to look closer."""
    words = sorted({w.text for w in book.words if not w.concepts.isdisjoint(book.worded)}, key=len)
    shortest: list[str] = []
    for word in words:
        if not any(s in word for s in shortest):
            shortest.append(word)
    return ahocorasick_rs.AhoCorasick(shortest)


def _read(page: _Page, count: int, start: int, end: int, low: int, high: int) -> None:
    text = page.text.text
    sentence = read_sentence(text, start, end, count, page.numerals[low:high], page.book)
    section = page.segments.section_at(start)
    context = Context(sentence, _before(page, sentence, section), page.book)
    page.last = (count, sentence.cues)
    raw_at = page.text.to_raw(start, end)[0]
    if not page.body[0] <= raw_at < page.body[1]:
        return
    named = times(text, start, end, page.year)
    reads = read_numbers(context)
    pieces = parts(sentence, reads)
    order = {id(n): i for i, n in enumerate(page.numerals[low:high], low)}
    for read in reads:
        verdict = _number(page, read, reads, context, section, named, read.number.index in pieces)
        page.verdicts[order[id(read.number.numeral)]] = verdict
    _state_words(page, context, section, named, reads, low, high)


def _before(page: _Page, sentence: Sentence, section: Section) -> Sequence[Cue]:
    """Cues of the heading and of the sentence before, where that is of the same section."""
    out: list[Cue] = []
    if section.title:
        if section.start not in page.titles:
            at = page.text.text.find(section.title, section.start, section.end)
            stop = at + len(section.title)
            page.titles[section.start] = page.book.cues(page.text.text, at, stop) if at >= 0 else []
        out += page.titles[section.start]
    number = sentence.number - 1
    if number >= 0:
        start, end = page.segments.sentence(number)
        if start >= section.start:
            known = page.last[0] == number
            out += page.last[1] if known else page.book.cues(page.text.text, start, min(end, start + _CLAUSE_LIMIT))
    return [c for c in out if c.start < sentence.start]


def _number(
    page: _Page,
    read: Read,
    reads: Sequence[Read],
    context: Context,
    section: Section,
    named: list[When],
    is_part: bool,
) -> Verdict:
    number, sentence = read.number, context.sentence
    when = when_at(named, number.start if read.said_at < 0 else read.said_at)
    stand, rule = standing(number, sentence, section.kind, when, page.own_level)
    best = read.readings
    if stand == "mean" and best and best[0].frame.keep_mean:
        stand = "reported"
    if is_part:
        return Verdict("part", "part")
    if stand not in _FACT_STATUS or not best:
        role = _ROLE_OF_STANDING[stand]
        if role == "unmatched" and stand == "reported":
            return _no_indicator(number, sentence.text)
        return Verdict(role, rule)
    if increment := _is_increment(best[0], number) or _cultivated(best[0], when, reads):
        return Verdict("change", increment)
    made = []
    for reading in best:
        if denied(number, sentence):
            continue
        made.append(len(page.facts))
        page.facts.append(_fact(page, number, reading, sentence, section, when, _FACT_STATUS[stand]))
    if not made:
        return Verdict("context", "denied")
    role = "fact" if stand == "reported" else _ROLE_OF_STANDING[stand]
    return Verdict(role, best[0].frame.rule, tuple(made))


_DENIED = re.compile(r"(?:未(?:发生|出现|有)?|没有?(?:发生|出现)?|无)$")


def denied(number: Number, sentence: Sentence) -> bool:
    """没有一人重新犯罪: the number belongs to the denial."""
    return bool(_DENIED.search(sentence.text[number.left.start : number.start]))


def _is_increment(reading: Reading, number: Number) -> str:
    """新增6名 of a stock is what was added to it, not the stock."""
    if reading.frame.measure != "stock" or _INCREMENT.isdisjoint(number.left.concepts):
        return ""
    at = max(c.start for c in number.left.cues if not _INCREMENT.isdisjoint(c.word.concepts))
    return "increment" if not any(c.start > at and c.word.text in ("总数", "共有") for c in number.left.cues) else ""


def _cultivated(reading: Reading, when: When, reads: Sequence[Read]) -> str:
    """近三年累计培育88名，现有132名: what was added over years, beside the stock."""
    if reading.frame.measure != "stock" or when.span != "multi_year":
        return ""
    same = sum(r.readings[0].frame.indicator == reading.frame.indicator for r in reads if r.readings)
    return "increment" if same > 1 else ""


def _no_indicator(number: Number, text: str) -> Verdict:
    right = number.right
    if right is not None and right.cues and len(right.mark) == 1:
        first = right.cues[0]
        if first.start - right.start <= 4 and not _PLACES.isdisjoint(first.word.concepts):
            return Verdict("context", "place")
    spelled = not any(c.isdecimal() for c in text[number.quantity.start : number.quantity.end])
    if spelled and number.quantity.bound == "exact" and (number.quantity.value or 0) <= SMALL:
        return Verdict("context", "prose")
    return Verdict("unmatched", "no_indicator")


def _fact(
    page: _Page, number: Number, reading: Reading, sentence: Sentence, section: Section, when: When, status: Status
) -> Fact:
    quantity = number.quantity
    start, end = page.text.to_raw(quantity.start, quantity.end)
    if reading.frame.measure == "stock":
        when = YEAR
    clause = page.segments.clause_at(quantity.start)
    return Fact(
        indicator=reading.frame.indicator,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        unit=quantity.unit,
        hedge=quantity.hedge,
        inclusive=quantity.inclusive,
        period=_period(page, when),
        years=when.years,
        as_of=when.as_of or (page.period_end if when.span == "year" else None),
        status=status,
        scope=_scope(number),
        span=page.text.raw[start:end],
        start=start,
        end=end,
        clause=page.text.text[clause[0] : clause[1]].strip("。！？!? \n　"),
        section=section.title,
        rule=reading.frame.rule,
        cues=reading.cues,
        stated_total=_total(sentence, number),
        confidence_rule=confidence(reading.score),
    )


def _period(page: _Page, when: When) -> str:  # type: ignore[return]
    if when.span == "year" and page.period_end is not None:
        return "part_year"
    return when.period


def _scope(number: Number) -> str | None:
    words = [c.word.text for c in number.left.cues if "scope" in c.word.concepts]
    return "".join(words) or None


def _total(sentence: Sentence, number: Number) -> bool:
    return bool(_STATED_TOTAL.search(sentence.text, number.left.start, number.start))


def _state_words(
    page: _Page,
    context: Context,
    section: Section,
    named: list[When],
    reads: Sequence[Read],
    low: int,
    high: int,
) -> None:
    if section.kind == "plans" or not TRIGGER.search(page.text.text, context.sentence.start, context.sentence.end):
        return
    for found in worded_facts(context):
        value = found.value if found.value is not None else _all_of(found, page)
        if value is None or _already(found, page, context):
            continue
        page.facts.append(_worded_fact(page, found, value, context, section, when_at(named, found.start)))
        for i in range(low, high):
            numeral = page.numerals[i]
            if found.start <= numeral.start < found.end:
                page.verdicts[i] = Verdict("fact", found.frame.rule, (len(page.facts) - 1,))
    del reads


def _all_of(found: Worded_, page: _Page) -> Decimal | int | None:
    """均胜诉: as many as the cases counted last."""
    for fact in reversed(page.facts):
        if fact.indicator == "litigation_cases" and fact.value is not None and fact.status == "reported":
            value = fact.value
            return Decimal(int(value)) if value == int(value) else None
    return None


def _already(found: Worded_, page: _Page, context: Context) -> bool:
    """The same indicator has a number beside it (越级上访0起; 全覆盖，覆盖率100%): that one is the fact."""
    start, end = page.text.to_raw(found.start, found.end)
    if found.frame.worded == "full":
        start, end = page.text.to_raw(context.sentence.start, context.sentence.end)
    return any(f.indicator == found.frame.indicator and start - 2 <= f.start <= end + 4 for f in page.facts[-6:])


def _worded_fact(
    page: _Page, found: Worded_, value: Decimal | int, context: Context, section: Section, when: When
) -> Fact:
    start, end = page.text.to_raw(found.start, found.end)
    exact = Decimal(value)
    clause = page.segments.clause_at(found.start)
    if when.span in ("past", "future", "event"):
        when = YEAR
    return Fact(
        indicator=found.frame.indicator,
        value=exact,
        low=exact,
        high=exact,
        bound="exact",
        unit="%" if found.frame.worded == "full" else None,
        hedge=None,
        inclusive=None,
        period=_period(page, when),
        years=when.years,
        as_of=when.as_of or (page.period_end if when.span == "year" else None),
        status="reported",
        scope=None,
        span=page.text.raw[start:end],
        start=start,
        end=end,
        clause=page.text.text[clause[0] : clause[1]].strip("。！？!? \n　"),
        section=section.title,
        rule=found.frame.rule,
        cues=(page.text.text[found.start : found.end], found.cue.word.text),
        stated_total=False,
        confidence_rule=confidence(1.0),
    )


