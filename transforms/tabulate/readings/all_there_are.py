"""Whether people, places or bodies counted behind a number are all there are, not some on one occasion."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import JOINERS, PEOPLE, Number
from transforms.tabulate.readings.scored import Reading
from transforms.tabulate.rulebook import Cue

# 把71个党支部建在网格上: what there is so many of stands near its number.
MAX_STOCK_RESIDUE = 5


def is_singled_out(cue: Cue, text: str) -> bool:
    """2名调解员被评为优秀."""
    return bool(_SINGLED_OUT.match(text, cue.end))


def may_count(reading: Reading, cue: Cue, gap: int, number: Number, text: str) -> bool:
    """2个村获评民主法治村: those singled out are all there are of what they were singled out as.

    `gap` are the unknown characters between the number and its noun.
    """
    asks, singled_out = bool(reading.frame.asks), is_singled_out(cue, text)
    if singled_out and not asks:
        return False
    if reading.frame.measure != "stock":
        return True
    if not asks and text.endswith(_WHERE, number.left.start, number.start):
        return False
    if not asks and _SET_UP_BY.fullmatch(text, number.quantity.end, cue.start):
        return False
    if reading.frame.indicator == "villages_with_culture_sites" and _built_fewer(number):
        return False
    few = singled_out or _some_of_them(number, text)
    return (asks or not few) and gap <= MAX_STOCK_RESIDUE and _there_are(cue, number, text)


# 在9个综治中心开展试点, 走进9个法治广场: where something was done.
_WHERE = ("在", "到", "于", "赴", "走进", "深入", "进驻", "下沉", "选择", "选取", "选定")
# 推动4个商会建立调委会: so many set one up, which is not how many there are.
_SET_UP_BY = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:均|都|已|全部|先后)*(?:建立|建成|成立|设立|组建|建有|设有)(?:了|起)?"
)


def _built_fewer(number: Number) -> bool:
    """16个村建成法治长廊9个: fewer than the villages, so not each of them has one."""
    next_one = number.right.number if number.right is not None else None
    if next_one is None or next_one.quantity.value is None or number.quantity.value is None:
        return False
    return next_one.quantity.value < number.quantity.value


def _there_are(cue: Cue, number: Number, text: str) -> bool:
    right = number.right
    if right is not None and text.startswith(_TO, right.start):
        return False
    if text.endswith(_HONOURED, number.left.start, number.start):
        return False
    if text.endswith(_SENT, number.left.start, number.start) and not text.startswith(_SERVE, cue.end):
        return False
    if _of_a_person(cue, number, text) or _of_a_body(cue, number, text):
        return False
    if _ON_AN_OCCASION.match(text, cue.end) or _LENT.match(text, cue.end):
        return False
    if _ALL_OF_TOWN.isdisjoint(number.left.concepts) and (
        _HELPED.match(text, cue.end) or text.startswith("参加", cue.end) or _EACH_DID.match(text, cue.end)
    ):
        return False
    return not (_is_listed(number, text) and _TOGETHER.match(text, cue.end))


# 2名调解员被评为优秀: those singled out are not all there are.
_SINGLED_OUT = re.compile(
    r"[”）)]?(?:均|都|全部|先后|分别)?(?:被(?:评|授|表彰|命名|推荐)|荣获|获评|荣膺|入选|当选|受到?[\u4e00-\u9fff]{0,6}(?:表彰|表扬|嘉奖)|"
    r"获得?[^，,；;。]{0,12}?(?:表彰|表扬|嘉奖|奖励|称号|荣誉)|获奖|立功)"
)
# 3名调解员为群众讲解, 2名网格员一同上门: who did it on one occasion are not all there are.
_ON_AN_OCCASION = re.compile(
    r"[”）)]?(?:代表|为(?=[^，。；]{0,8}(?:群众|村民|居民|学生|师生|企业))|向(?=[^，。；]{0,8}(?:群众|村民|居民|学生|师生|企业))|"
    r"前?来(?![自源])|一到|一同|一起|上门|赶到|赶赴|前往|因故|(?:即将|将要?|年内|今年|先后|相继|陆续|已)*(?:退出|退休|辞职|离职|离任|调[离出])|解聘|清退|落选|病故|到(?:场|所|镇|村|乡|县)|报到|请假|外出|被(?:收监|警告|训诫|处罚|提请|撤销)|参会|出席|组成|走进|来到|作(?:交流|经验|发言))"
)
# 14名法律明白人协助调解27件, 9名法律顾问参加评选: those who did, where they are not said to be all.
_ALL_OF_TOWN = frozenset({"own_town", "registered"})
_HELPED = re.compile(r"[”）)]?(?:全年|积极|主动)*(?:协助|参与(?=调解|调处|化解|排查))")
# 9个社区各开展3次: each of those that did, which need not be all.
_EACH_DID = re.compile(r"(?:都|均)?(?:各自?|分别)(?:开展|举办|组织|召开|进行|办)")
# 20名民警、5名网格员、8名党员赶赴现场: who set out together on one occasion.
_TOGETHER = re.compile(
    r"(?:、\d+[余多]?[名位][\u4e00-\u9fff]{2,10}?)*(?:利用|深入|冒着|主动|分赴|奔赴|赶赴|兵分|入户|上门|走上|来到|充分利用)"
)
# 1名执法人员、3名辅助人员（无证）长期被借调: those lent to others are some of all.
_LENT = re.compile(r"[^，,；;。]{0,30}?(?:借调|外借|挂职)")


def _is_listed(number: Number, text: str) -> bool:
    """20名民警、5名网格员: people of other kinds are counted right before, and nothing is said to be done."""
    left = number.left
    return left.mark == "q" and not left.cues and text.endswith(tuple(JOINERS), left.start, number.start)


# 授予299个人民调解委员会称号: those honoured are not all there are.
_HONOURED = ("授予", "表彰", "命名", "通报表扬", "表扬", "认定")
# 由2名执法人员勘查现场, 派出3名调解员: who did it this time.
_SENT = ("由", "派", "派出", "指派", "委派", "抽调", "抽派")
# 选派9名律师担任村法律顾问: a standing duty, not this time only.
_SERVE = ("担任", "兼任")
# 组织宣讲团6个到各村: what follows is where they went.
_TO = ("到", "赴", "前往", "深入", "走进")
_PEOPLE_END = ("员", "人", "师", "长", "者")
_PERSON = re.compile(r"[\u4e00-\u9fff]{0,3}[员长者师警]|(?:工作|专职|专干|协理|协管|辅助)")


def _of_a_person(cue: Cue, number: Number, text: str) -> bool:
    """10名社区矫正协理员: the noun only says of what kind the people are."""
    if number.quantity.unit not in PEOPLE or cue.word.text.endswith(_PEOPLE_END):
        return False
    return bool(_PERSON.match(text, cue.end))


_BODY = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4})(?:党小组|党支部|党组织|小组|[工警]作?[站室点]|服务[站点队岗]|岗|队|群|专班|理事会)"
    r"(?=[，,、；;。：:（(]|开展|负责|成立|$)"
)


def _of_a_body(cue: Cue, number: Number, text: str) -> bool:
    """4个网格临时党小组, 12个网格服务站: the noun only says of what kind the bodies are."""
    return number.quantity.unit in ("个", "支", "处") and bool(_BODY.match(text, cue.end))


_SPELLED_FEW = re.compile(r"[一两二三](?![十百千万])")


def _some_of_them(number: Number, text: str) -> bool:
    """两个调委会共收案40件: so few, spelled out and with nothing before them, are those spoken of."""
    return not number.left.cues and bool(_SPELLED_FEW.match(text, number.start))


_WENT_INTO = (
    "深入", "走进", "下沉", "在", "到", "赴", "进入", "为", "对", "向", "依托", "组织", "走访", "联合",
)  # fmt: skip
_MADE_INTO = ("分为", "划为", "分成", "划成", "设为", "合为", "调整为", "优化为")


def is_where(cue: Cue, number: Number, text: str) -> bool:
    """深入6个网格开展宣传: where it was done."""
    if "grid" not in cue.word.concepts or text.endswith(_MADE_INTO, number.left.start, number.start):
        return False
    return text.endswith(_WENT_INTO, number.left.start, number.start)
