"""What came of all that were counted: 邻里纠纷18件、山林纠纷11件，均已调解成功."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.tabulate.phrases import NOTHING, Number, Sentence

_ALL_OF_THEM = re.compile(
    r"[，,]?(?:现|目前)?(?:已经?)?(?:全部|均|都|全都|悉数|一一|逐一)(?:已经?)?(?:得到|得以|获得|予以)?"
)
_OPENS = ("，", ",", "全", "均", "都")
LONGEST_ROW = 8


def came_of_all(number: Number, sentence: Sentence) -> frozenset[str]:
    """The verb that opens the clause behind a row of counts, where it is said of all of them."""
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
