"""Changes that leave the meaning alone leave the facts alone; others: language/another_meaning.toml."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from transforms import read_text

Facts = list[tuple[str, object]]

SENTENCES = (
    "全年召开法治建设专题会议6次，研究解决执法经费等问题9项。",
    "开展普法宣传活动38场，发放宣传资料7600份，悬挂横幅42条。",
    "组织党委理论学习中心组学法11次，会前学法14次。",
    "举办执法业务培训5期，参训160人次。",
    "解答群众法律咨询230人次，办理法律援助案件13件。",
    "排查矛盾纠纷186件，化解179件，化解率96.2%。",
    "受理矛盾纠纷94件，调解成功91件，制作调解协议书27份。",
    "办理行政处罚案件36件，罚款4.8万元。",
    "评查行政处罚案卷28件，办理行政许可117件。",
    "开展联合执法23次，出动执法人员310人次。",
    "开展安全生产检查64次，排查安全隐患132处，整改安全隐患129处。",
    "完成合法性审查45件，审查合同33份，出具法律意见书21份。",
    "接待群众来访52批76人次，办理12345热线诉求418件。",
    "主动公开政府信息163条，办理人大代表建议17件、政协提案12件。",
    "全镇现有行政执法人员19名，其中持证16名。",
    "在册社区矫正对象22人，解除社区矫正15人。",
)
VERBS = "开展|组织|举办|召开|排查|化解|办理|受理|发放|接待|解答|审查|悬挂|整改|评查|完成|出动|制作"
UNITS = "次|场|期|件|份|条|处|人次|名|人|批|项"


def before_the_verb(words: str) -> Callable[[str], str]:
    start = re.compile(rf"(?:^|(?<=[，。、]))(?=(?:{VERBS})[^，。]{{0,16}}\d)")
    return lambda text: start.sub(words, text)


def before_the_number(words: str) -> Callable[[str], str]:
    number = re.compile(rf"(?<=[\u4e00-\u9fff])(?<![于到达])(?=\d+(?:{UNITS})[，。、])")
    return lambda text: number.sub(words, text)


def behind_the_count(words: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf"(\d(?:{UNITS}))。", rf"\1{words}。", text)


def in_place_of(pattern: str, words: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, words, text)


CHANGES: dict[str, Callable[[str], str]] = {
    "共 before the verb": before_the_verb("共"),
    "累计 before the verb": before_the_verb("累计"),
    "依法 before the verb": before_the_verb("依法"),
    "先后 before the verb": before_the_verb("先后"),
    "the town before the verb": before_the_verb("我镇"),
    "with whom": in_place_of("(?=开展|举办)", "会同县级有关部门"),
    "共 before the number": before_the_number("共"),
    "共计 before the number": before_the_number("共计"),
    "达 before the number": before_the_number("达"),
    "a colon before the number": before_the_number("："),
    "a space after the number": in_place_of(r"(\d)(?=[次场件])", r"\1 "),
    "until now": lambda text: "截至目前，" + text,
    "since a campaign": lambda text: "自专项行动启动以来，" + text,
    "a clause before": lambda text: "坚持以人民为中心，" + text,
    "a list item": lambda text: "（3）" + text,
    "a clause behind": behind_the_count("，成效明显"),
    "a change behind": behind_the_count("，同比增长12.5%"),
    "another thing behind": behind_the_count("，新修道路7条"),
    "whom it touched": behind_the_count("，涉及群众30余人"),
    "another thing before": lambda text: "植树造林800亩；" + text,
    "an earlier year before": lambda text: "2016年调解矛盾纠纷77件。" + text,
    "commas of the keyboard": in_place_of("，", ","),
    "a thing done": in_place_of("(开展|举办|召开|发放|受理|排查)(?=[^，。]{2})", r"\1了"),
    "Chinese numerals": in_place_of(r"(?<![\d.])([1-9])([1-9])(?=[次场期件])", lambda m: _tens(m)),
}


def _tens(match: re.Match[str]) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = int(match[1]), int(match[2])
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones]}"


def facts(text: str) -> Facts:
    return [
        (f.indicator, f.value if f.value is not None else (f.low, f.high))
        for f in sorted(read_text(text, 2023)[0], key=lambda f: (f.start, f.indicator))
        if f.status == "reported"
    ]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_words_keeps_the_facts(change: str) -> None:
    changed = [CHANGES[change](text) for text in SENTENCES]
    assert changed != list(SENTENCES), "the change touches nothing"
    for before, after in zip(SENTENCES, changed, strict=True):
        assert facts(before), before
        assert facts(after) == facts(before), after


@pytest.mark.parametrize("bound", ["余", "多"])
def test_a_bound_changes_the_bound_alone(bound: str) -> None:
    for text in SENTENCES:
        hedged = re.sub(rf"(?<![\d.\d]\d)(\d{{2,}})(?={UNITS})(?<!12345)", rf"\1{bound}", text)
        assert facts(hedged) == facts(text), hedged
