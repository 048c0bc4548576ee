"""Candidate readings of a number: which frame, through which word, how far-fetched; the best of them win."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from transforms.tabulate import gaps, pairs
from transforms.tabulate.fits import Context, Scene, fits
from transforms.tabulate.phrases import JOINERS, NOTHING, Number, Phrase, Sentence, concepts_of
from transforms.tabulate.rulebook import Cue, Frame

Side = Literal["left", "right", "carried"]

THRESHOLD, CARRIED_THRESHOLD = 0.6, 0.7
# A reading of its own words that good leaves no room for a carried noun.
GOOD_ENOUGH = 0.6
# What a reading costs: a character between noun and number that no rule knows, another noun passed over,
# a noun taken from an earlier phrase. Scores are ranks, made probabilities in confidence.py.
RESIDUE, PASSED_NOUN, MODIFIER, COUNTS_NEXT = 0.05, 0.08, 0.45, 0.3
CARRIED, CARRIED_NEXT, FURTHER = 0.2, 0.06, 0.15
RIGHT, RIGHT_RESIDUE, RIGHT_AGAINST_LEFT = 0.04, 0.02, 0.35
WEIGHT = 0.03
MAX_RESIDUE, MAX_RIGHT_RESIDUE, MAX_CARRIED = 8, 14, 5
# 掌上基层流转12089件: words no rule knows before the verb are a subject of its own, and nothing is carried.
MAX_BEFORE_VERB = 2
MAX_AFTER_LIST = 2
# 把71个党支部建在网格上: what there is so many of stands near its number.
MAX_STOCK_RESIDUE = 5


# 一人多岗, 一岗双责: a saying counts nothing.
_SAYING = re.compile(
    r"一[人岗村案户企事件次][一多双]|"
    r"一个(?:网格|村子?|社区|小区|家庭|单位)(?:里|内|中)|"
    r"一个(?:新的?|大|更高|重要|崭新)?(?:台阶|水平|高度|层次|局面|阶段|环节|整体|目标|中心|标杆|样板|抓手|亮点)"
)


def _is_saying(number: Number, text: str) -> bool:
    """一人多岗, 迈上一个新台阶."""
    return _SAYING.match(text, number.start) is not None


@dataclass(slots=True)
class Reading:
    """One way to read a number."""

    frame: Frame
    cue: Cue
    side: Side
    score: float
    cues: tuple[str, ...]


def readings(number: Number, context: Context) -> list[Reading]:
    """All readings of a number, unordered."""
    if _counts_nothing(number, context):
        return []
    found, blocked = _left(number, context)
    against = (bool(found) or blocked) and not gaps.counts_the_next(number)
    found += _right(number, context, against)
    if not blocked and not [r for r in found if r.score > GOOD_ENOUGH]:
        found += _carried(number, context)
    if _is_cut_off(number, context.sentence.text):
        found = [r for r in found if r.frame.measure == "stock"]
    return [r for r in found if r.score >= (CARRIED_THRESHOLD if r.side == "carried" else THRESHOLD)]


def _counts_nothing(number: Number, context: Context) -> bool:
    """What only looks like a count. Each kind is asked for only where what it begins or goes with stands."""
    sentence, text = context.sentence, context.sentence.text
    if text.startswith("一", number.start) and _is_one(number, context):
        return True
    if text.startswith("等", number.start - 1) and _is_step(number, text):
        return True
    if text.startswith(_FIELDS, number.quantity.end):
        return True
    if number.quantity.unit is None and _is_glued_marker(number, sentence):
        return True
    if not sentence.lacks(IN_STORY) and _is_example_told(number, context):
        return True
    return not sentence.lacks(IN_PLUS) and _in_formula(number, text)


def _is_one(number: Number, context: Context) -> bool:
    """一 that is told, said or prescribed, but not counted."""
    text = context.sentence.text
    return _is_story(number, text) or _is_saying(number, text) or _is_prescribed(number, context)


def _is_cut_off(number: Number, text: str) -> bool:
    """共开展检查8 at the end of a text that else has its stops: digits and a measure word may be lost."""
    quantity = number.quantity
    return quantity.unit is None and quantity.end == len(text) and "。" in text


# 专家论证、合法性审查等5项程序纳入必经环节: the steps a rule names are no work done.
_STEP = re.compile(r"(?:法定|必经|必要|决策)?(?:程序|环节|步骤|流程)(?!的?案件|合同)")


# 12个领域的信息: in how many fields, not how many of them.
_FIELDS = ("领域", "大领域", "重点领域", "方面", "层面", "维度")


def _is_step(number: Number, text: str) -> bool:
    """等5项程序: after a list, so many steps."""
    return number.right is not None and bool(_STEP.match(text, number.right.start))


def _is_glued_marker(number: Number, sentence: Sentence) -> bool:
    """2优化阵地建设: a figure without a measure word that opens a line with a verb is its heading's.

    So is a small one in the middle (普法宣传1抓实重点对象), but for counts in a row (排查9化解8).
    """
    right, text = number.right, sentence.text
    if number.quantity.unit is not None or right is None or right.start != number.quantity.end:
        return False
    if any(c.start == right.start and c.word.noun for c in right.cues):
        return False
    if not number.start or text[number.start - 1] in "\n。；;":
        return True
    small = 0 < (number.quantity.value or 0) <= LAST_MARKER
    return small and right.number is None and bool(_HEADING.match(text, right.start))


LAST_MARKER = 20
_HEADING = re.compile(r"(?!均|全部|都|已|其中|余|多|以上|左右|成功)[\u4e00-\u9fff]{4}")
_ONE_CASE = re.compile(r"一[起件例宗桩](?![、，,；;。]|$)")
_DID_ONE = re.compile(r"(?<!共)(?<!计)(?:调解|调处|化解|处理|处置|查处)(?:了|成功)?$")
# 开展了一次全面大排查 tells of one; 共开展了一次, and 1次 in figures, count.
_ONE_TIME = re.compile(r"一[次场堂期轮](?:次)?(?![、，,；;。]|$)")
_DID_ONCE = re.compile(
    r"(?<!共开展)(?<!共举办)(?<!共组织)(?<!共召开)(?:开展|举办|组织|召开|举行|进行|上|迎来)了$"
)
# 例如某村化解纠纷8起: what is told as an example is no count of the town's.
_FOR_EXAMPLE = re.compile(r"(?:例如|比如|譬如|(?<=[，,；;。\n])如(?=[，,：:]))")


def _is_story(number: Number, text: str) -> bool:
    """成功调解一起邻里纠纷, 开展了一次大排查: one case told of is no count of the year's."""
    end = number.quantity.end + 1
    if _ONE_CASE.match(text, number.start, end):
        return bool(_DID_ONE.search(text, number.left.start, number.start))
    if _ONE_TIME.match(text, number.start, end):
        return bool(_DID_ONCE.search(text, number.left.start, number.start))
    return False


