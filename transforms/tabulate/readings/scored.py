"""What a reading is, what it costs, and the readings a word gives a number through its frames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from transforms.tabulate import after_number, fields
from transforms.tabulate.fits import Context, Scene, fits
from transforms.tabulate.phrases import Phrase, follows_batches
from transforms.tabulate.rulebook import Cue, Frame

Side = Literal["left", "right", "carried"]
# Scores are ranks, made probabilities in confidence.py. Both sides of a number pay the same for a noun passed
# over, and gain the same by a step of a frame's weight.
PASSED_NOUN = 0.08
WEIGHT = 0.03


@dataclass(slots=True)
class Reading:
    """One way to read a number."""

    frame: Frame
    cue: Cue
    side: Side
    score: float
    cues: tuple[str, ...]


def matches(cue: Cue, scene: Scene, context: Context, base: float, side: Side) -> list[Reading]:
    """Readings of a number through one word, a frame each; `base` is the score before the frame's own."""
    out: list[Reading] = []
    word, text = cue.word, context.sentence.text
    if word.plain and fields.is_another(cue, context.sentence, context.book):
        return out
    unit = scene.number.quantity.unit or after_number.implied_unit(scene.number, text)
    for frame in word.counting(unit):
        if frame.paired and not follows_batches(scene.number, context.sentence):
            continue
        if frame.touches and not _touches(frame, cue, side, scene, context):
            continue
        bonus = fits(frame, cue, scene, context)
        if bonus is not None:
            score = base + bonus + WEIGHT * frame.weight
            words = _cue_words(cue, frame, scene.phrase) if frame.asks else (word.text,)
            out.append(Reading(frame, cue, side, score, words))
    return out


_LEADS_TO = re.compile(r"[\s了共计达约近]*")


_LIST = re.compile(r"[^，,；;。等]{2,30}等(?:各类|各项|民生|便民|业务|事项|服务|[\s共计达约近])*")


def _touches(frame: Frame, cue: Cue, side: Side, scene: Scene, context: Context) -> bool:
    """成功84件, and not 成功申报合作社2个, where what was done has a name of its own.

    Carried where only the level is said again (村级调解43件、镇级17件), or what was done
    with those that touch it (排查36件，化解35件).
    """
    text = context.sentence.text
    if side == "left":
        if _LEADS_TO.fullmatch(text, cue.end, scene.number.start):
            return True
        return frame.through_list and _LIST.fullmatch(text, cue.end, scene.number.start) is not None
    if side != "carried" or not _LEADS_TO_ITS_OWN.match(text, cue.end):
        return False
    return bool(frame.action) or (scene.phrase.listed and only_scope(scene.phrase))


_LEADS_TO_ITS_OWN = re.compile(r"[\s了共计达约近]*[\d一二三四五六七八九十]")


def _cue_words(cue: Cue, frame: Frame, phrase: Phrase) -> tuple[str, ...]:
    """The noun and the words around it that the frame asked for."""
    told, asked = cue.word.text, frame.asks
    others = [c.word.text for c in phrase.cues if c is not cue and not asked.isdisjoint(c.word.concepts)]
    return (told, *dict.fromkeys(others)) if others else (told,)


def only_scope(phrase: Phrase) -> bool:
    """国家级1，省级4: which level is all that is said."""
    return bool(phrase.cues) and all("scope" in c.word.concepts for c in phrase.cues)
