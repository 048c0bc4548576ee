"""The role of a number: a fact of an indicator, or why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.facts import Status
from transforms.tabulate.ledger import Role, Verdict
from transforms.tabulate.made import fact_of
from transforms.tabulate.numbers import Read
from transforms.tabulate.one_body import is_of_one_body
from transforms.tabulate.page import Page, Place
from transforms.tabulate.periods import YEAR, When, when_at
from transforms.tabulate.phrases import Number, Phrase
from transforms.tabulate.readings.scored import Reading
from transforms.tabulate.status import Standing, standing

_FACT_STATUS: dict[Standing, Status] = {
    "reported": "reported",
    "required": "required",
    "planned": "planned",
    "mean": "mean",
    "elsewhere": "elsewhere",
}
_ROLE_OF_STANDING: dict[Standing, Role] = {
    "reported": "unmatched",
    "required": "required",
    "planned": "planned",
    "change": "change",
    "mean": "mean",
    "elsewhere": "elsewhere",
    "frequency": "frequency",
    "none": "unmatched",
    "rank": "rank",
}
_ROLE_OF_FACT: dict[Standing, Role] = {**_ROLE_OF_STANDING, "reported": "fact"}
# Nouns behind a number that say where or among whom, once nothing else has been made of it.
_PLACES = frozenset(
    [
        "village",
        "community",
        "village_community",
        "hamlet_like",
        "hamlet",
        "firm",
        "premises",
        "school",
        "grid",
        "enterprise",
    ]
)
# 总投资860万元的卫生院: what is measured is no number of places.
_NO_PLACES = frozenset({"元", "%", "平方米", "亩", "公里", "米", "吨"})
# 财政类占25%，人事类15%: how large a part of all it is
_SHARE = re.compile(
    r"占比?(?:[^，,；;。]{0,10}的)?(?:达到?|为|近|约|超过?)?\s*$|占[^。；;]{0,24}%[^。；;%]{1,16}类\s*$"
)
# 正在推进的10件，占24%: so is what is a share of all
_HAS_SHARE = re.compile(r"[，,（(]?占[^，,；;。\d]{0,8}\d[\d.]*%")
# 表现在两个方面, 一项重要工作: small numbers spelled out are prose unless a frame takes them.
SMALL = 10
LONGEST_ROW = 40  # as far back as the first share of a row is looked for
_GOES_TO = re.compile(r"(?:深入|下沉到?|走进|走入|进入|奔赴|赶赴|依托|来到)(?:[^，,；;。]{0,20}等)?$")
_DOES_THERE = re.compile(r"(?:开展|举办|组织|进行|宣传|宣讲|巡回|开设|召开|发放|排查|走访)")
_NEW = re.compile(
    r"新(?:建|设|打造|划分|组建|成立|创建|挂牌|布局|聘|配|添)|[增扩添]建|[又再](?:新|增|添|建|聘|设|招|配|打造|培|选聘|有)|添(?=[了置设\d])"
)
_TOTAL_OF_STOCK = re.compile(
    r"总数|总量|共有|现有|已有|合计|累计(?:达|建|设|创|打造|有)|共(?:建成|设立)|达到?$|增至|升至"
)
_DENIED = re.compile(r"(?:未(?:发生|出现|有)?|(?<!罚)没有?(?:发生|出现)?|无)$")
IN_DENIED = frozenset("未没无")
# 没有作出一件处罚, 一件复议申请也没有: one that is denied is none.
_DENIED_ONE = re.compile(r"(?:未|(?<!罚)没有?|无)(?:曾|再|被)?[\u4e00-\u9fff]{0,3}$")
_NOT_EVEN = re.compile(r"[^，,；;。]{0,12}?(?:也|都)(?:没有?|未|不)|(?:没有?|未|不)")


def verdict_of(page: Page, place: Place, read: Read, reads: Sequence[Read], is_part: bool) -> Verdict:
    """The role of one number, and the facts it makes."""
    number, sentence, best = read.number, place.sentence, read.readings
    named = place.named
    when = when_at(named, number.start if read.said_at < 0 else read.said_at) if named else YEAR
    when = page.unnamed if when is YEAR else when
    carried = not best or best[0].side == "carried"
    kind = place.section.kind
    stand, rule = standing(number, sentence, kind, when, place.hints, page.own_level, carried)
    if rule == "left_over" and best and _is_said_of_them(number, best[0], sentence.text):
        stand, rule = "reported", ""
    if stand == "reported" and place.bodies and is_of_one_body(place.bodies, number.start):
        stand, rule = "elsewhere", "one_body"
    if is_part and stand in ("reported", "none") and not _is_its_own(read, when, reads, place):
        return Verdict("part", "part")
    if not best:
        if stand == "reported" or (stand == "none" and _is_share(number, sentence.text)):
            return _no_indicator(number, sentence.text)
        return Verdict(_ROLE_OF_STANDING[stand], rule)
    frame = best[0].frame
    if stand == "mean" and frame.keep_mean:
        stand = "reported"
    if stand not in _FACT_STATUS:
        return Verdict(_ROLE_OF_STANDING[stand], rule)
    if not IN_DENIED.isdisjoint(sentence.characters) and _is_denied(number, sentence.text):
        return Verdict("context", "denied")  # 没有一人重新犯罪: the number belongs to the denial
    may_be_added = stand == "reported" and frame.measure == "stock"
    if may_be_added and (increment := _increment(read, when, reads, place)):
        return Verdict("change", increment)
    first, facts = len(page.facts), page.facts
    for reading in best:
        facts.append(fact_of(page, place, number, reading, when, _FACT_STATUS[stand]))
    return Verdict(_ROLE_OF_FACT[stand], frame.rule, tuple(range(first, len(facts))))


def _is_said_of_them(number: Number, reading: Reading, text: str) -> bool:
    """矫正对象中有1人重新犯罪: of those named so many did what is counted, and it is said right behind."""
    touches = reading.side == "right" and reading.cue.start == number.quantity.end
    return touches and reading.frame.measure == "flow" and text.endswith(("中有", "里有"), 0, number.start)


def _is_denied(number: Number, text: str) -> bool:
    start = number.start
    if _DENIED.search(text, number.left.start, start):
        return True
    if text[start] != "一" or number.quantity.value != 1:
        return False
    end = number.quantity.end
    return bool(_DENIED_ONE.search(text, number.left.start, start) or _NOT_EVEN.match(text, end))


# 三年来调解410件，其中今年130件; 全县诉讼案件128件，其中我镇4件: a part of what other years or places gave.
_OF_THIS = re.compile(r"其中[，,]?(?:(?:今年|本年度?|当年|20\d\d年)|(?P<town>[我本][镇乡所]|[我本]街道?))")


def _is_its_own(read: Read, when: When, reads: Sequence[Read], place: Place) -> bool:
    """Whether a part is the only figure of the year or of the town."""
    number, text = read.number, place.sentence.text
    if not read.readings or when.span != "year" or not number.index:
        return False
    this = _OF_THIS.search(text, number.left.start, number.start)
    if this is None or this["town"]:
        return this is not None and place.hints.elsewhere
    return when_at(place.named, reads[number.index - 1].number.start).span == "multi_year"


# 招聘网格员6名, 调出执法人员2名, 表彰调解员9名: those who came, left or were honoured
_SOME = frozenset({"new_verb", "recruit", "some_of_them"})


def _increment(read: Read, when: When, reads: Sequence[Read], place: Place) -> str:
    """新增6名 of a stock is what was added, not the stock; so is 近三年培育88名 beside the stock itself."""
    reading, number = read.readings[0], read.number
    text, named = place.sentence.text, place.named
    indicator = reading.frame.indicator
    same = [r for r in reads if r.readings and r.readings[0].frame.indicator == indicator]
    lead = _lead_of_list(number, place)
    cues = number.left.cues if lead is number.left else (*lead.cues, *number.left.cues)
    added = [c.start for c in cues if not _SOME.isdisjoint(c.word.concepts)]
    if added and not any(c.start > added[-1] and c.word.text == "总数" for c in cues):
        return "increment"
    others = [r for r in same if r.number is not number]
    if when.span == "multi_year":
        yearly = any(when_at(named, r.number.start).span == "year" for r in others)
        if yearly:
            return "increment"
    if not others:
        return ""
    new = _NEW.search(text, lead.start, number.start) or _NEW.match(text, number.quantity.end)
    return "increment" if new and any(_is_total(r.number, text) for r in same) else ""


def _lead_of_list(number: Number, place: Place) -> Phrase:
    """新增广场1个、书屋3间: what follows a list mark shares the verb before the list."""
    numbers, index = place.sentence.numbers, number.index
    while index and numbers[index].left.listed and not numbers[index].left.verbs:
        index -= 1
    return numbers[index].left


def _is_total(number: Number, text: str) -> bool:
    return bool(_TOTAL_OF_STOCK.search(text, number.left.start, number.start))


def _no_indicator(number: Number, text: str) -> Verdict:
    """A number no frame takes: a place, prose, or a gap in the catalogue."""
    right, quantity = number.right, number.quantity
    if _is_share(number, text):
        return Verdict("part", "share")
    if right is not None and right.cues and not right.listed and quantity.unit not in _NO_PLACES:
        first = right.cues[0]
        if first.start - right.start <= 4 and not _PLACES.isdisjoint(first.word.concepts):
            return Verdict("context", "place")
    if number.numeral.kind == "duration":
        return Verdict("duration", "duration")
    if _goes_to(number, text):
        return Verdict("context", "place")
    spelled = not any(c.isdecimal() for c in text[quantity.start : quantity.end])
    if spelled and quantity.bound == "exact" and (quantity.value or 0) <= SMALL:
        return Verdict("context", "prose")
    return Verdict("unmatched", "no_indicator")


def _is_share(number: Number, text: str) -> bool:
    """How large a part is, or what is told with it."""
    if number.quantity.unit != "%":
        return _HAS_SHARE.match(text, number.quantity.end) is not None
    return _SHARE.search(text, max(number.left.start - LONGEST_ROW, 0), number.start) is not None


def _goes_to(number: Number, text: str) -> bool:
    """下沉18个院坝开展宣传, 走进渔港等8处场所举办: somebody goes to so many places to do it."""
    right = number.right
    if number.quantity.unit not in ("个", "处", "家", "所", "座", "户") or right is None:
        return False
    away = _GOES_TO.search(text, number.left.start, number.start)
    return bool(away and _DOES_THERE.search(text, right.start, right.end))
