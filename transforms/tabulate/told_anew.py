"""How many there are once some have left (共有8名，其中3名调离，现有5名): the last is the stock, no part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.numbers import Read
from transforms.tabulate.part_of import same
from transforms.tabulate.phrases import Sentence

IN_TOLD_ANEW = "现"
_LEFT = re.compile(r"[^，,；;。]{0,14}(?:退出|退休|调离|调走|调出|离职|离岗|辞职|解聘|清退|转岗|注销)")
_NOW = re.compile(r"(?:^|[，,；;故])[^，,；;。]{0,3}?现(?:仅)?[有存]")
# Those left are told right behind those who went, or with one clause between.
WITHIN = 2


def told_anew(sentence: Sentence, reads: Sequence[Read]) -> dict[int, int]:
    """Where the stock is told anew: index of that number, to the index of what the stock was before."""
    found: dict[int, int] = {}
    for i in range(1, len(reads) - 1):
        if not _LEFT.match(sentence.text, reads[i].number.quantity.end):
            continue
        whole = reads[i - 1]
        for now in reads[i + 1 : i + 1 + WITHIN]:
            if _is_now(now, whole, sentence.text):
                found[now.number.index] = whole.number.index
                break
    return found


def _is_now(now: Read, whole: Read, text: str) -> bool:
    """The same thing in its unit, fewer than they were, and said to be there now."""
    if not same(whole, now) or (now.number.quantity.value or 0) >= (whole.number.quantity.value or 0):
        return False
    start = now.number.left.start
    if not _NOW.search(text, start - 1 if start else start, now.number.start):
        return False
    known = {r.frame.indicator for r in now.readings}
    return bool(known) and known == {r.frame.indicator for r in whole.readings}
