"""Facts and ledger of one report: sentences with numbers or worded facts are read, the rest passed over."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

import ahocorasick_rs

from transforms.normalize import AlignedText
from transforms.quantify.quantity import Numeral
from transforms.segment import Section, Segments
from transforms.segment.copies import copies_of
from transforms.tabulate.facts import Fact, Status
from transforms.tabulate.fits import Context
from transforms.tabulate.ledger import LedgerEntry, Verdict, ledger
from transforms.tabulate.made import worded_fact_of
from transforms.tabulate.numbers import read_numbers
from transforms.tabulate.one_body import is_of_a_village, one_bodies
from transforms.tabulate.page import Page, Place
from transforms.tabulate.parts import parts
from transforms.tabulate.periods import When, times
from transforms.tabulate.phrases import Sentence, countable, read_sentence
from transforms.tabulate.rulebook import Cue, Rulebook, rulebook
from transforms.tabulate.since import counted_until
from transforms.tabulate.status import Hints
from transforms.tabulate.told_later import parts_told_elsewhere
from transforms.tabulate.verdicts import verdict_of
from transforms.tabulate.worded import TRIGGER, Statement, statements

# Of the sentence before, no more than this is looked back on.
LOOK_BACK = 200


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
    page = Page(
        text, segments, numerals, countable(numerals), span, year, period_end, own_level, book or rulebook()
    )
    if period_end is None and (until := counted_until(text.text, year)):
        page.unnamed = When(-1, "part_year", as_of=until)
    page.of_a_village = own_level and is_of_a_village(text.text)
    copies = _passed_over(page)
    for count in _sentences(page):
        start, end = segments.sentence(count)
        if _is_inside(page, start) and not _is_in(copies, start):
            _read(page, count, start, end)
    _drop(page, parts_told_elsewhere(page.facts))
    return tuple(page.facts), ledger(text, numerals, page.verdicts, span)


def _is_inside(page: Page, start: int) -> bool:
    """Whether the sentence that begins at `start` is one of the report's own."""
    first, end = page.body
    return (first, end) == (0, len(page.text.raw)) or first <= page.text.to_raw(start, start + 1)[0] < end


def _passed_over(page: Page) -> Sequence[tuple[int, int]]:
    """What the report says twice is counted once: numbers of the second copy are furniture of the page."""
    ends = page.segments.sentence_ends
    own = [(start, end) for start, end in pairwise((0, *ends)) if start < end]
    if page.body != (0, len(page.text.raw)):
        own = [(start, end) for start, end in own if _is_inside(page, start)]
    copies = copies_of(page.text.text, own)
    for i, numeral, _ in page.counted if copies else ():
        if _is_in(copies, numeral.start):
            page.verdicts[i] = Verdict("furniture", "copy")
    return copies


def _is_in(spans: Sequence[tuple[int, int]], position: int) -> bool:
    i = bisect_right(spans, position, key=itemgetter(0)) - 1
    return i >= 0 and position < spans[i][1]


def _drop(page: Page, parts_of_totals: set[int]) -> None:
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


def _sentences(page: Page) -> list[int]:
    """Sentences worth reading: those with a countable number, and those that may state something in words."""
    segments, text = page.segments, page.text.text
    ends = segments.sentence_ends
    wanted = {bisect_right(ends, numeral.start) for _, numeral, _ in page.counted}
    words, done = _worded_words(page.book), -1
    for trigger in TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        count = bisect_right(ends, trigger.start())
        start, done = segments.sentence(count)
        page.stating.add(count)
        if count not in wanted and words.find_matches_as_indexes(text[start:done]):
            wanted.add(count)
    return sorted(wanted)


@lru_cache(maxsize=2)
def _worded_words(book: Rulebook) -> ahocorasick_rs.AhoCorasick:
    """The nouns of worded facts, without those that hold another: one is enough to look closer."""
    shortest: list[str] = []
    for word in sorted((w.text for w in book.words if w.worded), key=len):
        if not any(s in word for s in shortest):
            shortest.append(word)
    return ahocorasick_rs.AhoCorasick(shortest)


# A new line or two between a sentence and the next, which may go on with 其中.
BETWEEN = 4
# A sentence without numbers may stand there too (公开信息463条。展示了工作成效。其中公告8条).
LONGEST_REMARK = 40


