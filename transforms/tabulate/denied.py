"""A denial behind its noun, and what a denial may give as its cause."""

from __future__ import annotations

import re
from typing import Final

from transforms.tabulate.fits import Context
from transforms.tabulate.one_body import names_one_village
from transforms.tabulate.rulebook import Cue

# 规范性文件无, 一件复议申请也没有, 上访未出现一起: denied behind a noun that opens its clause. Of papers
# and cases more may be denied where it is said that not one was: 复议一件未受理.
_ONE: Final = "一[起件例宗个桩人份]"
_NONE_BEHIND: Final = re.compile(
    rf"(?:案件|事件|现象|申请|诉讼|情况|事项)?(?:全年|今年|年内)?(?:(?P<one>{_ONE})(?:也|都)?|也|都|均)?(?:没有|无|未)"
    rf"(?:发生|出现|收到|产生|(?:受理|接到|办理|作出|制定|制发|出台|印发|发布)(?:(?={_ONE})|(?(one)|(?!))))?过?"
    rf"(?:{_ONE})?(?:[（(][^）)]*[）)])?$"
)
# 重新犯罪：无: a row of its own
_NONE_IN_ROW: Final = re.compile(
    r"(?:案件|事件|情况|人员|人数|数量?)?[：:]\s*(?:无|零|没有|未发生)(?=[，,；;。\n）)]|$)"
)
_OPENS: Final = re.compile(
    r"(?:.*[｜|\s◆●■★])?(?:\d{1,2}[.．、])?(?:全[镇乡年]|今年|本年度?|我[镇乡]|年内|当年)*(?P<one>一[起件例宗个桩])?",
    re.S,
)
# 没有因执法引起复议 denies all of them: each comes of enforcement.
OF_ENFORCEMENT: Final = re.compile(
    r"因(?:(?:行政)?(?:执法|处罚|许可)(?:行为|工作|活动)?|行政行为)而?(?:引起|引发|产生|导致)的?"
)
# Behind 零: 零距离, 零门槛, 零跑腿 praise how something is done, 零散 and 零星 are no zero.
NO_ZERO: Final = (
    "距离|门槛|跑|障碍|等待|等候|接触|收费|费用|容忍|起点|基础|成本|时差|延[误迟时]|误差|壁垒|材料|"
    "散|星|售|工|碎|食|钱|用|部件"
)

_HAPPENED = (
    "有|发生|出现|产生|接到|收到|引发|新增|制定出台|制定|出台|制作|制发|印发|发布|新制定|形成|发现|涉及"
)
NONE: Final = re.compile(
    rf"未(?=[被因])|未(?:再|曾|能|新)?(?:{_HAPPENED}|作出|实施|开展|办理|新收)过?|"
    r"没有?(?:再)?(?:发生|出现|产生|制定|出台|作出|出$)?过?(?:一[人起例件宗个])?|"
    rf"无(?:一人|一起|一例|一件|新增|发生)?|零(?!{NO_ZERO})|实现零|“零”"
)
NONE_AFTER: Final = re.compile(
    r"^(?:案件|事件|现象|的)?(?:实现|保持|继续保持|持续|均为|均|为|达到)?"
    rf"[“\"]?(?:零|0|〇)[”\"]?(?:{_HAPPENED}|记录|增长|案件|登记|通报|受理|申请|起诉|立案|(?=[的和及与或目])|(?![\u4e00-\u9fff]))[”\"]?|"
    r"^(?:案件|事件|现象)?(?:全年)?(?:没有|无)(?:发生|出现)?(?=[，,；;。\n]|$)"
)
# 零上访村20个, 创建无越级上访乡镇: places that are called so.
OF_PLACES: Final = re.compile(
    r"[”\"]?的?(?:行政)?(?:村|社区(?!矫正)|小区|单位|乡镇|镇街|街道|企业|网格(?!内)|家庭|创建|示范|目标)"
)

# 其中6个村实现“零上访”: of some villages, where 13个村均未发生 and 全镇13个村未发生 speak of all.
_OF_SOME: Final = re.compile(
    r"\s*(?:其中|截[至止]目前|目前|今年(?:以来)?|全年|年内|已|有|已有|先后|新增)*[，,]?[\d一二三四五六七八九十两]+个"
    r"(?:行政|建制)?(?:村|社区|嘎查|网格|小区)(?![^，,；;。]*(?:[均都皆]|全部|无一))"
)


def of_some_villages(clause: tuple[int, int], text: str) -> bool:
    """Whether a clause says so many villages it speaks of, or which one, not that they are all."""
    return _OF_SOME.match(text, *clause) is not None or names_one_village(clause, text)


def denied_behind(clause: tuple[int, int], cue: Cue, text: str) -> tuple[int, int] | None:
    """规范性文件无, 一件复议申请也没有."""
    denied = _NONE_BEHIND.match(text, cue.end, clause[1]) or _NONE_IN_ROW.match(text, cue.end)
    opens = _OPENS.fullmatch(text, clause[0], cue.start)
    if not denied or not opens:
        return None
    return (opens.start("one") if opens["one"] else cue.start), denied.end()


# 明年拟制定规范性文件1件，今年则未制定: counted of another year, denied of this one.
_NOT_THIS_YEAR: Final = re.compile(
    r"[\d一二三四五六七八九十两]{1,2}[起件例宗个份人][，,；;](?:而|但)?(?:今年|本年度?)(?:则|却|还|尚|暂)*"
    r"(?P<none>(?:未|没有)(?:再)?(?:制定|制发|出台|印发|发布|发生|出现))(?=[，,；;。\n]|$)"
)


def denied_this_year(cue: Cue, text: str) -> tuple[int, int] | None:
    """去年制定规范性文件1件，今年没有制定."""
    found = _NOT_THIS_YEAR.match(text, cue.end)
    return found.span("none") if found else None


# 行政复议、行政诉讼这两项指标，全年均为0: each of a list is none.
_ALL_NONE: Final = re.compile(
    r"(?![^，,；;。]{0,24}(?:率|败诉|撤销|纠错|变更|违法))(?:案件|事件)?(?:[、和与及](?:[^，,；;。、和与及\d]{2,10}))*等?(?:[这上]?(?:述)?[两二三四五六2-6][项类个]?)?"
    r"(?:指标|数据|数字|数|情况)*[，,]?(?:全年|今年|年内)?(?P<none>(?:均|都|皆)(?:保持)?(?:为|是)?(?:0|零|〇)(?:起|件|例|人|宗|次)?)"
    r"(?![\d.%\u4e00-\u9fff])"
)


def none_of_list(cue: Cue, text: str) -> tuple[int, int] | None:
    """群体性事件、越级上访这两项指标，全年均为0."""
    found = _ALL_NONE.match(text, cue.end)
    return found.span("none") if found else None


def joined_with_next(i: int, clause: tuple[int, int], context: Context) -> int | None:
    """行政复议、行政诉讼零发生: where the words end that deny this noun and the next."""
    text, cue, after = context.sentence.text, context.sentence.cues[i], context.sentence.cues[i + 1 : i + 2]
    if not after or not any(f.worded == "none" for f in after[0].word.worded):
        return None
    if after[0].start >= clause[1] or text[cue.end : after[0].start].strip("”“") not in _JOINED:
        return None
    denied = NONE_AFTER.search(text[after[0].end : clause[1]])
    return after[0].end + denied.end() if denied else None


_JOINED: Final = ("、", "和", "与", "及")
