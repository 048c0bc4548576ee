"""Every number of a sentence read: aligned lists, shared rates, 各, levels, then the best reading of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.tabulate.aligned import LONGEST_JOINER, Span, aligned, part_of_list, split_list, with_noun
from transforms.tabulate.asides import IN_LISTS
from transforms.tabulate.fits import Context
from transforms.tabulate.former_and_latter import IN_POINTS, MAY_POINT, former_and_latter
from transforms.tabulate.named_behind import may_be_named_behind, named_behind
from transforms.tabulate.one_each import topics_named
from transforms.tabulate.phrases import (
    JOINERS,
    NOTHING,
    Number,
    Phrase,
    Sentence,
    concepts_of,
    follows_events,
)
from transforms.tabulate.readings import Reading, readings, settle
from transforms.tabulate.starting_level import (
    IN_FROM,
    follows_change,
    follows_starting_level,
    is_starting_level,
    where_it_moved,
)
from transforms.tabulate.went_through import ISSUED, filed_too

_ALL_ALIKE = re.compile(
    r"(?:双双|均|都|各|皆|同为|全部)(?:保持|稳定|控制)?(?:在|为|达到|达|是)?"
    r"(?:开展|召开|举办|举行|组织|进行|完成|办)?(?:了)?[近约超逾]?$"
)
_JOINER = re.compile(f"[{JOINERS}]")


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
    own_parts = aligned(sentence, context.book) if len(out) > 1 else {}
    apart = _told_apart(context) if len(out) > 1 else {}
    plain, unlisted = _is_plain(sentence), IN_LISTS.isdisjoint(sentence.characters)
    for read in out:
        number = read.number
        if number.index in own_parts:
            own, read.said_at = own_parts[number.index]
            read.readings = _best(readings(own, context)) if own else []
        elif number.index in apart:
            read.readings = apart[number.index]
        elif (number.quantity.unit == "%" or not unlisted) and (shared := _shared(number, context)):
            read.readings = shared
        elif plain or not (is_starting_level(number, sentence) or _is_kinds(number, sentence)):
            if not plain and number.index and _goes_on(number, sentence):
                number = _joined(number, sentence)
            if found := readings(number, context):
                open_.append((number, found))
    for index, reading in settle(open_).items():
        out[index].readings = [reading]
    for read in out:
        if read.readings and not read.number.left.cues and follows_events(read.number, sentence):
            _as_its_batches(read, out[read.number.index - 1])
        if len(read.readings) == 1 and read.readings[0].frame.indicator == ISSUED:
            read.readings = filed_too(read.readings[0], read.number, sentence.text)
    return out


def _told_apart(context: Context) -> dict[int, list[Reading]]:
    """Numbers whose noun stands in a clause before (前者98%) or behind (春节6场、国庆5场，…)."""
    sentence = context.sentence
    options: dict[int, list[Number]] = {}
    if not IN_POINTS.isdisjoint(sentence.characters) and MAY_POINT.search(
        sentence.text, sentence.start, sentence.end
    ):
        options = {i: [number] for i, number in former_and_latter(sentence).items()}
    elif may_be_named_behind(sentence):
        options = named_behind(sentence)
    if not options:
        return {}
    found = {i: _best([r for n in each for r in readings(n, context)]) for i, each in options.items()}
    return {i: best for i, best in found.items() if best}


def _as_its_batches(read: Read, before: Read) -> None:
    """来访18批47人，到县上访5批12人: no persons read through earlier words where the batches are not.

    Nor through what they did (表彰会1次130人参加).
    """
    if before.readings:
        return
    cue = read.readings[0].cue
    if cue.start < before.number.left.start or "reach_weak" in cue.word.concepts:
        read.readings = []


def _best(options: Sequence[Reading]) -> list[Reading]:
    return [max(options, key=lambda r: (r.score, r.frame.weight, r.frame.rule))] if options else []


def _is_plain(sentence: Sentence) -> bool:
    """Whether no number of the sentence can be the level before or say of how many kinds they are."""
    if not IN_FROM.isdisjoint(sentence.characters):
        return False
    return _KINDS.isdisjoint([n.quantity.unit for n in sentence.numbers])


_KINDS = frozenset({"类", "大类", "种", "大项", "个方面", "方面"})


def _is_kinds(number: Number, sentence: Sentence) -> bool:
    """服务事项8类、18项: of how many kinds they are is said before how many there are."""
    if number.quantity.unit not in _KINDS or number.index + 1 == len(sentence.numbers):
        return False
    following = sentence.numbers[number.index + 1]
    gap = sentence.text[number.quantity.end : following.start]
    return following.quantity.unit not in _KINDS and len(gap) < LONGEST_JOINER and not gap.strip("、，共计 ")


def _goes_on(number: Number, sentence: Sentence) -> bool:
    """Whether the words before the number before are said of this one as well."""
    before = sentence.numbers[number.index - 1]
    if follows_change(number, sentence):
        return True
    return _is_kinds(before, sentence) or follows_starting_level(number, sentence)


def _joined(number: Number, sentence: Sentence) -> Number:
    """由128项压减至109项: the second number is read with the words before the first."""
    first = sentence.numbers[number.index - 1]
    concepts = first.left.concepts | number.left.concepts
    phrase = replace(first.left, concepts=concepts, verbs=first.left.verbs | number.left.verbs)
    anchored = number.quantity._replace(start=where_it_moved(first, sentence.text))
    return Number(number.numeral, anchored, phrase, number.index, None)


def _shared(number: Number, context: Context) -> list[Reading]:
    """参考率、合格率均达100%; 会议、培训各4次: one number, several nouns, a fact for each."""
    phrase, text = number.left, context.sentence.text
    rate = number.quantity.unit == "%"
    if len(phrase.cues) < 2 or not (_JOINER.search(text, phrase.start, phrase.end) or rate):
        return []
    alike = rate or _ALL_ALIKE.search(text, phrase.start, number.start)
    parts = split_list(phrase, text) if alike or number.quantity.each else []
    if rate:
        parts = [p for part in parts for p in _rates_in_a_row(phrase, part, text)]
    out: list[Reading] = []
    nouns = _said_of_all(phrase, parts) if number.quantity.each else NOTHING
    for start, end in parts if len(parts) > 1 else ():
        part = part_of_list(phrase, start, end, None)
        if out and part.verbs and not any(c.word.noun for c in part.cues):
            part = with_noun(part, out[0].cue)
        stop = number.start if end == parts[-1][1] else end
        anchored = number.quantity._replace(start=stop, each=False)
        options = readings(Number(number.numeral, anchored, part, number.index, None), context)
        if number.quantity.each:  # 党委会、办公会会前学法各12次: what was done there is said of both
            options = [r for r in options if r.frame.without.isdisjoint(nouns)]
        for best in _best([r for r in options if r.side == "left"]):
            if all(_new(best, r, number) for r in out):
                out.append(best)
    if len(out) == 1 and number.quantity.each and (kinds := topics_named(out[0], phrase, parts, text)):
        return out * kinds
    if len(out) == 1 and not (rate and _ALL_ALIKE.search(text, phrase.start, number.start)):
        return []  # 应诉率、公示率均达100%: of two rates one may have no indicator
    return out


def _said_of_all(phrase: Phrase, parts: Sequence[Span]) -> frozenset[str]:
    """党委会、办公会会前学法各12次: what a part of a list holds beside the noun that makes it a part."""
    named = [[c for c in phrase.cues if c.word.noun and start <= c.start < end] for start, end in parts]
    return concepts_of([c for part in named if len(part) > 1 for c in part])


def _rates_in_a_row(phrase: Phrase, part: Span, text: str) -> list[Span]:
    """参考率优秀率均达100%: two rates with no mark between."""
    out, at = [], part[0]
    for cue in phrase.cues:
        if at < cue.start < part[1] and cue.word.noun and text[cue.start - 1] == "率":
            out.append((at, cue.start))
            at = cue.start
    return [*out, (at, part[1])]


def _new(reading: Reading, other: Reading, number: Number) -> bool:
    """党委会、办公会各14次 counts one indicator twice; two words for one rate state it once."""
    if reading.frame.indicator != other.frame.indicator:
        return True
    return number.quantity.each and reading.cue != other.cue
