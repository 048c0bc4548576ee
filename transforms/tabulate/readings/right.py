"""Readings through the words after a number (召开3次专题会议)."""

from __future__ import annotations

import re

from transforms.tabulate import after_number, gaps
from transforms.tabulate.fits import Context, Scene
from transforms.tabulate.phrases import JOINERS, NOTHING, Number, Phrase, verbs_of
from transforms.tabulate.readings import all_there_are, lists, own_noun
from transforms.tabulate.readings.scored import PASSED_NOUN, Reading, matches, only_scope
from transforms.tabulate.rulebook import Cue

# What it costs: the noun of the number behind it, the side, a character before the noun that no rule knows,
# a reading to the left beside it.
FURTHER = 0.15
RIGHT, RIGHT_RESIDUE, RIGHT_AGAINST_LEFT = 0.04, 0.02, 0.35
MAX_RIGHT_RESIDUE = 14


def through_right(number: Number, context: Context, has_left: bool) -> list[Reading]:
    """Through the words after the number (召开3次专题会议), never over a mark; a verb only at once."""
    phrase, text = number.right, context.sentence.text
    if phrase is None or phrase.listed or not phrase.cues:
        return []
    if _opens_the_next(number, phrase, text):
        return []
    bare = number.quantity.unit is None and after_number.implied_unit(number, text) is None
    if bare and not _is_place(phrase):
        return []  # 1310具体部署: what stands before a noun without a measure word is a name
    out: list[Reading] = []
    base, passed = 1.0 - RIGHT - (RIGHT_AGAINST_LEFT if has_left else 0), 0
    for i, cue in enumerate(phrase.cues):
        word = cue.word
        if word.decoy or (i and bare):
            break  # 12村2社区都建了文化墙: what needs no measure word touches its number
        if not word.heads or not (word.noun or _leads(i, number, phrase)):
            continue
        gap = gaps.residue(text, phrase.start, cue.start, phrase.cues[:i], context.book)
        if gap > MAX_RIGHT_RESIDUE or _is_counted_place(i, cue, number, phrase) or _covers(cue, number, text):
            break
        if _INTO_WHAT.search(text, phrase.start, cue.start) and "decision_list" not in word.concepts:
            break  # 4项内容纳入重大行政决策程序: what became part of it is not it
        if _of_villages(i, number, phrase, text):
            break
        if not out and number.quantity.unit in lists.EVENTS and _is_listed_behind(i, phrase, text):
            break
        if _only_of_what_kind(i, number, phrase, text) or text[cue.start - 1] in "（(":
            continue  # 46个屯（社区）: a second name in brackets is not what is counted
        if (
            own_noun.describes(i, phrase, text)
            or _says_what_kind(i, phrase, text)
            or own_noun.is_of_a_head(i, number, phrase)
        ):
            continue
        if i == 0 and all_there_are.is_where(cue, number, text):
            continue
        score = base - gap * RIGHT_RESIDUE - passed * PASSED_NOUN
        fitting = matches(cue, _scene_right(cue, number, phrase, text), context, score, "right")
        singled_out = all_there_are.is_singled_out(cue, text)
        out += [r for r in fitting if all_there_are.may_count(r, cue, gap, number, text)]
        if singled_out:
            break
        passed += 1
    if not out and phrase.number is not None and only_scope(phrase):
        return further(number, phrase.number, context)
    return out


# 心理辅导18人次未发生重新犯罪: nor is what is denied; 4个处置组——纠纷调解组: nor how each is called.
_INTO_WHAT = re.compile(r"[纳列写融](?:入|进)|未(?:发生|出现|有)|没有|无一|—")


_COUNTED_PLACES = gaps.PLACES | {"service_centre", "firm"}