# 成功调处一起因宅基地引发的纠纷，双方签订协议1份; 李某与王某: what is told of one case counts in it only.
_TELLS_OF_ONE = re.compile(
    r"(?:调解|调处|化解|处理|处置)(?:了|成功)?一[起件例宗桩](?![、，,；;。])|双方当事人|"
    r"(?<=[、，,；;。：:\n与和及向对给])[\u4e00-\u9fff]某(?:某)?(?![些种个一项村镇乡县市地年月])"
)
IN_STORY = frozenset("如一双某")
# How far a story reaches; a bound also keeps a run-on sentence of many numbers linear.
TOLD_WITHIN = 240
# 按照开展一次宣讲、张贴一批标语的要求: what is prescribed is not what was done.
_PRESCRIBES = re.compile(r"(?:按照|依照|围绕|遵循)[^。；;]{0,60}$")
_PRESCRIBED = re.compile(r"[^。；;]{0,90}?的(?:活动|工作|具体|总体)?(?:内容|要求|方案|安排|思路|模式)[，,]")
LONGEST_RULE = 61


def _is_prescribed(number: Number, context: Context) -> bool:
    """按照开展一次宣讲、张贴一批标语的要求."""
    text, start = context.sentence.text, max(context.sentence.start, number.start - LONGEST_RULE)
    if not _ONE_OF_A_LIST.match(text, number.start) or not _PRESCRIBES.search(text, start, number.start):
        return False
    return _PRESCRIBED.match(text, number.quantity.end, context.sentence.end) is not None


