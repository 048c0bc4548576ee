"""Which numbers are parts of another: after 其中, in brackets behind a count, beside a stated total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.numbers import Read
from transforms.tabulate.phrases import Sentence

_OF_WHICH = re.compile(r"其中|包括|包含|内含")
_GOES_ON = re.compile(r"\s*其中")
_SUM = re.compile(r"合计|共计|总计|总共|累计|全年共|共(?=\D{0,12}$)|总数")
_STOP = re.compile(r"全年|共计|合计|总计")
_EVERY = re.compile(r"每")
# 2022年88件，2023年71件，减少17件: what is said of another time, or of a change, is no part.
_OF_ANOTHER_TIME = re.compile(r"20\d\d年|季度|半年|\d月|同比|减少|下降|增加|上升|增长")


def parts(sentence: Sentence, reads: Sequence[Read], before: Sequence[Read] = ()) -> set[int]:
    """Indexes of the numbers that are parts of a total and no facts of their own.

    After 其中 a number with an indicator of its own (其中持证12名) is a fact; a breakdown of the indicator
    counted is not, and neither is one without an indicator. `before` are the numbers of the sentence before,
    which one that begins with 其中 goes on from.
    """
    goes_on = bool(reads) and _GOES_ON.match(sentence.text, sentence.start) is not None
    total = _total_before(before, reads[0]) if goes_on else None
    if len(reads) < 2 and total is None:
        return set()
    found = _after_of_which(sentence, reads, total)
    if len(reads) > 2:
        found |= _before_total(sentence, reads)
        found |= _adding_up(sentence, reads)
    return found


def _total_before(before: Sequence[Read], first: Read) -> Read | None:
    """The last count of the sentence before with the unit of the first part."""
    counted = [r for r in before if r.readings and _same(r, first)]
    return counted[-1] if counted else None


def _after_of_which(sentence: Sentence, reads: Sequence[Read], total: Read | None) -> set[int]:
    found: set[int] = set()
    depth = 0
    for i, read in enumerate(reads):
        left = read.number.left
        words = sentence.text[left.start : left.end]
        if i and left.depth > depth and left.mark == "（":
            total = reads[i - 1]
        elif i and _OF_WHICH.search(words):
            if total is None or not _same(total, read):
                total = _last_fact(reads, i, found)
        elif left.depth < depth or left.mark in "；;。" or _STOP.search(words):
            total = None
        depth = left.depth
        if total is None:
            continue
        if _is_part(read, total, sentence.text) or (
            i and _breaks_down(read, reads[:i], total, sentence.text)
        ):
            found.add(read.number.index)
    return found


def _breaks_down(read: Read, before: Sequence[Read], total: Read, text: str) -> bool:
    """调处纠纷28件，成功28件，其中婚姻纠纷调解4起: of what was counted first; 其中 need not mean the last."""
    if not read.readings or total.number.index == read.number.index or read.number.quantity.unit == "%":
        return False
    if not any(_OF_WHICH.search(text, r.number.left.start, r.number.start) for r in [read, *before]):
        return False
    mine = {r.frame.rule for r in read.readings}
    value, earlier = read.number.quantity.value, [r for r in before if r.number.index <= total.number.index]
    return any(
        mine & {r.frame.rule for r in other.readings} and (other.number.quantity.value or 0) >= (value or 0)
        for other in earlier
    )


def _last_fact(reads: Sequence[Read], i: int, found: set[int]) -> Read:
    for read in reversed(reads[:i]):
        if read.number.index not in found and read.readings and read.number.quantity.unit != "%":
            return read
    return reads[i - 1]


def _same(total: Read, read: Read) -> bool:
    return total.number.quantity.unit == read.number.quantity.unit


def _is_kind(read: Read, total: Read, text: str) -> bool:
    """讲座11场，其中校园讲座5场; 审查85件，其中信息公开类22件: the head is that of the total."""
    if not read.readings or not total.readings:
        return False
    mine, theirs = read.readings[0], total.readings[0]
    if text.endswith("类", read.number.left.start, read.number.start):
        known = catalogue()
        return known[mine.frame.indicator].domain != known[theirs.frame.indicator].domain
    asked = mine.frame.action or theirs.frame.action
    return not asked and mine.cue.word.noun and theirs.cue.word.text.endswith(mine.cue.word.text)


def _says_itself(read: Read) -> bool:
    """其中调解成功42件, 其中走进学校4场: the words its frame asks for stand before it."""
    return not read.readings[0].frame.asks.isdisjoint(read.number.left.concepts)


def _is_part(read: Read, total: Read, text: str) -> bool:
    mine = {r.frame.indicator for r in read.readings}
    if mine == {"study_sessions"} and "centre_group_study" in {r.frame.indicator for r in total.readings}:
        return True  # 中心组学习12次，其中学习法律法规4次: who studies is not said again
    if not mine:
        return read.number.quantity.unit in (total.number.quantity.unit, None)
    if _same(total, read) and _is_kind(read, total, text):
        return True
    if read.readings[0].side == "carried" and _same(total, read) and not _says_itself(read):
        return True  # 其中2件予以公开，另外5件作其他处理: nothing of its own is said of it
    return bool(mine & {r.frame.indicator for r in total.readings})


def _before_total(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """12条、20条、48条，合计80条: two or more numbers of one unit that add up to a stated sum."""
    found: set[int] = set()
    for i, read in enumerate(reads):
        left = read.number.left
        if i < 2 or not _SUM.search(sentence.text[left.start : left.end]):
            continue
        value, unit, rest = read.number.quantity.value, read.number.quantity.unit, []
        for earlier in reversed(reads[:i]):
            if _kind(earlier.number.quantity.unit) != _kind(unit) or earlier.number.quantity.value is None:
                break
            rest.append(earlier)
            if len(rest) > 1 and sum(r.number.quantity.value or 0 for r in rest) == value:
                found |= {r.number.index for r in rest}
                break
    return found


def _kind(unit: str | None) -> str:
    """场 and 场次 add up, 人 and 人次 too."""
    return (unit or "").removesuffix("次") or "次"


# A breakdown in one sentence has no more parts; run-on text stays linear.
MOST_PARTS = 24


def _adding_up(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """受理20件，村级12件，镇级8件: counts of one indicator that follow it and add up to it."""
    found: set[int] = set()
    for i, read in enumerate(reads):
        if read.number.index in found or not read.readings:
            continue
        quantity, indicator = read.number.quantity, read.readings[0].frame.indicator
        rest = []
        for later in reads[i + 1 : i + 1 + MOST_PARTS]:
            other = later.number.quantity
            if other.unit != quantity.unit or other.value is None or not later.readings:
                break
            if _OF_ANOTHER_TIME.search(sentence.text, later.number.left.start, later.number.start):
                break
            if later.readings[0].frame.indicator != indicator or other.bound != quantity.bound:
                break
            if _EVERY.search(sentence.text, later.number.left.start, later.number.start):
                break  # 学法11次、每月1次，集中学习10余次: neither a frequency nor 10余次 is a part
            rest.append(later)
            if len(rest) > 1 and sum(r.number.quantity.value or 0 for r in rest) == quantity.value:
                found |= {r.number.index for r in rest}
                break
    return found