def _is_counted_place(i: int, cue: Cue, number: Number, phrase: Phrase) -> bool:
    """在5个小区设立调解点, 2个司法所调处纠纷: the place or body behind the number is counted."""
    first = phrase.cues[0]
    if not i or number.quantity.unit not in ("个", "处", "家", "所") or first.start != phrase.start:
        return False
    place = first.word.entity or not _COUNTED_PLACES.isdisjoint(first.word.concepts)
    if place and any(c.word.verb for c in phrase.cues[:i]):
        return True
    if not (place and first.word.noun):
        return False
    return not number.left.verbs and gaps.PLACES.isdisjoint(cue.word.concepts)  # 8个村法治广场年久失修


def _is_place(phrase: Phrase) -> bool:
    """辖10村1社区: a place needs no measure word."""
    first = phrase.cues[0]
    return first.start == phrase.start and not gaps.PLACES.isdisjoint(first.word.concepts)


_COVERED = re.compile(r"(?:建设|创建)?(?:实现|达到)?全面?覆盖")


_VILLAGES = gaps.PLACES | {"adviser_of_all", "adviser_of_villages", "adviser_of_communities"}


def _covers(cue: Cue, number: Number, text: str) -> bool:
    """28个村法治文化阵地全覆盖: so many places have one, which is not how many there are."""
    if number.quantity.unit not in _TOUCHING or not _VILLAGES.isdisjoint(cue.word.concepts):
        return False
    return _COVERED.match(text, cue.end) is not None


_TOUCHING = frozenset({"个", "处", "家", "所", "件", "起", "宗", "例"})


def _only_of_what_kind(i: int, number: Number, phrase: Phrase, text: str) -> bool:
    """5个社区综治中心, 6起行政执法简易程序案件: of two nouns that touch the second is counted.

    Not where the second opens the next count.
    """
    if i + 1 >= len(phrase.cues) or number.quantity.unit not in _TOUCHING:
        return False
    if phrase.number is not None and phrase.cues[i + 1].end == phrase.end:
        return False
    cue, after = phrase.cues[i], phrase.cues[i + 1]
    if _COVERED.match(text, after.end):
        return False  # the places are counted
    if "grid" in after.word.concepts and not _NOT_TOWNS.isdisjoint(cue.word.concepts):
        return text.endswith(_MADE, number.left.start, number.start)
    counted = after.word.heads or "service_centre" in after.word.concepts
    return cue.end == after.start and after.word.noun and counted and after.word.text[0] not in "“《"


def _is_listed_behind(i: int, phrase: Phrase, text: str) -> bool:
    """113场次宣传、学习、落实会: what stands behind another thing of a list is not counted alone."""
    cue, before = phrase.cues[i], phrase.cues[i - 1]
    if not i or before.end != cue.start - 1 or text[before.end] != "、":
        return False
    return before.word.noun and before.word.heads and not before.word.entity


def _of_villages(i: int, number: Number, phrase: Phrase, text: str) -> bool:
    """19个村（社区）网格: each village has grids of its own, unless so many were made."""
    if not i or "grid" not in phrase.cues[i].word.concepts:
        return False
    before = phrase.cues[i - 1]
    if before.end != phrase.cues[i].start or _NOT_TOWNS.isdisjoint(before.word.concepts):
        return False
    return not text.endswith(_MADE, number.left.start, number.start)


_NOT_TOWNS = frozenset({"village", "village_community"})
_MADE = ("划分", "划为", "划成", "分为", "设置", "设立", "建立", "建成")


