"""均胜诉: as many as there were, or as were concluded."""

from __future__ import annotations

import re
from typing import Final

from transforms.tabulate.fits import Context
from transforms.tabulate.rulebook import Cue

_ALL_WON: Final = re.compile(
    r"(?:均|都|全部)(?:已|依法|经法院)?(?:审结)?(?:并|且|、)?(?:判决|获|获得|予以)?为?$"
)


def all_won(cue: Cue, context: Context) -> int | None:
    """Where 均 stands that says it of all of them; 全胜 says it itself."""
    if cue.word.text.startswith("全胜"):
        return cue.start
    before = context.sentence.text[max(context.sentence.start, cue.start - 10) : cue.start]
    found = _ALL_WON.search(before)
    return cue.start - len(found[0]) if found else None


def concluded(start: int, context: Context) -> int | None:
    """审结3件，均胜诉: of those concluded, where their number stands right before."""
    last = next((n for n in reversed(context.sentence.numbers) if n.quantity.end <= start), None)
    if last is None or start - last.quantity.end > 1 or "concluded" not in last.left.concepts:
        return None
    value = last.quantity.value
    return int(value) if value is not None else None
