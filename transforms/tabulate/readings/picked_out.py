"""Some of those named, picked out by a share, a bound or what became of them: no count of all there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import Number
from transforms.tabulate.readings.scored import Reading

# 开课18期，法治课占6期: a share of them.
_SHARES = tuple(f"{c}占" for c in "课类件案例的中其者数题")
# 罚款5000元以上的案件, 调解50件以上的3人: from where on a rule holds, or whom it singles out.
_FROM_WHERE = ("以上", "以下", "以内")
# 学法不足4次的有3个村, 少于10学时的干部9名: so do words before the number.
_UP_TO = re.compile(r"(?:少于|低于|不足|不到|未满|不满|未达到?|超过|多于|高于|达到?)[^，,；;。]*")
_WHOM = re.compile(
    r"的(?:仍|还|尚|只|仅|共)*(?:有|为)?\s*\d{0,4}\s*[个名人家户]?(?:行政)?(?:村|社区|网格|单位|站所|部门|企业|人|干部|党员|名|户)"
)


def is_share(number: Number, text: str) -> bool:
    """初信初访占88件; of percentages only those of some of them, not 满意的占96%."""
    if number.quantity.unit != "%":
        return True
    return text.endswith(_SHARES, 0, number.start) and not text.endswith("满意的占", 0, number.start)


def is_threshold(number: Number, text: str) -> bool:
    """Whether a number before 的 says from where on or up to where something is meant."""
    start, end = number.start, number.quantity.end
    if text.endswith(_FROM_WHERE, 0, end):
        return True
    if _WHOM.match(text, end) is None:
        return False
    return bool(_UP_TO.match(text, start, end) or text.endswith(_BOUNDS, 0, start))


_BOUNDS = (
    "少于",
    "低于",
    "不足",
    "不到",
    "未满",
    "不满",
    "未达",
    "未达到",
    "超过",
    "多于",
    "高于",
    "达",
    "达到",
)
# 纠纷中重复发生的有11件, 执法人员里法律专业毕业的仅5名
_OF_THOSE = re.compile(
    r".*(?:中(?![心队学小秋层])|里(?!程))(?P<what>[^，,；;。、\d]{2,14})的(?:[只仅就]?有|仅|只|占|为)?", re.S
)
LONGEST = 40


def but_for_some(found: list[Reading], number: Number, context: Context) -> list[Reading]:
    """The readings that what is said of some of those named leaves over: 纠纷中调解成功的有43件.

    A noun before 中 counts them only where its frame asks for what is said behind.
    """
    told = _OF_THOSE.fullmatch(
        context.sentence.text, max(number.left.start, number.start - LONGEST), number.start
    )
    if told is None:
        return found
    at = told.start("what")
    said = [c.word.concepts for c in number.left.cues if c.start >= at]
    return [r for r in found if r.cue.start >= at or _is_asked(r, said)]


def _is_asked(reading: Reading, said: Sequence[frozenset[str]]) -> bool:
    return any(not reading.frame.asks.isdisjoint(concepts) for concepts in said)
