"""Candidate readings of a number: which frame, through which word, how far-fetched; the best of them win."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from transforms.tabulate.phrases import JOINERS, Number, Phrase, Sentence
from transforms.tabulate.rulebook import Cue, Frame, Rulebook

Side = Literal["left", "right", "carried"]

THRESHOLD = 0.5
# A reading of its own words that good leaves no room for a carried noun.
GOOD_ENOUGH = 0.6
# What a reading costs: a character between noun and number that no rule knows, another noun between them,
# a noun taken from an earlier phrase or sentence. Scores are ranks, made probabilities in confidence.toml.
RESIDUE, PASSED_NOUN, CARRIED, FAR_CARRIED = 0.05, 0.08, 0.2, 0.12
RIGHT, RIGHT_RESIDUE, RIGHT_AGAINST_LEFT = 0.04, 0.02, 0.35
WEIGHT, OWN_ACTION = 0.03, 0.04
CARRIED_NEXT = 0.06
COUNTS_NEXT, MODIFIER = 0.3, 0.45
MAX_RESIDUE, MAX_RIGHT_RESIDUE = 8, 14
MAX_CARRIED = 5
# How far before its noun a word may stand and still speak of it.
WINDOW = 26
VERB_WINDOW = 12


@dataclass(slots=True)
class Reading:
    """One way to read a number."""

    frame: Frame
    cue: Cue
    side: Side
    score: float
    cues: tuple[str, ...]


@dataclass(slots=True)
class Context:
    """What a reading may look back on: the sentence, the one before it in the same section, the heading."""

    sentence: Sentence
    before: Sequence[Cue] = ()  # cues of the previous sentence and the heading, in order of place
    book: Rulebook = field(repr=False, default=None)  # type: ignore[assignment]


def readings(number: Number, context: Context) -> list[Reading]:
    """All readings of a number, unordered."""
    found, blocked = _left(number, context)
    found += _right(number, context, bool(found) or blocked)
    if not blocked and not any(r.score > GOOD_ENOUGH for r in found):
        found += _carried(number, context)
    return [r for r in found if r.score >= THRESHOLD]


def _left(number: Number, context: Context) -> tuple[list[Reading], bool]:
    """Through the words before the number; True when a thing without an indicator stands there instead."""
    phrase, out, passed = number.left, [], 0
    top = 1.0 - (COUNTS_NEXT if _counts_the_next(number) else 0)
    by_object = context.book.by_object
    for i in range(len(phrase.cues) - 1, -1, -1):
        cue = phrase.cues[i]
        word = cue.word
        if word.decoy:
            if out:
                break
            return [], gap_residue(context, cue.end, number.start, phrase.cues[i + 1 :]) <= MAX_RESIDUE
        if word.concepts.isdisjoint(by_object):
            continue
        residue = gap_residue(context, cue.end, number.start, phrase.cues[i + 1 :])
        if residue > MAX_RESIDUE or _list_mark_at_end(context, cue.end, number):
            break
        base = top - residue * RESIDUE - passed * PASSED_NOUN
        if context.sentence.text.startswith("率", cue.end) and number.quantity.unit != "%":
            break
        if not word.verb and is_modifier(cue, phrase, i, number, context):
            base -= MODIFIER
        near = _near(phrase, cue)
        out += _matches(cue, phrase, near.concepts, near.verbs, number, context, base, "left")
        if word.noun and not word.entity:
            passed += 1
    return out, False


def is_modifier(cue: Cue, phrase: Phrase, i: int, number: Number, context: Context) -> bool:
    """宣传音频12次: an unknown noun right after the cue is the head, the cue only says of what kind."""
    text = context.sentence.text
    stop = phrase.cues[i + 1].start if i + 1 < len(phrase.cues) else number.start
    if stop <= cue.end:
        return False
    rest = _unknown_lead(text[cue.end : stop], context.book)
    return rest > 1


@lru_cache(maxsize=20_000)
def _unknown_lead(gap: str, book: Rulebook) -> int:
    """How many unknown characters a gap begins with."""
    first = book.light.search(gap)
    return first.start() if first else len(gap)


def _counts_the_next(number: Number) -> bool:
    """邀请法律顾问到14个村: a noun that follows at once, and has no number of its own, is what is counted."""
    right = number.right
    if right is None or len(right.mark) > 1 or not right.cues:
        return False
    first = right.cues[0]
    if first.start != right.start or right.number is not None:
        return False
    if first.word.verb:
        # 镇党委会先后4次研究部署: the number says how often that was done
        return not number.left.verbs and number.quantity.unit in ("次", "轮")
    return first.word.noun


def _near(phrase: Phrase, cue: Cue) -> Phrase:
    """The phrase without what stands far before the noun: run-on text is one long phrase.

    A verb further off than `VERB_WINDOW` still counts where no other verb stands nearer.
    """
    floor = cue.start - WINDOW
    if phrase.start >= cue.start - VERB_WINDOW:
        return phrase
    nearer = any(c.word.verb and cue.start - VERB_WINDOW <= c.start < cue.start for c in phrase.cues)
    cues = [
        c
        for c in phrase.cues
        if c.start >= floor and not (nearer and c.word.verb and c.start < cue.start - VERB_WINDOW)
    ]
    return Phrase(
        max(phrase.start, floor),
        phrase.end,
        phrase.mark,
        phrase.depth,
        cues,
        set().union(*(c.word.concepts for c in cues)),
        set().union(*(c.word.concepts for c in cues if c.word.verb)),
    )


def is_modifier(cue: Cue, phrase: Phrase, i: int, number: Number, context: Context) -> bool:
    """宣传音频12次: an unknown noun right after the cue is the head, the cue only says of what kind."""
    text = context.sentence.text
    stop = phrase.cues[i + 1].start if i + 1 < len(phrase.cues) else number.start
    if stop <= cue.end:
        return False
    rest = _unknown_lead(text[cue.end : stop], context.book)
    return rest > 1


@lru_cache(maxsize=20_000)
def _unknown_lead(gap: str, book: Rulebook) -> int:
    """How many unknown characters a gap begins with."""
    first = book.light.search(gap)
    return first.start() if first else len(gap)


def _counts_the_next(number: Number) -> bool:
    """邀请法律顾问到14个村: a noun that follows at once, and has no number of its own, is what is counted."""
    right = number.right
    if right is None or len(right.mark) > 1 or not right.cues:
        return False
    first = right.cues[0]
    if first.start != right.start or right.number is not None:
        return False
    if first.word.verb:
        # 镇党委会先后4次研究部署: the number says how often that was done
        return not number.left.verbs and number.quantity.unit in ("次", "轮")
    return first.word.noun


def _near(phrase: Phrase, cue: Cue) -> Phrase:
    """The phrase without what stands far before the noun: run-on text is one long phrase."""
    floor = cue.start - WINDOW
    if phrase.start >= floor:
        return phrase
    cues = [c for c in phrase.cues if c.start >= floor]
    return Phrase(
        max(phrase.start, floor),
        phrase.end,
        phrase.mark,
        phrase.depth,
        cues,
        set().union(*(c.word.concepts for c in cues)),
        set().union(*(c.word.concepts for c in cues if c.word.verb)),
    )


def _list_mark_at_end(context: Context, start: int, number: Number) -> bool:
    """专题会议、5次推进会: the noun before a list mark that stands right before the number belongs elsewhere."""
    gap = context.sentence.text[start : number.start].rstrip(" “”\"）)")
    return bool(gap) and gap[-1] in JOINERS and not number.quantity.each


def _right(number: Number, context: Context, has_left: bool) -> list[Reading]:
    """Through the words after the number (召开3次专题会议): only nouns, never over a mark."""
    phrase, out, passed = number.right, [], 0
    if phrase is None or len(phrase.mark) > 1:
        return []
    concepts = number.left.concepts | phrase.concepts
    verbs = number.left.verbs | phrase.verbs
    text = context.sentence.text
    base = 1.0 - RIGHT - (RIGHT_AGAINST_LEFT if has_left else 0)
    for i, cue in enumerate(phrase.cues):
        word = cue.word
        if word.decoy:
            break
        if word.concepts.isdisjoint(context.book.by_object):
            continue
        if not word.noun and (i or not _bare(number) or phrase.number is not None):
            continue
        residue = gap_residue(context, phrase.start, cue.start, phrase.cues[:i])
        if residue > MAX_RIGHT_RESIDUE:
            break
        if i == 0 and _place_phrase(cue, number, context):
            continue
        score = base - residue * RIGHT_RESIDUE - passed * PASSED_NOUN
        stop = text.find("、", cue.end, phrase.end)
        if stop >= 0:
            near = [c for c in phrase.cues if c.start < stop]
            concepts = number.left.concepts.union(*(c.word.concepts for c in near))
        out += _matches(cue, phrase, concepts, verbs, number, context, score, "right")
        passed += 1
    return out


_INTO = ("深入", "走进", "下沉", "在", "到", "赴", "进入", "为", "对", "向", "依托", "组织", "走访", "下沉到", "深入到", "联合")


def _place_phrase(cue: Cue, number: Number, context: Context) -> bool:
    """深入6个网格开展宣传: where it was done. Frames that ask for more (配备法律顾问 behind it) still see it as their noun."""
    return "grid" in cue.word.concepts and context.sentence.text.endswith(_INTO, number.left.start, number.start)


def _carried(number: Number, context: Context) -> list[Reading]:
    """Through a noun of an earlier phrase (受理29件，调解成功27件), where nothing unknown stands in its place."""
    phrase = number.left
    if _noun_follows(number) or not _may_inherit(number, context):
        return []
    out: list[Reading] = []
    own, verbs = set(phrase.concepts), phrase.verbs
    if after := _verb_after(number):
        own, verbs = own | after.concepts, after.verbs
    seen: set[str] = set()
    for cue, far in _history(phrase, context):
        word = cue.word
        if word.entity or word.decoy or not (word.noun or word.verb) or word.text in seen:
            continue
        if word.concepts.isdisjoint(context.book.by_object):
            continue
        seen.add(word.text)
        base = 1.0 - CARRIED - CARRIED_NEXT * (len(seen) - 1) - (FAR_CARRIED if far else 0)
        concepts = own | word.concepts if word.noun else own
        wider = own | _phrase_of(cue, context)
        out += _matches(cue, phrase, concepts, verbs, number, context, base, "carried", wider)
        if len(seen) == MAX_CARRIED:
            break
    return out


def _phrase_of(cue: Cue, context: Context) -> set[str]:
    """The words said together with a cue of this sentence."""
    for phrase in context.sentence.phrases:
        if phrase.start <= cue.start < phrase.end:
            return _near(phrase, cue).concepts
    return set()


def _verb_after(number: Number) -> Phrase | None:
    """27件调解成功: the verb comes after a number that has nothing before it."""
    right = number.right
    if right is None or len(right.mark) > 1 or not right.cues or not _bare(number):
        return None
    first = right.cues[0]
    return right if first.word.verb and first.start - right.start <= 1 else None


_THERE_IS = frozenset({"有", "已有", "共有", "现有"})


def _bare(number: Number) -> bool:
    """Nothing before the number but 已有 and the like."""
    return all(c.word.text in _THERE_IS for c in number.left.cues)


def _noun_follows(number: Number) -> bool:
    """16个村全部纳入: what follows at once is what is counted."""
    right = number.right
    if right is None or len(right.mark) > 1 or not right.cues:
        return False
    first = right.cues[0]
    if first.start != right.start or not first.word.noun or first.word.verb:
        return False
    return right.number is None or len(right.cues) > 1


def _may_inherit(number: Number, context: Context) -> bool:
    """No noun of its own before the number (but for who did it), and nothing unknown near it."""
    if number.quantity.unit == "%" or number.quantity.unit is None:
        return False
    phrase = number.left
    verb_at = -1
    for i, cue in enumerate(phrase.cues):
        if cue.word.verb:
            verb_at = i
    for cue in phrase.cues[verb_at + 1 :]:
        if cue.word.noun and not cue.word.entity and not cue.word.verb and not _addressed(cue, context):
            return False
    if verb_at >= 0:
        cue = phrase.cues[verb_at]
        if gap_residue(context, cue.end, number.start, phrase.cues[verb_at + 1 :]) == 0:
            return True
    return gap_residue(context, phrase.start, number.start, phrase.cues) <= 1


def _addressed(cue: Cue, context: Context) -> bool:
    """对网格员5次: whom it was done to, not what was counted."""
    at = cue.start - 1
    return at >= context.sentence.start and context.sentence.text[at] in "对向为给在"


def _history(phrase: Phrase, context: Context) -> Iterator[tuple[Cue, bool]]:
    """Cues before a phrase, nearest first; True for those of an earlier sentence or the heading."""
    for cue in reversed(context.sentence.cues):
        if cue.start < phrase.start:
            yield cue, False
    for cue in reversed(context.before):
        yield cue, True


def _matches(
    cue: Cue,
    phrase: Phrase,
    concepts: set[str],
    verbs: set[str],
    number: Number,
    context: Context,
    base: float,
    side: Side,
    wider: set[str] | None = None,
) -> list[Reading]:
    out = []
    unit = number.quantity.unit or _implied(number)
    for concept in cue.word.concepts:
        for frame in context.book.by_object.get(concept, ()):
            if unit not in frame.units and not (unit is None and frame.bare):
                continue
            bonus = fits(frame, cue, phrase, concepts, verbs, context, wider)
            if bonus is not None:
                score = base + bonus + WEIGHT * frame.weight
                out.append(Reading(frame, cue, side, score, _cue_words(cue, frame, phrase)))
    return out


def _implied(number: Number) -> str | None:
    """组织63公职人员: the measure word is missing, the noun behind says people."""
    if number.right is None or not number.right.cues:
        return None
    first = number.right.cues[0]
    return "人" if first.start == number.right.start and "officials" in first.word.concepts else None


def _cue_words(cue: Cue, frame: Frame, phrase: Phrase) -> tuple[str, ...]:
    wanted = frame.action.union(*frame.with_) if frame.with_ else frame.action
    others = [c.word.text for c in phrase.cues if c is not cue and not wanted.isdisjoint(c.word.concepts)]
    return (cue.word.text, *dict.fromkeys(others))


def fits(
    frame: Frame,
    cue: Cue,
    phrase: Phrase,
    concepts: set[str],
    verbs: set[str],
    context: Context,
    wider: set[str] | None = None,
) -> float | None:
    """What the frame asks of the words around: None where it is not met, else a bonus.

    `wider` are the words beside a noun taken from an earlier phrase; they may give what is asked, never forbid.
    """
    if not frame.without.isdisjoint(concepts):
        return None
    around = concepts if wider is None else concepts | wider
    for group in frame.with_:
        if group.isdisjoint(around):
            return None
    bonus = 0.0
    if frame.action:
        if not frame.action.isdisjoint(verbs):
            bonus = OWN_ACTION
        elif not frame.free and (verbs or frame.own_action or frame.action.isdisjoint(carried_verbs(phrase, context))):
            return None
    if frame.own and not _own(phrase, context, cue):
        return None
    if (frame.topic or frame.not_topic) and not _topic(frame, cue, phrase, context):
        return None
    if (frame.subject or frame.not_subject) and not _subject(frame, cue, phrase, context):
        return None
    if frame.fresh and not _fresh(frame.fresh, phrase, context):
        return None
    if frame.not_fresh and "study_bare" in cue.word.concepts and _fresh(frame.not_fresh, phrase, context):
        return None
    return bonus


def carried_verbs(phrase: Phrase, context: Context) -> set[str]:
    """The verbs of the nearest earlier phrase that has any (发放资料400份，读本300册)."""
    phrases = context.sentence.phrases
    for earlier in reversed(phrases[: _position(phrases, phrase)]):
        if earlier.verbs:
            return earlier.verbs
    return set()


def _position(phrases: Sequence[Phrase], phrase: Phrase) -> int:
    for i, candidate in enumerate(phrases):
        if candidate is phrase or candidate.start >= phrase.end:
            return i
    return len(phrases)


# 14个村、1个社区: named together they are all there are; so are those of which all is said.
_ALL_VILLAGES = re.compile(
    r"(?<!深入)(?<!走进)(?<!进入)(?<!下沉)(?<![在到赴])\s*[\d一二三四五六七八九十两]+\s*个\s*(?:行政)?村(?:[（(][^）)]{1,4}[）)])?"
    r"(?:\s*[、和及]\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会|居民委员会)|(?:全部|均|都|全覆盖))|"
    r"(?<=[、和及 ])\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会)"
)


def _own(phrase: Phrase, context: Context, cue: Cue) -> bool:
    """The town as a whole is spoken of: 全镇, 下辖, 共有 before the noun, in the same sentence."""
    sentence = context.sentence
    at = phrase.start - 1 if phrase.mark.startswith("q") and cue.start >= phrase.start else phrase.end
    number = next((n for n in sentence.numbers if n.left is phrase or n.right is phrase), None)
    at = number.start if number else at
    if sentence.text.endswith(_SOME, sentence.start, at):
        return False
    if any("own_town" in c.word.concepts for c in sentence.cues if c.start < at):
        return True
    return bool(_ALL_VILLAGES.match(sentence.text, at))


_SOME = ("已有", "其中", "其余", "深入", "走进", "下沉", "选取", "选择", "另有", "尚有")


def _topic(frame: Frame, cue: Cue, phrase: Phrase, context: Context) -> bool:
    """The nearest phrase that names the topic or a rival of it decides; one that names both is the narrower topic's."""
    phrases = context.sentence.phrases
    at = _position(phrases, phrase)
    own = set().union(*(c.word.concepts for c in phrase.cues if c is not cue))
    for concepts in (own, *(p.concepts for p in reversed(phrases[:at])), *(c.word.concepts for c in reversed(context.before))):
        if not frame.not_topic.isdisjoint(concepts):
            return False
        named, rival = not frame.topic.isdisjoint(concepts), not frame.over.isdisjoint(concepts)
        if named and rival:
            return not frame.yields
        if named or rival:
            return named or not frame.topic
    return frame.open_topic or not frame.topic


