"""Every number of a sentence read: aligned lists, shared rates, 各, levels, then the best reading of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from transforms.tabulate.asides import IN_LISTS
from transforms.tabulate.fits import Context
from transforms.tabulate.one_each import of_those_before, topics_named
from transforms.tabulate.phrases import (
    JOINERS,
    NOTHING,
    Number,
    Phrase,
    Sentence,
    concepts_of,
    follows_events,
    verbs_of,
)
from transforms.tabulate.readings import Reading, readings, settle
from transforms.tabulate.rulebook import Cue
from transforms.tabulate.starting_level import IN_FROM, follows_starting_level, is_starting_level
from transforms.tabulate.went_through import ISSUED, filed_too

_ONE_EACH = re.compile(r"(?:分别|依次)(?:为|是|达到|达|有|开展|完成|约|共)*")
_ALL_ALIKE = re.compile(
    r"(?:双双|均|都|各|皆|同为|全部)(?:保持|稳定|控制)?(?:在|为|达到|达|是)?"
    r"(?:开展|召开|举办|举行|组织|进行|完成|办)?(?:了)?[近约超逾]?$"
)
# 以及 and a space or two: nothing longer only joins.
LONGEST_JOINER = 4
_JOINER = re.compile(f"[{JOINERS}]")
_ONLY_JOINER = re.compile(r"^[、和与及以\s]*$")
_ONLY_MARK = re.compile(r"^[、和与及以，,\s]*$")

_Span = tuple[int, int]


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
    aligned = _aligned(sentence) if len(out) > 1 else {}
    plain, unlisted = _is_plain(sentence), IN_LISTS.isdisjoint(sentence.characters)
    for read in out:
        number = read.number
        if number.index in aligned:
            own, read.said_at = aligned[number.index]
            read.readings = _best(readings(own, context)) if own else []
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
    return _is_kinds(before, sentence) or follows_starting_level(number, sentence)


def _joined(number: Number, sentence: Sentence) -> Number:
    """由128项压减至109项: the second number is read with the words before the first."""
    first = sentence.numbers[number.index - 1]
    concepts = first.left.concepts | number.left.concepts
    phrase = replace(first.left, concepts=concepts, verbs=first.left.verbs | number.left.verbs)
    anchored = number.quantity._replace(start=first.start)
    return Number(number.numeral, anchored, phrase, number.index, None)


def split_list(phrase: Phrase, text: str) -> list[_Span]:
    """The parts of a list in a phrase: cut at 、和与及 that stand outside every word (中、小学 is one)."""
    spans = [(c.start, c.end) for c in phrase.cues]
    out, at = [], phrase.start
    for i in range(phrase.start, phrase.end):
        if text[i] in JOINERS and not any(a <= i < b for a, b in spans):
            if i > at:
                out.append((at, i))
            at = i + 1
    if at < phrase.end:
        out.append((at, phrase.end))
    return out


def _aligned(sentence: Sentence) -> dict[int, tuple[Number | None, int]]:
    """开展A、B、C分别为5次、8次、12次: each number with the part of the list that is its own.

    None where 分别 gives several numbers and fewer things are named (近三年分别为6件、4件、2件): of which
    village or year each is, is not said.
    """
    out: dict[int, tuple[Number | None, int]] = {}
    for run in _runs(sentence):
        left, tail = run[0].left, _tail(run[0], sentence.text)
        shared = next((c for c in reversed(left.cues) if c.word.noun and c.word.heads), None)
        spans = _parts(run, sentence.text)
        if not spans and (each := _each(run[0], sentence.text)):
            of_each = of_those_before(run, each, sentence)
            out.update((n.index, (of_each[i] if of_each else None, -1)) for i, n in enumerate(run))
        done = (
            verbs_of([c for c in left.cues if c.start >= tail[0]])
            if tail and _only_done(left, tail)
            else NOTHING
        )
        tail = None if done else tail
        for number, (start, end) in zip(run, spans, strict=False):
            phrase = _with_verbs(_part(left, start, end, tail), done)
            if (
                shared
                and not any(c.word.noun and not c.word.entity for c in phrase.cues)
                and sentence.text[end - 1] != "率"
            ):
                phrase = _with_noun(phrase, shared)  # 解决率 is a rate of its own, though no indicator
            anchored = number.quantity._replace(start=max(end, tail[0]) if tail else end)
            out[number.index] = Number(number.numeral, anchored, phrase, number.index, None), end
    return out


def _runs(sentence: Sentence) -> list[list[Number]]:
    """Numbers with nothing but list marks between them, two or more; a comma parts them only after 分别."""
    runs: list[list[Number]] = []
    for number in sentence.numbers:
        if not runs:
            runs.append([number])
            continue
        gap = runs[-1][-1].quantity.end
        if gap < number.start <= gap + LONGEST_JOINER and _joins(runs[-1][0], gap, number, sentence.text):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run for run in runs if len(run) > 1]


def _joins(first: Number, gap: int, number: Number, text: str) -> bool:
    joiner = _ONLY_MARK if _each(first, text) else _ONLY_JOINER
    return bool(joiner.match(text[gap : number.start]))


def _each(number: Number, text: str) -> re.Match[str] | None:
    return _ONE_EACH.search(text, number.left.start, number.left.end)


def _parts(run: Sequence[Number], text: str) -> list[_Span]:
    """As many parts of the list before the numbers as there are numbers, or none."""
    parts = split_list(run[0].left, text)
    each = _each(run[0], text)
    named = [p for p in parts if not each or p[0] < each.start()]
    if len(named) < len(run) or (not each and len(named) != len(run)):
        return []
    named = named[-len(run) :]
    if each and named[-1][1] > each.start():
        named[-1] = (named[-1][0], each.start())
    return named


def _tail(first: Number, text: str) -> _Span | None:
    """What all parts share after 分别 (2022年、2023年分别调解矛盾纠纷45件、52件)."""
    each = _each(first, text)
    if not each or each.end() >= first.left.end:
        return None
    shared = any(c.start >= each.start() and (c.word.noun or c.word.verb) for c in first.left.cues)
    return (each.end(), first.left.end) if shared else None


def _only_done(left: Phrase, tail: _Span) -> bool:
    """宣传单、展板分别发放900份和摆放12块: a verb alone stands behind 分别, and no noun."""
    return all(c.word.verb and not c.word.noun for c in left.cues if c.start >= tail[0])


def _with_verbs(part: Phrase, verbs: frozenset[str]) -> Phrase:
    """The part with what is done to each of the list."""
    return replace(part, concepts=part.concepts | verbs, verbs=verbs) if verbs else part


def _part(left: Phrase, start: int, end: int, tail: _Span | None) -> Phrase:
    """One part of a list as a phrase; without a verb of its own it shares the one that leads the list."""
    cues = [c for c in left.cues if start <= c.start < end or (tail and c.start >= tail[0])]
    part = left.of(cues, start, tail[1] if tail else end)
    if not part.verbs:
        part.verbs = verbs_of([c for c in left.cues if c.start < start])
    return part


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
        part = _part(phrase, start, end, None)
        if out and part.verbs and not any(c.word.noun for c in part.cues):
            part = _with_noun(part, out[0].cue)
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


def _said_of_all(phrase: Phrase, parts: Sequence[_Span]) -> frozenset[str]:
    """党委会、办公会会前学法各12次: what a part of a list holds beside the noun that makes it a part."""
    named = [[c for c in phrase.cues if c.word.noun and start <= c.start < end] for start, end in parts]
    return concepts_of([c for part in named if len(part) > 1 for c in part])


def _rates_in_a_row(phrase: Phrase, part: _Span, text: str) -> list[_Span]:
    """参考率优秀率均达100%: two rates with no mark between."""
    out, at = [], part[0]
    for cue in phrase.cues:
        if at < cue.start < part[1] and cue.word.noun and text[cue.start - 1] == "率":
            out.append((at, cue.start))
            at = cue.start
    return [*out, (at, part[1])]


def _with_noun(part: Phrase, noun: Cue) -> Phrase:
    """规范性文件制定、备案各1件; 排查、化解纠纷分别为9件、7件: a verb alone shares the noun of the list."""
    return replace(part, cues=[noun, *part.cues], concepts=part.concepts | noun.word.concepts)


def _new(reading: Reading, other: Reading, number: Number) -> bool:
    """党委会、办公会各14次 counts one indicator twice; two words for one rate state it once."""
    if reading.frame.indicator != other.frame.indicator:
        return True
    return number.quantity.each and reading.cue != other.cue
