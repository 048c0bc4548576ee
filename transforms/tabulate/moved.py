"""Numbers that say how a figure moved: by how much, since when, and what it was before."""

from __future__ import annotations

import re
from typing import Literal

from transforms.tabulate.each import TOTAL
from transforms.tabulate.phrases import Number, Sentence
from transforms.tabulate.starting_level import follows_change, follows_starting_level, is_starting_level

Change = tuple[Literal["change"], str]  # and the rule of this module that says so

_CHANGE = re.compile(
    r"(?<!评)(?:较|比|环比|相比|比较)(?:去年|上年|上一年|往年|前年|同期|以往|20\d\d年|年初)|"
    r"同比|环比|去年同期|上年同期|与(?:去年|上年|20\d\d年)[^，]{0,4}相比|较上|较前"
)
_MOVED = re.compile(
    r"(?:增长|上升|下降|减少|降低|缩短|提升|上涨|压缩|增幅|降幅|上浮|下调|增加|提高|攀升|回落)"
    r"(?:了|约|近|超|达|率|幅度|为|\s)*$"
)
# 纠纷总量下降17件, 宣传资料增加1000份: by how many, with nothing between the word and the number.
_BY_SO_MANY = re.compile(
    r"(?:减少|下降|降低|回落|上升|增长|(?<!新)增加)(?:了|近|约|\s)*$|"
    r"(?:减少|压减)(?:了|各类)?[^，,；;。、至到为后共]{1,8}$"  # 减少入企检查45次
)
# 原有17人，现有13人: how many there were.
# 年初39人, 年底36人: a stock as the year began.
_FORMER = re.compile(
    r"(?<!在)原(?:来|先)?(?:有|设)(?!的)[^，,；;。]{0,10}$|(?<!在)原(?:来|先)?有的$|"
    r"年初(?:共有|有|在册|在矫|时)?(?:持证|执法|在册)?(?:人员|对象)?(?:共|为|是)?$"
)


def moved(number: Number, sentence: Sentence, words: str, clause: str) -> Change | None:
    """`words` stand before the number, `clause` is what they end, other numbers in it passed over."""
    came_to = follows_change(number, sentence) or follows_starting_level(number, sentence)
    compared = None if came_to else _CHANGE.search(clause)
    if compared and (_CHANGE.search(words) or not TOTAL.search(clause, last_end(_CHANGE, clause))):
        return "change", "compared"
    if _MOVED.search(words) and (number.quantity.unit in ("%", "个百分点") or compared):
        return "change", "moved"
    if _BY_SO_MANY.search(words) or words.endswith(("超额", "超额完成")):
        return "change", "by_so_many"
    if _FORMER.search(words) or is_starting_level(number, sentence):
        return "change", "level_before"
    return None


def last_end(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; 0 without one."""
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end