_ONE_OF_A_LIST = re.compile(r"一[次场堂批轮期个]")
_COUNTS = re.compile(r"共|累计|合计|总计|全年|今年|截[至止]|先后")


def _is_example_told(number: Number, context: Context) -> bool:
    text, start = context.sentence.text, max(context.sentence.start, number.start - TOLD_WITHIN)
    if _FOR_EXAMPLE.search(text, start, number.start):
        return True
    told = _TELLS_OF_ONE.search(text, start, number.start)
    return told is not None and not _COUNTS.search(text, told.end(), number.start)


def _in_formula(number: Number, text: str) -> bool:
    """“1名村干部+1名法律顾问”: a model of work, not a count."""
    right = number.right
    if text.startswith(("+", "＋"), number.start - 1):
        return True
    return right is not None and bool(_PLUS.match(text, right.start, right.end + 1))


_PLUS = re.compile(r"[^，,；;。+＋]{1,10}[+＋]")
IN_PLUS = frozenset("+＋")


def _left(number: Number, context: Context) -> tuple[list[Reading], bool]:
    """Through the words before the number; True when a thing without an indicator stands there instead."""
    phrase, book, text = number.left, context.book, context.sentence.text
    out: list[Reading] = []
    of_others = gaps.counts_the_next(number)
    top, passed = 1.0 - (COUNTS_NEXT if of_others else 0), 0
    if gaps.is_head_behind(number, book, text):
        return out, True
    for i in range(len(phrase.cues) - 1, -1, -1):
        cue = phrase.cues[i]
        if not cue.word.decoy and not cue.word.heads:
            if _counts_places(cue, number):
                return out, True
            continue
        if text.startswith("精神", cue.end):
            continue  # 传达学习法治建设会议精神3次: no meeting was held
        if not passed and pairs.of_two(phrase, i, number, text, book):
            return [], True
        if not passed and (head := pairs.head_of_kinds(phrase, i, number, text)):
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
            if "“" in context.sentence.characters and _EXAMPLE.match(text, cue.end, number.start):
                break
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
        spoken = gaps.near(text, phrase, cue)
        concepts = spoken.concepts | _purpose(number) | _before_bracket(phrase, context)
        named = gaps.of_one_name(text, phrase, cue)
        wider = concepts if named else None
        if named:
            concepts = concepts_of([c for c in spoken.cues if c not in named])
        scene = Scene(phrase, number, concepts, spoken.verbs or _verbs_behind(number), wider)
        found = _matches(cue, scene, context, score, "left")
        if found and pairs.of_a_mixed_list(phrase, cue, number, text):
            found = [r for r in found if r.frame.indicator == "publicity_events"]
        unless_stock = [r for r in found if r.frame.measure != "stock"]
        if len(unless_stock) < len(found) and (of_others or _not_all(cue, number, text)):
            found = unless_stock
        out += found
        passed += cue.word.noun and not cue.word.entity
    return out, False


def _not_all(cue: Cue, number: Number, text: str) -> bool:
    return _NAMED_BEHIND.fullmatch(text, cue.end, number.start) is not None or _came(number, text)


# 网格“微阵地”217个: a name of its own stands between, and it is what there are so many of;
# 退岗人员中2人: so many of them.
_NAMED_BEHIND = re.compile(r"“[^”，。；]{2,12}”(?:共)?|(?:当|之)?中(?:已?有)?|里(?:已?有)?")


def _counts_places(cue: Cue, number: Number) -> bool:
    """该村现有村民小组12个: a place that no frame counts stands right before the number."""
    if cue.end != number.start or number.quantity.unit not in ("个", "处", "家", "所", "户"):
        return False
    return cue.word.noun and not _PLACES_COUNTED.isdisjoint(cue.word.concepts)


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


_LISTED_KIND = re.compile(r"[^，。；]{0,10}等(?:系列|各类|主题|特色)?活动$")
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


