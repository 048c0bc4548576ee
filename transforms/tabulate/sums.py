"""Which numbers of a sentence are parts because they add up to another, said before or behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.mixed_sums import sums_up_several
from transforms.tabulate.numbers import Read
from transforms.tabulate.part_of import OF_WHICH, alike, of_another_kind, only_a_kind
from transforms.tabulate.phrases import Sentence
from transforms.tabulate.status import NOT_DONE

_SUM = re.compile(r"合计|共计|总计|总共|累计|全年共|总额|共(?=\D{0,12}$)|总数")
# 2022年88件，2023年71件，减少17件: what is said of another time, or of a change, is no part.
# 学法11次、每月1次，集中学习10余次: neither a frequency nor 10余次 is one.
_OF_ANOTHER_TIME = re.compile(r"每|20\d\d年|季度|半年|\d月|同比|减少|下降|增加|上升|增长|实际|超额|未完成")


def before_total(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """12条、20条、48条，合计80条: two or more numbers of one unit that add up to a stated sum."""
    found: set[int] = set()
    for i, read in enumerate(reads):
        left = read.number.left
        if i < 2 or not _SUM.search(sentence.text[left.start : left.end]):
            continue
        if not read.readings and sums_up_several(read.number, sentence.numbers, sentence.text):
            continue
        value, unit, rest = read.number.quantity.value, read.number.quantity.unit, []
        for earlier in reversed(reads[:i]):
            if earlier.number.left.depth > left.depth or _is_change(earlier, sentence.text):
                continue  # 48条（含转发3条）、较上年增加3条: no part of the sum
            if _kind(earlier.number.quantity.unit) != _kind(unit) or earlier.number.quantity.value is None:
                if unit == "元":
                    continue  # 简易程序30起，罚款8100元；普通程序3起，罚款7900元，总额16000元
                break
            rest.append(earlier)
            if len(rest) > 1 and sum(r.number.quantity.value or 0 for r in rest) == value:
                found |= {r.number.index for r in rest}
                break
    return found


_CHANGED = re.compile(r"(?:同比|环比|较|比)(?:去年|上年|上一年|同期)?(?:同期)?(?:增|减|上升|下降|多|少)")


def _is_change(read: Read, text: str) -> bool:
    return _CHANGED.search(text, read.number.left.start, read.number.start) is not None


def _kind(unit: str | None) -> str:
    """场 and 场次 add up, 人 and 人次 too."""
    return (unit or "").removesuffix("次") or "次"


# 各类信息共58条: all kinds of it are counted together
_ALL_TOGETHER = re.compile(r"(?:共计?|总计|合计|总共)(?:有|达)?$")
_OF_ALL_KINDS = re.compile(r"各类|各种|各项|信息")


def kinds_of_all(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """各类信息共58条，财政信息12条、应急信息7条: kinds told right behind all of them, nothing being done."""
    found: set[int] = set()
    total: Read | None = None
    for read in reads:
        left, at = read.number.left, read.number.start
        if read.readings and _ALL_TOGETHER.search(sentence.text, left.start, at):
            total = read if _OF_ALL_KINDS.search(sentence.text, left.start, at) else None
        elif total is not None and not left.verbs and left.mark in _GOES_ON and _is_less(read, total):
            found.add(read.number.index)
        else:
            total = None
    return found


_GOES_ON = ("，", ",", "、", "q")


def _is_less(read: Read, total: Read) -> bool:
    """A smaller count in its unit, of the same indicator or of none."""
    mine, whole = read.number.quantity, total.number.quantity
    if mine.unit != whole.unit or mine.value is None or whole.value is None or mine.value >= whole.value:
        return False
    indicators = {r.frame.indicator for r in total.readings}
    return all(r.frame.indicator in indicators for r in read.readings)


# A breakdown in one sentence has no more parts; run-on text stays linear.
MOST_PARTS = 24


def adding_up(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """受理20件，村级12件，镇级8件: counts that follow one of the same thing and add up to it.

    Counts of other things between them do not matter; one that no rule names may be a part of the sum.
    """
    found: set[int] = set()
    apart = _of_another_time(sentence.text, reads)
    for i, read in enumerate(reads[:-2]):  # two at least follow a total
        total = read.number.quantity.value
        if read.number.index in found or not read.readings or total is None:
            continue
        rest: list[Read] = []
        row = reads[i + 1].number.left.listed
        for k, later in enumerate(reads[i + 1 : i + 1 + MOST_PARTS], i + 1):
            if later.number.quantity.unit == "%" or (row and _is_beside(later, read)):
                continue
            if k in apart:
                break
            if not _may_be_of(later, read):
                continue
            rest.append(later)
            added = sum(r.number.quantity.value or 0 for r in rest)
            if len(rest) > 1 and added == total:
                found |= {r.number.index for r in rest}
            if added >= total:
                rest = []
    return found


def _of_another_time(text: str, reads: Sequence[Read]) -> set[int]:
    """Positions of counts that say of what other time or change they are; nearly always none."""
    if not _OF_ANOTHER_TIME.search(text, reads[0].number.left.start, reads[-1].number.start):
        return set()
    numbers = [read.number for read in reads]
    return {k for k, n in enumerate(numbers) if _OF_ANOTHER_TIME.search(text, n.left.start, n.start)}


def _may_be_of(later: Read, read: Read) -> bool:
    """A count of the same thing, or of one without a name, in units that add up."""
    if later.number.quantity.bound != read.number.quantity.bound or not alike(read, later):
        return False
    if later.number.quantity.value is None or of_another_kind(later, read):
        return False
    if not later.readings or only_a_kind(later):
        return True
    indicator = later.readings[0].frame.indicator
    if indicator == "decision_meetings":  # 会议研究6次，党委会2次，办公会4次: which body met
        return read.readings[0].frame.indicator in (indicator, "rule_of_law_meetings")
    return indicator == read.readings[0].frame.indicator


def _is_beside(later: Read, read: Read) -> bool:
    """资料500份、折页300份、手册200份: a list goes on with a thing of another name, no part of it."""
    if not later.number.left.listed or not later.readings or later.readings[0].side != "left":
        return False
    return later.readings[0].cue.word.text[-2:] != read.readings[0].cue.word.text[-2:]


def kinds_adding_up(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """化解9件，其中行政调解3件、司法调解2件、人民调解4件: counts of one indicator that are all of them."""
    for i, first in enumerate(reads):
        left = first.number.left
        if not i or not first.readings or not OF_WHICH.search(sentence.text, left.start, first.number.start):
            continue
        total, indicator, run = reads[i - 1].number.quantity, first.readings[0].frame.indicator, []
        for later in reads[i : i + MOST_PARTS]:
            other = later.number.quantity
            if other.unit != total.unit or not later.readings:
                break
            if later.readings[0].frame.indicator != indicator or NOT_DONE.match(sentence.text, other.end):
                break  # 其中胜诉4件，1件在审: the second is none of those won
            run.append(later)
            if len(run) > 1 and sum(r.number.quantity.value or 0 for r in run) == total.value:
                return {r.number.index for r in run}
    return set()
