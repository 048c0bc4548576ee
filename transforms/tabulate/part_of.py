"""Whether one count may be a part of another: in its unit, its indicator, its noun and what is said of it."""

from __future__ import annotations

import re

from transforms.tabulate.after_number import verb_after
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.numbers import Read
from transforms.tabulate.phrases import NOTHING

# ，含民法典手册900本, but no 含 inside a word
OF_WHICH = re.compile(
    r"其中|包括|包含|内含|(?:^|(?<=[，,；;]))含(?!金)|(?:这些|上述)[\u4e00-\u9fff]{2,6}?中(?=[，,])"
)

# 公开的42条信息中，财政类11条; 化解的纠纷中，土地类18件: of what was counted, as no 工作 or 活动 is
_COUNTED = r"(?:信息|纠纷|案件|申请|建议|意见|诉求|工单|事项|文件|合同|问题|隐患)(?:之|当)?中"
# 按申请方式分：当面申请4件: how all of them divide
_BY_KIND = r"按[^，,；;。：:\d]{1,10}(?:划分|区分|分类|分)"
AMONG = re.compile(rf"(?:{_COUNTED}|{_BY_KIND})[，,：:]")


def is_part(read: Read, total: Read, text: str) -> bool:
    mine = {r.frame.indicator for r in read.readings}
    theirs = {r.frame.indicator for r in total.readings}
    if _OF_VISITS.search(text, read.number.left.start, read.number.start) and _of_petition(total):
        return True
    if mine == {"study_sessions"} and "centre_group_study" in theirs:
        return True  # 中心组学习12次，其中学习法律法规4次: who studies is not said again
    if mine == {"decision_meetings"} and "rule_of_law_meetings" in theirs:
        return True  # 专题会议6次，其中党委会2次: which body met
    if _of_the_new(read, total) or (mine <= _ROLES and theirs <= _ROLES and mine and theirs):
        return True
    if not mine:
        return read.number.quantity.unit in (total.number.quantity.unit, None)
    if alike(total, read) and (only_a_kind(read) or is_of_one_body(read, total, text)):
        return True
    if same(total, read) and _is_kind(read, total, text):
        return True
    if read.readings[0].side == "carried" and same(total, read) and not _says_itself(read, text):
        return True  # 其中2件予以公开，另外5件作其他处理: nothing of its own is said of it
    return bool(mine & theirs)


# 法律明白人109名，其中网格员35名: those of them who are that too, and not all who are
_ROLES = frozenset({"legal_pathfinders", "mediators", "grid_workers"})
_NEW = frozenset({"recruit", "new_verb"})


def _of_the_new(read: Read, total: Read) -> bool:
    """新招录干部4人，其中执法人员2人: of those who came anew, not of all there are."""
    return bool(read.readings) and all(r.frame.measure == "stock" for r in read.readings) and is_new(total)


def is_new(read: Read) -> bool:
    """Whether those counted came, or were hired, anew."""
    return not read.number.left.verbs.isdisjoint(_NEW)


# 来信来访48件次，其中集体访3批27人: a kind of them, whatever it is counted in.
_OF_VISITS = re.compile(r"(?:集体|重复|个[人体]?)(?:来|上)?访")


def _of_petition(read: Read) -> bool:
    return bool(read.readings) and catalogue()[read.readings[0].frame.indicator].domain == "petition"


def same(total: Read, read: Read) -> bool:
    return total.number.quantity.unit == read.number.quantity.unit


_CASES = frozenset({"件", "起", "宗", "例", "案", "个"})


def alike(total: Read, read: Read) -> bool:
    """Counts of one kind: 32件 may be broken down in 起."""
    mine, theirs = read.number.quantity.unit, total.number.quantity.unit
    return mine == theirs or (mine in _CASES and theirs in _CASES)


def only_a_kind(read: Read) -> bool:
    """简易程序31起: beside a count of cases it says of which procedure some of them were."""
    return bool(read.readings) and "case_procedure" in read.readings[0].cue.word.concepts


def _is_kind(read: Read, total: Read, text: str) -> bool:
    """讲座11场，其中校园讲座5场; 审查85件，其中信息公开类22件: the head is that of the total.

    A kind of what no rule names (事件6210件，其中矛盾纠纷类113件) is a part of it.
    """
    of_kind = text.endswith("类", read.number.left.start, read.number.start)
    if not read.readings or not total.readings:
        return of_kind
    mine, theirs = read.readings[0], total.readings[0]
    if of_kind:
        known = catalogue()
        return known[mine.frame.indicator].domain != known[theirs.frame.indicator].domain
    if {mine.cue.word.text[-2:], theirs.cue.word.text[-2:]} == {"信息"}:
        return True  # 公开信息60条，其中普法信息8条
    asked = mine.frame.action or theirs.frame.action
    return not asked and mine.cue.word.noun and theirs.cue.word.text.endswith(mine.cue.word.text)


# 其中镇调委会调处37件, 其中村级化解20件、镇级17件: who settled some of the disputes that all of them settled.
# 其中人民调解146件，行政调解42件: or in which way.
_BY_BODY = re.compile(
    r"(?:其中|包括)?[：:，,]?(?:[\u4e00-\u9fff]{0,4}(?:调委会|调解委员会|调解组织|调解室|司法所|派出所|综治中心|综治办|信访办|"
    r"网格员?|工作站)|[镇村乡]级|(?:街道|社区)级|(?:村|镇|乡|街道|社区|各村)(?=[直自]|调|化|排|受|共|成)|"
    r"(?:人民|行政|司法|行业|专业|联合|诉前)调解(?!员|委|组))"
)


def is_of_one_body(read: Read, total: Read, text: str) -> bool:
    """Of the disputes of all bodies those of one, whatever became of them."""
    if not total.readings or not _BY_BODY.match(text, read.number.left.start, read.number.start):
        return False
    known = catalogue()
    domains = {known[r.frame.indicator].domain for r in (read.readings[0], total.readings[0])}
    return domains == {"mediation"}


def _says_itself(read: Read, text: str) -> bool:
    """其中调解成功42件, 其中走进学校4场: the words its frame asks for stand there; 其中42件得到化解."""
    after = verb_after(read.number, text)
    said = read.number.left.concepts | (after.verbs if after is not None else NOTHING)
    return not read.readings[0].frame.asks.isdisjoint(said)


def of_another_kind(read: Read, total: Read) -> bool:
    """执法案件530件，其中行政处罚案件47件: the others are checks."""
    return alike(total, read) and "执法案件" in _word(total) and "处罚" in _word(read)


def _word(read: Read) -> str:
    return read.readings[0].cue.word.text if read.readings else ""
