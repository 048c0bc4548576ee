"""What is to be done and no result yet: plans, targets, and the duties laid on others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from transforms.tabulate.phrases import Number

_DOING = (
    "(?:举办|开展|制定|新增|新建|培训|组织|召开|投入|建设|完成|打造|发放|实施|配备|聘请|培育|培养|"
    "创建|建成|推出|出台|建立|选聘|引进|安排|更新|化解|实现|达到|办理|对)"
)
# Deeds as well, but 将排查的隐患, 将受理的案件 only say 将 for 把: a plan behind 计划, a duty behind 要, 应.
_DEED = (
    f"(?:{_DOING}|审查|审核|检查|排查|巡查|查处|调解|调处|受理|接待|解答|提供|悬挂|张贴|印发|签订|评查|"
    "主动公开|公开|出具|整改|走访|学习|撰写|推送|举行|参加|落实|配齐|配强|取得|纳入|报备|清理|整治|消除|"
    "签署|形成|散发|分发|赠送|派发|拉挂|摆放|展出|刊出|编发|划分|梳理|公布|出动|定期|集中|发布|设立|设置|听取|研究|开设|修订|制作|编印|处理|制发|持证|轮训|招录|选派|撰写|更换|"
    "帮助|帮扶|救助|答复|回复|摸排|纠正|备案|解除|作出|解决|接受|接访|推送|发送|刊发|指导|回访|帮教|处置|办结|审议|核查|抽查|督查|提出|成功|收到|发现|形成|协调)"
)
# Where a clause begins, or goes on behind who is spoken of.
_BEGINS = r"(?<![^，,；;。、：:\n\s）)！!.．是”])"
_WHO = r"(?<![^，,；;。、：:\n\s）)！!.．是”村区位门员办镇乡街队们内底前率度年所站室])"
_HOW = (
    "(?:在|于|全年|年内|按照?|认真|严格|全面|定期|积极|依法|及时|至少|再|继续|进一步|集中|确保|做到|保证|"
    "力争|组织|分期|分批|重点|每年|每季度|每月|每半年)*"
)
# How what is to be done may begin where the clause does: 要结合…开展, 计划在集市举办
_LEADS = (
    "(?:[在对为向以由把将]|利用|结合|通过|依托|围绕|联合|会同|邀请|坚持|深化|加强|健全|严格|推进|推动|完善|强化|"
    "持续|充分|进一步|继续)"
)
# 应对风险, 应急, 应诉, 需求 and 要求 are words of their own
_MODAL = "(?:必须|务必|应当|需要|须|(?<!所)需(?!求)|应(?![对急诉用邀届知变付答收])|要(?![求点素害件情闻]))"
_TAKES_PART = "(?:参[训会考加]|到[会位]?|考|训|出[庭席]|评[查]?)(?=人|干部|党员|代表|考试|培训|案卷|职工|\\d)"
PLAN: Final = re.compile(
    rf"下一步|下步|力争|争取(?!资金|到|了)|预计|有望|拟(?:于|在)?(?:今后|明年|20\d\d年)?{_DOING}(?!的)|"
    rf"(?<![度作按照习训法查动案执传理定])计划(?=(?:于|在)?(?:明年|后年|今后|20\d\d年|[上下]半年|[二三四]季度|新)?{_HOW}{_DEED})|"
    rf"{_BEGINS}(?:还|原)?计划(?={_LEADS})|"
    rf"(?:{_BEGINS}|我[镇乡街]|我们|年)(?:还)?将(?:继续|进一步|再|于|在|适时|陆续|计划)*{_DOING}|"
    r"我们将(?:继续|进一步|持续)|"
    r"(?<![法训习度作按照案传])计划(?:于|在)[^，,；;。]{1,12}?(?:组织|开展|举办|召开)|"
    rf"{_BEGINS}拟(?:再|新)?(?:{_DEED}|[聘增招])(?![^，,；;。]{{0,4}}的)|{_BEGINS}(?:正|还)?准备{_HOW}{_DEED}|"
    rf"{_BEGINS}今后(?!.{{0,4}}(?:一段|的))|"
    r"(?:目标(?:任务|要求|值)?|(?:年度|全年|考核|计划|下达)(?:的)?(?:任务|指标)(?:数)?)(?:分别)?(?:为|是|[：:])(?!“[^”]{1,9}”[，,])|"
    rf"拟于[^，,；;。]{{1,8}}?{_DOING}|"
    # 培训指标为90人, 下达培训任务90人, 新的一年，将受理90件
    r"(?:任务|指标|标准)[数值量]?(?:分别)?为(?![^\d约近])|(?:考核|评分|验收|达标)标准(?:为|是|[：:])|"
    # 可开展讲座12场: what there is room for
    rf"{_BEGINS}(?:每年|全年|常年|一次)?可(?:同时|再)?(?:开展|举办|组织|召开|培训|接待|发放)|"
    r"下达[^，,；;。\d]{1,20}(?:任务|指标|计划)(?![^\d约近])|新的一年里?[，,]?[^，,；;。]{0,6}将|"
    # 目标发放资料900份，实际发放1100份; 督查计划6次，已完成6次
    rf"{_BEGINS}目标{_DEED}|{_BEGINS}建议将|计划(?=\d[\d,.]*[\u4e00-\u9fff]{{1,2}}[，,](?:目前|现|实际)?已?(?:全部|如期)?(?:完成|开展|实施))|"
    r"确保到|到20\d\d年底?[，,]?(?:实现|达到|建成|力争)"
)
_PLAN_ENDS: Final = re.compile(
    r"截[至止]|目前已|已(?=完成|开展|举办|组织|召开|实施|建成|办)|全年共|今年共|累计|实际|[，,]全年$|完成(?:情况|数|量)|超额|(?:圆满|全面|全部)完成|"
    r"[，,；;。][^，,；;。\d]{0,10}今年(?!年?[底末]|[内将拟要计预力争])"  # 明年拟办20场，今年办了14场
    r"|[；;，,]20\d\d年(?:全年|共|已)*(?:开展|举办|组织|召开|发放|完成|调解|排查|培训|受理|办理)"
)
# 各村要开展…不少于4次, 要求各单位组织, 须达到: a duty holds to the end of the sentence or to what was done.
ASKED: Final = re.compile(
    rf"{_WHO}{_MODAL}(?=(?:{_HOW}{_DEED}|做到|确保|保证|达到?(?!成)|不)(?!的))|"
    rf"{_BEGINS}{_MODAL}(?={_LEADS})|"
    rf"{_BEGINS}应{_TAKES_PART}(?!(?:人员|干部|对象)[^\d，,；;。]{{2}})|(?<![相对响反适感供])(?:应当?|必?须)(?:由|有(?!的|作用|关|效))|"
    r"(?<![相对响反适感供效])应[配聘建设培](?![合套置尽齐训议])|"
    # 如需召开会议9次，须经批准; 若调解60件; 鼓励各村举办9次; 方案明确开展9次; 确保全年培训60人
    rf"{_BEGINS}(?:如果?|若|凡|一旦)(?:需要?|要|须)|{_BEGINS}(?:若|凡|一旦|如果){_DEED}|"
    rf"(?:鼓励|倡导|引导|号召)(?:各|全体|每|所有)[^，,；;。0-9]{{0,14}}?{_DEED}|"
    rf"(?:方案|制度|规定|办法|文件|通知|责任书|清单|会议)(?:中)?(?:明确|规定|要求|提出)(?:了|每年|全年|须|应|要|需)*{_DEED}|"
    rf"{_BEGINS}(?:公开)?承诺(?:每年|全年|年内){_DEED}|(?:确保|保证)(?:每年|全年|年内)(?:至少)?{_DEED}|"
    rf"{_WHO}(?:(?:会议|并|明确|还)?要求|责成|督促)(?:各|全体|每|所有|相关|有关|下属|辖区各)"
    rf"[^，,；;。0-9]{{0,14}}?{_DEED}"
)
_ASKED_ENDS: Final = re.compile(
    r"(?<![公中])共(?![同建治享产青和])|累计|已|截[至止]|目前|[实现][有配聘建设]|实际|今年|本年度|(?:圆满|全面|全部|均)完成"
)
# 应参训86人，实参训81人: how many were to come is said of one number only.
_TO_COME: Final = re.compile(rf"应(?:{_TAKES_PART}|[配聘建设培]).*\d", re.S)
# What no match of PLAN or ASKED lacks, at a tenth of their cost; most sentences hold none. The sets IN_…
# hold a character of every match of the pattern they are named for. Who changes such a pattern changes its
# words or characters too (tests/tabulate/test_hints.py draws matches of each).
MAY_PLAN: Final = re.compile(
    r"任务[数值量]?(?:分别)?[为是：:]|指标[数值量]?(?:分别)?[为是：:]|标准[数值量]?(?:分别)?[为是：:]|可(?:同时|再)?[开举组召培接发]|下达|下一?步|力争|争取|预计|有望|拟|计划|将|目标|确保到|到20|准备|今后"
)
MAY_ASK: Final = re.compile(
    r"[须必应需要若凡]|责成|督促|一旦|如果|(?:鼓励|倡导|引导|号召)[各全每所]|承诺|(?:确保|保证)[每全年]|"
    r"(?:方案|制度|规定|办法|文件|通知|责任书|清单|会议)中?(?:明确|规定|提出)"
)
IN_PLAN: Final = frozenset("任指步争预望拟划将目到准后可")
IN_ASKED: Final = frozenset("须必应需要督责若凡旦果励倡引号明规提诺保")


def is_planned(text: str, start: int, at: int) -> bool:
    """Whether the number at `at` of a sentence from `start` on stands under a plan."""
    return _last_open(PLAN, _PLAN_ENDS, text, start, at) is not None


def is_asked(text: str, start: int, at: int) -> bool:
    """Whether it stands under a duty laid on somebody."""
    last = _last_open(ASKED, _ASKED_ENDS, text, start, at)
    return last is not None and not _TO_COME.match(text, last.start(), at)


def _last_open(
    says: re.Pattern[str], ends: re.Pattern[str], text: str, start: int, at: int
) -> re.Match[str] | None:
    """What last says so before a place, unless it ended before it."""
    found = list(says.finditer(text, start, at))
    return None if not found or ends.search(text, found[-1].end(), at) else found[-1]


# 全镇应参训86名，实际参训84名: how many were to come.
_EXPECTED = re.compile(r"应(?:参|到|考|训|出|评|持证)[^，,；;。]{0,10}$")
_CAME = re.compile(r"[^，,；;。\d]{0,4}[，,、；;]实(?:际|到|参|考|训|有|出|持)")


def was_to_come(number: Number, text: str) -> bool:
    """应参训86名，实际参训84名: how many were to come, where those who came are told next."""
    told = _EXPECTED.search(text, number.left.start, number.start)
    return told is not None and _CAME.match(text, number.quantity.end) is not None


# 任务要求举办4场，实际举办6场; 目标参考率95%，实际99%
_AIM = re.compile(r"目标|任务|指标|要求|计划")
IN_AIMED: Final = frozenset("目任指求划")
_DONE = r"\s*(?:全[镇乡年]|我[镇乡]|街道|年内|本年度?|年底|目前)*(?:实际|实绩|现已?达|已达|完成值?)"
_IN_FACT = re.compile(rf"[^，,；;。\d]{{0,6}}[，,；;]{_DONE}")
# 目标95%，实际达97%: no more than that between the two
_CAME_TO = re.compile(rf"[^，,；;。\d]{{0,6}}[，,；;]{_DONE}(?:已|值|完成|达到?|达成|为|是|：|:)*")
# 要求持证率达90%以上, where 按要求持证率达100% is what came of it
_RATE_WANTED = re.compile(rf"{_BEGINS}(?:并|还)?要求[^，,；;。\d]{{1,10}}率(?:要|须|需)?(?:达到?|不低于|在)$")


def was_aimed_at(number: Number, text: str) -> bool:
    """任务要求举办4场，实际举办6场: what was aimed at, where what came of it is told next."""
    start = number.left.start
    if _AIM.search(text, start, number.start) is None:
        return False
    wanted = number.quantity.unit == "%" and _RATE_WANTED.search(text, start, number.start)
    return bool(wanted or _IN_FACT.match(text, number.quantity.end))


def came_of_an_aim(number: Number, before: Number, text: str) -> bool:
    """满意率目标95%，实际97%: the second needs no noun of its own; 法律援助任务6件，实际办结9件."""
    end = before.quantity.end
    if _AIM.search(text, before.left.start, before.start) is None or number.start - end > LONGEST_TURN:
        return False
    return _IN_FACT.match(text, end) is not None


def says_what_came(number: Number, before: Number, text: str) -> bool:
    """Whether nothing but 实际 stands between what was aimed at and a number."""
    if number.start - before.quantity.end > LONGEST_TURN:
        return False
    aimed = _AIM.search(text, before.left.start, before.start) is not None
    return aimed and _CAME_TO.fullmatch(text, before.quantity.end, number.start) is not None


LONGEST_TURN = 24


_AIM_NAMED = re.compile(r"(?:考核|年度|全年|年初|下达|的)*(?:目标|任务|指标|要求|计划)")
_OF_SEVERAL = re.compile(rf"{_DONE}(?:分别|各)?(?:已|值|完成|达到?|为|是|开展|举办|办理|有|了)*")


def of_aims(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The parts of a list of what was aimed at, less the word for that: 参考率、合格率指标分别为95%、90%."""
    start, end = spans[-1]
    aim = _AIM_NAMED.search(text, start, end)
    return [*spans[:-1], (start, aim.start())] if aim and aim.start() > start else []


def came_of_aims(first: Number, text: str) -> bool:
    """实际分别为98%和96%: one for each of those aimed at before."""
    return _OF_SEVERAL.fullmatch(text, first.left.start, first.start) is not None
