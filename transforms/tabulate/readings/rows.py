"""Numbers of a row that go on from its first: kinds of what it counts, bare numbers, a rate said again."""

from __future__ import annotations

import re

from transforms.tabulate import gaps
from transforms.tabulate.fits import Context
from transforms.tabulate.intended import says_what_came
from transforms.tabulate.phrases import Number

# 婚姻家庭类纠纷18件、山林土地类11件: kinds of what the first of the row counts.
_KIND = re.compile(r"[\u4e00-\u9fff]{2,8}类(?:的)?(?:共)?")
_KIND_OF = re.compile(r"[\u4e00-\u9fff]{2,8}类[\u4e00-\u9fff]{2,8}")


_CASES = frozenset({"件", "起", "宗", "例"})


def is_kind(number: Number, text: str) -> bool:
    return number.left.listed and _KIND.fullmatch(text, number.left.start, number.start) is not None


def is_kind_of_row(number: Number, context: Context) -> bool:
    """One of a row of kinds, the first of which has the noun."""
    text, numbers, index = context.sentence.text, context.sentence.numbers, number.index
    while index and numbers[index].left.listed and numbers[index].quantity.unit == number.quantity.unit:
        if not is_kind(numbers[index], text):
            return False
        index -= 1
    first = numbers[index]
    if index == number.index or first.quantity.unit != number.quantity.unit:
        return False
    if number.quantity.unit not in _CASES:
        return False
    return _KIND_OF.search(text, first.left.start, first.start) is not None


# 参考率较上年提高3个百分点，达到97%: what it came to is said behind how it moved; 参考率（97%）稳步提升.
_MOVED = re.compile(
    r"[率度](?:较|比|同比|不断|稳步|持续|大幅|显著|明显|逐年|逐步|进一步|有效|有所|得到|实现|了)*[\u4e00-\u9fff\d]{0,10}?"
    r"(?:提升|提高|上升|增长|攀升|改善)(?:了?[\d.]+个百分点|了)?[，,]|"
    r"[率度](?:高[出于]|超出|领先)[^，,；;。\d]{0,12}[\d.]+个百分点[，,]"
)
_TO = re.compile(
    r"(?:目前|现|已经?|全年|年底|均|并)*(?:达到?|为|提[升高][至到]|升[至到]|上升[至到]|稳定在|保持在)了?"
)
LONGEST_MOVE = 36


def came_to(number: Number, context: Context) -> bool:
    """Whether a percentage is what the rate named right before it came to, over a comma or in brackets."""
    phrase, text = number.left, context.sentence.text
    if phrase.mark in ("（", "("):
        return phrase.start == number.start and text[phrase.start - 2] in "率度"
    if phrase.mark in ("）", ")"):  # 参考率（去年为90%）达97%
        opened = text.rfind("（", context.sentence.start, phrase.start)
        return (
            opened > 0
            and text[opened - 1] in "率度"
            and bool(_TO.fullmatch(text, phrase.start, number.start))
        )
    if phrase.mark not in ("，", ",") or not _TO.fullmatch(text, phrase.start, number.start):
        return False
    start = max(context.sentence.start, phrase.start - LONGEST_MOVE)
    rate = max(text.rfind("率", start, phrase.start), text.rfind("度", start, phrase.start))
    return rate >= start and _MOVED.fullmatch(text, rate, phrase.start) is not None


_HOW_MANY = re.compile(r"(?:件|起|总|数)?数?量?[:：为]?")


def done_right_before(number: Number, text: str) -> bool:
    """排查隐患113，整改109: of bare numbers the second needs no more than its verb; 排查数113，化解数109."""
    phrase = number.left
    if number.index == 0 or not phrase.cues or phrase.mark == "q":
        return False
    if not all(c.word.verb for c in phrase.cues):
        return False
    return _HOW_MANY.fullmatch(text, phrase.cues[-1].end, number.start) is not None


def goes_on(number: Number, context: Context) -> bool:
    """一季度参考率96%，全年达到99%: a rate stated again for another time, with nothing but that said."""
    phrase, numbers = number.left, context.sentence.numbers
    if number.index == 0 or numbers[number.index - 1].quantity.unit != "%" or phrase.mark == "q":
        return False
    text = context.sentence.text
    said = phrase.end > phrase.start and gaps.residue(text, phrase.start, phrase.end, (), context.book) == 0
    return said and not text.startswith(("达", "为", "是"), phrase.start)


def was_aimed_at_before(number: Number, context: Context) -> bool:
    """满意率目标95%，实际97%: what a rate came to, behind what was aimed at."""
    numbers = context.sentence.numbers
    if not number.index or numbers[number.index - 1].quantity.unit != "%":
        return False
    return says_what_came(number, numbers[number.index - 1], context.sentence.text)
