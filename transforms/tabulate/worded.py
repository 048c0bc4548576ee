"""Facts stated in words: 全覆盖 and 全部持证上岗 are 100 %, 未发生 is 0, 均胜诉 is all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from transforms.tabulate.all_won import all_won, concluded
from transforms.tabulate.denied import (
    NONE,
    NONE_AFTER,
    OF_ENFORCEMENT,
    OF_PLACES,
    denied_behind,
    denied_this_year,
    joined_with_next,
    none_of_list,
    of_some_villages,
)
from transforms.tabulate.fits import Context
from transforms.tabulate.gaps import residue
from transforms.tabulate.of_all import all_have_it, in_company, of_all
from transforms.tabulate.rulebook import Cue, Frame
from transforms.tabulate.whose_lawyers import at_one_event

# A sentence without any of these states nothing in words.
TRIGGER: Final = re.compile(
    r"覆盖|均|都|全部|全员|全面|各村|村村|每个?村|未|没|无|零|0发生|〇|全体|一律|人人|个个|一次性|胜诉"
)

_FULL: Final = re.compile(r"全面?覆盖")
# 实现镇村干部学习全覆盖 speaks of something else than the noun before the comma.
_COVERS_OTHER: Final = re.compile(
    r"(?:实现|达到|做到|推动)(?!(?:每个|所有|全部)?(?:村|社区|行政村)|全镇|全域|辖区|各村|镇村全|了?全)[^，]{2,}$"
)
# 合法性审查事项清单编制实现全覆盖: what covers all is a list of the matters, no review.
_IS_PAPER: Final = re.compile(r"(?:清单|目录|制度|机制|平台|台账|名录|名册|档案|方案|设备)[^，；。]{0,10}$")
# 覆盖率 has a figure of its own; 法律顾问全覆盖工程 is the name of an undertaking.
_NAMED: Final = re.compile(
    r"率|(?:提升|创建|攻坚|专项|试点|示范|培训|走访|排查|巩固|推进){0,2}(?:工程|行动|计划|方案|机制|制度|模式)"
)
# 做好合法性审查全覆盖工作, 全覆盖实施方案, 以合法性审查全覆盖等为重点 name a task; 完成…全覆盖工作 is done.
_TASK: Final = re.compile(
    r"(?P<kind>工作(?=[，,；;。：:\n]|$)|的?(?:工作|实施|推进)*(?:方案|规划|要求|目标|任务|意见|通知|计划))|"
    r"(?P<aim>[^，,；;。]{0,24}?(?:作)?为(?:年度|全年|当前|今年)?(?:的)?(?:工作)?"
    r"(?:重点|目标|抓手|着力点|核心|主线|导向|切入点|方向|任务|总要求))"
)
_TASK_DONE: Final = ("完成", "实现", "达到", "做到", "达成")
# 抓好村（居）法律顾问全覆盖 asks for it; 加强队伍建设，实现全覆盖 and 抓好培训实现全覆盖 have it.
_ASKS: Final = re.compile(r"(?:做好|抓好|抓实|加强|强化|促进|深化)(?![^，]{0,40}(?:实现|达到|做到|达成|已))")
_BY: Final = re.compile(r"(?:^|[，,；;。：:\n]|确定|坚持|始终|紧紧|围绕)(?:以|把|将)[^，,；;。]{0,40}$")
# 全覆盖开展法律明白人培训 says how a thing was done; 全覆盖配备法律明白人 what every village has.
_ADVERB: Final = re.compile(
    r"(?:式|地)?(?:开展|组织|进行|举办|排查|摸排|检查|巡查|走访|培训|轮训|宣传|宣讲|督查|督导|起底|评查|入户|"
    r"推进|推动|推行|服务|指导|督促|落实|实施|普查|登记|调查|学习|考核|联系|培育)"
)
# 法律顾问走访企业全覆盖, 法律顾问微信群实现全覆盖: what they did or what they have covers all, not they.
# Between a noun and 全覆盖 stand where, how many, since when, and that it is so.
_ITS_OWN_ACT: Final = re.compile(
    r"(?:走访|进村|入村|下村|培训|轮训|学习|考试|宣讲|宣传|巡讲|咨询|坐班|值班|履职|参与|考核|管理|讲座|"
    r"授课|企业|学校|讲堂|入户|调解|讲法)|[\u4e00-\u9fff](?:群|牌|卡|站|室|点|栏|屏|码)(?=[实达已的]|$)"
)
_SUFFIX = r"(?:[（(][^）)]{1,4}[）)]|、社区|和社区|居)?"
_ALL_HAVE: Final = re.compile(
    rf"(?P<who>(?:各|每个?|所有|全部|全镇各?|辖区各?)(?:行政)?(?:村|社区|嘎查){_SUFFIX}|村村|(?:村|社区){_SUFFIX})?"
    r"(?:已|也|目前|现已|现)?(?P<verb>(?:均|都|全部|(?<=村村)(?=有|配有|请有|聘有))(?:已|已经)?(?:与[^，；。]{2,12})?"
    r"(?:配备|签订|配有|有|聘请|聘有|签约|配齐|选聘|建立|落实|设有|实现|请|配|签|聘)(?:了|有)?)"
)
# 各村均建立法律顾问工作群: a thing named after them.
_OF_THEIRS: Final = re.compile(
    r"[”）)]?(?:值班|联络|联系|工作|服务|公示|坐班)*(?:微信|QQ)?(?:群|台账|室|站|点|档案|牌|栏|卡|热线|日|表|机制|名单|网络)"
)
_CERTIFICATES: Final = frozenset({"certified_rate", "has_certificate"})
_CERTIFIED: Final = re.compile(
    r"(?:均|都|全部|全员|全体|一律|统一|人人|个个)+(?:已|依法|做到|实现)?(?:持?有)?$"
)
_WISH: Final = re.compile(r"力争|争取|努力|力求|推动|推进|逐步|有望|拟|将|计划|目标|要求|着力|加快")
_SHARED: Final = re.compile(r"^[“”\"]?(?:案件|事件|现象|的)?(?:和|与|及|以及|、|或|或者)[“\"]?")
# 未申请行政复议的，依法执行 is a condition; 无行政诉讼败诉案件 denies losing, not being sued.
_SOMETHING_ELSE: Final = re.compile(
    r"的(?![；;。]|(?:情况|情形|现象)(?:[，,；;。\n]|$))|"
    r"[^，。；]{0,9}?(?:败诉|撤销|纠错|变更|确认违法|不当|扩大化|失控|升级|恶化|激化)"
)
# 无违规制发规范性文件情况 denies the wrong, not the document.
_OF_OTHERS: Final = re.compile(r"[与和对]|(?:一例|一起|一件|任何)?(?:违[规法反纪]|不当|擅自|错误|乱)")
# Between a negation and its object stand modifiers, never a verb of their own.
NONE_GAP = 12
_STAFF: Final = frozenset({"adviser", "village_adviser", "pathfinder"})
# Nouns of which one may say that they cover the town: 全覆盖 speaks of the nearest.
# fmt: off
_COVERABLE: Final = frozenset({
    "adviser", "village_adviser", "pathfinder", "model_village", "legality_review", "grid_worker", "grid",
    "publicity", "governance_centre", "committee", "mediator", "service_station", "training", "culture_site",
    "other_publicity",
})
# fmt: on


@dataclass(slots=True)
class Statement:
    """A fact in words: its frame, its value, the words that state it."""

    frame: Frame
    value: int | None  # None: as many as the number before
    start: int
    end: int
    cue: Cue


def statements(context: Context) -> list[Statement]:
    """Every worded fact of a sentence, in order of place."""
    out: list[Statement] = []
    for i, cue in enumerate(context.sentence.cues):
        for frame in cue.word.worded:
            if any(s.frame.indicator == frame.indicator and s.end >= cue.start for s in out):
                continue
            found = _state(frame, i, cue, context, out)
            if found is not None:
                out.append(found)
    return out


def _state(
    frame: Frame, i: int, cue: Cue, context: Context, earlier: Sequence[Statement]
) -> Statement | None:
    if frame.worded == "full":
        return _full(frame, cue, context)
    if frame.worded == "none":
        return _none(frame, i, cue, context, earlier)
    return _all(frame, cue, context)


def _full(frame: Frame, cue: Cue, context: Context) -> Statement | None:
    if frame.done:
        span = of_all(frame, cue, context)
        return Statement(frame, 100, *span, cue) if span else None
    if not _CERTIFICATES.isdisjoint(frame.object):
        return _certified(frame, cue, context)
    clause = _clause(context, cue.start)
    if frame.have and (have := _have(frame, clause, cue, context)):
        return have
    if frame.have and (span := all_have_it(cue, context)):
        return Statement(frame, 100, *span, cue)
    return _coverage(frame, cue, context)


def _certified(frame: Frame, cue: Cue, context: Context) -> Statement | None:
    """全部持证上岗: all of them, right before the certificate."""
    if not frame.without.isdisjoint(cue.word.concepts) or not in_company(frame, context):
        return None
    before = context.sentence.text[max(context.sentence.start, cue.start - 8) : cue.start]
    found = _CERTIFIED.search(before)
    if not found or _WISH.search(before):
        return None
    return Statement(frame, 100, cue.start - len(found[0]), cue.end, cue)


def _have(frame: Frame, clause: tuple[int, int], cue: Cue, context: Context) -> Statement | None:
    """各村均配备法律顾问: who, 均 + verb, then the noun with at most modifiers between."""
    text = context.sentence.text
    for have in _ALL_HAVE.finditer(text, clause[0], cue.start):
        if cue.start - have.end() > 8 or _WISH.search(text[clause[0] : have.start()]):
            continue
        if _OF_THEIRS.match(text, cue.end, clause[1]) or at_one_event(cue, text):
            continue
        if have["who"] and not have["who"].startswith(("村（", "村(", "社区", "村")) or have["who"] == "村村":
            return Statement(frame, 100, have.start("who"), cue.end, cue)
        # 20个村都有: the number says who, only the verb says all
        start, end = have.span("verb")
        return Statement(frame, 100, start, end if have["who"] else cue.end, cue)
    return None


def _coverage(frame: Frame, cue: Cue, context: Context) -> Statement | None:
    """全覆盖 speaks of the nearest coverable noun of its clause, else of the last one named before it."""
    text, sentence = context.sentence.text, context.sentence
    for full in _FULL.finditer(text, sentence.start, sentence.end):
        clause = _clause(context, full.start())
        if _NAMED.match(text, full.end()) or _WISH.search(text, clause[0], full.start()):
            continue
        if _ADVERB.match(text, full.end()) or _is_task(text, clause[0], full):
            continue
        rivals = [c for c in sentence.cues if c.word.concepts & _COVERABLE]
        inside = [c for c in rivals if clause[0] <= c.start < clause[1]]
        before = [c for c in rivals if c.start < clause[0]]
        if not inside and _COVERS_OTHER.search(text, clause[0], full.start()):
            continue
        nearest = min(inside or before[-1:], key=lambda c: (abs(full.start() - c.end), c.start), default=None)
        if nearest is None or nearest.start != cue.start:
            continue
        if not (_IS_PAPER.search(text, cue.end, full.start()) or _does_it(cue, text, full.start())):
            return Statement(frame, 100, full.start(), full.end(), cue)
    return None


def _does_it(cue: Cue, text: str, end: int) -> bool:
    """What people there are did; of a review or of publicity the noun itself is what is done."""
    if _STAFF.isdisjoint(cue.word.concepts):
        return False
    mark = _NEXT_MARK.search(text, cue.end, end)
    return _ITS_OWN_ACT.search(text, cue.end, mark.start() if mark else end) is not None


def _is_task(text: str, start: int, full: re.Match[str]) -> bool:
    """What a heading, a plan or an aim only names."""
    if _ASKS.search(text, start, full.start()):
        return True
    task = _TASK.match(text, full.end())
    if task is None:
        return False
    if task["kind"]:
        return not any(text.find(word, start, full.start()) >= 0 for word in _TASK_DONE)
    return _BY.search(text, start, full.start()) is not None


def _none(frame: Frame, i: int, cue: Cue, context: Context, earlier: Sequence[Statement]) -> Statement | None:
    text = context.sentence.text
    clause = _clause(context, cue.start)
    if (frame.with_ and not in_company(frame, context)) or OF_PLACES.match(text, cue.end):
        return None
    if of_some_villages(clause, text):
        return None
    if after := NONE_AFTER.search(text[cue.end : clause[1]]):
        return Statement(frame, 0, cue.start, cue.end + after.end(), cue)
    if joint := joined_with_next(i, clause, context):
        return Statement(frame, 0, cue.start, joint, cue)
    behind = denied_behind(clause, cue, text) or denied_this_year(cue, text) or none_of_list(cue, text)
    if behind:
        return Statement(frame, 0, *behind, cue)
    for other in earlier:
        if other.frame.worded == "none" and other.start < cue.start < other.end:
            return Statement(frame, 0, other.start, other.end, cue)
    if "零" in cue.word.text:
        return Statement(frame, 0, cue.start, cue.end, cue)
    if _SOMETHING_ELSE.match(text, cue.end, clause[1] + 1):
        return None
    negation = _nearest(NONE, text, clause[0], cue.start)
    if negation is None or not _governs(negation, frame, i, cue, context):
        return None
    return _together(Statement(frame, 0, negation.start(), cue.end, cue), i, context)


def _nearest(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = list(pattern.finditer(text, start, end))
    return found[-1] if found else None


def _governs(negation: re.Match[str], frame: Frame, i: int, cue: Cue, context: Context) -> bool:
    """The denial reaches the noun: modifiers between, and the denied verb is one the frame asks for.

    未发生因信息公开申请行政复议 denies those over one matter alone.
    """
    between = context.sentence.text[negation.end() : cue.start]
    known = [c for c in context.sentence.cues[:i] if c.start >= negation.end()]
    gap = residue(context.sentence.text, negation.end(), cue.start, known, context.book)
    cause = "因" in between and not OF_ENFORCEMENT.fullmatch(between)
    if gap > NONE_GAP or _OF_OTHERS.match(between) or cause or "信息公开" in between:
        return False
    if not frame.action or negation[0].endswith("出"):
        return True
    words = negation[0] + between + context.sentence.text[cue.end : cue.end + 2]  # 无规范性文件制发
    denied = context.book.cues(words, 0, len(words))
    return any(not frame.action.isdisjoint(c.word.concepts) for c in denied)


def _together(found: Statement, i: int, context: Context) -> Statement:
    """没有群体性事件和越级上访 denies both: the words that state each are the whole."""
    text, cues = context.sentence.text, context.sentence.cues
    for cue in cues[i + 1 :]:
        joint = _SHARED.match(text[found.end : cue.start])
        if not joint or joint.end() != cue.start - found.end:
            break
        if not any(f.worded == "none" for f in cue.word.worded):
            break
        found.end = cue.end
    return found


def _all(frame: Frame, cue: Cue, context: Context) -> Statement | None:
    won = all_won(cue, context)
    return Statement(frame, concluded(won, context), won, cue.end, cue) if won is not None else None


def _clause(context: Context, position: int) -> tuple[int, int]:
    """From the last mark before a place to the next one, numbers passed over."""
    text, sentence = context.sentence.text, context.sentence
    before = _TO_LAST_MARK.match(text, sentence.start, position)
    after = _NEXT_MARK.search(text, position, sentence.end)
    return before.end() if before else sentence.start, after.start() if after else sentence.end


_TO_LAST_MARK: Final = re.compile(r".*[，,；;。：:]", re.S)
_NEXT_MARK: Final = re.compile(r"[，,；;。：:！\n]")
