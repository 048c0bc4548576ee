"""Every number of a sentence read: aligned lists, shared rates, 各, levels, then the best reading of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.tabulate.phrases import Number, Phrase, Sentence
from transforms.tabulate.readings import Context, Reading, readings, settle, split_list
from transforms.tabulate.rulebook import Cue
from transforms.tabulate.status import follows_starting_level, is_starting_level

_ONE_EACH = re.compile(r"(?:分别|依次)(?:为|是|达到|达|有|开展|完成|约|共)*")
_ALL_ALIKE = re.compile(r"(?:均|都|各|皆|同为|全部)(?:保持|稳定|控制)?(?:在|为|达到|达|是)?(?:了)?[近约超逾]?$")
_ONLY_JOINER = re.compile(r"^[、和与及以\s]*$")
_ONLY_MARK = re.compile(r"^[、和与及以，,\s]*$")


@dataclass(slots=True)
class Read:
    """A number with what was made of it: several readings where it stands for several nouns."""

    number: Number
    readings: list[Reading] = field(default_factory=list)
    said_at: int = -1  # where its own part of an aligned list ends, for the time named in it


def read_numbers(context: Context) -> list[Read]:
    """All numbers of the sentence in order, each with its readings (none where nothing fits)."""
    sentence = context.sentence
    out = [Read(n) for n in sentence.numbers]
    open_: list[tuple[Number, Sequence[Reading]]] = []
    aligned = _aligned(sentence, context)
    for read in out:
        number = read.number
        if number.index in aligned:
            own, read.said_at = aligned[number.index]
            read.readings = _best(own, context)
            continue
        if shared := _shared(number, context):
            read.readings = shared
            continue
        if is_starting_level(number, sentence):
            continue
        if follows_starting_level(number, sentence):
            number = _joined(number, sentence)
        open_.append((number, readings(number, context)))
    chosen = settle(open_)
    for read in out:
        if read.number.index in chosen:
            read.readings = [chosen[read.number.index]]
    return out


def _best(number: Number, context: Context) -> list[Reading]:
    options = readings(number, context)
    return [max(options, key=lambda r: (r.score, r.frame.weight, r.frame.rule))] if options else []


def _joined(number: Number, sentence: Sentence) -> Number:
    """由128项压减至109项: the second number is read with the words before the first."""
    first = sentence.numbers[number.index - 1].left
    concepts, verbs = first.concepts | number.left.concepts, first.verbs | number.left.verbs
    cut = replace(first, concepts=concepts, verbs=verbs)
    anchor = sentence.numbers[number.index - 1].quantity
    moved = replace(number.quantity, start=anchor.start)
    return Number(number.numeral, moved, cut, number.index, None)


def _aligned(sentence: Sentence, context: Context) -> dict[int, tuple[Number, int]]:
    """开展A、B、C分别为5次、8次、12次: each number with the part of the list that is its own."""
    out: dict[int, tuple[Number, int]] = {}
    for run in _runs(sentence):
        parts = _parts(run, context)
        for number, (start, end), tail in zip(run, parts, [_tail(run[0], context)] * len(parts), strict=False):
            phrase = _part_phrase(run[0].left, start, end, tail)
            anchored = replace(number.quantity, start=max(end, tail[0]) if tail else end)
            out[number.index] = Number(number.numeral, anchored, phrase, number.index, None), end
    return out


def _runs(sentence: Sentence) -> list[list[Number]]:
    """Numbers with nothing but list marks between them, two or more."""
    runs: list[list[Number]] = []
    for number in sentence.numbers:
        between = ""
        if number.index:
            between = sentence.text[sentence.numbers[number.index - 1].quantity.end : number.start]
        joiner = _ONLY_MARK if runs and _each(runs[-1][0], sentence) else _ONLY_JOINER
        if number.index and between and joiner.match(between):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run for run in runs if len(run) > 1]


def _each(number: Number, sentence: Sentence) -> bool:
    """分别 stands before the first number: then a comma may part the numbers too."""
    return bool(_ONE_EACH.search(sentence.text, number.left.start, number.left.end))


def _parts(run: Sequence[Number], context: Context) -> list[tuple[int, int]]:
    """As many parts of the list before the numbers as there are numbers, or none."""
    left = run[0].left
    parts = split_list(left, context.sentence)
    each = _ONE_EACH.search(context.sentence.text, left.start, left.end)
    named = [p for p in parts if not each or p[0] < each.start()]
    if len(named) < len(run) or (not each and len(named) != len(run)):
        return []
    named = named[-len(run) :]
    if each and named[-1][1] > each.start():
        named[-1] = (named[-1][0], each.start())
    return named


def _tail(first: Number, context: Context) -> tuple[int, int] | None:
    """What all parts share after 分别 (2022年、2023年分别调解矛盾纠纷45件、52件)."""
    each = _ONE_EACH.search(context.sentence.text, first.left.start, first.left.end)
    if not each:
        return None
    shared = [c for c in first.left.cues if c.start >= each.start() and (c.word.noun or c.word.verb)]
    return (each.end(), first.left.end) if shared and each.end() < first.left.end else None


def _part_phrase(left: Phrase, start: int, end: int, tail: tuple[int, int] | None) -> Phrase:
    cues = [c for c in left.cues if start <= c.start < end]
    if tail:
        cues += [c for c in left.cues if c.start >= tail[0]]
    own_verbs = set().union(*(c.word.concepts for c in cues if c.word.verb))
    lead = set().union(*(c.word.concepts for c in left.cues if c.word.verb and c.start < start))
    return Phrase(
        start,
        tail[1] if tail else end,
        left.mark,
        left.depth,
        cues,
        set().union(*(c.word.concepts for c in cues)),
        own_verbs or lead,
    )


def _shared(number: Number, context: Context) -> list[Reading]:
    """参考率、合格率均达100%; 会议、培训各4次: one number, several nouns, a fact for each."""
    phrase, sentence = number.left, context.sentence
    parts = split_list(phrase, sentence)
    if len(parts) < 2:
        return []
    text = sentence.text[phrase.start : number.start]
    rate = number.quantity.unit == "%"
    if not (number.quantity.each or rate or _ALL_ALIKE.search(text)):
        return []
    out: list[Reading] = []
    for start, end in parts:
        cut = _part_phrase(phrase, start, end, None)
        if cut.verbs and not any(c.word.noun for c in cut.cues) and out:
            cut = _with_noun(cut, out[0].cue)
        stop = end
        if (start, end) == parts[-1]:
            stop = number.start
        anchored = replace(number.quantity, start=stop, each=False)
        best = _best_left(Number(number.numeral, anchored, cut, number.index, None), context)
        if best and all(best.cue != r.cue and _new(best, r, number) for r in out):
            out.append(best)
    return out if len(out) > 1 else []


def _with_noun(phrase: Phrase, noun: Cue) -> Phrase:
    """规范性文件制定、备案各1件: the second verb shares the noun of the first."""
    return replace(phrase, cues=[noun, *phrase.cues], concepts=phrase.concepts | noun.word.concepts)


def _new(reading: Reading, other: Reading, number: Number) -> bool:
    """党委会、办公会各14次 counts one indicator twice; two words for one rate state it once."""
    return number.quantity.each or reading.frame.indicator != other.frame.indicator


def _best_left(number: Number, context: Context) -> Reading | None:
    options = [r for r in readings(number, context) if r.side == "left"]
    return max(options, key=lambda r: (r.score, r.frame.weight, r.frame.rule)) if options else None
