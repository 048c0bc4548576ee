"""Lists told with their numbers behind them: A、B、C分别为5次、8次、12次, each number with its own part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from transforms.tabulate import gaps
from transforms.tabulate.intended import came_of_aims, of_aims
from transforms.tabulate.one_each import are_audiences, of_those_before
from transforms.tabulate.phrases import (
    JOINERS,
    NOTHING,
    PEOPLE,
    Number,
    Phrase,
    Sentence,
    earlier_than,
    verbs_of,
)
from transforms.tabulate.rulebook import Cue, Rulebook

_ONE_EACH = re.compile(r"(?:分别|依次)(?:为|是|达到|达|有|开展|完成|约|共)*")
# 以及 and a space or two: nothing longer only joins.
LONGEST_JOINER = 4
_ONLY_JOINER = re.compile(r"^[、和与及以\s]*$")
_ONLY_MARK = re.compile(r"^[、和与及以，,\s]*$")

Span = tuple[int, int]


def split_list(phrase: Phrase, text: str) -> list[Span]:
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


def aligned(sentence: Sentence, book: Rulebook) -> dict[int, tuple[Number | None, int]]:
    """开展A、B、C分别为5次、8次、12次: each number with the part of the list that is its own.

    None where 分别 gives several numbers and fewer things are named (近三年分别为6件、4件、2件): of which
    village or year each is, is not said.
    """
    out: dict[int, tuple[Number | None, int]] = {}
    aims: tuple[Phrase, list[Span]] | None = None
    for run in _runs(sentence):
        left, tail = run[0].left, _tail(run[0], sentence.text)
        spans = _parts(run, left, sentence.text)
        if not spans and _each(run[0], sentence.text):
            cut = replace(left, cues=_cut_words(left.cues, sentence.text, book))
            if spans := _parts(run, cut, sentence.text):
                left, sentence.cues = cut, _cut_words(sentence.cues, sentence.text, book)
        if not spans and (each := _each(run[0], sentence.text)):
            told = list_before(run, each, sentence, book)
            left, spans, tail = told or (left, spans, tail)
        if not spans and aims and len(aims[1]) == len(run) and came_of_aims(run[0], sentence.text):
            (left, spans), tail = aims, None
        tail = tail or _of_times(spans, sentence.text)
        aims = (left, named) if spans and (named := of_aims(spans, sentence.text)) else None
        shared = next((c for c in reversed(left.cues) if c.word.noun and c.word.heads), None)
        if not spans and (each := _each(run[0], sentence.text)):
            of_each = of_those_before(run, each, sentence)
            out.update((n.index, (of_each[i] if of_each else None, -1)) for i, n in enumerate(run))
        done = (
            verbs_of([c for c in left.cues if c.start >= tail[0]])
            if tail and _only_done(left, tail)
            else NOTHING
        )
        tail = None if done else tail
        unsaid = len(spans) > 1 and _say_no_thing(spans, run[0], left, sentence.text)
        for number, (start, end) in zip(run, spans, strict=False):
            said_at = end
            if unsaid:  # what is counted stands before the list, or behind it
                start = end = end if tail else left.start
            phrase = _with_verbs(part_of_list(left, start, end, tail), done)
            if (
                shared
                and not unsaid
                and not any(c.word.noun and not c.word.entity for c in phrase.cues)
                and sentence.text[end - 1] != "率"
            ):
                phrase = with_noun(phrase, shared)  # 解决率 is a rate of its own, though no indicator
            unit = number.quantity.unit or run[-1].quantity.unit  # 分别为21、4个
            anchored = number.quantity._replace(start=max(end, tail[0]) if tail else end, unit=unit)
            out[number.index] = Number(number.numeral, anchored, phrase, number.index, None), said_at
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


def _parts(run: Sequence[Number], left: Phrase, text: str) -> list[Span]:
    """As many parts of the list before the numbers as there are numbers, or none."""
    parts = split_list(left, text)
    each = _each(run[0], text)
    named = [p for p in parts if not each or p[0] < each.start()]
    if len(named) < len(run) or (not each and len(named) != len(run)):
        return []
    named = named[-len(run) :]
    if each and named[-1][1] > each.start():
        named[-1] = (named[-1][0], each.start())
    return named


def _cut_words(cues: Sequence[Cue], text: str, book: Rulebook) -> list[Cue]:
    """行政村和社区分别为21、4个: one word elsewhere, here the list that 分别 speaks of."""
    out: list[Cue] = []
    for cue in cues:
        marks = [i for i in range(cue.start + 1, cue.end - 1) if text[i] in JOINERS]
        ends = zip([cue.start, *(i + 1 for i in marks)], [*marks, cue.end], strict=True)
        out += [c for start, end in ends for c in book.cues(text, start, end)] if marks else [cue]
    return out


def list_before(
    run: Sequence[Number], each: re.Match[str], sentence: Sentence, book: Rulebook
) -> tuple[Phrase, list[Span], Span | None] | None:
    """The list that 分别 speaks of where it stands in the phrase before: words of both, parts, tail.

    A、B和C，今年分别为5次、8次、12次; 山林、婚恋两类纠纷分别为12件、9件: how many kinds parts the list too.
    """
    left, text = run[0].left, sentence.text
    before = next(earlier_than(left, sentence), None)
    if before is None or not before.cues:
        return None
    joined = before.of([*before.cues, *left.cues], before.start, left.end)
    joined.mark, joined.depth = before.mark, before.depth
    spans = split_list(before, text)
    if len(spans) != len(run):
        return None
    if left.mark == "q" and before.number is not None and before.number.quantity.unit in _KINDS:
        if before.number.quantity.value != len(run):
            return None
        named = any(c.word.noun and c.word.heads and c.start < each.start() for c in left.cues)
        return joined, spans, (left.start, left.end) if named else _tail(run[0], text)
    said = [c for c in left.cues if c.start < each.start() and (c.word.noun or c.word.verb or c.word.decoy)]
    if left.mark not in ("，", ",") or before.number is not None or said:
        return None
    if gaps.residue(text, left.start, each.start(), left.cues, book):
        return None
    return joined, spans, _tail(run[0], text)


_KINDS = frozenset({"类", "大类", "种", "项", "方面", "个方面"})


# 上半年、下半年调解纠纷分别为36件、41件: of one thing at several times.
_TIME = re.compile(
    r"\s*(?:全?[上下前]半年|第?[一二三四1-4](?:季度)?|20\d\d年(?:度|全年)?|\d{1,2}(?:月份?)?|[今去前]年|上年)\s*"
)


def _of_times(spans: Sequence[Span], text: str) -> Span | None:
    """What all parts share behind the last of the times."""
    if len(spans) < 2 or any(not _TIME.fullmatch(text, *span) for span in spans[:-1]):
        return None
    last = _TIME.match(text, *spans[-1])
    return (last.end(), spans[-1][1]) if last and last.end() < spans[-1][1] else None


def _say_no_thing(spans: Sequence[Span], first: Number, left: Phrase, text: str) -> bool:
    """第二、三季度分别为7件、9件; 法治培训，镇干部、网格员分别办了2期、4期: when or for whom, not of what."""
    if all(_TIME.fullmatch(text, *span) for span in spans):
        return True
    people = first.quantity.unit in PEOPLE or first.quantity.unit == "人次"
    named = [[c for c in left.cues if a <= c.start and c.end <= b] for a, b in spans]
    return not people and are_audiences(named)


def _tail(first: Number, text: str) -> Span | None:
    """What all parts share after 分别 (2022年、2023年分别调解矛盾纠纷45件、52件)."""
    each = _each(first, text)
    if not each or each.end() >= first.left.end:
        return None
    shared = any(c.start >= each.start() and (c.word.noun or c.word.verb) for c in first.left.cues)
    return (each.end(), first.left.end) if shared else None


def _only_done(left: Phrase, tail: Span) -> bool:
    """宣传单、展板分别发放900份和摆放12块: a verb alone stands behind 分别, and no noun."""
    return all(c.word.verb and not c.word.noun for c in left.cues if c.start >= tail[0])


def _with_verbs(part: Phrase, verbs: frozenset[str]) -> Phrase:
    """The part with what is done to each of the list."""
    return replace(part, concepts=part.concepts | verbs, verbs=verbs) if verbs else part


def part_of_list(left: Phrase, start: int, end: int, tail: Span | None) -> Phrase:
    """One part of a list as a phrase; without a verb of its own it shares the one that leads the list."""
    cues = [c for c in left.cues if start <= c.start < end or (tail and c.start >= tail[0])]
    cues = [*(c for c in left.cues if c.start < start and "own_town" in c.word.concepts), *cues]
    part = left.of(cues, start, tail[1] if tail else end)
    if not part.verbs:
        part.verbs = verbs_of([c for c in left.cues if c.start < start])
    return part


def with_noun(part: Phrase, noun: Cue) -> Phrase:
    """规范性文件制定、备案各1件; 排查、化解纠纷分别为9件、7件: a verb alone shares the noun of the list."""
    return replace(part, cues=[noun, *part.cues], concepts=part.concepts | noun.word.concepts)