# Nouns that are heads wherever they follow: 5个普法案例, 7个法律服务窗口, 2部普法剧.
_HEAD = re.compile(
    r"(?:优秀|典型|示范|特色|工作|服务|宣传)?(?:"
    r"平台|台账|清单|专家|案例|专栏|品牌|论文|系统|档案|机制|制度|方案|计划|小组|专班|小分队|服务队|宣传队|志愿者|"
    r"宣传员|督导员|联络员|观察员|工作室|工作站|窗口|点位|示范点|试点|课题|稿件|经验|做法|亮点|标兵|能手|之星|"
    r"示范户|作品|剧目|节目|歌曲|模式|举措|措施|专班|家属|亲属|候选人|申请人|当事人|负责人|承办人|经办人|联络点|风险点|监控|样本|"
    r"模板|目录|二维码)|"
    r"[员师室站库群馆剧歌赛车屏栏牌墙号曲戏箱柜架匾](?=[，,、；;。：:（(”》\s]|$)"
)
# 12个政务服务代办点, 4个矛盾调解组, 2件信息公开征询单: named after what they serve, in one word or two.
_SERVES = re.compile(
    r"(?:[点岗组]|(?:征询|征求|意见|回执|申请|任务|问题|责任|登记)[单函表])(?=[，,、；;。：:（(”》—\s]|$)"
)
_MEETINGS = frozenset({"meeting", "rule_meeting", "group_meeting", "decision_meeting", "other_meeting"})


def _says_what_kind(i: int, phrase: Phrase, text: str) -> bool:
    """3次行政执法联席会议, 12名法律援助志愿者: a noun that touches the next says of what kind that is."""
    cue = phrase.cues[i]
    if cue.word.verb:
        return False
    if text.startswith("例", cue.end):
        return True  # 法律援助案 of 法律援助案例
    after = phrase.cues[i + 1] if i + 1 < len(phrase.cues) else None
    if _SERVES.match(text, _end_of_words(i, phrase), phrase.end):
        return True
    if after is None or after.start != cue.end:
        return bool(_HEAD.match(text, cue.end, phrase.end))
    if phrase.number is not None and after.end == phrase.end:
        return False
    if "look_into" in after.word.acts:
        return after.end == phrase.end and _MEETINGS.isdisjoint(cue.word.concepts)
    return after.word.decoy or (not after.word.verb and not _MEETINGS.isdisjoint(after.word.concepts))


def _end_of_words(i: int, phrase: Phrase) -> int:
    """Where the words end that touch the word at `i` and one another."""
    end = phrase.cues[i].end
    for cue in phrase.cues[i + 1 :]:
        if cue.start != end or not cue.word.acts.isdisjoint(gaps.HAVING):
            break  # 27个村都有代办员
        end = cue.end
    return end


def _opens_the_next(number: Number, phrase: Phrase, text: str) -> bool:
    """化解75件达成调解协议30份: a verb behind a number opens the next count."""
    if phrase.number is None or not phrase.cues or not number.left.verbs or number.quantity.unit == "元":
        return False  # 投入30余万元打造法治文化公园1处: what money is spent on has a number of its own
    first = phrase.cues[0]
    if first.word.noun and text[first.end] in JOINERS:
        return False  # 作出9起行政处罚、4件行政许可: it is the first of a list of things
    return first.word.verb and first.start - phrase.start <= 1


def further(number: Number, following: Number, context: Context) -> list[Reading]:
    """建立1个镇级、12个村级站点: the first of two numbers shares the noun behind the second."""
    stand_in = Number(number.numeral, number.quantity, number.left, number.index, following.right)
    found = through_right(stand_in, context, has_left=False)
    for reading in found:
        reading.score -= FURTHER
        reading.side = "carried"
    return found


def _leads(i: int, number: Number, phrase: Phrase) -> bool:
    return i == 0 and phrase.number is None and after_number.bare(number)


