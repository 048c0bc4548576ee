"""Whether a noun before a number is its own, or a name, a body or someone it was done for."""

from __future__ import annotations

import re

from transforms.tabulate import gaps
from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import JOINERS, Number, Phrase
from transforms.tabulate.rulebook import Cue


def is_object_of(thing: Cue, verb: Cue) -> bool:
    """合同审核61件、文件审核7件: a noun that touches the verb is what it was done to."""
    word = thing.word
    if thing.end != verb.start or word.entity or word.verb:
        return False
    return any(not verb.word.acts.isdisjoint(f.asks) for f in word.frames)


_NAME = re.compile(
    r"(?<![对向为给在])(?<!面)[“《\"][^”》\"，；。]{2,}[”》\"](?:主题|系列)?(?:活动|行动|工作|等)*\s*$"
)


def ends_in_a_name(number: Number, phrase: Phrase, text: str) -> bool:
    """开展“以案述法”1场次: a name of its own stands where the noun would, so none is carried."""
    return bool(_NAME.search(text, phrase.start, number.start))


IN_NAME = frozenset('”》"')


def is_counted_itself(number: Number, phrase: Phrase) -> bool:
    """开展技能竞赛9次, 受理投诉9件: a thing that was done touches the number, and no frame counts it.

    Without a verb (公众号76条、抖音31条) it may say where or how.
    """
    if not phrase.verbs or not phrase.cues or phrase.cues[-1].end != number.start:
        return False
    word = phrase.cues[-1].word
    if word.verb or word.noun or word.entity or word.decoy:
        return False
    return word.concepts.isdisjoint(gaps.HAVING)


def has_a_head(number: Number) -> bool:
    """信访事项专班9个, 矛盾纠纷微信群9个: a thing that no frame counts is named after the noun it touches."""
    cues = number.left.cues
    if len(cues) < LEAST or number.quantity.unit not in THINGS or cues[-1].end != number.start:
        return False
    return is_head(cues[-1], cues[-2])


# measure words that ask for a thing, not for how often
THINGS = frozenset({"个", "支", "处", "家", "所", "座", "间"})


def is_head(cue: Cue, noun: Cue) -> bool:
    """Whether a word that is no noun of ours ends a compound that begins with one."""
    word = cue.word
    if noun.end != cue.start or not noun.word.noun or word.verb or word.noun or word.entity or word.decoy:
        return False
    return word.concepts.isdisjoint(gaps.HAVING)


def is_of_a_head(i: int, number: Number, phrase: Phrase) -> bool:
    """9个信访事项专班: the thing at the end of a phrase behind the number is no noun of ours."""
    if number.quantity.unit not in THINGS or i + 1 >= len(phrase.cues):
        return False
    cue, after = phrase.cues[i], phrase.cues[i + 1]
    if not _VILLAGES.isdisjoint(cue.word.concepts):
        return False  # 9个村（社区）法律顾问全覆盖
    return after.end == phrase.end and is_head(after, cue)


LONGEST_BETWEEN = 5


def describes(i: int, phrase: Phrase, text: str) -> bool:
    """9个印有普法标语的环保袋: a noun before 的 says of what kind the thing behind is; a place does not."""
    cue = phrase.cues[i]
    if not text.startswith("的", cue.end) or i + 1 >= len(phrase.cues):
        return False
    after = phrase.cues[i + 1]
    if cue.word.entity or not _PLACES.isdisjoint(cue.word.concepts):
        return False
    if (
        after.word.verb
        or not (after.word.noun and after.word.heads)
        or after.start - cue.end > LONGEST_BETWEEN
    ):
        return False
    if text.startswith("的同时", cue.end) or any(mark in text[cue.end : after.start] for mark in JOINERS):
        return False
    return phrase.number is None or after.end != phrase.end


_PLACES = gaps.PLACES | {"service_centre", "firm", "enterprise", "school", "premises", "hamlet"}
_VILLAGES = gaps.PLACES | {"adviser_of_all", "adviser_of_villages", "adviser_of_communities"}
LEAST = 2
_BODIES = frozenset(
    {"committee", "village", "community", "village_community", "governance_centre", "mediation_room"}
)


_LEADS_TO = ("", "共", "共计", "累计", "合计", "达")


def is_body(cue: Cue, number: Number, text: str) -> bool:
    """乡调委会23件: a body right before a number in which no body is counted says who did it."""
    if _BODIES.isdisjoint(cue.word.concepts):
        return False
    if text[cue.end : number.start] not in _LEADS_TO:
        return False
    return not any(number.quantity.unit in f.units for f in cue.word.frames if f.measure == "stock")


def addressed(cue: Cue, context: Context) -> bool:
    """对网格员5次: whom it was done to, not what was counted."""
    before = context.sentence.text[context.sentence.start : cue.start].rstrip('“"全')
    return before.endswith(("对", "向", "为", "给", "在", *_WITH_WHOM))


# 责任书层层签，镇与村19份、镇与企业31份: between whom.
_WITH_WHOM = tuple(
    f"{one}{joined}" for one in ("镇", "乡", "街道", "村", "政府", "所") for joined in "与同跟"
)
