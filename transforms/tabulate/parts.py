"""Which numbers of a sentence are parts of another: after 其中, in brackets behind a count, beside a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.concerned import IN_CONCERNED, concerned
from transforms.tabulate.numbers import Read
from transforms.tabulate.phrases import Sentence
from transforms.tabulate.status import NOT_DONE

_OF_WHICH = re.compile(r"其中|包括|包含|内含")
# 其中，政策类12条: a mark behind the word parts it from the first of its numbers.
_OF_WHICH_MARKED = re.compile(r"(?:其中|包括|包含)(?:包括|包含|有)?[，,：:]")
# One of these opens a part: a word of _OF_WHICH or a bracket.
IN_OF_WHICH = frozenset("其包内（(")
_GOES_ON = re.compile(r"\s*其中")
_SUM = re.compile(r"合计|共计|总计|总共|累计|全年共|总额|共(?=\D{0,12}$)|总数")
_STOP = re.compile(r"全年|共计|合计|总计")
# 2022年88件，2023年71件，减少17件: what is said of another time, or of a change, is no part.
# 学法11次、每月1次，集中学习10余次: neither a frequency nor 10余次 is one.
_OF_ANOTHER_TIME = re.compile(r"每|20\d\d年|季度|半年|\d月|同比|减少|下降|增加|上升|增长")


def parts(sentence: Sentence, reads: Sequence[Read], before: Sequence[Read] = ()) -> set[int]:
    """Indexes of the numbers that are parts of a total and no facts of their own.

    After 其中 a number with an indicator of its own (其中持证12名) is a fact; a breakdown of the indicator
    counted is not, and neither is one without an indicator. `before` are the numbers of the sentence before,
    which one that begins with 其中 goes on from.
    """
    goes_on = bool(reads and before) and _GOES_ON.match(sentence.text, sentence.start) is not None
    total = _total_before(before, reads[0]) if goes_on else None
    if len(reads) < 2 and total is None:
        return set()
    found = _closed(reads)
    if IN_CONCERNED in sentence.characters:
        found |= concerned(sentence, reads)
    if total is not None or not sentence.lacks(IN_OF_WHICH):
        found |= _after_of_which(sentence, reads, total)
    if len(reads) > 2:
        found |= _before_total(sentence, reads)
        found |= _adding_up(sentence, reads) | _kinds_adding_up(sentence, reads)
    return found


def _closed(reads: Sequence[Read]) -> set[int]:
    """受理业务6320件，办结6300件: of what came in so many are done; it is no second count of it.

    Nor of grievances, where the noun was said with requests (12345热线受理群众诉求320件，办结318件).
    """
    found: set[int] = set()
    came_in: list[tuple[str, int, int]] = []
    for read in reads:
        if not read.readings:
            continue
        reading, left = read.readings[0], read.number.left
        if "closed" in left.verbs:
            mine, at = reading.frame.indicator, reading.cue.start
            told = any(mine == i or (i == REQUESTS and a <= at < z) for i, a, z in came_in)
            if reading.side == "carried" and told:
                found.add(read.number.index)
        elif not left.verbs.isdisjoint(_COMES_IN):
            came_in.append((reading.frame.indicator, left.start, left.end))
    return found


REQUESTS = "hotline_requests"
_COMES_IN = frozenset({"accept"})


def _total_before(before: Sequence[Read], first: Read) -> Read | None:
    """The last count of the sentence before with the unit of the first part."""
    counted = [r for r in before if r.readings and _same(r, first)]
    mine = {r.frame.indicator for r in first.readings}
    alike = [r for r in counted if mine & {other.frame.indicator for other in r.readings}]
    of = alike or counted
    return of[-1] if of else None


def _after_of_which(sentence: Sentence, reads: Sequence[Read], total: Read | None) -> set[int]:
    found: set[int] = set()
    outer: list[Read | None] = []  # totals whose breakdown a bracket stands in
    depth = 0
    for i, read in enumerate(reads):
        left = read.number.left
        words = sentence.text[left.start : left.end]
        if left.depth < depth:
            total = outer.pop() if outer else None
        if i and left.depth > depth and left.mark in "（(":
            outer.append(total)
            total = reads[i - 1]
        elif i and (_OF_WHICH.search(words) or _marked(reads[i - 1], read, sentence.text)):
            if total is None or not _same(total, read):
                total = _last_fact(reads, i, found)
        elif _stops(words, read, total) or not _goes_on_from(read, total, reads[i - 1], found):
            total = None
        depth = left.depth
        if total is None or _of_another_kind(read, total):
            continue
        if _is_part(read, total, sentence.text) or (
            i and _breaks_down(read, reads[:i], total, sentence.text)
        ):
            found.add(read.number.index)
    return found


def _stops(words: str, read: Read, total: Read | None) -> bool:
    """全年办理90件, 合计罚款3万元 begin anew; 简易程序案件共计7件 may go on breaking down a total."""
    stop = _STOP.search(words)
    if not stop or total is None:
        return stop is not None
    less = (read.number.quantity.value or 0) < (total.number.quantity.value or 0)
    return not (less and _same(total, read) and stop.end() == len(words) and stop.start() >= SHORTEST_NOUN)


SHORTEST_NOUN = 2


def _marked(before: Read, read: Read, text: str) -> bool:
    gap = before.number.quantity.end
    return bool(_OF_WHICH_MARKED.search(text, gap, read.number.left.start))


def _goes_on_from(read: Read, total: Read | None, before: Read, found: set[int]) -> bool:
    """其中市容类21件；违建类9件: a breakdown goes on behind the mark where nothing new is said to be done."""
    left = read.number.left
    if not left.mark or left.mark not in "；;。":
        return True
    return total is not None and before.number.index in found and _alike(total, read) and not left.verbs


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


_CASES = frozenset({"件", "起", "宗", "例", "案", "个"})


def _alike(total: Read, read: Read) -> bool:
    """Counts of one kind: 32件 may be broken down in 起."""
    mine, theirs = read.number.quantity.unit, total.number.quantity.unit
    return mine == theirs or (mine in _CASES and theirs in _CASES)


def _only_a_kind(read: Read) -> bool:
    """简易程序31起: beside a count of cases it says of which procedure some of them were."""
    return bool(read.readings) and "case_procedure" in read.readings[0].cue.word.concepts


def _is_kind(read: Read, total: Read, text: str) -> bool:
    """讲座11场，其中校园讲座5场; 审查85件，其中信息公开类22件: the head is that of the total."""
    if not read.readings or not total.readings:
        return False
    mine, theirs = read.readings[0], total.readings[0]
    if text.endswith("类", read.number.left.start, read.number.start):
        known = catalogue()
        return known[mine.frame.indicator].domain != known[theirs.frame.indicator].domain
    if {mine.cue.word.text[-2:], theirs.cue.word.text[-2:]} == {"信息"}:
        return True  # 公开信息60条，其中普法信息8条
    asked = mine.frame.action or theirs.frame.action
    return not asked and mine.cue.word.noun and theirs.cue.word.text.endswith(mine.cue.word.text)


def _says_itself(read: Read) -> bool:
    """其中调解成功42件, 其中走进学校4场: the words its frame asks for stand before it."""
    return not read.readings[0].frame.asks.isdisjoint(read.number.left.concepts)


def _of_another_kind(read: Read, total: Read) -> bool:
    """执法案件530件，其中行政处罚案件47件: the others are checks."""
    return "执法案件" in _word(total) and "处罚" in _word(read)


def _word(read: Read) -> str:
    return read.readings[0].cue.word.text if read.readings else ""


def _is_part(read: Read, total: Read, text: str) -> bool:
    mine = {r.frame.indicator for r in read.readings}
    if mine == {"study_sessions"} and "centre_group_study" in {r.frame.indicator for r in total.readings}:
        return True  # 中心组学习12次，其中学习法律法规4次: who studies is not said again
    if not mine:
        return read.number.quantity.unit in (total.number.quantity.unit, None)
    if _alike(total, read) and _only_a_kind(read):
        return True
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


# A breakdown in one sentence has no more parts; run-on text stays linear.
MOST_PARTS = 24


def _adding_up(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """受理20件，村级12件，镇级8件: counts that follow one of the same thing and add up to it.

    Counts of other things between them do not matter; one that no rule names may be a part of the sum.
    """
    found: set[int] = set()
    apart = [_OF_ANOTHER_TIME.search(sentence.text, r.number.left.start, r.number.start) for r in reads]
    for i, read in enumerate(reads[:-2]):  # two at least follow a total
        total = read.number.quantity.value
        if read.number.index in found or not read.readings or total is None:
            continue
        rest: list[Read] = []
        for k, later in enumerate(reads[i + 1 : i + 1 + MOST_PARTS], i + 1):
            if later.number.quantity.unit == "%":
                continue
            if apart[k]:
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


def _may_be_of(later: Read, read: Read) -> bool:
    """A count of the same thing, or of one without a name, in units that add up."""
    if later.number.quantity.bound != read.number.quantity.bound or not _alike(read, later):
        return False
    if later.number.quantity.value is None or _of_another_kind(later, read):
        return False
    if not later.readings or _only_a_kind(later):
        return True
    return later.readings[0].frame.indicator == read.readings[0].frame.indicator


def _kinds_adding_up(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """化解9件，其中行政调解3件、司法调解2件、人民调解4件: counts of one indicator that are all of them."""
    for i, first in enumerate(reads):
        left = first.number.left
        if not i or not first.readings or not _OF_WHICH.search(sentence.text, left.start, first.number.start):
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
