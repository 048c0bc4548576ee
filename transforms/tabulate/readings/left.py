"""Readings through the words before a number (召开专题会议3次)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from transforms.tabulate import after_number, gaps, near_noun, pairs
from transforms.tabulate.asides import IN_LISTS
from transforms.tabulate.fits import Context, Scene
from transforms.tabulate.phrases import JOINERS, Number, Phrase, concepts_of
from transforms.tabulate.readings.scored import PASSED_NOUN, Reading, matches
from transforms.tabulate.rulebook import Cue

# What it costs: a character between noun and number that no rule knows, a noun that only says of what kind,
# a number that counts what follows it.
RESIDUE, MODIFIER, COUNTS_NEXT = 0.05, 0.45, 0.3
MAX_RESIDUE = 8
MAX_AFTER_LIST = 2


def through_left(
    number: Number, context: Context, follows: bool, of_others: bool
) -> tuple[list[Reading], bool]:
    """Through the words before the number; True when a thing without an indicator stands there instead.

    `follows` says that words stand right behind the number, `of_others` that they are what is counted.
    """
    phrase, book, text, characters = (
        number.left,
        context.book,
        context.sentence.text,
        context.sentence.characters,
    )
    out: list[Reading] = []
    top, passed = 1.0 - (COUNTS_NEXT if of_others else 0), 0
    if follows and after_number.is_head_behind(number, book, text):
        return out, True
    lists = not IN_LISTS.isdisjoint(characters)
    for i in range(len(phrase.cues) - 1, -1, -1):
        cue = phrase.cues[i]
        if not cue.word.decoy and not cue.word.heads:
            if _counts_places(cue, number) or _looks_into(cue, number):
                return out, True
            continue
        if phrase.mark == "q" and _is_of_number_before(cue, phrase, text):
            continue
        if text.startswith("精神", cue.end):
            continue  # 传达学习法治建设会议精神3次: no meeting was held
        if lists and not passed and pairs.of_two(phrase, i, number, text, book):
            return [], True
        if lists and not passed and (head := pairs.head_of_kinds(phrase, i, number, text)):
            if head.word.text.endswith("活动"):
                continue  # the general word stands for what is listed behind it
            return [], True
        score = top - passed * PASSED_NOUN
        if cue.end < number.start:
            gap = gaps.residue(text, cue.end, number.start, phrase.cues[i + 1 :], book)
            if cue.word.decoy and _LISTED_KIND.match(text, cue.end, number.start):
                continue  # 法治文艺汇演、法治电影放映等活动8场
            if cue.word.decoy:
                return out, not out and gap <= MAX_RESIDUE
            if gap > MAX_RESIDUE or _is_other(cue, number, text):
                break
            if passed and _is_example(cue, phrase.cues[i + 1 :], text, number):
                break  # 审查合同等法律事务: an example of the noun passed over
            if "“" in characters and _EXAMPLE.match(text, cue.end, number.start):
                break
            if gap <= 1 and _is_one_longer(cue, number, text):
                if i and text[phrase.cues[i - 1].end] in JOINERS:
                    continue  # 法律服务站和村（社区）工作室19个: the noun of the list is said first
                return out, not out
            score -= gap * RESIDUE
            acts = cue.word.verb or cue.word.text.endswith("学习")
            ends = text.find("等", cue.end, min(cue.end + 4, number.start))
            listed = ends >= 0 and "、" in text[phrase.start : cue.start]
            behind = gaps.residue(text, ends + 1, number.start, (), book) if listed else 0
            if not acts and behind > MAX_AFTER_LIST:
                break  # 合同审查、信访积案化解等涉法事务36件: what ends the list is what is counted
            if gap > 1 and not acts and gaps.ends_in_unknown(text, phrase, cue, number, book):
                score -= MODIFIER
            stop = phrase.cues[i + 1].start if i + 1 < len(phrase.cues) else number.start
            shared = cue.start < phrase.start  # the noun of a whole list, said before this part of it
            if (
                gap > 1
                and not shared
                and not _takes_objects(cue, text, number)
                and gaps.is_modifier(text, cue, stop, book)
            ):
                score -= MODIFIER
        elif cue.word.decoy:
            return out, not out
        if cue.word.verb and not cue.word.noun and _does(cue, number):
            continue  # 成功劝阻焚烧行为8起: another verb says what was done
        found = matches(cue, _scene_left(cue, number, context, follows), context, score, "left")
        if found and "等" in characters and pairs.of_a_mixed_list(phrase, cue, number, text):
            found = [r for r in found if r.frame.indicator == "publicity_events"]
        if found:
            unless_stock = [r for r in found if r.frame.measure != "stock"]
            if len(unless_stock) < len(found) and (
                of_others or _not_all(cue, number, text) or _does(cue, number)
            ):
                found = unless_stock
            out += found
        if not passed and _is_the_head(cue, number):
            return out, not out
        passed += cue.word.noun and not cue.word.entity
    return out, False


def _scene_left(cue: Cue, number: Number, context: Context, follows: bool) -> Scene:
    """The words around a noun before the number. Most phrases are short and plain, and are taken whole."""
    phrase, sentence = number.left, context.sentence
    spoken, named, wider = phrase, None, None
    if cue.start - phrase.start > near_noun.VERB_WINDOW or "等" in sentence.characters:
        spoken = near_noun.near(sentence.text, phrase, cue)
    concepts = spoken.concepts
    if follows:
        concepts |= _purpose(number)
    if phrase.mark in _CLOSES:
        concepts |= _before_bracket(phrase, context)
    if "“" in sentence.characters:
        named = near_noun.of_one_name(sentence.text, phrase, cue)
    if named:
        wider, concepts = concepts, concepts_of([c for c in spoken.cues if c not in named])
    verbs = spoken.verbs or _verbs_behind(number)
    if follows and (ended := after_number.succeeded(number)):
        verbs, concepts = verbs | ended, concepts | ended
    return Scene(phrase, number, concepts, verbs, wider)


def _does(cue: Cue, number: Number) -> bool:
    """调委会整改问题11个: who did it is not counted, unless it is 网格员配备12名."""
    behind = (c for c in number.left.cues if c.start >= cue.end and c.word.verb)
    return any("gather" in c.word.acts or c.word.acts.isdisjoint(gaps.HAVING) for c in behind)


_MEETINGS = frozenset({"meeting", "rule_meeting", "decision_meeting"})
_ENTITIES_COUNTED = ("个", "家", "所", "户")


def _is_the_head(cue: Cue, number: Number) -> bool:
    """行政执法联席会议1次, 诚信守法企业7家: the noun that touches the number is what is counted."""
    if cue.end != number.start or cue.word.verb:
        return False
    if not _MEETINGS.isdisjoint(cue.word.concepts):
        return True
    return cue.word.entity and cue.word.noun and number.quantity.unit in _ENTITIES_COUNTED


# A character or two more make another noun of it: 普法剧, 调解工作室, 学法计划, 行政执法督导员.
_LONGER = re.compile(
    r"(?:(?:工作|服务|活动|宣传)?[员师长者室站库群组团队馆剧歌赛车屏栏牌墙厅亭网号机器具表帖画曲戏]|"
    r"(?:工作|活动)?计划|督[导查察]员|指导员|调研员|系统|试点)(?:共|约|近|达|各)?"
)


def _is_one_longer(cue: Cue, number: Number, text: str) -> bool:
    return not cue.word.verb and _LONGER.fullmatch(text, cue.end, number.start) is not None


def _not_all(cue: Cue, number: Number, text: str) -> bool:
    if text.endswith("由", cue.end, number.start) and _MADE_OF.match(text, number.quantity.end):
        return True
    return _NAMED_BEHIND.fullmatch(text, cue.end, number.start) is not None or _came(number, text)


# 网格“微阵地”217个: a name of its own stands between, and it is what there are so many of;
# 退岗人员中2人: so many of them; 以网格员为主体的90人队伍: others are among them.
_NAMED_BEHIND = re.compile(
    r"“[^”，。；]{2,12}”(?:共)?|(?:当|之)?中(?:已?有)?|里(?:已?有)?|为(?:主|主体|主力|骨干)的"
)


# 长廊由7块展板和2面漫画墙组成: what a thing is made of is not how many of it there are.
_MADE_OF = re.compile(r"[^，,；;。]{1,40}?(?:组成|构成)")


def _is_of_number_before(cue: Cue, phrase: Phrase, text: str) -> bool:
    """辖10村1社区: a place right behind a bare number is counted by that one."""
    if cue.start != phrase.start or phrase.listed or gaps.PLACES.isdisjoint(cue.word.concepts):
        return False
    return text[cue.start - 1] in _BARE_ENDS


_BARE_ENDS = frozenset("0123456789一二三四五六七八九十")


def _counts_places(cue: Cue, number: Number) -> bool:
    """该村现有村民小组12个: a place that no frame counts stands right before the number."""
    if cue.end != number.start or number.quantity.unit not in ("个", "处", "家", "所", "户"):
        return False
    return cue.word.noun and not _PLACES_COUNTED.isdisjoint(cue.word.concepts)


def _looks_into(cue: Cue, number: Number) -> bool:
    """开展行政执法督查6次: the work that was looked into was not done so many times."""
    return cue.end == number.start and "look_into" in cue.word.acts and number.quantity.unit in _TIMES


_TIMES = ("次", "场", "场次", "轮", "轮次", "期", "批次")
_PLACES_COUNTED = frozenset({"hamlet", "hamlet_like", "premises", "township"})
_CAME = re.compile(r"(?:参会|参加|出席|到会|与会|观摩|到场|参与|列席)")


def _came(number: Number, text: str) -> bool:
    """村书记、调解员共45人参会: who came to something are not all there are."""
    return number.right is not None and bool(_CAME.match(text, number.right.start, number.right.end))


def _takes_objects(cue: Cue, text: str, number: Number) -> bool:
    """专题学习保密、信访条例等22场次: what a verb is done to does not stand in its place."""
    if cue.word.verb:
        return True
    return cue.word.text.endswith("学习") and text.endswith("等", cue.end, number.start)


_LISTED_KIND = re.compile(r"[^，。；]{0,10}等(?:系列|各类|主题|特色)?活动(?:共计?|累计|合计|达)?$")
_GENERAL = frozenset({"事项", "案件", "业务", "内容", "信息", "资料", "材料", "活动"})


def _is_example(cue: Cue, after: Sequence[Cue], text: str, number: Number) -> bool:
    """法律咨询、纠纷调解等专项法律服务24次: 等 ends the list, and another noun stands behind it."""
    heads = [c for c in after if c.word.noun and not c.word.entity and c.word.text not in _GENERAL]
    if not heads:
        return False  # 规范性文件、重大决策等事项: the general word stands for what is listed
    head = heads[-1].start
    end = text.rfind("等", cue.end, head)
    return end >= 0 and (end == cue.end or text.startswith(("、", "和", "与", "”", "》"), cue.end))


# “法治进乡村”“宪法宣传周”等活动30场: one name of several.
_NAMES = r"(?:[、和及]?“[^”]{1,16}”)+"
_EXAMPLE = re.compile(rf"”?{_NAMES}等|[^“”，。；]{{0,8}}”{_NAMES}(?:等|活动)")


def _purpose(number: Number) -> frozenset[str]:
    """召开党委会4次研究部署依法治镇工作: what a meeting was for, said right behind its number."""
    right = number.right
    if right is None or right.listed or right.number is not None or not right.cues:
        return frozenset()
    first = right.cues[0]
    at_once = first.start == right.start and "hear" in first.word.concepts
    return right.concepts if at_once and number.quantity.unit in ("次", "场", "场次") else frozenset()


_CLOSES = ("）", ")")


def _before_bracket(phrase: Phrase, context: Context) -> frozenset[str]:
    """微信账号（1个）发布信息82条: a count in brackets does not part the words around it."""
    phrases = context.sentence.phrases
    opened = bisect_left(phrases, phrase.start, key=_start_of) - 2
    while opened > 0 and phrases[opened].depth > phrase.depth:
        opened -= 1
    return phrases[opened].concepts if opened >= 0 else frozenset()


def _start_of(phrase: Phrase) -> int:
    return phrase.start


def _verbs_behind(number: Number) -> frozenset[str]:
    """重大行政决策6项全部依程序作出: no verb before the number, but one after it, and no other number."""
    right = number.right
    return right.verbs if right is not None and not right.listed and right.number is None else frozenset()


def _is_other(cue: Cue, number: Number, text: str) -> bool:
    """A noun that ends a list, or the stem of a rate, is not what a count counts."""
    if gaps.list_mark_before(text, cue.end, number):
        return True
    return number.quantity.unit != "%" and text.startswith("率", cue.end)
