"""Numbers of several times told before what was held: 春节前后6场、国庆5场，普法宣传进了村."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import Number, Phrase, Sentence

_HELD = frozenset({"次", "场", "场次", "期", "轮", "批次"})
# Festivals, seasons and parts of the year, and whatever else names when it was.
_TIME = re.compile(
    r"[\s、和与及]*(?:全年|今年|其中|先后|在)?[\u4e00-\u9fff“”\d.·\-—至]{0,10}?"
    r"(?:节|日|周|月|季度?|年|假期?|长假|期间|前后|[上下]旬|时段|[春夏秋冬]|汛期|暑期|寒假|元旦|春节|国庆|中秋|端午|清明|五一”?)"
    r"(?:期间|前后|当天|里|中|各|分别|又|再|举办|开展|组织|安排|了|共)*"
)
LONGEST_TIME = 18


def may_be_named_behind(sentence: Sentence) -> bool:
    """Whether the first two numbers are of events and nothing is done before the first: most are not so."""
    first, second = sentence.numbers[0], sentence.numbers[1]
    unit = first.quantity.unit
    return unit in _HELD and unit == second.quantity.unit and not first.left.verbs


def named_behind(sentence: Sentence) -> dict[int, list[Number]]:
    """Such numbers by their index, each as it may be read with a noun of the clause behind the last."""
    run = _run(sentence)
    if len(run) < 2:
        return {}
    behind = _clause_behind(run[-1], sentence)
    if behind is None:
        return {}
    heads = [c for c in behind.cues if c.word.noun and c.word.heads and not c.word.entity]
    return {number.index: [_read_with(number, behind, c.end) for c in heads] for number in run}


def _run(sentence: Sentence) -> list[Number]:
    """The first numbers of the sentence, where nothing but a time stands before each."""
    run: list[Number] = []
    for number in sentence.numbers:
        left = number.left
        if number.quantity.unit not in _HELD or left.end - left.start > LONGEST_TIME:
            break
        if any(c.word.verb and not c.word.noun for c in left.cues):
            break
        if not _TIME.fullmatch(sentence.text, left.start, number.start):
            break
        run.append(number)
    return run


def _clause_behind(last: Number, sentence: Sentence) -> Phrase | None:
    """The clause behind the comma; one with a number of its own counts something else."""
    phrases = [p for p in sentence.phrases if p.start >= last.quantity.end and p.end > p.start]
    if not phrases or phrases[0].mark not in ("，", ","):
        return None
    return phrases[0] if phrases[0].number is None else None


def _read_with(number: Number, behind: Phrase, end: int) -> Number:
    words = behind.of([c for c in behind.cues if c.end <= end], behind.start, end)
    words.verbs = behind.verbs
    return Number(number.numeral, number.quantity._replace(start=end), words, number.index, None)