def _subject(frame: Frame, cue: Cue, phrase: Phrase, context: Context) -> bool:
    """Who acts: the nearest of the frame's subjects and their rivals in the sentence, before the thing counted."""
    for other in reversed(context.sentence.cues):
        if other.start >= phrase.end or other is cue:
            continue
        concepts = other.word.concepts
        if not frame.over.isdisjoint(concepts):
            return not frame.subject
        if not frame.subject.isdisjoint(concepts):
            return True
        if not frame.not_subject.isdisjoint(concepts):
            return False
    return not frame.subject


def _fresh(wanted: frozenset[str], phrase: Phrase, context: Context) -> bool:
    """A topic was named earlier in the sentence and no number has been given for it yet."""
    phrases = context.sentence.phrases
    for earlier in reversed(phrases[: _position(phrases, phrase)]):
        if not wanted.isdisjoint(earlier.concepts):
            return earlier.number is None
    return False


def gap_residue(context: Context, start: int, end: int, known: Sequence[Cue]) -> int:
    """How many characters between two places no rule knows."""
    if end <= start:
        return 0
    text = context.sentence.text
    rest, at = "", start
    for cue in known:
        if cue.start >= at:
            rest += text[at : min(cue.start, end)] + "\n"
        at = max(at, cue.end)
    rest += text[at:end]
    return _weigh(rest, context.book)


