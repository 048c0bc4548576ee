"""A denial behind its noun, and what a denial may give as its cause."""

from __future__ import annotations

import re
from typing import Final

from transforms.tabulate.rulebook import Cue

# 规范性文件无, 一件复议申请也没有: denied behind a noun that opens its clause.
_NONE_BEHIND: Final = re.compile(
    r"(?:案件|事件|现象|申请|诉讼|情况|事项)?(?:也|都|均)?(?:没有|无|未)(?:发生|出现|收到|产生)?过?(?:[（(][^）)]*[）)])?$"
)
_OPENS: Final = re.compile(
    r"(?:.*[｜|\s◆●■★])?(?:全[镇乡年]|今年|本年度?|我[镇乡]|年内|当年)*(?P<one>一[起件例宗个桩])?", re.S
)
# 没有因执法引起复议 denies all of them: each comes of enforcement.
# 零上访村20个: the name of a kind of places
OF_PLACES: Final = re.compile(r"[”\"]?(?:村|社区|小区|单位|乡镇|镇街|企业|网格(?!内)|家庭|创建|示范)")
OF_ENFORCEMENT: Final = re.compile(
    r"因(?:行政)?(?:执法|处罚|许可)(?:行为|工作|活动)?而?(?:引起|引发|产生|导致)的?"
)
# Behind 零: 零距离, 零门槛, 零跑腿 praise how something is done, 零散 and 零星 are no zero.
NO_ZERO: Final = (
    "距离|门槛|跑|障碍|等待|等候|接触|收费|费用|容忍|起点|基础|成本|时差|延[误迟时]|误差|壁垒|材料|"
    "散|星|售|工|碎|食|钱|用|部件"
)


def denied_behind(clause: tuple[int, int], cue: Cue, text: str) -> tuple[int, int] | None:
    """规范性文件无, 一件复议申请也没有."""
    denied = _NONE_BEHIND.match(text, cue.end, clause[1])
    opens = _OPENS.fullmatch(text, clause[0], cue.start)
    if not denied or not opens:
        return None
    return (opens.start("one") if opens["one"] else cue.start), denied.end()
