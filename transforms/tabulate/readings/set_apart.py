"""Some of those counted, told apart from the others: by their score, their absence, or as left out."""

from __future__ import annotations

import re

from transforms.quantify.quantity import Quantity
from transforms.tabulate.phrases import PEOPLE, Number

# 100分的32人, 不及格1人, 除2名借调干部外: some of them, told apart.
_APART = re.compile(
    r"(?:\d分(?:以上|以下)?|不?及格|不?合格|优秀|满分|通过|达标)的$|[十百\d]分以[上下]$|满分$|(?:不及格|不合格|[缺缓补]考|不达标)$"
)
# 实考52人，1人因病缓考: who was not there; 2人因退休注销证件: who has it no more.
_STAYS_AWAY = tuple("因均缓补缺未请病产事不")
_DID_NOT_COME = re.compile(
    r"(?:均?因[^，,；;。]{1,12})?(?:缓考|补考|缺考|未参加|未参考|请假|病假|产假|事假|缺席|未到|未通过|不合格|不及格|注销|交回|上交|被吊销)"
)
_BUT_FOR = re.compile(r"[^，,；;。]{0,12}[外]")


def did_not_come(quantity: Quantity, text: str) -> bool:
    """实考52人，1人因病缓考: people of whom it is said right behind their number that they were not there."""
    return text.startswith(_STAYS_AWAY, quantity.end) and _DID_NOT_COME.match(text, quantity.end) is not None


# 处理投诉中涉及违法建设的96件: those of a kind, of all that came in.
_OF_WHICH = re.compile(r"中(?:涉及|属于|有关|关于|反映)[^，,；;。]{1,16}的$")


def _are_what_they_are(number: Number, text: str) -> bool:
    """其中属于重大行政决策的4项: so many are what the noun says, and nothing else is said of them."""
    last = number.left.cues[-1] if number.left.cues else None
    if last is None or last.end != number.start - 1 or not (last.word.noun and last.word.heads):
        return False
    return text.endswith("属于", 0, last.start)


# 审查合同61份，对3份提出意见: something was done to some of them.
_OF_SOME = ("对", "对其中", "就", "针对", "针对其中")
_DONE_TO_SOME = re.compile(r"(?:提出|下达|发出|责令|要求|建议|退回|不予|约谈)")
END_APART = frozenset("的格考标除上下对就中分")
# 分3批次培训: in how many goes, not how many of them.
_GOES = frozenset({"批", "批次", "次", "轮", "轮次", "组", "步"})
_REMOVES = ("解除", "拆除", "清除", "消除", "排除", "铲除", "扫除", "免除", "剔除")


def is_set_apart(number: Number, text: str) -> bool:
    """Whether a number is of some only (100分的32人); `END_APART` holds what ends the words before one."""
    start, end = number.start, number.quantity.end
    if number.quantity.unit in _GOES and text.startswith("分", start - 1):
        return True
    if text.endswith("”的", 0, start) and number.quantity.unit == "个":
        return True  # 纠纷“零上交”的12个: which villages are meant
    if text.startswith("的", start - 1) and _OF_WHICH.search(text, number.left.start, start):
        return not _are_what_they_are(number, text)
    if text[number.left.start : start] in _OF_SOME and _DONE_TO_SOME.match(text, end):
        return True
    if text.startswith("除", start - 1):
        return not text.endswith(_REMOVES, 0, start) and _BUT_FOR.match(text, end) is not None
    return (
        number.quantity.unit in (*PEOPLE, "人次")
        and _APART.search(text, start - 6 if start > 6 else 0, start) is not None
    )
