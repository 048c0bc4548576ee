"""What came of all that were counted: 邻里纠纷18件、山林纠纷11件，均已调解成功."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.tabulate.phrases import NOTHING, Number, Sentence, start_of

_ALL_OF_THEM = re.compile(
    r"[，,]?(?:现|目前)?(?:已经?)?(?:全部|均|都|全都|悉数|一一|逐一)(?:已经?)?(?:得到|得以|获得|予以)?"
)
_OPENS = ("，", ",", "全", "均", "都")
LONGEST_ROW = 8


def came_of_all(number: Number, sentence: Sentence) -> frozenset[str]:
    """The verb that opens the clause behind a row of counts, where it is said of all of them."""
    return _of_all(number, sentence) or _named_again(number, sentence)


# 5个重点问题、14份责任书，是…：问题逐一解决，责任书签订到村: as far as such a list opens its sentence
OPENS_WITHIN = 8


def _named_again(number: Number, sentence: Sentence) -> frozenset[str]:
    """What was done, where a list of counts opens the sentence and each thing is named again for it."""
    right, first = number.right, sentence.numbers[0]
    if right is None or not right.cues or number.left.verbs:
        return NOTHING
    if first.left.cues or first.start - sentence.start > OPENS_WITHIN:
        return NOTHING
    noun = right.cues[0]
    if not noun.word.noun or noun.start != right.start:
        return NOTHING
    for phrase in sentence.phrases[bisect_left(sentence.phrases, right.end, key=start_of) :]:
        if phrase.verbs and phrase.number is None and not noun.word.concepts.isdisjoint(phrase.concepts):
            return phrase.verbs
    return NOTHING


def _of_all(number: Number, sentence: Sentence) -> frozenset[str]:
    text, right = sentence.text, number.right
    for _ in range(LONGEST_ROW):
        if right is None or right.number is None or not right.listed or right.verbs:
            break
        number = right.number
        right = number.right
    at = number.quantity.end
    if right is not None and not (right.listed or right.number or text.startswith(_OPENS, at)):
        at = right.end  # 会议议定的6个难点问题逐一攻关，全部解决
    if not text.startswith(_OPENS, at):
        return NOTHING
    behind = bisect_left(sentence.cues, (at,))
    first = sentence.cues[behind] if behind < len(sentence.cues) else None
    if first is None or not _ALL_OF_THEM.fullmatch(text, at, first.start):
        return NOTHING
    return first.word.acts


# 签订的36份合同，份份经法律顾问审查
_EACH = re.compile(r"[，,](?:件件|份份|项项|个个|全部|全都|均|都|一律)(?:都|均|已)*(?:经|由|先|送|交|报|过)")
_REVIEWED = frozenset({"review", "review_strict"})


def reviewed_each(number: Number, sentence: Sentence) -> frozenset[str]:
    """That each of the papers told right behind a number was reviewed, said in the next clause."""
    right = number.right
    if number.quantity.unit not in _PAPERS or right is None or right.number is not None:
        return NOTHING
    each = _EACH.match(sentence.text, right.end)
    if each is None:
        return NOTHING
    clause = next((p for p in sentence.phrases if p.start == right.end + 1), None)
    return clause.verbs & _REVIEWED if clause is not None and clause.number is None else NOTHING


_PAPERS = frozenset({"份", "件", "项", "个"})
