"""The repairs in their one order, and `normalize`, which carries them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .aligned_text import AlignedText, Change, Layer, Moved, Swapped, moved
from .characters import (
    compatibility,
    full_width,
    invisible,
    line_ends,
    looks_usual,
    odd_spaces,
    private_use,
    round_zero,
    set_otherwise,
)
from .comma_rows import comma_rows
from .emphasis import emphasis
from .gaps import broken_decimals, broken_thousands, closed_gaps
from .lines import line_breaks
from .markdown import markdown
from .mirrors import inline_pinyin, lost_xian, stray_latin
from .mojibake import mojibake
from .pages import page_furniture
from .punctuation import doubled_punctuation, points_set_as_stops, stops_set_as_points
from .script import conversion_rules, to_simplified
from .tables import table_rows


class Mover(NamedTuple):
    """A repair that shifts what follows.

    `plain`: it knows words, and reads the text in Simplified script, so that both scripts are mended alike
    and the conversion behind it opens nothing that it has refused.
    """

    step: str
    find: Callable[[str], Sequence[Change]]
    plain: bool = False


class Swapper(NamedTuple):
    """A repair that changes characters one for one; `rules` says which rule changed what."""

    step: str
    swap: Callable[[str], str]
    rules: Callable[[str, str], list[tuple[int, int, str]]] | None = None


Step = Mover | Swapper

# What a character is comes before what it stands for, words before the cells and lines they are set in, lines
# before the gaps a broken line leaves, and script last, on phrases that are whole again.
CHARACTER_STEPS: tuple[Step, ...] = (
    Mover("mojibake", mojibake),
    Mover("line_ends", line_ends),
    Mover("invisible", invisible),
    Swapper("odd_spaces", odd_spaces),
    Swapper("private_use", private_use),
    Swapper("compatibility", compatibility),
    Swapper("full_width", full_width),
    Swapper("set_otherwise", set_otherwise),
)
SCRIPT = Swapper("script", to_simplified, conversion_rules)
TEXT_STEPS: tuple[Step, ...] = (
    Mover("emphasis", emphasis),
    Mover("markdown", markdown),
    Mover("comma_rows", comma_rows),
    Mover("lost_xian", lost_xian),
    Mover("inline_pinyin", inline_pinyin),
    Mover("stray_latin", stray_latin),
    Swapper("round_zero", round_zero),
    Swapper("points_set_as_stops", points_set_as_stops),
    Swapper("stops_set_as_points", stops_set_as_points),
    Mover("table_rows", table_rows, plain=True),
    Mover("doubled_punctuation", doubled_punctuation),
    Mover("page_furniture", page_furniture, plain=True),
    Mover("line_breaks", line_breaks, plain=True),
    Mover("broken_decimals", broken_decimals, plain=True),
    Mover("broken_thousands", broken_thousands, plain=True),
    Mover("gaps", closed_gaps, plain=True),
    SCRIPT,
)
# These take away only what no step before them looks at; after any other an earlier one may find work.
_CLOSES = frozenset(("lost_xian", "inline_pinyin"))
_ROUNDS = 8


def normalize(text: str) -> AlignedText:
    """Repair `text` and keep the way back; a text that needs nothing costs one scan a repair.

    One repair may lay open what another waits for (a closed line break shows a broken number), so the steps
    run again until none finds anything. Two rounds are usual for a scan, one for all else.

    >>> normalize("關(guān)愛鎮(zhèn)民受理糾紛２９ 件,,調(diào)解28\\n件。").text
    '关爱镇民受理纠纷29件,调解28件。'
    """
    layers: list[Layer] = []
    now = text
    for _ in range(_ROUNDS):
        before = len(layers)
        usual = looks_usual(now)
        if not usual:
            now = _carried_out(CHARACTER_STEPS, now, layers)
        now = _carried_out(TEXT_STEPS, now, layers)
        if not _is_open(now, layers[before:], usual):
            break
    return AlignedText(now, text, tuple(layers))


def _is_open(text: str, made: Sequence[Layer], usual: bool) -> bool:
    """Whether a step may find work in what those after it have `made` of the text in one round."""
    if any(isinstance(layer, Moved) and layer.step not in _CLOSES for layer in made):
        return True
    return not usual and bool(made) and not looks_usual(text)


def _carried_out(steps: Sequence[Step], text: str, layers: list[Layer]) -> str:
    """The text after `steps`; what each did is added to `layers`."""
    plain: str | None = None  # the text in Simplified script, once a step has asked for it
    for step in steps:
        if isinstance(step, Mover):
            if step.plain and plain is None:
                plain = to_simplified(text)
            if changes := step.find(plain if step.plain and plain is not None else text):
                text, layer = moved(text, changes, step.step)
                layers.append(layer)
                plain = None
            continue
        swapped = plain if step is SCRIPT and plain is not None else step.swap(text)
        if swapped != text:
            layers.append(Swapped(step.step, text, swapped, step.rules))
            text = swapped
    return text
