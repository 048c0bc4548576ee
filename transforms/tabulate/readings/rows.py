"""Numbers of a row that go on from its first: kinds of what it counts, bare numbers, a rate said again."""

from __future__ import annotations

import re

from transforms.tabulate import gaps
from transforms.tabulate.fits import Context
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