def _read(page: Page, count: int, start: int, end: int) -> None:
    """One sentence, which stands from `start` to `end`."""
    text, numerals = page.text.text, page.numerals
    # A numeral is a tuple that begins with its start, and a counted one with its position in the page.
    low, high = bisect_left(numerals, (start,)), bisect_left(numerals, (end,))
    counted = page.counted[bisect_left(page.counted, (low,)) : bisect_left(page.counted, (high,))]
    sentence = read_sentence(text, start, end, count, numerals[low:high], counted, page.book)
    section = page.segments.section_at(start)
    context = Context(sentence, page.book, lambda: _before(page, sentence, section))
    named, bodies = times(text, start, end, page.year), one_bodies(sentence)
    bodies = [(start, end)] if page.of_a_village else bodies
    place = Place(sentence, context, section, named, Hints.of(sentence), bodies)
    reads = read_numbers(context)
    ended, before = page.reads
    if not _goes_on_behind(text[ended:start] if 0 <= start - ended <= LONGEST_REMARK else "\n\n"):
        before = ()
    pieces = parts(sentence, reads, before)
    if reads:
        all_parts = len(pieces) == len(reads) and bool(before)  # what they are parts of may be divided anew
        page.reads = (end, before if all_parts else reads)
    for (i, _, _), read in zip(counted, reads, strict=True):
        page.verdicts[i] = verdict_of(page, place, read, reads, read.number.index in pieces)
    if section.kind != "plans" and count in page.stating:
        _state(page, place, low, high)
    page.last = (count, sentence.cues)
    for number in sentence.numbers:  # it and its phrase name each other: undone, no collector has to
        number.left.number = None


def _goes_on_behind(between: str) -> bool:
    """Whether what stands between two sentences is no more than a line's end or a remark on the same line."""
    remark = between.strip()
    return "\n" not in between if remark else len(between) <= BETWEEN


def _before(page: Page, sentence: Sentence, section: Section) -> Sequence[Cue]:
    """Cues of the heading and of the sentence before, where that is of the same section."""
    out = [*_title_cues(page, section)]
    if sentence.number:
        count = sentence.number - 1
        start, end = page.segments.sentence(count)
        if count and end - start <= BETWEEN and _POINTS_BACK.match(page.text.text, sentence.start):
            count -= 1  # a line that is empty parts no one from 本次活动
            start, end = page.segments.sentence(count)
        if start >= section.start:
            known = page.last[0] == count
            out += page.last[1] if known else page.book.cues(page.text.text, max(start, end - LOOK_BACK), end)
    return [c for c in out if c.start < sentence.start]


# 本次活动共有210人参加: what this was, the paragraph before says.
_POINTS_BACK = re.compile(r"\s*(?:本次|此次|这次)(?:活动|宣传|普法|宣讲|培训|检查|行动|讲座)")


def _title_cues(page: Page, section: Section) -> Sequence[Cue]:
    if not section.title:
        return ()
    if section.start not in page.titles:
        at = page.text.text.find(section.title, section.start, section.end)
        stop = at + len(section.title)
        page.titles[section.start] = page.book.cues(page.text.text, at, stop) if at >= 0 else []
    return page.titles[section.start]


def _state(page: Page, place: Place, low: int, high: int) -> None:
    """The facts a sentence states in words; a numeral inside those words (没有一人) supports them."""
    for found in statements(place.context):
        value = Decimal(found.value) if found.value is not None else _all_of(page)
        if value is None:
            continue
        fact = worded_fact_of(page, place, found, value)
        if _already(found, fact.status, page, place.sentence):
            continue
        page.facts.append(fact)
        for i in range(low, high):
            if found.start <= page.numerals[i].start < found.end:
                page.verdicts[i] = Verdict("fact", found.frame.rule, (len(page.facts) - 1,))


def _all_of(page: Page) -> Decimal | None:
    """均胜诉: as many as the cases counted last."""
    for fact in reversed(page.facts):
        if fact.indicator == "litigation_cases" and fact.value is not None and fact.status == "reported":
            return Decimal(int(fact.value)) if fact.value == int(fact.value) else None
    return None


def _already(found: Statement, status: Status, page: Page, sentence: Sentence) -> bool:
    """The same indicator has a number beside it (越级上访0起; 全覆盖，覆盖率100%): that one is the fact.

    明年拟制定1件，今年未制定: not one of another year.
    """
    start, end = found.start - 2, found.end + 4
    if found.frame.worded == "full":
        start, end = sentence.start, sentence.end
    same = [f for f in page.facts[-8:] if f.indicator == found.frame.indicator and f.status == status]
    if found.frame.worded == "all" and found.value is not None and same and same[-1].value == found.value:
        start = found.start - LONGEST_BEFORE  # 其中4件已审结且均胜诉: counted by their number
    start, end = page.text.to_raw(max(start, 0), min(end, len(page.text.text)))
    return any(start <= f.start <= end for f in same)


LONGEST_BEFORE = 12
