"""Two things named, each number behind a word that points back: 前者98%、后者91%; 一个是99%，一个是84%."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from transforms.tabulate.aligned import Span, split_list
from transforms.tabulate.phrases import Number, Phrase, Sentence
from transforms.tabulate.rulebook import Cue

# Each match holds one of these: 者 of 前者, 一 of 一个 (tests/tabulate/test_hints.py).
IN_POINTS = frozenset("者一")
_FORMER = re.compile(r"(?P<the>前者)(?P<said>[^，,；;。、\d]{0,14})$")
_LATTER = re.compile(r"(?P<the>后者)(?P<said>[^，,；;。、\d]{0,14})$")
# 一项是95%: nothing but the verb of being stands behind
_ONE = re.compile(r"(?P<the>一[个项种])(?P<said>(?:已|则|均)?(?:是|为|达到?了?|高达|在))$")
_OTHER = re.compile(r"(?P<the>(?:另外?|其)?一[个项种])(?P<said>(?:已|则|也)?(?:是|为|达到?了?|高达|在))$")
# One search tells that no number is so told.
MAY_POINT = re.compile(r"前者|一[个项种](?=[是为达已则均高在])")
_KINDS = ((_FORMER, _LATTER), (_ONE, _OTHER))
# 前者由92%升至96%: the level it came from is told first
_FROM = ("由", "从")
LONGEST_LEAD, LONGEST_LIST = 18, 60
_MARKS = "，,；;。：:\n"


def former_and_latter(sentence: Sentence) -> dict[int, Number]:
    """The numbers so told by their index, each with the words it points back to."""
    numbers, text = sentence.numbers, sentence.text
    for first, second in _KINDS:
        for i, number in enumerate(numbers[:-1]):
            told = first.search(text, max(sentence.start, number.start - LONGEST_LEAD), number.start)
            if told is None:
                continue
            listed = _list_before(told.start(), sentence)
            parts = split_list(listed, text)
            j = next((k for k in range(i + 1, len(numbers)) if _told(second, numbers[k], text)), 0)
            if j and len(parts) == 2 and not _of_kinds(listed, sentence):
                return _two_of(listed, parts, _came_to(i, sentence), _came_to(j, sentence), sentence)
    return {}


def _of_kinds(listed: Phrase, sentence: Sentence) -> bool:
    """处罚与许可两类案卷中，前者评查9卷: kinds of what is named behind them."""
    inside = (n for n in sentence.numbers if listed.start <= n.start < listed.end)
    return any(n.quantity.unit in ("类", "种") for n in inside)


def _told(pattern: re.Pattern[str], number: Number, text: str) -> bool:
    return pattern.search(text, max(0, number.start - LONGEST_LEAD), number.start) is not None


def _list_before(at: int, sentence: Sentence) -> Phrase:
    """The clause that names the two: it ends where one of them is pointed at, or at the mark before."""
    text, cues = sentence.text, sentence.cues
    end = at - 1 if text[at - 1] in _MARKS else at
    low = max(sentence.start, end - LONGEST_LIST)
    start = max([low, *(text.rfind(mark, low, end) + 1 for mark in _MARKS)])
    inside = cues[bisect_left(cues, (start,)) : bisect_left(cues, (end,))]
    return sentence.phrases[0].of(inside, start, end)


def _came_to(i: int, sentence: Sentence) -> Number:
    """The number itself, or the one behind it where it is the level before (由92%升至96%)."""
    number, numbers = sentence.numbers[i], sentence.numbers
    from_it = sentence.text.endswith(_FROM, 0, number.start) and i + 1 < len(numbers)
    return numbers[i + 1] if from_it else number


def _two_of(
    listed: Phrase, parts: Sequence[Span], former: Number, latter: Number, sentence: Sentence
) -> dict[int, Number]:
    own = _own_noun(former)
    out = {}
    for number, span in zip((former, latter), parts, strict=True):
        part = _part(listed, span)
        lead = number if _own_noun(number) else former if own else None
        if lead is not None:  # 前者开设法治课4次，后者6次: what was done is said with the first
            words = replace(lead.left, concepts=lead.left.concepts | part.concepts)
            at = number.quantity._replace(start=lead.start)
            out[number.index] = Number(number.numeral, at, words, number.index, None)
        elif nouns := [c for c in part.cues if c.word.noun and c.word.heads]:
            verbs = number.left.verbs or listed.verbs
            words = replace(part, verbs=verbs, concepts=part.concepts | verbs)
            at = number.quantity._replace(start=nouns[-1].end)
            out[number.index] = Number(number.numeral, at, words, number.index, None)
    return out


def _part(listed: Phrase, span: Span) -> Phrase:
    return listed.of([c for c in listed.cues if span[0] <= c.start < span[1]], *span)


def _own_noun(number: Number) -> Cue | None:
    return next((c for c in number.left.cues if c.word.noun and c.word.heads and not c.word.entity), None)
