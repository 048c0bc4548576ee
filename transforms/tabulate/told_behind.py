"""What stands behind a number and tells what it counted: what came of it, what it is for or is said of."""

from __future__ import annotations

from bisect import bisect_left

from transforms.tabulate.phrases import JOINERS, NOTHING, Number, Sentence, start_of

# How many phrases, empty ones behind a number among them, may tell what it counted.
TOLD_BEHIND = 6


def told_behind(wanted: frozenset[str], number: Number, sentence: Sentence) -> bool:
    """立案26件，结案24件，罚款3.1万元: what came of it tells that it was a case of penalty."""
    phrases = sentence.phrases
    at = bisect_left(phrases, number.quantity.end, key=start_of)
    for phrase in phrases[at : at + TOLD_BEHIND]:
        if phrase.mark in _APART:
            return False
        if not wanted.isdisjoint(phrase.concepts):
            return True
    return False


def named_next(wanted: frozenset[str], number: Number, sentence: Sentence) -> bool:
    """投入资金40万元，打造法治公园1处: what the next clause begins with is what the money is for."""
    phrases = sentence.phrases
    at = bisect_left(phrases, number.quantity.end, key=start_of)
    behind = next((p for p in phrases[at : at + TOLD_BEHIND] if p.end > p.start), None)
    return behind is not None and behind.mark in _COMMAS and not wanted.isdisjoint(behind.concepts)


_COMMAS = ("，", ",")


_APART = frozenset("；;。\n")


# 涉及金额80万元、签订协议9份的纠纷: as many counts as one clause before 的 may hold
LONGEST_CLAUSE = 3
_DESCRIBES = frozenset(("的", *JOINERS))


def described(number: Number, text: str) -> frozenset[str] | None:
    """What a clause that ends in 的 behind the number says it of: 涉及金额80万元的征地纠纷全部调解成功."""
    for _ in range(LONGEST_CLAUSE):
        right, end = number.right, number.quantity.end
        if right is None or (mark := text[end : end + 1]) not in _DESCRIBES:
            return None
        if mark == "的":
            further = right.number.right if not right.cues and right.number is not None else None
            return right.concepts or (further.concepts if further is not None else NOTHING) or None
        if not right.listed or right.number is None:
            return None
        number = right.number
    return None
