"""Which numbers of a sentence are parts of another: after 其中, in brackets behind a count, beside a sum."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from transforms.tabulate.concerned import IN_CONCERNED, concerned
from transforms.tabulate.kinds import of_kinds
from transforms.tabulate.numbers import Read
from transforms.tabulate.part_of import (
    AMONG,
    OF_WHICH,
    alike,
    is_new,
    is_of_one_body,
    is_part,
    of_another_kind,
    same,
)
from transforms.tabulate.phrases import Sentence, follows_batches
from transforms.tabulate.sums import adding_up, before_total, kinds_adding_up, kinds_of_all
from transforms.tabulate.told_anew import IN_TOLD_ANEW, told_anew

# 其中，政策类12条: a mark behind the word parts it from the first of its numbers.
_OF_WHICH_MARKED = re.compile(r"(?:其中|包括|包含)(?:包括|包含|有)?[，,：:]")
# One of these opens a part: a word of OF_WHICH or a bracket.
IN_OF_WHICH = frozenset("其包内含这述（(")
_GOES_ON = re.compile(
    rf"\s*(?:其中|主要(?:有|是)|(?:主要)?包[括含]|(?:这些|上述)[\u4e00-\u9fff]{{2,6}}?中[，,]|[^，,；;。：:\d]{{0,20}}?{AMONG.pattern})"
)
# 全县办理96件，其中我镇12件: the town's own among the county's is what is asked for
_OWN_SHARE = re.compile(r"其中[，,：:]?(?:我|本|全)[镇乡街]")
_STOP = re.compile(r"全年|共计|合计|总计")


def parts(sentence: Sentence, reads: Sequence[Read], before: Sequence[Read] = ()) -> set[int]:
    """Indexes of the numbers that are parts of a total and no facts of their own.

    After 其中 a number with an indicator of its own (其中持证12名) is a fact; a breakdown of the indicator
    counted is not, and neither is one without an indicator. `before` are the numbers of the sentence before,
    which one that begins with 其中 goes on from.
    """
    goes_on = bool(reads and before) and _GOES_ON.match(sentence.text, sentence.start) is not None
    if goes_on and _OWN_SHARE.search(sentence.text, sentence.start, reads[0].number.start):
        goes_on = False
    total = _total_before(before, reads[0]) if goes_on else None
    if len(reads) < 2 and total is None:
        return set()
    found = _closed(reads) | _opened(sentence, reads)
    if IN_CONCERNED in sentence.characters:
        found |= concerned(sentence, reads)
    if len(reads) > 1:
        found |= of_kinds(sentence, reads)
        if IN_SHARE in sentence.characters:
            found |= _shares(reads, sentence.text)
    if total is not None or not IN_OF_WHICH.isdisjoint(sentence.characters) or _says_among(sentence):
        found |= _after_of_which(sentence, reads, total, before if goes_on else ())
    if len(reads) > 2:
        found |= before_total(sentence, reads) | kinds_of_all(sentence, reads)
        found |= adding_up(sentence, reads) | kinds_adding_up(sentence, reads)
        if found and IN_TOLD_ANEW in sentence.characters:
            for now, former in told_anew(sentence, reads).items():
                found = (found | {former}) - {now}
    if found:
        found.update(
            r.number.index
            for r in reads
            if r.number.index - 1 in found and follows_batches(r.number, sentence)
        )
    return found


_AMONG_ENDS = ("中，", "中,", "分：", "分:")


def _says_among(sentence: Sentence) -> bool:
    return any(sentence.text.find(end, sentence.start, sentence.end) >= 0 for end in _AMONG_ENDS)


def _closed(reads: Sequence[Read]) -> set[int]:
    """受理业务6320件，办结6300件: of what came in so many are done; it is no second count of it.

    Nor of grievances, where the noun was said with requests (12345热线受理群众诉求320件，办结318件).
    """
    found: set[int] = set()
    came_in: list[tuple[str, int, int]] = []
    counted: set[str] = set()
    for read in reads:
        if not read.readings:
            continue
        reading, left = read.readings[0], read.number.left
        if reading.frame.rule == ON_BEHALF and reading.frame.indicator in counted:
            found.add(read.number.index)
        counted.add(reading.frame.indicator)
        if "closed" in left.verbs or "on_time_bare" in left.concepts:
            mine, at = reading.frame.indicator, reading.cue.start
            told = any(mine == i or (i == REQUESTS and a <= at < z) for i, a, z in came_in)
            if told and (reading.side == "carried" or _is_named_again(read, reads)):
                found.add(read.number.index)
        elif not left.verbs.isdisjoint(_COMES_IN) or reading.frame.indicator == REQUESTS:
            came_in.append((reading.frame.indicator, left.start, left.end))
    return found


# 涉企检查24次，占检查总数96次的25%: a part told before its whole
_SHARE_OF = re.compile(r"(?:约|近)?占")
IN_SHARE = "占"


def _shares(reads: Sequence[Read], text: str) -> set[int]:
    """Counts of which the next says what share they are of all of it."""
    return {
        read.number.index
        for read, total in itertools.pairwise(reads)
        if _SHARE_OF.match(text, total.number.left.start)
        and same(total, read)
        and {r.frame.indicator for r in read.readings} & {r.frame.indicator for r in total.readings}
        and (read.number.quantity.value or 0) <= (total.number.quantity.value or 0)
    }


def _is_named_again(read: Read, reads: Sequence[Read]) -> bool:
    """受理工单210件，已办理207件工单: of those counted right before, of which there are as many."""
    before = reads[read.number.index - 1] if read.number.index else read
    if before is read or not before.readings or not same(before, read):
        return False
    if before.readings[0].frame.indicator != read.readings[0].frame.indicator:
        return False
    return (read.number.quantity.value or 0) <= (before.number.quantity.value or 0)


# 办理事项6320件，帮办代办410件: what was done for others is some of it.
ON_BEHALF = "service_items_handled.on_behalf"
REQUESTS = "hotline_requests"
_COMES_IN = frozenset({"accept"})
PENALISED, FILED = "penalty_cases", ("penalty_cases.filed_and_fined", "penalty_cases.handled_and_fined")


def _opened(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """立案119宗，作出处罚决定102宗: where penalties have a number of their own, the cases opened are none.

    Those of one procedure (普通程序41件) break down what was opened.
    """
    filed = [r.number.index for r in reads if r.readings and r.readings[0].frame.rule in FILED]
    if not filed:
        return set()
    for read in reads:
        if not read.readings or read.readings[0].frame.rule != PENALISED or read.number.index < filed[0]:
            continue
        of_which = OF_WHICH.search(sentence.text, read.number.left.start, read.number.start)
        if not of_which and "程序" not in read.readings[0].cue.word.text:
            return set(filed)
    return set()


def _total_before(before: Sequence[Read], first: Read) -> Read | None:
    """The last count of the sentence before with the unit of the first part."""
    counted = [r for r in before if r.readings and same(r, first)]
    mine = {r.frame.indicator for r in first.readings}
    named = [r for r in counted if mine & {other.frame.indicator for other in r.readings}]
    of = named or counted or [r for r in before if same(r, first) and is_new(r)]
    return of[-1] if of else None


def _after_of_which(
    sentence: Sentence, reads: Sequence[Read], total: Read | None, before: Sequence[Read]
) -> set[int]:
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
        elif i and _OWN_SHARE.search(words):
            total = None
        elif i and (OF_WHICH.search(words) or _marked(reads[i - 1], read, sentence.text)):
            if total is None or not same(total, read):
                total = _last_fact(reads, i, found)
        elif (i and _stops(words, read, total)) or not (
            _goes_on_from(read, total, _counted_before(reads, i, sentence.text), found, sentence.text)
            or (total is not None and _in_open_list(sentence, reads[0], read, total))
        ):
            total = None
        depth = left.depth
        if total is not None and left.mark and left.mark in "；;。" and _exceeds(read, total):
            total = None
        if total is None or of_another_kind(read, total):
            continue
        broken_down = i and _breaks_down(read, reads[:i], total, sentence.text)
        if broken_down or is_part(read, total, sentence.text) or _is_of_one(read, before):
            found.add(read.number.index)
        elif i and left.mark and left.mark in "；;。" and not OF_WHICH.search(words):
            total = None  # 其中维持5件；诉讼一审4件，二审2件: behind the mark something else is counted
    return found


# 其中：发布会议信息10条；公布预算信息8条: what stands behind the colon, part by part up to the full stop.
_OPENS_LIST = re.compile(r"(?:其中|包括|包含)[：:]")


def _in_open_list(sentence: Sentence, first: Read, read: Read, total: Read) -> bool:
    """Behind 其中 and a colon so much of the same is a part, whatever was done with it."""
    if not _OPENS_LIST.search(sentence.text, sentence.start, first.number.start) or not alike(total, read):
        return False
    theirs = {r.frame.indicator for r in total.readings}
    return all(r.frame.indicator in theirs for r in read.readings)


def _counted_before(reads: Sequence[Read], i: int, text: str) -> Read:
    """政策类7条，占总数的19%；通知类19条: the count before, not what share of all it is."""
    before = reads[i - 1]
    if i > 1 and before.number.quantity.unit == "%" and text.startswith("占", before.number.left.start):
        return reads[i - 2]
    return before


def _is_of_one(read: Read, before: Sequence[Read]) -> bool:
    """案件79件，罚款12万元。其中简易程序43件，罚款3万元: of any count of the sentence before."""
    mine, value = {r.frame.indicator for r in read.readings}, read.number.quantity.value or 0
    return any(
        same(other, read)
        and mine & {r.frame.indicator for r in other.readings}
        and (other.number.quantity.value or 0) >= value
        for other in before
    )


def _stops(words: str, read: Read, total: Read | None) -> bool:
    """全年办理90件, 合计罚款3万元 begin anew; 简易程序案件共计7件 may go on breaking down a total."""
    stop = _STOP.search(words)
    if not stop or total is None:
        return stop is not None
    less = (read.number.quantity.value or 0) < (total.number.quantity.value or 0)
    return not (less and same(total, read) and stop.end() == len(words) and stop.start() >= SHORTEST_NOUN)


SHORTEST_NOUN = 2


def _exceeds(read: Read, total: Read) -> bool:
    """学习12次，其中学法6次；干部学法24次: what is more than all of it begins anew behind the mark.

    Before the mark it stays a part, and the checks tell that it cannot be (12次，其中学法24次).
    """
    mine, whole = read.number.quantity, total.number.quantity
    if mine.unit != whole.unit or whole.bound != "exact" or mine.value is None or whole.value is None:
        return False
    return mine.value > whole.value


def _marked(before: Read, read: Read, text: str) -> bool:
    gap, start = before.number.quantity.end, read.number.left.start
    return bool(_OF_WHICH_MARKED.search(text, gap, start) or AMONG.search(text, gap, start))


def _goes_on_from(read: Read, total: Read | None, before: Read, found: set[int], text: str) -> bool:
    """其中市容类21件；违建类9件: a breakdown goes on behind the mark where nothing new is said to be done."""
    left = read.number.left
    if not left.mark or left.mark not in "；;。":
        return True
    if total is None or before.number.index not in found or not alike(total, read):
        return False
    return not left.verbs or is_of_one_body(read, total, text)


def _breaks_down(read: Read, before: Sequence[Read], total: Read, text: str) -> bool:
    """调处纠纷28件，成功28件，其中婚姻纠纷调解4起: of what was counted first; 其中 need not mean the last."""
    if not read.readings or total.number.index == read.number.index or read.number.quantity.unit == "%":
        return False
    if not any(OF_WHICH.search(text, r.number.left.start, r.number.start) for r in [read, *before]):
        return False
    mine = {r.frame.rule for r in read.readings}
    value, earlier = read.number.quantity.value, [r for r in before if r.number.index <= total.number.index]
    return any(
        mine & {r.frame.rule for r in other.readings} and (other.number.quantity.value or 0) >= (value or 0)
        for other in earlier
    )


def _last_fact(reads: Sequence[Read], i: int, found: set[int]) -> Read:
    """The total of a part: the last count with an indicator, but for one in the unit of the part behind it.

    公开信息20条，播发稿件90篇，其中省级18篇: of what no rule names, as the fact before is in other units.
    """
    alone = [read for read in reversed(reads[:i]) if read.number.index not in found]
    fact = next((r for r in alone if r.readings and r.number.quantity.unit != "%"), None)
    nearest = next((r for r in (alone if fact else reversed(reads[:i])) if same(r, reads[i])), None)
    if fact is None:
        return nearest or reads[i - 1]
    behind = nearest is not None and nearest.number.index > fact.number.index
    return nearest if nearest is not None and behind and not alike(fact, reads[i]) else fact
