"""What stands right behind a number: what is counted, an unknown head, a verb, how it ended."""

from __future__ import annotations

import re

from transforms.tabulate.gaps import residue, unknown_lead
from transforms.tabulate.phrases import JOINERS, NOTHING, Number, Phrase
from transforms.tabulate.rulebook import Rulebook


def counts_the_next(number: Number) -> bool:
    """邀请法律顾问到14个村: a noun that follows at once, and has no number of its own, is what is counted.

    So is a verb behind a number of times (镇党委会先后4次研究部署), where none stands before it.
    """
    right = number.right
    if right is None or right.listed or not right.cues or right.number is not None:
        return False
    first = right.cues[0]
    if first.start != right.start:
        return False
    if first.word.verb:
        return not number.left.verbs and number.quantity.unit in ("次", "轮")
    return first.word.noun


# 26起轻微违法行为: two or three characters that say of what kind.
NEAR = 3


def noun_follows(number: Number, text: str) -> bool:
    """16个村全部纳入, 26起轻微违法行为: what follows is counted, unless it belongs to the next number.

    Of a list each number has its noun behind it: 2名队员、3名协管员.
    """
    right = number.right
    if right is None or right.listed or not right.cues:
        return False
    first = right.cues[0]
    if first.start - right.start > NEAR:
        return False
    if first.word.decoy:
        return True
    if not first.word.noun or first.word.verb:
        return False
    if right.number is None or len(right.cues) > 1:
        return True
    return first.start == right.start and text[first.end] in JOINERS


_NEEDS_A_NOUN = frozenset(["个", "处", "家", "户", "所", "座", "支", "名", "间"])
LONGEST_HEAD = 6


def unknown_follows(number: Number, book: Rulebook, text: str) -> int:
    """71个党支部: how long the unknown noun is that a measure word calls for; 0 where none is."""
    right = number.right
    if right is None or right.listed or number.quantity.unit not in _NEEDS_A_NOUN:
        return 0
    stop = right.cues[0].start if right.cues else right.end
    if _CAME_TO_BE.fullmatch(text, right.start, stop):
        return 0
    lead = unknown_lead(text[right.start : stop], book)
    return lead if lead > 1 else 0


def is_head_behind(number: Number, book: Rulebook, text: str) -> bool:
    """信访接待、警务调解等6个常驻窗口: what is counted stands behind the number, and no rule knows it."""
    right = number.right
    if right is None or right.listed:
        return False
    of_list = text.startswith("等", number.start - 1)
    if not of_list and _is_part_of_a_body(number, right, text):
        return True
    if right.number is not None:  # 综治、信访等6个部门12名人员
        if not of_list:
            return _is_named_to_the_mark(number, right, book, text)
        touches = bool(right.cues) and right.cues[0].start == right.start and right.cues[0].word.noun
        return touches and number.quantity.unit in _NEEDS_A_NOUN
    if of_list:
        if right.cues and (right.cues[0].word.noun or right.cues[0].word.decoy):
            return right.cues[0].start - right.start <= LONGEST_HEAD  # 重大纠纷等4个实际难题
        verb = next((c.start for c in right.cues if c.word.verb), right.end)
        if 1 < unknown_lead(text[right.start : verb], book) == right.end - right.start <= LONGEST_HEAD:
            return True  # 专家论证、合法性审查等5项程序
    if number.left.cues and number.left.cues[-1].word.noun and number.left.cues[-1].end == number.start:
        return False  # 综治中心13个规范化运行
    lead = unknown_follows(number, book, text)
    if not lead:
        return False
    return right.start + lead == right.end and lead <= LONGEST_HEAD


# 2个接待室, 5个展示区: a part of a building, whatever it is for
_ROOM = re.compile(r"[\u4e00-\u9fff]{1,5}(?:[室台角厅]|(?<!社)区)")


def _is_part_of_a_body(number: Number, right: Phrase, text: str) -> bool:
    """综治中心设3个接待室, 设立5个调解窗口: what a body has, told behind the number."""
    if number.quantity.unit not in _NEEDS_A_NOUN:
        return False
    mark = next((i for i in range(right.start, right.end) if text[i] in JOINERS), right.end)
    first = right.cues[0] if right.cues else None
    if first is not None and (first.start, first.end) == (right.start, mark):
        return not _PARTS.isdisjoint(first.word.concepts)
    known = any(c.word.noun and c.word.heads for c in right.cues if c.start < mark)
    return not known and bool(_ROOM.fullmatch(text, right.start, mark))


