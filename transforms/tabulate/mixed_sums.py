"""A sum of different things counts none of them: 讲座8场、宣传12场，合计20场; 讲座、宣传两项活动共41场."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from transforms.tabulate.phrases import Number, Phrase
from transforms.tabulate.rulebook import Cue

_SUM = re.compile(
    r"(?:工作|业务|服务|事项|活动)?(?:两者|三者|各类|加起来)?(?:总共|合计|共计|总计|累计|共)(?:达到?|有|为)?"
)
_HOW_MANY_KINDS = frozenset({"项", "类", "种", "大类", "方面"})
# A sum of more is none that a sentence spells out; run-on text stays linear.
MOST = 8


def sums_up_several(number: Number, numbers: Sequence[Number], text: str) -> bool:
    """Whether a number with only a word for a sum before it is of different things together."""
    left = number.left
    if not number.index or left.cues or not _SUM.fullmatch(text, left.start, number.start):
        return False
    before = numbers[number.index - 1]
    if left.mark == "q" and before.quantity.unit in _HOW_MANY_KINDS:
        return _differ(_heads(before.left))
    return _differ([c for n in _summands(number, numbers) for c in _heads(n.left)[-1:]])


def _summands(number: Number, numbers: Sequence[Number]) -> list[Number]:
    """The numbers right before it, in its unit, that add up to it; none where they do not."""
    out: list[Number] = []
    for earlier in reversed(numbers[max(0, number.index - MOST) : number.index]):
        if earlier.quantity.unit != number.quantity.unit:
            return []
        out.append(earlier)
        if len(out) > 1 and sum(n.quantity.value or 0 for n in out) == number.quantity.value:
            return out
    return []


def _heads(phrase: Phrase) -> list[Cue]:
    return [c for c in phrase.cues if c.word.noun and c.word.heads and not c.word.entity]


def _differ(heads: Sequence[Cue]) -> bool:
    """Whether two of them are counted by different indicators, and not one by some of the other's."""
    counted = [{f.indicator for f in c.word.frames} for c in heads]
    return any(not (a <= b or b <= a) for a, b in itertools.combinations(counted, 2))
