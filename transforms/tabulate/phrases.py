"""A sentence as phrases around its numbers: the stretch before each, the one after it, their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from transforms.quantify.quantity import Numeral, Quantity
from transforms.tabulate.asides import (
    IN_LISTS,
    IN_PARTNERS,
    but_listed_places,
    outside_brackets,
    outside_partners,
    outside_titles,
)
from transforms.tabulate.marks import BRACKETS, OPEN, Bound, Counted, bounds
from transforms.tabulate.rulebook import Cue, Rulebook

# What may stand between the parts of a list.
JOINERS = "、和与及"
PEOPLE = ("人", "名", "位")  # measure words of people
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
start_of = attrgetter("start")  # of a phrase: they come in order, so a place is found by bisecting


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


def earlier_than(phrase: Phrase, sentence: Sentence) -> Iterator[Phrase]:
    """The phrases before one, nearest first."""
    for candidate in reversed(sentence.phrases):
        if candidate is not phrase and candidate.start < phrase.start:
            yield candidate


def done_before(phrase: Phrase, sentence: Sentence) -> frozenset[str]:
    """The verbs of the nearest earlier phrase, but for one that is counted itself (讲座12场、培训7场)."""
    for earlier in earlier_than(phrase, sentence):
        end = earlier.number.start if earlier.number is not None else -1
        if acts := verbs_of([c for c in earlier.cues if c.end != end or not c.word.noun]):
            return acts
    return NOTHING


def follows_batches(number: Number, sentence: Sentence) -> bool:
    """63批126人次: the second number says of how many persons the batches right before it were."""
    if not number.index or number.left.cues:
        return False
    before = sentence.numbers[number.index - 1].quantity
    return before.unit in _BATCHES and number.start - before.end <= 1


_BATCHES = ("批", "批次", "拨")


def follows_events(number: Number, sentence: Sentence) -> bool:
    """旁听庭审3次46人次: so many persons came in the batches, or to the events, right before."""
    if not number.index or number.left.cues or number.quantity.unit not in _CAME:
        return False
    before = sentence.numbers[number.index - 1].quantity
    return before.unit in _EVENTS and number.start - before.end <= 1


_EVENTS = (*_BATCHES, "次", "场", "场次", "期")
_CAME = (*PEOPLE, "人次", "名次", "余人次")


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
    if "（" in characters or "(" in characters:
        cues = outside_brackets(cues, text, start, end)
    if not IN_LISTS.isdisjoint(characters):
        cues = but_listed_places(cues, text)
    sentence = Sentence(text, start, end, count, cues, [], [], characters)
    _cut(sentence, bounds(text, start, end, characters, cues, numerals, counted))
    if cues:
        _fill(sentence.phrases, cues)
    return sentence


def _cut(sentence: Sentence, bounds: Sequence[Bound]) -> None:
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
        elif token and token in BRACKETS:
            depth += 1 if token in OPEN else -1
        at, mark = right, token


def _behind(text: str, start: int, end: int, depth: int) -> Phrase:
    """A phrase behind a number, without the list mark that may stand in between."""
    if end <= start or text[start] not in _LIST_LEADS:
        return Phrase(start, end if end > start else start, "q", depth)
    lead = _LIST_LEAD.match(text, start, end)
    after = lead.end() if lead else start
    return Phrase(after, max(after, end), "q", depth, listed=after > start)


def countable(numerals: Sequence[Numeral]) -> list[Counted]:
    """The quantities, and the lengths of time that may be hours of study, each with its position."""
    return [
        (i, numeral, quantity)
        for i, numeral in enumerate(numerals)
        if (quantity := numeral.quantity) is not None
        and (numeral.kind == "quantity" or (numeral.kind == "duration" and quantity.unit in _HOURS))
    ]


_HOURS = frozenset({"小时", "学时", "课时", "个小时", "个学时"})


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
