"""A sentence as phrases around its numbers: the stretch before each, the one after it, their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from transforms.quantify.quantity import Numeral, Quantity
from transforms.tabulate.rulebook import Cue, Rulebook

# One class, which is searched three times as fast as choices; `_in_number` sorts out 12,600 and 9:30.
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

    def of(self, cues: Sequence[Cue], start: int, end: int) -> Phrase:
        """A phrase cut down to some of its cues."""
        return Phrase(start, end, self.mark, self.depth, cues, concepts_of(cues), verbs_of(cues))


def concepts_of(cues: Sequence[Cue]) -> frozenset[str]:
    """All concepts of some words."""
    return NOTHING.union(*[c.word.concepts for c in cues])


def verbs_of(cues: Sequence[Cue]) -> frozenset[str]:
    """The concepts of those words that are verbs."""
    return NOTHING.union(*[c.word.acts for c in cues])


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
    characters: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        around = self.text[max(0, self.start - 1) : self.end + 1]  # some patterns look one further
        self.characters = frozenset(around)

    def lacks(self, needed: frozenset[str]) -> bool:
        """Whether none of the characters stands in it."""
        return needed.isdisjoint(self.characters)


def read_sentence(
    text: str, start: int, end: int, count: int, numerals: Sequence[Numeral], book: Rulebook
) -> Sentence:
    """Cut one sentence into phrases. `numerals` are those of the sentence, in order."""
    quantities = [numerals[i] for i in countable(numerals)]
    cues = _outside_numbers(book.cues(text, start, end), quantities)
    sentence = Sentence(text, start, end, count, cues, [], [])
    if not sentence.lacks(IN_PARTNERS):
        cues = _outside_partners(cues, text, start, end)
    cues = _outside_titles(cues, text, start, end)
    sentence.cues = cues = _but_listed_schools(cues, text)
    _cut(sentence, _bounds(text, start, end, cues, quantities, numerals))
    _fill(sentence)
    return sentence


def _cut(sentence: Sentence, bounds: Sequence[_Bound]) -> None:
    """The phrases between the bounds, and the numbers that end them."""
    text, phrases = sentence.text, sentence.phrases
    at, mark, depth = sentence.start, "", 0
    for left, right, token, numeral in bounds:
        if mark == "q" and left > at and text[at] in _LIST_LEADS:
            phrase = _listed(text, at, left, depth)
        else:
            phrase = Phrase(at, left if left > at else at, mark, depth)
        phrases.append(phrase)
        if numeral is not None and numeral.quantity is not None:
            number = Number(numeral, numeral.quantity, phrase, len(sentence.numbers))
            phrase.number = number
            sentence.numbers.append(number)
        elif token in _BRACKETS:
            depth += 1 if token in _OPEN else -1
        at, mark = right, token
    end = max(at, sentence.end)
    phrases.append(_listed(text, at, end, depth) if mark == "q" else Phrase(at, end, mark, depth))


def _listed(text: str, start: int, end: int, depth: int) -> Phrase:
    """A phrase behind a number, without the list mark that may stand in between."""
    lead = _LIST_LEAD.match(text, start, end)
    after = lead.end() if lead else start
    return Phrase(after, max(after, end), "q", depth, listed=after > start)


def countable(numerals: Sequence[Numeral]) -> list[int]:
    """Positions of the quantities, and of the lengths of time that may be hours of study."""
    return [
        i
        for i, (_, _, kind, quantity, _) in enumerate(numerals)
        if quantity is not None and (kind == "quantity" or (kind == "duration" and quantity.unit in _HOURS))
    ]


_HOURS = frozenset({"小时", "学时", "课时", "个小时", "个学时"})

_Bound = tuple[int, int, str, Numeral | None]


def _bounds(
    text: str,
    start: int,
    end: int,
    cues: Sequence[Cue],
    quantities: Sequence[Numeral],
    numerals: Sequence[Numeral],
) -> list[_Bound]:
    """Marks and numbers that end a phrase, in order. Brackets count only where they hold a number."""
    out: list[_Bound] = [(q.quantity.start, q.quantity.end, "q", q) for q in quantities if q.quantity]
    marks = _marks(text, start, end, cues, numerals)
    open_at: int | None = None
    for at in marks:
        token = text[at]
        if token in _OPEN:
            open_at = at
        elif token in _CLOSE:
            if open_at is not None and any(open_at < q.start < at for q in quantities):
                out += [(open_at, open_at + 1, "（", None), (at, at + 1, "）", None)]
            open_at = None
        else:
            out.append((at, at + 1, token, None))
    if marks:
        out.sort(key=_place)
    return out


_place = itemgetter(0)


def _marks(text: str, start: int, end: int, cues: Sequence[Cue], numerals: Sequence[Numeral]) -> list[int]:
    """Places of the marks that lie in no numeral and in no word with brackets of its own."""
    inside = [(n.start, n.end) for n in numerals]
    if bracketed := [(c.start, c.end) for c in cues if c.word.bracketed]:
        inside = sorted(inside + bracketed)
    out, i, total = [], 0, len(inside)
    for mark in _BOUNDARY.finditer(text, start, end):
        at = mark.start()
        while i < total and inside[i][1] <= at:
            i += 1
        if i < total and at >= inside[i][0]:
            continue
        if text[at] not in ",:" or not _in_number(text, at, end):
            out.append(at)
    return out


def _in_number(text: str, at: int, end: int) -> bool:
    """A comma or colon with a digit on both sides belongs to the number."""
    return 0 < at < end - 1 and text[at - 1] in _DIGITS and text[at + 1] in _DIGITS


def _fill(sentence: Sentence) -> None:
    """Give every phrase its cues; a cue that runs over a mark belongs to the phrase it begins in."""
    cues, i = sentence.cues, 0
    phrases = sentence.phrases
    last, total = len(phrases) - 1, len(cues)
    for k, phrase in enumerate(phrases):
        stop = phrases[k + 1].start if k < last else sentence.end
        first = i
        while i < total and cues[i].start < stop:
            i += 1
        if i > first:
            phrase.cues = cues[first:i]
            if i - first == 1:  # most phrases hold one word, whose sets are shared
                phrase.concepts, phrase.verbs = cues[first].word.concepts, cues[first].word.acts
            else:
                phrase.concepts, phrase.verbs = concepts_of(phrase.cues), verbs_of(phrase.cues)
        if phrase.mark == "q" and k:
            number = phrases[k - 1].number
            if number is not None:
                number.right = phrase


# 会同应急、消防等部门开展联合执法: who took part; their names are no topic. No number stands in between.
PARTNERS = re.compile(
    r"(?:会同|协同|联动|配合|联合(?!执法|检查|整治|行动|开展|巡查|督查))"
    r"(?:[^，,；;。\d]{1,30}?)(?:部门|单位|站所|中队|大队|救援站|执法队|[应急监管管理]办|分?局)"
    r"(?=共同|联合|一道|一起|先后|全年|累计|共|对|在|深入|开展|组织|进行)"
)

IN_PARTNERS = frozenset("同联配")


def _outside_partners(cues: list[Cue], text: str, start: int, end: int) -> list[Cue]:
    """Cues but for words that only say of what kind, where they are part of a partner's name."""
    spans = [m.span() for m in PARTNERS.finditer(text, start, end)]
    if not spans:
        return cues
    return [c for c in cues if c.word.heads or not any(a < c.start and c.end <= b for a, b in spans)]