@lru_cache(maxsize=20_000)
def _weigh(text: str, book: Rulebook) -> int:
    return len(book.light.sub("", text).replace("\n", ""))


def settle(found: Sequence[tuple[Number, Sequence[Reading]]]) -> dict[int, Reading]:
    """One reading a number: the best first, and no word counted by two numbers (but where it is carried)."""
    ranked = [
        (reading.score, -number.index, reading.frame.weight, reading.frame.rule, number, reading)
        for number, options in found
        for reading in options
    ]
    ranked.sort(key=_rank, reverse=True)
    chosen: dict[int, Reading] = {}
    taken: dict[int, int] = {}
    for *_, number, reading in ranked:
        if number.index in chosen:
            continue
        if reading.side != "carried":
            if taken.get(reading.cue.start, number.index) != number.index:
                continue
            taken[reading.cue.start] = number.index
        chosen[number.index] = reading
    return chosen


def _rank(row: tuple[float, int, int, str, Number, Reading]) -> tuple[float, int, int, str]:
    return round(row[0], 6), row[1], row[2], row[3]


def split_list(phrase: Phrase, sentence: Sentence) -> list[tuple[int, int]]:
    """The parts of a list in a phrase: cut at 、和与及 that stand outside every word.

    A mark inside a cue (中、小学) does not cut; neither does one before anything is named.
    """
    text = sentence.text
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
