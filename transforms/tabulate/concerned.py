"""What the cases just counted were about (受理案件5宗，涉婚姻家庭2宗): parts, no counts of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.tabulate.numbers import Read
from transforms.tabulate.phrases import JOINERS, Sentence

IN_CONCERNED = "涉"
_CASES = frozenset({"件", "起", "宗", "例", "条"})
# 涉法涉诉信访 and 涉案 are words of their own.
_CONCERNS = re.compile(r"(?:其中[，,：:]?)?(?:主要)?涉(?:及|到)?(?![法诉案企军众稳黑毒诈赌恶未])")


def concerned(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """Indexes of the numbers which say of what kind the cases counted right before them were."""
    found: set[int] = set()
    for i in range(1, len(reads)):
        if reads[i].number.index not in found and _opens(sentence, reads[i - 1], reads[i]):
            found.update(_run(sentence, reads, i))
    return found


def _opens(sentence: Sentence, whole: Read, part: Read) -> bool:
    left = part.number.left
    if left.mark == "q" and not sentence.text.endswith(tuple(JOINERS), left.start - 1, left.start):
        return False  # 申请32件涉及复议12件: no mark between
    if not _CONCERNS.match(sentence.text, left.start, left.end):
        return False
    return _may_be_of(part, whole)


def _may_be_of(part: Read, whole: Read) -> bool:
    mine, all_ = part.number.quantity, whole.number.quantity
    if mine.unit != all_.unit or mine.unit not in _CASES:
        return False
    return (mine.value or 0) < (all_.value or 0)


def _run(sentence: Sentence, reads: Sequence[Read], first: int) -> Iterator[int]:
    """The list that goes on behind the first part."""
    for i in range(first, len(reads)):
        listed = sentence.text.endswith(
            tuple(JOINERS), reads[i - 1].number.quantity.end, reads[i].number.left.start
        )
        if i > first and not (listed and _may_be_of(reads[i], reads[first - 1])):
            return
        yield reads[i].number.index