def _before_bracket(phrase: Phrase, context: Context) -> frozenset[str]:
    """微信账号（1个）发布信息82条: a count in brackets does not part the words around it."""
    if phrase.mark not in ("）", ")"):
        return frozenset()
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


def _right(number: Number, context: Context, has_left: bool) -> list[Reading]:
    """Through the words after the number (召开3次专题会议), never over a mark; a verb only at once."""
    phrase, text = number.right, context.sentence.text
    if phrase is None or phrase.listed:
        return []
    if _opens_the_next(number, phrase):
        return []
    out: list[Reading] = []
    base, passed = 1.0 - RIGHT - (RIGHT_AGAINST_LEFT if has_left else 0), 0
    elsewhere = text.startswith(_TO, phrase.start) or text.endswith(
        _HONOURED, number.left.start, number.start
    )
    for i, cue in enumerate(phrase.cues):
        word = cue.word
        if word.decoy:
            break
        if not word.heads or not (word.noun or _leads(i, number, phrase)):
            continue
        gap = gaps.residue(text, phrase.start, cue.start, phrase.cues[:i], context.book)
        if gap > MAX_RIGHT_RESIDUE or _is_counted_place(i, cue, number, phrase):
            break
        if _only_of_what_kind(i, number, phrase):
            continue
        if i == 0 and _place_phrase(cue, number, text):
            continue
        score = base - gap * RIGHT_RESIDUE - passed * PASSED_NOUN
        fitting = _matches(cue, _scene_right(cue, number, phrase, text), context, score, "right")
        there = gap <= MAX_STOCK_RESIDUE and not elsewhere and not _of_a_person(cue, number, text)
        there = there and not _of_a_body(cue, number, text)
        singled_out = bool(_SINGLED_OUT.match(text, cue.end))
        there = there and not _ON_AN_OCCASION.match(text, cue.end) and not _LENT.match(text, cue.end)
        out += [r for r in fitting if _whole(r, singled_out) and (there or r.frame.measure != "stock")]
        if singled_out:
            break
        passed += 1
    if not out and phrase.number is not None and only_scope(phrase):
        return _further(number, phrase.number, context)
    return out


def _is_counted_place(i: int, cue: Cue, number: Number, phrase: Phrase) -> bool:
    """在5个小区设立调解点, 23个乡镇建成综治中心: the place behind the number is counted, nothing else."""
    first = phrase.cues[0]
    if not i or number.quantity.unit not in ("个", "处", "家", "所") or first.start != phrase.start:
        return False
    return first.word.entity and first.word.noun and any(c.word.verb for c in phrase.cues[:i])


def _only_of_what_kind(i: int, number: Number, phrase: Phrase) -> bool:
    """5个社区综治中心: of two nouns that touch the second is counted, unless it opens the next count."""
    if i + 1 >= len(phrase.cues) or number.quantity.unit not in ("个", "处", "家", "所"):
        return False
    if phrase.number is not None and phrase.cues[i + 1].end == phrase.end:
        return False
    cue, after = phrase.cues[i], phrase.cues[i + 1]
    in_town = "own_town" in number.left.concepts and "village_community" in cue.word.concepts
    if in_town and "grid" in after.word.concepts:
        return False  # 全镇19个村（社区）网格: each has grids of its own
    return cue.end == after.start and after.word.noun and after.word.heads and after.word.text[0] not in "“《"


# 2名调解员被评为优秀: those singled out are not all there are.
_SINGLED_OUT = re.compile(
    r"[”）)]?(?:均|都|全部|先后|分别)?(?:被(?:评|授|表彰|命名|推荐)|荣获|获评|荣膺|入选|当选|受到(?:表彰|表扬|嘉奖))"
)
# 3名调解员为群众讲解, 2名网格员一同上门: who did it on one occasion are not all there are.
_ON_AN_OCCASION = re.compile(
    r"[”）)]?(?:代表|为(?=[^，。；]{0,8}(?:群众|村民|居民|学生|师生|企业))|向(?=[^，。；]{0,8}(?:群众|村民|居民|学生|师生|企业))|"
    r"前?来(?![自源])|一到|一同|一起|上门|赶到|赶赴|前往|到场|参会|出席|组成|走进|来到|作(?:交流|经验|发言))"
)
# 1名执法人员、3名辅助人员（无证）长期被借调: those lent to others are some of all.
_LENT = re.compile(r"[^，,；;。]{0,30}?(?:借调|外借|挂职)")


