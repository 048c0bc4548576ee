"""Figures of which the text says that another body counts them: 由派出所统计, 不计入本镇数据."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.tabulate.phrases import Sentence

# What no such remark lacks.
IN_NOT_OURS = frozenset("不未另由")
# and no match of PASSED_ON one of each
IN_OFFICES, IN_DEALT = frozenset("局门关队"), frozenset("罚查处办给实作")
# 本镇不另统计, 不在统计范围, 不算本镇的
REMARK = re.compile(
    r"不(?:另行?)?统计|[不未](?:另行?)?(?:计入|纳入统计|列入统计|在(?:此|本)?统计|算本|算我|算在本)|另行统计"
)
# 企业提起行政诉讼2件，均不涉及街道: suits in the town that are none of its own
IN_SUITS, IN_NO_PARTY = frozenset("诉议"), frozenset("无不未没被")
_TOWN = r"(?:本|我|该)?(?:镇|乡|街道|苏木|办事处)(?:人民)?(?:政府|办事处|机关)?"
NO_PARTY = re.compile(
    rf"与{_TOWN}(?:均|都|并|皆)?(?:无(?:直接)?(?:关|涉)|没有(?:直接)?关|不相关)|"
    rf"[不未](?:直接)?(?:涉及|针对|指向|牵涉){_TOWN}(?:[自本]身)?(?:的)?(?:行政|执法)*(?:行为)?(?=[，,；;。\n]|$)|"
    rf"被(?:告|申请人)(?:均|都|皆)?(?:非|不是|并非){_TOWN}|"
    r"被(?:告|申请人)(?:均|都|皆)?[为是](?:[区县市](?:[级直]|[\u4e00-\u9fff]{0,8}局)|上级)"
)
_SUIT = re.compile(r"诉讼|复议|起诉")
_MARKS = "，,；;。\n"
_OFFICE = (
    r"(?:[县市区州旗省][^，,；;。、]{1,9}?(?:局|大队|支队|所|委|办)|"
    r"[^，,；;。、]{0,6}(?:派出所|法庭|法院|检察院|交警(?:[中大]队)?|公安分局|森林公安|市监所|市场监管所))"
)
_DOES = r"(?:统一|依法|另行|直接|全权)*(?:负责|统计|查处|处理|办理|实施|执行|执法)"
# 林政执法由县林业局负责，全年查处2起: what follows is theirs
LEFT_TO = re.compile(rf"由{_OFFICE}{_DOES}[，,]")
# 移送县城管局查处4件, 由区局作出处罚2件: what became of what the town passed on
_BODY = (
    r"(?:[县区州旗](?:级|里)?(?:主管)?(?:局|部门)|市(?:级主管部门|局)|"
    r"(?:[县州旗]|市(?![容政])|区(?!域))[\u4e00-\u9fff]{2,9}?(?:局|大队|支队)|公安(?:分局|机关)|上级(?:主管)?部门)"
)
PASSED_ON = re.compile(
    rf"(?:移送|移交|转交|转送|抄送|交由|报请|提请|上?报|由|经)(?:至|给|到)?{_BODY}"
    r"(?:依法|进行|统一|直接|立案)*(?:查处|查办|处罚|处理|办理|作出|给予|实施|处置)|"
    rf"(?:^|[，,；;。：:、\n]){_BODY}(?:依法|共|累计|已)*(?:作出|给予|实施)?(?:行政)?处罚"
)
_ITS_END = re.compile(r"[，,；;。\n](?!(?:并|共|合计)?(?:罚款|罚没|没收))")
# 以上由派出所处理
ALL_ABOVE = re.compile(rf"以上(?:案件|数据|工作)?(?:均|都|全部)?由{_OFFICE}{_DOES}")


def not_ours(sentence: Sentence, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches of a sentence; what `ends` finds is the town's again."""
    text, start, stop = sentence.text, sentence.start, sentence.end
    for remark in REMARK.finditer(text, start, stop):
        yield _clause_before(text, start, remark.start()), remark.start()
    if not (sentence.lacks(IN_SUITS) or sentence.lacks(IN_NO_PARTY)):
        for remark in NO_PARTY.finditer(text, start, stop):
            begins = _clause_before(text, start, remark.start())
            if _SUIT.search(text, begins, remark.start()):
                yield begins, remark.start()
    for left in LEFT_TO.finditer(text, start, stop):
        end = ends.search(text, left.end(), stop)
        yield left.end(), end.start() if end else stop
    for above in ALL_ABOVE.finditer(text, start, stop):
        yield start, above.start()


def passed_on(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses that say what a county office did with what the town gave it."""
    for passed in PASSED_ON.finditer(sentence.text, sentence.start, sentence.end):
        end = _ITS_END.search(sentence.text, passed.end(), sentence.end)
        yield passed.end(), end.start() if end else sentence.end


def _clause_before(text: str, start: int, at: int) -> int:
    """Where the last clause with a number before a remark begins."""
    end = at
    while end > start:
        begins = max(max(text.rfind(mark, start, end) for mark in _MARKS) + 1, start)
        if any(c.isdigit() for c in text[begins:end]):
            return begins
        if begins == start or text[begins - 1] not in "，,":
            return at
        end = begins - 1
    return at
