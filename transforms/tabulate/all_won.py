"""均胜诉: as many as there were, or as were concluded."""

from __future__ import annotations

import re
from typing import Final

from transforms.tabulate.fits import Context
from transforms.tabulate.rulebook import Cue

_ALL_WON: Final = re.compile(
    r"(?:均|都|全部)(?:已|依法|经法院)?(?:审结)?(?:并|且|、)?(?:判决|获|获得|予以)?为?$"
)


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
    return cue.start - len(found[0]) if found else None


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