def _whole(reading: Reading, singled_out: bool) -> bool:
    """2个村获评民主法治村: those singled out are all there are of what they were singled out as."""
    return not singled_out or bool(reading.frame.asks)


def _opens_the_next(number: Number, phrase: Phrase) -> bool:
    """化解75件达成调解协议30份: a verb behind a number opens the next count."""
    if phrase.number is None or not phrase.cues or not number.left.verbs or number.quantity.unit == "元":
        return False  # 投入30余万元打造法治文化公园1处: what money is spent on has a number of its own
    first = phrase.cues[0]
    return first.word.verb and first.start - phrase.start <= 1


def _further(number: Number, following: Number, context: Context) -> list[Reading]:
    """建立1个镇级、12个村级站点: the first of two numbers shares the noun behind the second."""
    stand_in = Number(number.numeral, number.quantity, number.left, number.index, following.right)
    found = _right(stand_in, context, has_left=False)
    for reading in found:
        reading.score -= FURTHER
        reading.side = "carried"
    return found


def _leads(i: int, number: Number, phrase: Phrase) -> bool:
    return i == 0 and phrase.number is None and gaps.bare(number)


def _scene_right(cue: Cue, number: Number, phrase: Phrase, text: str) -> Scene:
    """Both sides of the number, the right one up to the next list mark behind the noun."""
    stop = text.find("、", cue.end, phrase.end)
    cues = phrase.cues if stop < 0 else [c for c in phrase.cues if c.start < stop]
    verbs = number.left.verbs | phrase.verbs
    before = NOTHING if _opens_a_part(number, text) else number.left.concepts
    concepts = before.union(*(c.word.concepts for c in cues))
    if not verbs and (tail := _end_of_list(phrase, text)):
        verbs = tail.verbs
    return Scene(phrase, number, concepts, verbs)


# 对32份合同、4项决策、1件文件进行审查: as many as are looked for.
LONGEST_LIST = 8


def _end_of_list(phrase: Phrase, text: str) -> Phrase | None:
    """What is done to all parts of a list is said behind the last of them."""
    end: Phrase | None = phrase
    for _ in range(LONGEST_LIST):
        if end is None or end.number is None:
            break
        if not text.endswith(tuple(JOINERS), end.start, end.number.start):
            break
        end = end.number.right
    return end if end is not phrase and end is not None and end.number is None else None


def _opens_a_part(number: Number, text: str) -> bool:
    """6件复议、8件诉讼: the words between two numbers belong to the first of them."""
    return number.left.mark == "q" and text.endswith(tuple(JOINERS), number.left.start, number.start)


_INTO = (
    "深入", "走进", "下沉", "在", "到", "赴", "进入", "为", "对", "向", "依托", "组织", "走访", "联合",
)  # fmt: skip


_MADE_INTO = ("分为", "划为", "分成", "划成", "设为", "合为", "调整为", "优化为")
# 组织宣讲团6个到各村: what follows is where they went.
# 授予299个人民调解委员会称号: those honoured are not all there are.
_HONOURED = ("授予", "表彰", "命名", "通报表扬", "表扬", "认定")
_TO = ("到", "赴", "前往", "深入", "走进")
_PEOPLE_END = ("员", "人", "师", "长", "者")
_PERSON = re.compile(r"[\u4e00-\u9fff]{0,3}[员长者师警]|(?:工作|专职|专干|协理|协管|辅助)")


def _of_a_person(cue: Cue, number: Number, text: str) -> bool:
    """10名社区矫正协理员: the noun only says of what kind the people are."""
    if number.quantity.unit not in ("人", "名", "位") or cue.word.text.endswith(_PEOPLE_END):
        return False
    return bool(_PERSON.match(text, cue.end))


