"""What was done, told before a number that has no verb of its own, or once more right before it."""

from __future__ import annotations

from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import Phrase
from transforms.tabulate.rulebook import Cue


def said_again(phrase: Phrase, cue: Cue, context: Context) -> bool:
    """发放联系卡，今年共发放9张: the verb that led to the noun is said again, and no other."""
    if not phrase.verbs:
        return False
    before = (c.word for c in reversed(context.sentence.cues) if c.start < cue.start and c.word.verb)
    led = next(before, None)
    return led is not None and led.acts == phrase.verbs and phrase.cues[-1].word is led


def before_bracket(phrase: Phrase, context: Context) -> Phrase | None:
    """整改安全隐患（共9处）: what was done is said before the bracket."""
    return next((p for p in context.sentence.phrases if p.end == phrase.start - 1), None)
