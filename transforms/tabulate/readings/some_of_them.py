"""Villages counted a second time and not named again (全镇14个村中，12个建起了法治广场)."""

from __future__ import annotations

import re

from transforms.tabulate import gaps
from transforms.tabulate.fits import Context, Scene
from transforms.tabulate.phrases import Number, Phrase
from transforms.tabulate.readings.scored import Reading, matches
from transforms.tabulate.rulebook import Cue

# What it costs: the noun stands before the number before.
SAID_BEFORE = 0.1
# 2个正在建设: a word or two may stand before the verb.
NEAR = 3
# 3个没有配备法律顾问, 5个正在建设: they lack it, or have it yet to come.
_LACK_IT = re.compile(r"(?:目前|现|仍|暂|尚|还)*(?:没|未|无|缺|正|拟|将|计划|准备|即将)")
# 14个村中，已有12个; 14个村里有12个
_AMONG = re.compile(r"(?:当中|之中|中|里)?[，,]?(?:目前|现|其中)?(?:已经?|均)?有?")


def villages_meant(number: Number, context: Context) -> Cue | None:
    """The word for the villages that the number before counts, where this one counts some of them."""
    if number.quantity.unit != "个" or not number.index:
        return None
    right, all_ = number.right, context.sentence.numbers[number.index - 1]
    if right is None or right.listed or not right.cues or all_.quantity.unit != "个":
        return None
    if all_.right is None or not all_.right.cues or right.cues[0].start - right.start > NEAR:
        return None
    cue = all_.right.cues[0]
    if cue.start != all_.right.start or gaps.PLACES.isdisjoint(cue.word.concepts):
        return None
    among = _AMONG.fullmatch(context.sentence.text, cue.end, number.start)
    return cue if among and cue.end < number.start and right.cues[0].word.verb else None


def through_villages(cue: Cue, number: Number, context: Context) -> list[Reading]:
    """Through the villages of the number before, with what is said behind this one."""
    right: Phrase = number.right or number.left
    if _LACK_IT.match(context.sentence.text, right.start):
        return []
    scene = Scene(right, number, right.concepts | cue.word.concepts, right.verbs)
    found = matches(cue, scene, context, 1.0 - SAID_BEFORE, "carried")
    return [r for r in found if r.frame.asks]