_PLACE = (
    "(?:社区|村|村居|村组|乡村|农村|企业|机关|单位|家庭|集市|集镇|广场|商圈|工地|景区|网格|小区|院坝|园区|"
    "医院)"
)
_PLACE_BEFORE = re.compile(rf"{_PLACE}[、和与及]$")
_PLACE_AFTER = re.compile(rf"[、和与及]{_PLACE}")


def _but_listed_schools(cues: list[Cue], text: str) -> list[Cue]:
    """Cues but for 学校 in 深入社区、企业、学校开展宣传: one place of several is no topic."""
    return [c for c in cues if "school" not in c.word.concepts or not _is_listed_place(c, text)]


def _is_listed_place(cue: Cue, text: str) -> bool:
    before = text[max(cue.start - 4, 0) : cue.start]
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(text, cue.end))


_TITLE = re.compile(r"《[^》\n]*》")


def _outside_titles(cues: list[Cue], text: str, start: int, end: int) -> list[Cue]:
    """Cues but for what a title only speaks of: 《反有组织犯罪法》 organises nothing.

    The noun it ends in may be counted (《法治建设责任书》12份); 《合法性审查事项清单》 reviews nothing.
    """
    spans = [m.span() for m in _TITLE.finditer(text, start, end)] if text.find("《", start, end) >= 0 else []
    if not spans:
        return cues
    return [c for c in cues if not any(a < c.start < b and not _names_it(c, b, text) for a, b in spans)]


_TITLE_TAIL = re.compile(r"(?:[（(][^）)]*[）)])?[》〉]")


def _names_it(cue: Cue, end: int, text: str) -> bool:
    """A noun at the end of a title, or a word that holds its marks (《民法典》)."""
    if not (cue.word.heads and cue.word.noun):
        return False
    return cue.end >= end or bool(_TITLE_TAIL.match(text, cue.end, end))


def _outside_numbers(cues: Sequence[Cue], quantities: Sequence[Numeral]) -> list[Cue]:
    """Cues that do not lie inside a number phrase (有一件: 件 is the measure word, 一 no word of ours)."""
    spans = [(q.quantity.start, q.quantity.end) for q in quantities if q.quantity]
    out, i, total = [], 0, len(spans)
    for cue in cues:
        while i < total and spans[i][1] <= cue.start:
            i += 1
        if i == total or cue.end <= spans[i][0]:
            out.append(cue)
    return out
