"""The repairs in their one order, and `normalize`, which carries them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .aligned_text import AlignedText, Change, Layer, Swapped, moved
from .gaps import number_gaps
from .pinyin import inline_pinyin
from .script import conversion_rules, to_simplified
from .width import full_width


class Mover(NamedTuple):
    """A repair that shifts what follows."""

    step: str
    find: Callable[[str], Sequence[Change]]


class Swapper(NamedTuple):
    """A repair that changes characters one for one."""

    step: str
    swap: Callable[[str], str]
    rules: Callable[[str, str], list[tuple[int, int, str]]] | None = None


STEPS: tuple[Mover | Swapper, ...] = (
    Swapper("width", full_width),
    Mover("inline_pinyin", inline_pinyin),
    Mover("number_gaps", number_gaps),
    Swapper("script", to_simplified, conversion_rules),
)


def normalize(text: str) -> AlignedText:
    """Repair `text` and keep the way back.

    >>> normalize("關(guān)刀鎮(zhèn)受理糾紛２９ 件").text
    '关刀镇受理纠纷29件'
    """
    layers: list[Layer] = []
    now = text
    for step in STEPS:
        if isinstance(step, Mover):
            changes = step.find(now)
            if changes:
                now, layer = moved(now, changes, step.step)
                layers.append(layer)
        else:
            swapped = step.swap(now)
            if swapped != now:
                layers.append(Swapped(step.step, now, swapped, step.rules))
                now = swapped
    return AlignedText(now, text, tuple(layers))
