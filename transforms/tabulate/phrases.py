"""A sentence as phrases around its numbers: the stretch before each, the one after it, their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter

from transforms.quantify.quantity import Numeral, Quantity
from transforms.tabulate.asides import (
    IN_LISTS,
    IN_PARTNERS,
    but_listed_places,
    outside_partners,
    outside_titles,
)
from transforms.tabulate.rulebook import Cue, Rulebook

# One class, which is searched three times as fast as choices; `_is_of_number` sorts out 12,600 and 9:30.
_BOUNDARY = re.compile(r"[，；：;。！？!?（）()\n,:]")
_DIGITS = "0123456789"
_OPEN, _CLOSE, _BRACKETS = "（(", "）)", "（(）)"
# What may stand between the parts of a list.
JOINERS = "、和与及"
_LIST_LEAD = re.compile(r"(?:以及|和|与|及|、|并)+")
_LIST_LEADS = "以和与及、并"


NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Phrase:
    """Text between two marks or numbers. `mark` is the mark before it, "q" a number, "" the start."""

    start: int
    end: int
    mark: str
    depth: int  # of brackets
    cues: Sequence[Cue] = ()
    concepts: frozenset[str] = NOTHING
    verbs: frozenset[str] = NOTHING
    number: Number | None = None  # the number that ends this phrase
    listed: bool = False  # a list mark stands between the number before and this phrase
    said: frozenset[str] | None = None  # what it speaks of, once a later number has looked back at it

    def of(self, cues: Sequence[Cue], start: int, end: int) -> Phrase:
        """A phrase cut down to some of its cues."""
        return Phrase(start, end, self.mark, self.depth, cues, concepts_of(cues), verbs_of(cues))


def concepts_of(cues: Sequence[Cue]) -> frozenset[str]:
    """All concepts of some words."""
    return NOTHING.union(*map(_concepts, cues))


def verbs_of(cues: Sequence[Cue]) -> frozenset[str]:
    """The concepts of those words that are verbs."""
    return NOTHING.union(*map(_acts, cues))


_concepts, _acts = attrgetter("word.concepts"), attrgetter("word.acts")


class Number:
    """A quantity in its sentence, with the phrases left and right of it.

    `start` is where the number phrase begins, its hedge included; `index` counts the numbers of the
    sentence; `right` is given only where it follows without a mark.
    """

    __slots__ = ("index", "left", "numeral", "quantity", "right", "start")

    def __init__(
        self, numeral: Numeral, quantity: Quantity, left: Phrase, index: int, right: Phrase | None = None
    ) -> None:
        self.numeral = numeral
        self.quantity = quantity
        self.start = quantity.start
        self.left = left
        self.index = index
        self.right = right


@dataclass(slots=True)
class Sentence:
    """One sentence that holds a number or a worded fact, read into phrases."""

    text: str  # the whole normalised text; positions are absolute
    start: int
    end: int
    number: int  # count of the sentence in its text
    cues: list[Cue]
    phrases: list[Phrase]
    numbers: list[Number]
    # What it is written with. A pattern each match of which needs one of a few characters is not looked for,
    # number by number, in the many sentences that hold none of them (tests/tabulate/test_hints.py).
    characters: frozenset[str] = field(repr=False)

    def lacks(self, needed: frozenset[str]) -> bool:
        """Whether none of the characters stands in it."""
        return needed.isdisjoint(self.characters)


def follows_batches(number: Number, sentence: Sentence) -> bool:
    """63批126人次: the second number says of how many persons the batches right before it were."""
    if not number.index or number.left.cues:
        return False
    before = sentence.numbers[number.index - 1].quantity
    return before.unit in _BATCHES and number.start - before.end <= 1


_BATCHES = ("批", "批次", "拨")


def read_sentence(
    text: str,
    start: int,
    end: int,
    count: int,
    numerals: Sequence[Numeral],
    counted: Sequence[Counted],
    book: Rulebook,
) -> Sentence:
    """Cut one sentence into phrases. `numerals` are all of it in order, `counted` those that count."""
    cues = _outside_numbers(book.cues(text, start, end), counted)
    characters = frozenset(text[start - 1 if start else 0 : end + 1])  # some patterns look one further
    if not IN_PARTNERS.isdisjoint(characters):
        cues = outside_partners(cues, text, start, end)
    if "《" in characters:
        cues = outside_titles(cues, text, start, end)
    if not IN_LISTS.isdisjoint(characters):
        cues = but_listed_places(cues, text)
    sentence = Sentence(text, start, end, count, cues, [], [], characters)
    _cut(sentence, _bounds(sentence, numerals, counted))
    if cues:
        _fill(sentence.phrases, cues)
    return sentence


def _cut(sentence: Sentence, bounds: Sequence[_Bound]) -> None:
    """The phrases between the bounds, and the numbers that end them."""
    text, phrases, numbers = sentence.text, sentence.phrases, sentence.numbers
    at, mark, depth = sentence.start, "", 0
    for left, right, token, counted in bounds:
        if mark != "q":
            phrase = Phrase(at, left if left > at else at, mark, depth)
        else:
            numbers[-1].right = phrase = _behind(text, at, left, depth)
        phrases.append(phrase)
        if counted is not None:
            phrase.number = number = Number(counted[1], counted[2], phrase, len(numbers))
            numbers.append(number)
        elif token and token in _BRACKETS:
            depth += 1 if token in _OPEN else -1
        at, mark = right, token


def _behind(text: str, start: int, end: int, depth: int) -> Phrase:
    """A phrase behind a number, without the list mark that may stand in between."""
    if end <= start or text[start] not in _LIST_LEADS:
        return Phrase(start, end if end > start else start, "q", depth)
    lead = _LIST_LEAD.match(text, start, end)
    after = lead.end() if lead else start
    return Phrase(after, max(after, end), "q", depth, listed=after > start)


Counted = tuple[int, Numeral, Quantity]


def countable(numerals: Sequence[Numeral]) -> list[Counted]:
    """The quantities, and the lengths of time that may be hours of study, each with its position."""
    return [
        (i, numeral, quantity)
        for i, numeral in enumerate(numerals)
        if (quantity := numeral.quantity) is not None
        and (numeral.kind == "quantity" or (numeral.kind == "duration" and quantity.unit in _HOURS))
    ]


_HOURS = frozenset({"小时", "学时", "课时", "个小时", "个学时"})

_Bound = tuple[int, int, str, Counted | None]
_IN_BRACKETS = frozenset(_BRACKETS)


def _bounds(sentence: Sentence, numerals: Sequence[Numeral], counted: Sequence[Counted]) -> list[_Bound]:
    """Marks and numbers that end a phrase, in order, and the end. Brackets count where they hold a number."""
    text, start, end = sentence.text, sentence.start, sentence.end
    out: list[_Bound] = [(one[2].start, one[2].end, "q", one) for one in counted]
    if _IN_BRACKETS.isdisjoint(sentence.characters):
        marks = _marks(text, start, end, numerals)
    else:
        marks = _marks(text, start, end, _and_bracketed(numerals, sentence.cues))
        marks = list(_but_empty_brackets(marks, counted))
    if marks:
        out += marks
        out.sort(key=_place)
    out.append((end, end, "", None))
    return out


_place = itemgetter(0)


def _but_empty_brackets(marks: Sequence[_Bound], counted: Sequence[Counted]) -> Iterator[_Bound]:
    """Marks without brackets but for those around a number, which are written one way."""
    open_at: int | None = None
    for mark in marks:
        at, _, token, _ = mark
        if token not in _BRACKETS:
            yield mark
        elif token in _OPEN:
            open_at = at
        else:
            if open_at is not None and any(open_at < numeral.start < at for _, numeral, _ in counted):
                yield open_at, open_at + 1, "（", None
                yield at, at + 1, "）", None
            open_at = None


def _and_bracketed(numerals: Sequence[Numeral], cues: Sequence[Cue]) -> Sequence[tuple[int, int]]:
    """Places of the numerals and of the words with brackets of their own: 村（社区）."""
    places = [numeral[:2] for numeral in numerals]
    return sorted([*places, *((c.start, c.end) for c in cues if c.word.bracketed)])


def _marks(text: str, start: int, end: int, closed: Sequence[tuple[int, ...] | Numeral]) -> list[_Bound]:
    """The marks that lie in none of the places that are `closed` to them (each begins with its span)."""
    out: list[_Bound] = []
    firsts, ends = [*[place[0] for place in closed], end], [*[place[1] for place in closed], end + 1]
    i = 0
    for mark in _BOUNDARY.finditer(text, start, end):
        at = mark.start()
        while ends[i] <= at:
            i += 1
        if at < (first := firsts[i]):
            token = text[at]
            if token not in _SOFT or not _is_of_number(text, at, first, end):
                out.append((at, at + 1, token, None))
    return out


# Marks that may belong to a number beside them.
_SOFT = "：:,"


def _is_of_number(text: str, at: int, following: int, end: int) -> bool:
    """Whether a colon or comma stands in a number or right before the one that begins at `following`."""
    if text[at] != "," and following < end and _BEFORE_ITS_NUMBER.fullmatch(text, at - 1, following):
        return True
    return text[at] != "：" and _in_number(text, at, end)


# 行政处罚案件：19件 says what 行政处罚案件19件 says.
_BEFORE_ITS_NUMBER = re.compile(r"[\u4e00-\u9fff”）)][：:]\s*")


def _in_number(text: str, at: int, end: int) -> bool:
    """A comma or colon with a digit on both sides belongs to the number."""
    return 0 < at < end - 1 and text[at - 1] in _DIGITS and text[at + 1] in _DIGITS


def _fill(phrases: Sequence[Phrase], cues: Sequence[Cue]) -> None:
    """Give every phrase its cues; a cue that runs over a mark belongs to the phrase it begins in."""
    i, phrase = 0, phrases[0]
    for following in phrases[1:]:
        if cues[i].start < following.start:
            first, i = i, bisect_left(cues, (following.start,), i)
            _give(phrase, cues[first:i])
            if i == len(cues):
                return
        phrase = following
    _give(phrase, cues[i:])


def _give(phrase: Phrase, cues: Sequence[Cue]) -> None:
    phrase.cues = cues
    if len(cues) == 1:  # most phrases hold one word, whose sets are shared
        word = cues[0].word
        phrase.concepts, phrase.verbs = word.concepts, word.acts
    else:
        phrase.concepts, phrase.verbs = concepts_of(cues), verbs_of(cues)


def _outside_numbers(cues: list[Cue], counted: Sequence[Counted]) -> list[Cue]:
    """Cues that do not lie inside a number phrase (有一件: 件 is the measure word, 一 no word of ours).

    Neither cues nor numbers hold one another, so both also end in order.
    """
    for _, _, quantity in counted:
        after = bisect_left(cues, (quantity.end,))
        first = after
        while first and cues[first - 1].end > quantity.start:
            first -= 1
        if first < after:
            cues = cues[:first] + cues[after:]
    return cues
