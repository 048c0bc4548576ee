"""The first of two levels (由128项压减至109项): where a number came from is no result."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import Number, Sentence

_MOVED_TO = re.compile(
    r"(?:增|增加|提高|提升|上升|降|下降|减少|压减|精简|扩大|缩短|压缩|增长|降低|发展|扩充|缩减|"
    r"调整|扩展|优化|整合|合并|细化|细分|归并|重组|充实|拓展|培育|培养|壮大|升|减|变)(?:到|至|为|成)|提至"
)
_FROM = re.compile(r"(?:由|从)[^，；。]{0,14}$")
IN_FROM = frozenset("由从减增降升压扩提调")


def is_starting_level(number: Number, sentence: Sentence) -> bool:
    """由128项压减至109项, 26次减为24次: the first of the two is where it came from."""
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
    return is_starting_level(sentence.numbers[number.index - 1], sentence)
