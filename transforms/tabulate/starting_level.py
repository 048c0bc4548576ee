"""The first of two levels (由128项压减至109项): where a number came from is no result."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import Number, Sentence

_MOVED_TO = re.compile(
    r"(?:增|增加|提高|提升|上升|降|下降|减少|压减|精简|扩大|缩短|压缩|增长|降低|发展|扩充|缩减|"
    r"调整|扩展|优化|整合|合并|细化|细分|归并|重组|充实|拓展|培育|培养|壮大|升|减|变)(?:到|至|为|成)|提至"
)
_FROM = re.compile(
    r"(?:由|从)[^，；。]{0,14}$|[较比](?:去年|上年|上一年|前年|年初|20\d\d年)(?:同期|底|末)?的$"
)
# 42个网格优化为36个: the noun stands behind the first of the two, and nothing behind the second.
_NOUN_MOVED_TO = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:重新|进一步|合理)?"
    r"(?:调整|优化|整合|合并|划分|细分|细化|压减|精简|增加|减少|扩充|重组|归并|缩减|设置)+(?:到|至|为|成)\s*"
)
_NO_NOUN = frozenset("，,；;。、 \n")
IN_FROM = frozenset("由从较比减增降升压扩提调优并")


def is_starting_level(number: Number, sentence: Sentence) -> bool:
    """由128项压减至109项, 26次减为24次: the first of the two is where it came from."""
    return _came_from(number, sentence) or _noun_between(number, sentence)


def _noun_between(number: Number, sentence: Sentence) -> bool:
    """42个网格优化为36个; of 42个村民小组整合为36个网格 each is a thing of its own."""
    right, text = number.right, sentence.text
    if right is None or right.number is None or IN_FROM.isdisjoint(sentence.characters):
        return False
    to = right.number.quantity
    if to.unit != number.quantity.unit or (to.end < len(text) and text[to.end] not in _NO_NOUN):
        return False
    return _NOUN_MOVED_TO.fullmatch(text, number.quantity.end, right.number.start) is not None


def _came_from(number: Number, sentence: Sentence) -> bool:
    right = number.right
    if right is None or IN_FROM.isdisjoint(sentence.characters):
        return False
    if not _FROM.search(sentence.text, number.left.start, number.start):
        return right.number is not None and _MOVED_TO.match(sentence.text, right.start, right.end) is not None
    return bool(_MOVED_TO.search(sentence.text, right.start, right.end))


def follows_starting_level(number: Number, sentence: Sentence) -> bool:
    """The second of the two: its noun stands before the first."""
    if not number.left.mark.startswith("q") or number.index == 0:
        return False
    return _came_from(sentence.numbers[number.index - 1], sentence)


# 同比增长15%至12场: by how much, and what it came to, with no mark in between.
_BY_HOW_MUCH = re.compile(r"(?:增长|提高|提升|上升|增加|上涨|下降|减少|降低|回落)(?:了|近|约|超|\s)*$")
_COMPARES = re.compile(
    r"(?:同比|环比|[较比](?:去年|上年|上一年|前年|年初|同期|20\d\d年)(?:同期|底|末)?的?)?(?:大幅|明显|显著|稳步)?"
    r"(?:增长|提高|提升|上升|增加|上涨|下降|减少|降低|回落)?(?:了|近|约|超|\s)*$"
)
_TO = re.compile(r"[，,]?(?:后)?(?:至|到|达到?|为)了?")


def where_it_moved(first: Number, text: str) -> int:
    """Where the words begin that say how the first of the two compares; its noun stands before them."""
    words = _COMPARES.search(text, first.left.start, first.start)
    return words.start() if words else first.start


def follows_change(number: Number, sentence: Sentence) -> bool:
    """The level behind the change that led to it: its noun stands before the change."""
    if number.left.mark != "q" or not number.index:
        return False
    change = sentence.numbers[number.index - 1]
    if not _TO.fullmatch(sentence.text, change.quantity.end, number.start):
        return False
    return _BY_HOW_MUCH.search(sentence.text, change.left.start, change.start) is not None
