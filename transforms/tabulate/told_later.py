"""Which facts are parts of a total that an earlier sentence states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from transforms.tabulate.facts import Fact


def parts_told_elsewhere(facts: Sequence[Fact]) -> set[int]:
    """Positions of facts that are parts of a total of another sentence: of an indicator stated repeatedly."""
    indicators = [fact.indicator for fact in facts]
    if len(set(indicators)) == len(indicators):
        return set()
    often = Counter(indicators)
    again = [i for i, fact in enumerate(facts) if often[fact.indicator] > 1]
    return _told_later(facts, again) | _kinds_told_later(facts, again) | _summed_up_later(facts, again)


# 144.6万余元 is told as 4.6万余元 and 140万余元.
_ADDS_UP = ("exact", "at_least")
# How far behind a stated total its parts are told.
TOLD_WITHIN = 600


def _told_later(facts: Sequence[Fact], again: Sequence[int]) -> set[int]:
    """Positions of facts that break down a total of an earlier sentence: 共计90条。一是…60条；二是…30条。

    Only what follows a stated total, or a sum of money, is of the same indicator and adds up to it exactly.
    """
    found: set[int] = set()
    last: dict[str, list[int]] = {}
    for i in again:
        fact = facts[i]
        if fact.status != "reported" or fact.bound not in _ADDS_UP or fact.unit == "%":
            continue
        run = last.get(fact.indicator, [])
        total = facts[run[0]] if run else None
        if total is not None and total.bound != fact.bound:
            continue
        if total is None or fact.start - total.start > TOLD_WITHIN or fact.section != total.section:
            last[fact.indicator] = [i] if _is_total(fact) else []
            continue
        run.append(i)
        added = sum(facts[k].value or 0 for k in run[1:])
        if len(run) > 2 and added == total.value:
            found.update(run[1:])
        if added >= (total.value or 0):
            last[fact.indicator] = [i] if _is_total(fact) and i not in found else []
    return found


def _is_total(fact: Fact) -> bool:
    """Sums of money are too uneven to add up by chance: 罚款42000元。其中…11000元；…31000元."""
    return fact.stated_total or (fact.unit == "元" and (fact.value or 0) >= LEAST_MONEY)


LEAST_MONEY = 1000


def _kinds_told_later(facts: Sequence[Fact], again: Sequence[int]) -> set[int]:
    """Positions of cases by procedure after all cases: 办案42件。简易程序案件40件。普通程序案件2件。

    And of the cases of all kinds that penalties are told apart from: 执法案件530件，其中行政处罚案件47件。
    """
    found: set[int] = set()
    last = -1
    for i in again:
        fact = facts[i]
        if fact.indicator != "penalty_cases" or fact.status != "reported":
            continue
        smaller = last >= 0 and _breaks_down(fact, facts[last])
        if _BY_PROCEDURE.match(fact.cues[0]):
            found.update([i] if smaller else [])
            continue
        if smaller and facts[last].rule == ALL_KINDS and "处罚" in fact.cues[0]:
            found.add(last)
        last = i
    return found


# 简易程序案件, 普通处罚: cases told by their procedure
_BY_PROCEDURE = re.compile(r"简易|普通|一般|当场|.*程序")


def _summed_up_later(facts: Sequence[Fact], again: Sequence[int]) -> set[int]:
    """Positions of facts whose sum is stated behind them: 罚款8100元。…罚款7900元，全年罚款总额16000元。"""
    found: set[int] = set()
    for i in again:
        total = facts[i]
        if not total.stated_total or total.bound != "exact":
            continue
        if total.unit == "%" or total.status != "reported":
            continue
        rest: list[int] = []
        for k in range(i - 1, max(-1, i - MOST_FACTS), -1):
            fact = facts[k]
            if fact.section != total.section or total.start - fact.start > TOLD_WITHIN:
                break
            if fact.indicator != total.indicator or fact.bound != "exact" or fact.status != "reported":
                continue
            rest.append(k)
            if len(rest) > 1 and sum(facts[j].value or 0 for j in rest) == total.value:
                found.update(rest)
                break
    return found


# A sum of more facts than that is chance.
MOST_FACTS = 24


def _breaks_down(fact: Fact, total: Fact) -> bool:
    near = fact.section == total.section and fact.start - total.start < TOLD_WITHIN
    return near and (fact.value or 0) <= (total.value or 0)


ALL_KINDS = "penalty_cases.all_kinds"