def _scene_right(cue: Cue, number: Number, phrase: Phrase, text: str) -> Scene:
    """Both sides of the number, the right one up to the next list mark behind the noun."""
    stop = text.find("、", cue.end, phrase.end)
    cues = phrase.cues if stop < 0 else [c for c in phrase.cues if c.start < stop]
    verbs = number.left.verbs | phrase.verbs
    opens = cue.start == phrase.start and number.quantity.unit not in _PEOPLE
    opens = opens or bool(number.left.verbs)  # 3件行政诉讼案件审结2件: nothing is done to the first
    if opens and number.left.verbs.isdisjoint(_THERE_ARE) and _leads_to_the_next(phrase):
        cues = [c for c in cues if c is not phrase.cues[-1]]
        verbs = number.left.verbs | verbs_of(phrase.cues[:-1])
    apart = lists.opens_a_part(number, text) and not _PAIRED.match(text, number.quantity.end)
    before = NOTHING if apart else number.left.concepts
    if stop >= 0 and number.quantity.unit in _PEOPLE and phrase.verbs >= _TAKES_PART:
        cues = [*cues, *(c for c in phrase.cues if c.start > text.rfind("、", stop, phrase.end))]
    if phrase.number is not None and phrase.number.quantity.unit in HEARERS:
        cues = [c for c in cues if c.start <= cue.start or c.word.concepts.isdisjoint(_REACH)]
    if text.find("的", cue.end, phrase.end) >= 0:  # 13名执法人员通过县里组织的审查: others organised it
        cues = [c for c in cues if c.start < cue.end or not c.word.verb or not text.startswith("的", c.end)]
    concepts = before.union(*(c.word.concepts for c in cues))
    if not verbs and (tail := lists.end_of_list(phrase, text)):
        verbs = tail.verbs
    wider = _what_they_did(number, phrase, concepts)
    if wider is None and cue.start == phrase.start and lists.ends_number_first_list(number, text):
        concepts, wider = before.union(cue.word.concepts), concepts
    if (of_all := _OF_ALL.search(text, cue.end, phrase.end)) and number.quantity.unit in _PEOPLE:
        concepts -= _HOLDS
    elif of_all is not None:
        wider = concepts | (wider or NOTHING)
        concepts = before.union(*(c.word.concepts for c in cues if c.start < of_all.start()))
    return Scene(phrase, number, concepts, verbs, wider)


# 共有9名律师担任4个村的顾问: what those there are do tells who they are.
_THERE_ARE = frozenset({"equip_staff", "in_post"})


def _leads_to_the_next(phrase: Phrase) -> bool:
    """排查9件纠纷受理4件诉求: the verb that touches the next number is said of that one."""
    last = phrase.cues[-1]
    if phrase.number is None or not last.word.verb or last.end != phrase.end:
        return False
    if phrase.number.quantity.unit == "遍":
        return False  # 把9份合同审了一遍: how often it was done to the first
    return not last.word.noun or any(c.word.noun for c in phrase.cues[:-1])


# 3件复议案件全部调解结案: what became of all of them forbids nothing. What people did says who they were;
# 7名执法人员全部取得执法证 counts the officers, without 全部 those who have it.
_HOLDS = frozenset({"holds_certificate"})
_OF_ALL = re.compile(r"(?:均|都|全部|全都)(?:已|依法|顺利|成功)?")


# 23场法治宣讲吸引2900人: the words for those reached belong to their number.
HEARERS = frozenset({"人", "人次", "名", "位"})
_REACH = frozenset({"reach", "reach_own", "reach_weak", "reach_verb", "attract"})
# 47名干部、教师、村医参加测试: what all of them came to.
_TAKES_PART = frozenset({"trainee_verb"})
_PEOPLE, _CAME_TO = frozenset("人名位"), lists.EVENTS | {"个"}


def _what_they_did(number: Number, phrase: Phrase, concepts: frozenset[str]) -> frozenset[str] | None:
    """面向90名村干部开设6期法治培训: what people came to is said behind the number of events.

    7名律师结对14个村: so is where they serve.
    """
    events = phrase.number
    if events is None or events.right is None or events.right.listed:
        return None
    if number.quantity.unit not in _PEOPLE or events.quantity.unit not in _CAME_TO:
        return None
    return concepts | events.right.concepts


# 9名律师与27个村结对: 与 says with whom.
_PAIRED = re.compile(r"[^，,；;。、]{0,8}?(?:结对|签约|签订|签了)")
