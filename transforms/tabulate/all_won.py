"""均胜诉: as many as there were, or as were concluded."""

from __future__ import annotations

import re
from typing import Final

from transforms.tabulate.fits import Context
from transforms.tabulate.rulebook import Cue

_ALL_WON: Final = re.compile(
    r"(?:均|都|全部)(?:已|依法|经法院)?(?:审结)?(?:并|且|、)?(?:判决|获|获得|予以)?为?$"
)


# 行政诉讼案件1件，一审胜诉: the only one there was
_THE_ONLY_ONE: Final = re.compile(
    r"[，,（(]?(?:(?:已|经)?(?:审结|判决|宣判|开庭审理|审理)[，,、且并]?|(?:一审|二审|终审|法院|判决|结果|均?已?获|已|为|并))*"
)
_SUITS: Final = frozenset({"litigation", "litigation_any", "sued_admin"})

_CONCLUDED: Final = re.compile(r"(?:均|都|已|全部|经)*(?:审结|判决|结案|审理完毕)[，,、且并]*")
# Behind a mark that parts them from those counted before: 其中一审3件、二审1件，均胜诉 is said of all.
_INSTANCES: Final = ("一审", "二审", "再审", "终审")
_APART: Final = ("；", ";")
LONGEST_BETWEEN: Final = 8


def all_won(cue: Cue, context: Context) -> int | None:
    """Where 均 stands that says it of all of them; 全胜 says it itself."""
    if cue.word.text.startswith("全胜"):
        return cue.start
    before = context.sentence.text[max(context.sentence.start, cue.start - 10) : cue.start]
    found = _ALL_WON.search(before)
    if found:
        return cue.start - len(found[0])
    return cue.start if _is_of_the_only_one(cue, context) else None


def _is_of_the_only_one(cue: Cue, context: Context) -> bool:
    last = next((n for n in reversed(context.sentence.numbers) if n.quantity.end <= cue.start), None)
    if last is None or last.quantity.value != 1 or last.left.concepts.isdisjoint(_SUITS):
        return False
    if (
        cue.start - last.quantity.end > LONGEST_BETWEEN
        or "其中" in context.sentence.text[last.left.start : last.start]
    ):
        return False
    return _THE_ONLY_ONE.fullmatch(context.sentence.text, last.quantity.end, cue.start) is not None


def concluded(start: int, context: Context) -> int | None:
    """审结3件，均胜诉; ；二审2件，均胜诉: of those concluded, where their number stands right before."""
    last = next((n for n in reversed(context.sentence.numbers) if n.quantity.end <= start), None)
    if last is None or start - last.quantity.end > LONGEST_BETWEEN:
        return None
    text = context.sentence.text
    between = text[last.quantity.end : start]
    apart = last.left.mark in _APART and text.endswith(_INSTANCES, last.left.start, last.start)
    told = apart or "concluded" in last.left.concepts
    if not (told and len(between) <= 1) and not _CONCLUDED.fullmatch(between):
        return None
    value = last.quantity.value
    return int(value) if value is not None else None
