"""Whether a word before a number may count it: what stands between them, and what stands listed beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from transforms.tabulate import gaps, held, pairs
from transforms.tabulate.asides import IN_LISTS
from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import JOINERS, Number, Phrase
from transforms.tabulate.rulebook import Cue

MAX_RESIDUE = 8
MAX_AFTER_LIST = 2
Verdict = Literal["passed over", "ends", "settled", "shared"]


def verdict_on(i: int, gap: int, passed: int, number: Number, context: Context) -> Verdict | None:
    """Why the word at `i` before a number does not count it; None where it may.

    Words before it may where it is "passed over"; not where the search "ends", nor where it is "settled"
    that what stands there is counted and has no indicator, or that the number is "shared" by two things.
    `gap` are the unknown characters up to the number, `passed` the nouns passed over.
    """
    phrase, sentence = number.left, context.sentence
    cue, text = phrase.cues[i], sentence.text
    if phrase.mark == "q" and _is_of_number_before(cue, number, text):
        return "passed over"
    if text.startswith(("精神", "员", "例"), cue.end):
        return "passed over"  # 传达学习法治建设会议精神3次: no meeting was held; nor do 审核员 review
    if not (passed or number.quantity.unit in _VISITS or IN_LISTS.isdisjoint(sentence.characters)):
        shared = _shared(phrase, i, number, context)
        if shared is not None:
            return shared
    if cue.word.decoy:
        return _on_decoy(cue, gap, number, text)
    return _across(i, gap, passed, number, context) if cue.end < number.start else None


def _is_of_number_before(cue: Cue, number: Number, text: str) -> bool:
    """辖10村1社区: a place right behind a bare number is counted by that one.

    So is one behind 个 where the next number has its own behind it: 9个行政村1个社区.
    """
    phrase, right = number.left, number.right
    if cue.start != phrase.start or phrase.listed or gaps.PLACES.isdisjoint(cue.word.concepts):
        return False
    if text[cue.start - 1] != "个":
        return text[cue.start - 1] in _BARE_ENDS
    if text.startswith(("有", "中有", "已有", "中已有"), cue.end):
        return True  # 10个村有6个建成了法治广场
    if right is None or right.listed or right.start == right.end:
        return False
    if text[number.quantity.end - 1] == "个" and text[right.start] in _HAMLETS:
        return True  # 6个村26个社: so many of each, though no rule counts the second
    if not right.cues or right.cues[0].start != right.start:
        return False
    return not gaps.PLACES.isdisjoint(right.cues[0].word.concepts)


_BARE_ENDS = frozenset("0123456789一二三四五六七八九十")
# A hamlet in one character, as regions call it.
_HAMLETS = frozenset("组社屯队寨湾片")


def _shared(phrase: Phrase, i: int, number: Number, context: Context) -> Verdict | None:
    """Two things listed have one number between them, unless the last word stands for both."""
    text = context.sentence.text
    if i and _is_counted_before(phrase, i, text):
        return None
    if pairs.of_two(phrase, i, number, text, context.book):
        return "shared"
    if not number.quantity.each and held.of_several_kinds(phrase, i, number, text, context.book):
        return "shared"
    head = pairs.head_of_kinds(phrase, i, number, text)
    if head is None:
        return None
    return "passed over" if pairs.stands_for_all(head, phrase.cues[i], number) else "shared"


def _is_counted_before(phrase: Phrase, i: int, text: str) -> bool:
    """22个调委会、调解员108名: the first of the two is counted by the number before it."""
    first, cue = phrase.cues[0], phrase.cues[i]
    if phrase.mark != "q" or phrase.listed or i != 1 or first.start != phrase.start:
        return False
    return first.word.noun and cue.start - first.end == 1 and text[first.end] in JOINERS


_LISTED_KIND = re.compile(r"[^，。；]{0,10}等(?:系列|各类|主题|特色)?活动(?:共计?|累计|合计|达)?$")


def _on_decoy(cue: Cue, gap: int, number: Number, text: str) -> Verdict:
    if _LISTED_KIND.match(text, cue.end, number.start):
        return "passed over"  # 法治文艺汇演、法治电影放映等活动8场
    return "settled" if gap <= MAX_RESIDUE else "ends"


def _across(i: int, gap: int, passed: int, number: Number, context: Context) -> Verdict | None:
    """What stands between a noun and the number may be the head, or say that the noun is an example of it."""
    cues, text, characters = number.left.cues, context.sentence.text, context.sentence.characters
    cue = cues[i]
    if gap > MAX_RESIDUE or _is_other(cue, number, text):
        return "ends"
    if passed and _is_example(cue, cues[i + 1 :], text, number):
        return "ends"  # 审查合同等法律事务: an example of the noun passed over
    if gap > 1 and _lists_unknown(cue, number, context):
        return "settled"
    if "“" in characters and _EXAMPLE.match(text, cue.end, number.start):
        return "ends"
    if gap <= 1 and _is_one_longer(cue, number, text):
        if i and text[cues[i - 1].end] in JOINERS and not pairs.differ(cues[i - 1], cue):
            return "passed over"  # 法律服务站和村（社区）工作室19个: the noun of the list is said first
        return "settled"
    return "ends" if "等" in characters and _is_of_other_list(cue, number, context) else None


def _lists_unknown(cue: Cue, number: Number, context: Context) -> bool:
    """发放宣传单、挂历4300份: one number for a thing and another that no rule knows."""
    text = context.sentence.text
    unit = number.quantity.unit
    if text[cue.end] not in JOINERS or unit in _HELD or acts(cue) or number.quantity.each:
        return False
    if "等" in text[cue.end : number.start]:
        return False
    after = cue.end + 1
    return gaps.unknown_lead(text[after : number.start], context.book) > 1


# 检查企业、加油站、粮库63户次: of places gone to, how often, all of them together
_VISITS = frozenset({"家次", "户次", "处次", "个次", "点次", "所次", "站次"})
_HELD = _VISITS | {"次", "场", "场次", "期"}


def takes_places(cue: Cue, number: Number) -> bool:
    """联合检查旅店、酒吧等场所77家次: what was checked is the object of a noun too."""
    return cue.word.verb or (cue.word.text.endswith("检查") and number.quantity.unit in _VISITS)


def _is_of_other_list(cue: Cue, number: Number, context: Context) -> bool:
    """合同审查、信访积案化解等涉法事务36件: what ends the list is what is counted."""
    text = context.sentence.text
    if _TOPICS.match(text, cue.end, number.start):
        return True
    end = text.find("等", cue.end, min(cue.end + 4, number.start))
    if end < 0 or acts(cue) or "、" not in text[number.left.start : cue.start]:
        return False
    return gaps.residue(text, end + 1, number.start, (), context.book) > MAX_AFTER_LIST


# 队伍组建、矛盾化解等议题5个: what was talked about was not done so many times.
_TOPICS = re.compile(r"[^，。；、]{0,6}等[^，。；、]{0,6}(?:议题|议案|课题|题目|主题|话题)(?:共)?")


def acts(cue: Cue) -> bool:
    """A verb, or a noun of studying, which says what is done like one."""
    return cue.word.verb or cue.word.text.endswith("学习") or cue.word.text.startswith("学习")


# A character or two more make another noun of it: 普法剧, 调解工作室, 学法计划, 行政执法督导员.
_LONGER = re.compile(
    r"(?:(?:工作|服务|活动|宣传)?[员师长者室站库群组团队馆剧歌赛车屏栏牌墙厅亭网号机器具表帖画曲戏箱柜架匾]|"
    r"(?:登记|申请|审批|统计|反馈|督办|签收|办事)?(?:表|函|单|指南)|(?:工作|活动)?计划|督[导查察]员|指导员|调研员|系统|试点)等?(?:共|约|近|达|各)?"
)


def _is_one_longer(cue: Cue, number: Number, text: str) -> bool:
    return not cue.word.verb and _LONGER.fullmatch(text, cue.end, number.start) is not None


_GENERAL = frozenset({"事项", "案件", "业务", "内容", "信息", "资料", "材料", "活动"})


def _is_example(cue: Cue, after: Sequence[Cue], text: str, number: Number) -> bool:
    """法律咨询、纠纷调解等专项法律服务24次: 等 ends the list, and another noun stands behind it."""
    if cue.word.text.startswith("学习"):
        return False  # 学习宪法、民法典等法律12次: the list is of what is studied
    heads = [c for c in after if c.word.noun and not c.word.entity and c.word.text not in _GENERAL]
    if not heads:
        return False  # 规范性文件、重大决策等事项: the general word stands for what is listed
    head = heads[-1].start
    end = text.rfind("等", cue.end, head)
    return end >= 0 and (end == cue.end or text.startswith(("、", "和", "与", "”", "》"), cue.end))


# “法治进乡村”“宪法宣传周”等活动30场: one name of several.
_NAMES = r"(?:[、和及]?“[^”]{1,16}”)+"
_EXAMPLE = re.compile(rf"”?{_NAMES}等|[^“”，。；]{{0,8}}”{_NAMES}(?:等|活动)")


def _is_other(cue: Cue, number: Number, text: str) -> bool:
    """A noun that ends a list, or the stem of a rate, is not what a count counts."""
    if gaps.list_mark_before(text, cue.end, number):
        return True
    return number.quantity.unit != "%" and text.startswith("率", cue.end)