_BODY = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4})(?:党小组|党支部|党组织|小组|[工警]作?[站室点]|服务[站点队岗]|岗|队|群|专班|理事会)"
    r"(?=[，,、；;。：:（(]|开展|负责|成立|$)"
)


def _of_a_body(cue: Cue, number: Number, text: str) -> bool:
    """4个网格临时党小组, 12个网格服务站: the noun only says of what kind the bodies are."""
    return number.quantity.unit in ("个", "支", "处") and bool(_BODY.match(text, cue.end))


def _place_phrase(cue: Cue, number: Number, text: str) -> bool:
    """深入6个网格开展宣传: where it was done."""
    if "grid" not in cue.word.concepts or text.endswith(_MADE_INTO, number.left.start, number.start):
        return False
    return text.endswith(_INTO, number.left.start, number.start)


def _carried(number: Number, context: Context) -> list[Reading]:
    """Through a noun of an earlier phrase (受理29件，调解成功27件), where nothing unknown is in its place."""
    if gaps.noun_follows(number) or not _may_inherit(number, context):
        return []
    if number.right is not None and _OUTCOME.match(context.sentence.text, number.right.start):
        return []
    phrase = number.left
    own, verbs = phrase.concepts, phrase.verbs
    if after := gaps.verb_after(number):
        if gaps.has_own_object(after, context.sentence.text, context.book):
            return []
        own, verbs = own | after.concepts, after.verbs
    if _in_brackets_of_another(number, context):
        return []
    out: list[Reading] = []
    seen: set[str] = set()
    for cue in _history(phrase, context):
        word = cue.word
        if word.decoy and _ITS_OWN.fullmatch(context.sentence.text, cue.end, phrase.start):
            break
        if word.entity or word.decoy or not word.heads or word.text in seen:
            continue
        base = 1.0 - CARRIED - CARRIED_NEXT * len(seen)
        seen.add(word.text)
        concepts = own | word.concepts if word.noun else own
        scene = Scene(phrase, number, concepts, verbs, own | _company(cue, context), "closed" in verbs)
        found = _matches(cue, scene, context, base, "carried")
        out += [r for r in found if _may_carry(r.frame, verbs)]
        if len(seen) == MAX_CARRIED:
            break
    return out


def _in_brackets_of_another(number: Number, context: Context) -> bool:
    """微博账号（1个）: what stands right before the bracket is counted, and no frame counts it."""
    phrase = number.left
    if phrase.mark not in ("（", "(") or phrase.start != number.start:
        return False
    cue = next((c for c in _history(phrase, context)), None)
    return cue is not None and cue.end == phrase.start - 1 and not cue.word.heads and not cue.word.verb


# （4）行政强制：0件 has a noun of its own, though no indicator.
_ITS_OWN = re.compile(r"(?:情况|案件|数|量)?[：:]")
# 12人参考，10人通过: what came of it is another count.
_OUTCOME = re.compile(r"(?:全部)?(?:通过|合格|及格|优秀|达标|取得|获得|落选|缺考)")


SHORT_LEAD = 3


# What is done to people or things there are: 配备网格员12名、增配8名.
_HAVING = frozenset(
    {"equip", "equip_staff", "cultivate", "build", "new_verb", "registered", "hold", "closed"}
)


def _may_carry(frame: Frame, verbs: frozenset[str]) -> bool:
    """组织网格员排查房屋320户，登记1200人: people there are stay behind where another thing is done."""
    if frame.measure == "stock" and verbs:
        return not verbs.isdisjoint(_HAVING)
    return bool(frame.asks) or verbs.isdisjoint(_OTHER_ACTS)


# 合同审查70份，印发文件83份: a noun that asks for no verb is not carried under a verb that makes its own.
_OTHER_ACTS = frozenset({"distribute", "issue_doc", "punish", "screen", "mediate", "train"})


def _company(cue: Cue, context: Context) -> frozenset[str]:
    """The words said together with a cue of this sentence."""
    for phrase in context.sentence.phrases:
        if phrase.start <= cue.start < phrase.end:
            return gaps.near(context.sentence.text, phrase, cue).concepts
    return frozenset()


