"""All candidate readings of a number, and the best of them for each number of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.tabulate import after_number
from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import Number
from transforms.tabulate.readings import own_noun, some_of_them
from transforms.tabulate.readings.batches import of_batches
from transforms.tabulate.readings.carried import through_earlier
from transforms.tabulate.readings.left import through_left
from transforms.tabulate.readings.no_count import counts_nothing
from transforms.tabulate.readings.picked_out import but_for_some
from transforms.tabulate.readings.right import through_right
from transforms.tabulate.readings.scored import Reading
from transforms.tabulate.rulebook import Cue

THRESHOLD, CARRIED_THRESHOLD = 0.6, 0.7
# A reading of its own words that good leaves no room for a carried noun.
GOOD_ENOUGH = 0.6


def readings(number: Number, context: Context) -> list[Reading]:
    """All readings of a number, unordered."""
    if counts_nothing(number, context):
        return []
    if number.index and (villages := some_of_them.villages_meant(number, context)) is not None:
        return some_of_them.through_villages(villages, number, context)
    behind = number.right  # empty for most: a mark follows
    follows = behind is not None and behind.end > behind.start and not behind.listed
    of_others = follows and after_number.counts_the_next(number)
    if own_noun.has_a_head(number):
        return []
    found, blocked = through_left(number, context, follows, of_others)
    if found and context.sentence.text[number.start - 1] in _SOME:
        found = but_for_some(found, number, context)
    if follows:
        if said := _said_aside(number):
            kept = [r for r in found if r.cue.start >= said.end]
            run_on = number.left.mark == "q"
            anew = [] if run_on else through_right(number, context, False)
            if anew := anew or through_right(_behind(number), context, False):
                return kept + anew
        found += through_right(number, context, (bool(found) or blocked) and not of_others)
    elif behind is not None and behind.listed and not found:
        found = of_batches(number, context)
    if not blocked:
        for reading in found:
            if reading.score > GOOD_ENOUGH:
                break
        else:
            if not (follows and _names_another(number)):
                found += through_earlier(number, context)
    if found and number.quantity.unit is None and _is_cut_off(number, context.sentence.text):
        found = [r for r in found if r.frame.measure == "stock"]
    for reading in found:
        if reading.score < CARRIED_THRESHOLD:  # seldom: of most all are above either threshold
            return [r for r in found if r.score >= (CARRIED_THRESHOLD if r.side == "carried" else THRESHOLD)]
    return found


_SOME = frozenset("的有仅只占为")
_EVENTS = frozenset({"次", "场", "场次", "期"})


def _said_aside(number: Number) -> Cue | None:
    """结合“宪法宣传月”开展9次会前学法: what was held stands behind its number, the noun before says when.

    So does one of the number before in run-on text (召开9次党委会议开展4次会前学法). The last such noun.
    """
    left, right = number.left, number.right
    if right is None or right.number is not None or len(left.cues) < LEAST:
        return None
    verb, before = left.cues[-1], left.cues[-2]
    if verb.end != number.start or not verb.word.verb or not before.word.noun:
        return None
    if left.mark == "q" and not left.listed:
        return before
    held = number.quantity.unit in _EVENTS and "hold" in verb.word.acts
    return before if held and before.end < verb.start else None


LEAST = 2


def _names_another(number: Number) -> bool:
    """纳入培训计划，举办2期主题教育读书班: what was held is told behind its number, and is no training."""
    if number.quantity.unit not in _EVENTS or number.right is None:
        return False
    named = next((c for c in number.right.cues if c.word.noun or c.word.decoy), None)
    return named is not None and named.word.decoy


def _behind(number: Number) -> Number:
    """The number with nothing before it but its verb."""
    left, verb = number.left, number.left.cues[-1]
    cut = left.of([verb], verb.start, left.end)
    return Number(number.numeral, number.quantity, cut, number.index, number.right)


def _is_cut_off(number: Number, text: str) -> bool:
    """共开展检查8 at the end of a text that else has its stops: digits and a measure word may be lost."""
    return number.quantity.end == len(text) and "。" in text


def settle(found: Sequence[tuple[Number, Sequence[Reading]]]) -> dict[int, Reading]:
    """One reading a number: the best first, and no word counted by two numbers (but where it is carried).

    Each number comes with one reading at least.
    """
    only: dict[int, Reading] = {}
    words: set[int] = set()
    for number, options in found:
        if len(options) > 1:
            break
        only[number.index] = options[0]
        words.add(options[0].cue.start)
    if len(words) == len(found):
        return only  # nothing to choose
    return _best_first(found)


def _best_first(found: Sequence[tuple[Number, Sequence[Reading]]]) -> dict[int, Reading]:
    ranked = [(number, reading) for number, options in found for reading in options]
    ranked.sort(key=_rank)
    chosen: dict[int, Reading] = {}
    taken: dict[int, int] = {}
    for number, reading in ranked:
        if number.index in chosen:
            continue
        if reading.side != "carried" and not _paid_for(reading):
            if taken.get(reading.cue.start, number.index) != number.index:
                continue
            taken[reading.cue.start] = number.index
        chosen[number.index] = reading
    return chosen


def _paid_for(reading: Reading) -> bool:
    """投入30余万元打造法治文化公园1处: the money and the thing it built count one noun between them."""
    return reading.side == "right" and reading.frame.measure == "amount"


def _rank(row: tuple[Number, Reading]) -> tuple[float, int, int, int, str]:
    number, reading = row
    frame = reading.frame
    return -round(reading.score, 6), number.index, -reading.cue.start, -frame.weight, frame.rule
