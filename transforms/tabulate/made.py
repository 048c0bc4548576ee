"""Facts from a number and its reading, or from a statement in words, with their sentence and place."""

from __future__ import annotations

import re
from decimal import Decimal

from transforms.segment.clauses import CLAUSE_MARK
from transforms.tabulate.confidence import WORDED, confidence
from transforms.tabulate.facts import Fact, Status
from transforms.tabulate.page import Page, Place
from transforms.tabulate.periods import YEAR, When, when_at
from transforms.tabulate.phrases import Number, Phrase, Sentence
from transforms.tabulate.readings import Reading
from transforms.tabulate.status import of_words
from transforms.tabulate.worded import Statement

_STATED_TOTAL = re.compile(r"共|累计|合计|总计|全年|总数")


def fact_of(page: Page, place: Place, number: Number, reading: Reading, when: When, status: Status) -> Fact:
    """The fact a number states, read so."""
    value, low, high, bound, unit, start, behind, hedge, inclusive, _ = number.quantity
    frame = reading.frame
    if frame.measure == "stock":
        when = YEAR
    left, text = number.left, place.sentence.text
    opened = left.start if left.mark not in _NO_CLAUSE_MARKS else _opened(place.sentence, start)
    start, end = page.text.to_raw(start, behind)
    period, as_of = page.period(when)
    scope = _scope(left) if "scope" in left.concepts else None
    clause = _clause(place.sentence, opened, behind)
    stated_total = _STATED_TOTAL.search(text, left.start, number.start) is not None
    sure = confidence(reading.score, reading.cue.word.plain)
    # By place: named, two dozen fields cost three times as much, and this is done for every fact.
    return Fact(
        frame.indicator, value, low, high, bound, unit, hedge, inclusive, period, when.years, as_of,
        status, scope, page.text.raw[start:end], start, end, clause, place.section.title,
        frame.rule, reading.cues, stated_total, 1.0, sure,
    )  # fmt: skip


def _scope(phrase: Phrase) -> str | None:
    return "".join([c.word.text for c in phrase.cues if "scope" in c.word.concepts]) or None


def worded_fact_of(page: Page, place: Place, found: Statement, value: Decimal) -> Fact:
    """The fact a statement in words stands for."""
    when = when_at(place.named, found.start)
    status = of_words(found.start, place.sentence, when, place.hints, page.own_level)
    if page.of_a_village and status == "reported":
        status = "elsewhere"
    if when is YEAR or when.span in ("past", "future", "event"):
        when = page.unnamed
    start, end = page.text.to_raw(found.start, found.end)
    period, as_of = page.period(when)
    return Fact(
        indicator=found.frame.indicator,
        value=value,
        low=value,
        high=value,
        bound="exact",
        unit="%" if found.frame.worded == "full" else None,
        hedge=None,
        inclusive=None,
        period=period,
        years=when.years,
        as_of=as_of,
        status=status,
        scope=None,
        span=page.text.raw[start:end],
        start=start,
        end=end,
        clause=_clause(place.sentence, _opened(place.sentence, found.start), found.end),
        section=place.section.title,
        rule=found.frame.rule,
        cues=(page.text.text[found.start : found.end], found.cue.word.text),
        stated_total=False,
        confidence_rule=WORDED,
    )


def _opened(sentence: Sentence, place: int) -> int:
    """Where the clause begins that a place lies in: numbers and brackets begin none."""
    for phrase in reversed(sentence.phrases):
        if phrase.start <= place and phrase.mark not in _NO_CLAUSE_MARKS:
            return phrase.start
    return sentence.start


def _clause(sentence: Sentence, start: int, end: int) -> str:
    """The words from the beginning of a clause to the next clause mark behind a span that ends at `end`."""
    mark = CLAUSE_MARK.search(sentence.text, end, sentence.end)
    return sentence.text[start : mark.start() if mark else sentence.end].strip("。！？!? \n　")


_NO_CLAUSE_MARKS = ("q", "（", "）")