_PARTS = frozenset({"mediation_setup"})


def _is_named_to_the_mark(number: Number, right: Phrase, book: Rulebook, text: str) -> bool:
    """综治中心设6个功能室、8个窗口: the first of a list has a noun of its own, which no frame counts."""
    if number.quantity.unit not in _NEEDS_A_NOUN:
        return False
    mark = next((i for i in range(right.start, right.end) if text[i] in JOINERS), right.start)
    first = right.cues[0] if right.cues else None
    if first is not None and first.start == right.start:
        return first.word.decoy and first.end == mark
    return 1 < unknown_lead(text[right.start : mark], book) == mark - right.start <= LONGEST_HEAD


def has_own_object(right: Phrase, text: str, book: Rulebook) -> bool:
    """2次开展“一把手”集中述法: the verb behind a number has an object, which no rule knows."""
    return residue(text, right.cues[0].end, right.end, right.cues[1:], book) > LONGEST_OBJECT


LONGEST_OBJECT = 3


# 192件得以就地化解, 27件当场得到解决: that it came to be so stands before the verb; 41处已按要求整改: or how
# it was done. 保持46名不变: or that nothing came of it.
_CAME_TO_BE = re.compile(
    r"(?:最终|当场|就地|现场|及时|顺利|现)?(?:已经?)?(?:得到|得以|获得|获)(?:了|就地|当场|及时|妥善|有效|圆满)?|"
    r"(?:均|都|全部)?(?:已经?)?(?:严格)?(?:按照?(?:要求|期|时限?|规定|标准)|即刻|立即|当即|当场|及时|如期)(?:完成)?|"
    r"(?:保持)?(?:[不未没]变|持平)"
)


def verb_after(number: Number, text: str) -> Phrase | None:
    """27件调解成功: the verb comes after a number that has nothing before it."""
    right = number.right
    if right is None or right.listed or not right.cues or not bare(number):
        return None
    first = right.cues[0]
    near = first.start - right.start <= 1 or _CAME_TO_BE.fullmatch(text, right.start, first.start)
    return right if first.word.verb and near else None


_THERE_IS = frozenset({"有", "已有", "共有", "现有"})


def bare(number: Number) -> bool:
    """Nothing before the number but 已有 and the like."""
    return all(c.word.text in _THERE_IS for c in number.left.cues)


# 调解的43件全部成功: all of them, and no word of its own.
_ALL = frozenset({"全部", "均已", "全都", "悉数"})


def succeeded(number: Number, text: str) -> frozenset[str]:
    """调解纠纷39件成功: how it ended is said right behind the number."""
    right = number.right
    if right is None or right.listed or right.number is not None or not right.cues:
        return NOTHING
    first = right.cues[0]
    near = first.start - right.start <= 1 or text[right.start : first.start] in _ALL
    return first.word.acts if near and first.word.text == "成功" else NOTHING


# 调解成功率达99，: the sign is lost, the word for a rate stands right before.
_RATE_BEFORE = re.compile(r"率(?:均|都)?(?:达到?|为|是)?$")
LONGEST_RATE_LEAD, PERCENT = 5, 100
# 场次：29, 资料份数7100, 化解件数61: a label, as tables have them, says the measure word.
_LABEL = re.compile(r"(场次|次数|份数|件数|起数|人次|人数|条数|册数|批次|处数|期数)[：:为]?$")
_UNIT_OF_LABEL = {"次数": "次", "份数": "份", "件数": "件", "起数": "起", "人数": "人"} | {
    "条数": "条",
    "册数": "册",
    "处数": "处",
    "期数": "期",
}
LONGEST_LABEL = 4


def implied_unit(number: Number, text: str) -> str | None:
    """组织63公职人员: the measure word is missing, the noun behind says people; a rate has lost its sign."""
    right = number.right
    label = _LABEL.search(text, max(number.left.start, number.start - LONGEST_LABEL), number.start)
    if label is not None:
        return _UNIT_OF_LABEL.get(label[1], label[1])
    if right is None or not right.cues:
        value, start = number.quantity.value, max(number.left.start, number.start - LONGEST_RATE_LEAD)
        ends = right is None or right.start == right.end
        is_rate = ends and value is not None and 0 < value <= PERCENT
        return "%" if is_rate and _RATE_BEFORE.search(text, start, number.start) else None
    first = right.cues[0]
    return "人" if first.start == right.start and "officials" in first.word.concepts else None
