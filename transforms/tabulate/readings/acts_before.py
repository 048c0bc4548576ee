"""What was done, told before a number that has no verb of its own, or once more right before it."""

from __future__ import annotations

from bisect import bisect_left

from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import Phrase, start_of
from transforms.tabulate.rulebook import Cue

# How many words or phrases back the verb may stand.
NEAR = 4


def said_again(phrase: Phrase, cue: Cue, context: Context) -> bool:
    """发放联系卡，今年共发放9张: the verb that led to the noun is said again, and no other."""
    if not phrase.verbs or not phrase.cues:  # the verbs of two levels may be another phrase's
        return False
    cues = context.sentence.cues
    behind = bisect_left(cues, (cue.start,))
    near = reversed(cues[max(0, behind - NEAR) : behind])
    led = next((c.word for c in near if c.word.verb), None)
    return led is not None and led.acts == phrase.verbs and phrase.cues[-1].word is led


def before_bracket(phrase: Phrase, context: Context) -> Phrase | None:
    """整改安全隐患（共9处）: what was done is said before the bracket."""
    phrases = context.sentence.phrases
    at = bisect_left(phrases, phrase.start, key=start_of)
    near = reversed(phrases[max(0, at - NEAR) : at])
    return next((p for p in near if p.end == phrase.start - 1), None)
