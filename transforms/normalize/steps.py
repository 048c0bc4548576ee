"""The repairs in their one order, and `normalize`, which carries them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .aligned_text import AlignedText, Change, Layer, Swapped, moved
from .characters import compatibility, full_width, invisible, line_ends, looks_usual, odd_spaces, private_use
from .gaps import broken_decimals, closed_gaps
from .lines import line_breaks, page_furniture
from .mirrors import inline_pinyin, lost_xian, stray_latin
from .mojibake import mojibake
from .punctuation import doubled_punctuation
from .script import conversion_rules, to_simplified
from .tables import table_rows


class Mover(NamedTuple):
    """A repair that shifts what follows."""

    step: str
    find: Callable[[str], Sequence[Change]]


class Swapper(NamedTuple):
    """A repair that changes characters one for one; `rules` says which rule changed what."""

    step: str
    swap: Callable[[str], str]
    rules: Callable[[str, str], list[tuple[int, int, str]]] | None = None


Step = Mover | Swapper

# What a character is comes before what it stands for, words before the lines they are set in, lines before
# the gaps a broken line leaves, and script last, on phrases that are whole again.
CHARACTER_STEPS: tuple[Step, ...] = (
    Mover("mojibake", mojibake),
    Mover("line_ends", line_ends),
    Mover("invisible", invisible),
    Swapper("odd_spaces", odd_spaces),
    Swapper("private_use", private_use),
    Swapper("compatibility", compatibility),
    Swapper("full_width", full_width),
)
TEXT_STEPS: tuple[Step, ...] = (
    Mover("table_rows", table_rows),
    Mover("lost_xian", lost_xian),
    Mover("inline_pinyin", inline_pinyin),
    Mover("stray_latin", stray_latin),
    Mover("doubled_punctuation", doubled_punctuation),
    Mover("page_furniture", page_furniture),
    Mover("line_breaks", line_breaks),
    Mover("broken_decimals", broken_decimals),
    Mover("gaps", closed_gaps),
    Swapper("script", to_simplified, conversion_rules),
)
# after these an earlier step may find work, so all run once more
_REOPENING = frozenset(step.step for step in (*CHARACTER_STEPS, *TEXT_STEPS) if isinstance(step, Mover)) - {
    "lost_xian",
    "inline_pinyin",
}
_ROUNDS = 8


def normalize(text: str) -> AlignedText:
    """Repair `text` and keep the way back; a text that needs nothing costs one scan a repair.

    One repair may lay open what another waits for (a closed line break shows a broken number), so the steps
    run again until none finds anything. Two rounds are usual for a scan, one for all else.

    >>> normalize("關(guān)刀鎮(zhèn)受理糾紛２９ 件,,調(diào)解28\\n件。").text
    '关刀镇受理纠纷29件,调解28件。'
    """
    layers: list[Layer] = []
    now = text
    for _ in range(_ROUNDS):
        before = len(layers)
        if not looks_usual(now):
            now = _carried_out(CHARACTER_STEPS, now, layers)
        now = _carried_out(TEXT_STEPS, now, layers)
        if _REOPENING.isdisjoint(layer.step for layer in layers[before:]):
            break
    return AlignedText(now, text, tuple(layers))


def _carried_out(steps: Sequence[Step], text: str, layers: list[Layer]) -> str:
    """The text after `steps`; what each did is added to `layers`."""
    for step in steps:
        if isinstance(step, Mover):
            if changes := step.find(text):
                text, layer = moved(text, changes, step.step)
                layers.append(layer)
        elif (swapped := step.swap(text)) != text:
            layers.append(Swapped(step.step, text, swapped, step.rules))
            text = swapped
    return text