def _may_inherit(number: Number, context: Context) -> bool:
    """No noun of its own before the number (but for who did it), and nothing unknown near it."""
    phrase, text, book = number.left, context.sentence.text, context.book
    if number.quantity.unit == "%":
        return not phrase.cues and _goes_on(number, context)
    if number.quantity.unit is None and not (only_scope(phrase) or _done_right_before(number)):
        return False
    if _SEEN.search(text, phrase.start, number.start):
        return False
    if phrase.cues and _PAPER.fullmatch(text, phrase.cues[-1].end, number.start):
        return False  # 调解书4份，复议决定书6份，律师函1份
    if number.quantity.unit in ("名", "人", "位") and _PERSON_BEFORE.search(text, phrase.start, number.start):
        return False  # 网格员112名、法治副校长6名; 8人参考，通过7人
    named = not context.sentence.lacks(IN_NAME) and _ends_in_a_name(number, phrase, text)
    if named or gaps.unknown_follows(number, book, text):
        return False  # 开展“以案述法”1场, 71个党支部: it counts what is named
    verb_at = max(
        (i for i, cue in enumerate(phrase.cues) if cue.word.verb and not (cue.word.noun and cue.word.heads)),
        default=-1,
    )
    for cue in phrase.cues[verb_at + 1 :]:
        word = cue.word
        thing = word.noun or (word.heads and not word.verb)
        if thing and not word.entity and not _addressed(cue, context) and not _is_body(cue, number):
            return False
    if verb_at >= 0:
        end = phrase.cues[verb_at].end
        if gaps.residue(text, end, number.start, phrase.cues[verb_at + 1 :], book) == 0:
            known = phrase.cues[:verb_at]
            before = gaps.residue(text, phrase.start, phrase.cues[verb_at].start, known, book)
            return before <= MAX_BEFORE_VERB
    unknown = gaps.residue(text, phrase.start, number.start, phrase.cues, book)
    short = number.start - phrase.start <= SHORT_LEAD  # 流动摊点4处: a longer word is a noun of its own
    return unknown == 0 or (unknown == 1 and (bool(phrase.cues) or short))


_PERSON_BEFORE = re.compile(
    r"[\u4e00-\u9fff](?:员|校长|组长|队长|所长|主任|者|师|警|人口|代表|骨干|对象|教官|学徒|教师)$|"
    r"(?:通过|合格|及格|达标|取得|落选|缺考)$"
)
# 系列音频12期，播放8000余次: how often it was seen is another count.
_SEEN = re.compile(
    r"(?:播放|点击|浏览|阅读|转发|点赞|获赞|收看|收听|观看)(?:量|数|次数)?(?:达到?|突破|超过?|近|约)?$"
)
_PAPER = re.compile(r"[\u4e00-\u9fff]{0,6}[书函状证单表册图信](?:共|各|等)?")
_NAME = re.compile(
    r"(?<![对向为给在])(?<!面)[“《\"][^”》\"，；。]{2,}[”》\"](?:主题|系列)?(?:活动|行动|工作|等)*\s*$"
)


def _ends_in_a_name(number: Number, phrase: Phrase, text: str) -> bool:
    """开展“以案述法”1场次: a name of its own stands where the noun would, so none is carried."""
    return bool(_NAME.search(text, phrase.start, number.start))


IN_NAME = frozenset('”》"')
_BODIES = frozenset(
    {"committee", "village", "community", "village_community", "governance_centre", "mediation_room"}
)


def _is_body(cue: Cue, number: Number) -> bool:
    """乡调委会23件: a body right before a number in which no body is counted says who did it."""
    if _BODIES.isdisjoint(cue.word.concepts) or cue.end != number.start:
        return False
    return not any(number.quantity.unit in f.units for f in cue.word.frames if f.measure == "stock")


def _done_right_before(number: Number) -> bool:
    """排查隐患113，整改109: of bare numbers the second needs no more than its verb."""
    phrase = number.left
    if number.index == 0 or not phrase.cues or phrase.mark == "q":
        return False
    return all(c.word.verb for c in phrase.cues) and phrase.cues[-1].end == number.start


def _goes_on(number: Number, context: Context) -> bool:
    """一季度参考率96%，全年达到99%: a rate stated again for another time, with nothing but that said."""
    phrase, numbers = number.left, context.sentence.numbers
    if number.index == 0 or numbers[number.index - 1].quantity.unit != "%" or phrase.mark == "q":
        return False
    text = context.sentence.text
    said = phrase.end > phrase.start and gaps.residue(text, phrase.start, phrase.end, (), context.book) == 0
    return said and not text.startswith(("达", "为", "是"), phrase.start)


def only_scope(phrase: Phrase) -> bool:
    """国家级1，省级4: which level is all that is said."""
    return bool(phrase.cues) and all("scope" in c.word.concepts for c in phrase.cues)


def _addressed(cue: Cue, context: Context) -> bool:
    """对网格员5次: whom it was done to, not what was counted."""
    before = context.sentence.text[context.sentence.start : cue.start].rstrip('“"全')
    return before.endswith(("对", "向", "为", "给", "在"))


def _history(phrase: Phrase, context: Context) -> Iterator[Cue]:
    """Cues of the sentence before a phrase, nearest first.

    Nothing is carried over the end of a sentence: of such readings of real reports two in three were wrong.
    """
    for cue in reversed(context.sentence.cues):
        if cue.start < phrase.start:
            yield cue


def _matches(cue: Cue, scene: Scene, context: Context, base: float, side: Side) -> list[Reading]:
    out: list[Reading] = []
    if cue.word.plain and gaps.is_of_another_kind(
        context.sentence.text, _word_before(cue, context), cue, context.book
    ):
        return out
    unit = scene.number.quantity.unit or gaps.implied_unit(scene.number)
    for frame in cue.word.counting(unit):
        bonus = fits(frame, cue, scene, context)
        if bonus is not None:
            score = base + bonus + WEIGHT * frame.weight
            words = _cue_words(cue, frame, scene.phrase) if frame.asks else (cue.word.text,)
            out.append(Reading(frame, cue, side, score, words))
    return out


_MARKS = re.compile(r"[，,；;：:。！？!?（）()\n“”《》]")


def _word_before(cue: Cue, context: Context) -> int:
    """Where the words before a cue begin that no rule knows: after the last word, number or mark."""
    sentence = context.sentence
    ends = [c.end for c in sentence.cues if c.end <= cue.start]
    ends += [n.quantity.end for n in sentence.numbers if n.quantity.end <= cue.start]
    at = max(ends, default=sentence.start)
    return max((m.end() for m in _MARKS.finditer(sentence.text, at, cue.start)), default=at)


def _cue_words(cue: Cue, frame: Frame, phrase: Phrase) -> tuple[str, ...]:
    """The noun and the words around it that the frame asked for."""
    others = [c.word.text for c in phrase.cues if c is not cue and not frame.asks.isdisjoint(c.word.concepts)]
    return (cue.word.text, *dict.fromkeys(others))


def settle(found: Sequence[tuple[Number, Sequence[Reading]]]) -> dict[int, Reading]:
    """One reading a number: the best first, and no word counted by two numbers (but where it is carried)."""
    ranked = [(number, reading) for number, options in found for reading in options]
    if len(ranked) > 1:
        ranked.sort(key=_rank)
    chosen: dict[int, Reading] = {}
    taken: dict[int, int] = {}
    for number, reading in ranked:
        if number.index in chosen:
            continue
        if reading.side != "carried" and not _paid_for(reading):
            if taken.get(reading.cue.start, number.index) != number.index:
                continue
            taken[reading.cue.start] = number.index
        chosen[number.index] = reading
    return chosen


def _paid_for(reading: Reading) -> bool:
    """投入30余万元打造法治文化公园1处: the money and the thing it built count one noun between them."""
    return reading.side == "right" and reading.frame.measure == "amount"


def _rank(row: tuple[Number, Reading]) -> tuple[float, int, int, int, str]:
    number, reading = row
    frame = reading.frame
    return -round(reading.score, 6), number.index, -reading.cue.start, -frame.weight, frame.rule
