"""Changes that leave the meaning alone leave the facts alone; what another word makes of a count is seen."""

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


ANOTHER_MEANING: dict[str, tuple[str, Facts]] = {
    "the number of a name": ("围绕省委1310具体部署和法治建设工作推进落实。", []),
    "one in each": ("推行一村一名法律顾问，一校1名法治副校长。", []),
    "who did it is not counted": ("镇调委会督促整改问题15个。", []),
    "whom they were led to": ("镇调委会组织律师为25家企业上门服务。", []),
    "some of those counted": (
        "办理行政处罚案件64件（其中简易程序51件（含当场处罚4件），普通程序13件），罚款7.2万元。",
        [("penalty_cases", 64), ("fines", 72000)],
    ),
    "parts with 共计": (
        "公开政府信息95条。其中，财政信息共计27条，工作动态信息共计68条。",
        [("information_disclosed", 95)],
    ),
    "a sum over what grew": (
        "公开财政信息14条、教育信息22条、动态信息31条，较上年增加6条，合计主动公开政府信息67条。",
        [("information_disclosed", 67)],
    ),
    "procedures sentences later": (
        "全年查办行政处罚案件53件。其中适用简易程序案件49件。适用普通程序案件4件。",
        [("penalty_cases", 53)],
    ),
    "a sum stated at last": (
        "适用简易程序处罚，罚款3400元。适用普通程序处罚，罚款5100元。全年罚款总额8500元。",
        [("fines", 8500)],
    ),
    "cases of all kinds, penalties told apart": (
        "归集行政执法案件860件，其中行政处罚案件37件，执法检查信息823件。",
        [("penalty_cases", 37)],
    ),
    "cases of all kinds by procedure": (
        "办理行政执法案件94件。其中，一般程序案件11件；简易程序案件83件。",
        [("penalty_cases", 94)],
    ),
    "another verb was what was done": ("成功劝阻焚烧行为14起。", []),
    "places without a measure word": (
        "全镇辖14村2社区。",
        [("villages", 14), ("communities", 2)],
    ),
    "who did not": ("8名执法人员已通过今年执法考试，3名未参加考试。", [("exam_participants", 8)]),
    "of the thing counted last": (
        "开展行政复议决定履行情况督察，发现执行问题58个，整改完成51个。",
        [],
    ),
    "plans of checks": ("制定行政检查计划46个。", []),
    "bills of deputies done": ("办复议案3件。", []),
    "those won of those concluded": (
        "被诉案件7件，审结5件，均胜诉。",
        [("litigation_cases", 7), ("litigation_won", 5)],
    ),
    "handed to another body": ("移交上级执法部门处理6起。", []),
    "taken, not denied": ("罚没4600元。", [("fines", 4600)]),
    "closed of requests": (
        "12345热线受理群众诉求640件，办结637件。",
        [("hotline_requests", 640)],
    ),
    "files put right": (
        "评查案卷44卷，整改问题案卷5卷。",
        [("case_file_reviews", 44)],
    ),
    "filed for penalty": ("全年立案查处29起。", [("violations_handled", 29)]),
    "what was screened, said first": (
        "安全隐患排查83处，完成整改79处；矛盾纠纷排查64件，化解61件。",
        [("hazards_found", 83), ("hazards_rectified", 79), ("disputes_found", 64), ("disputes_resolved", 61)],
    ),
    "a list that ended before the quotes": (
        "镇党委、政府开展“安全生产百日攻坚”等整治行动17次。",
        [("safety_campaigns", 17)],
    ),
    "a space behind a list mark": (
        "对 32 份合同、 4 项重大行政决策、 1 件规范性文件进行合法性审查。",
        [("contract_reviews", 32), ("legality_reviews", 4), ("legality_reviews", 1)],
    ),
    "a town named": ("城关镇检查135家次。", [("enforcement_inspections", 135)]),
    "who were received, beside publicity": (
        "以“宪法宣传周”为契机，接待群众37批。",
        [],
    ),
    "narrow brackets": ("村(社区)调委会化解145起。", [("disputes_resolved", 145)]),
    "drafts reviewed are no plan": (
        "对拟签订的31份合同进行审查。",
        [("contract_reviews", 31)],
    ),
    "penalties not imposed": ("不予处罚案件14件。", []),
    "a mild hand": ("柔性执法26次。", []),
    "how requests were answered": (
        "办理依申请公开17件，其中予以公开12件、部分公开2件、无法提供3件。",
        [("disclosure_requests", 17)],
    ),
    "files of the best kind": (
        "送评案卷8卷，合格率100%、优秀率50%。",
        [("case_file_reviews", 8)],
    ),
    "officers at a contest": ("派出5名执法人员参加业务比武。", []),
    "items behind a mark of order": (
        "一是村（社区）调委会化解162起。",
        [("disputes_resolved", 162)],
    ),
    "cases of two procedures and no total": (
        "办理一般程序案件41件，简易程序案件27件。",
        [("penalty_cases", 41), ("penalty_cases", 27)],
    ),
    "a total of an earlier year between": (
        "办理行政执法案件94件，较2022年的88件增加6.8%。其中，一般程序案件11件；简易程序案件23件。",
        [("penalty_cases", 94)],
    ),
    "cases still heard": (
        "行政诉讼案件7件，其中胜诉5件，2件在审。",
        [("litigation_cases", 7), ("litigation_won", 5)],
    ),
    "what is tested is no exam": ("抽检农产品80批次，合格率97.5%。", []),
    "meetings of another field": ("召开乡村振兴专题会议7次、征地拆迁专题会5次。", []),
    "a tidy village": ("开展人居环境整治行动16次。", []),
    "advice of another kind": ("举办就业咨询活动4场。", []),
    "how it ended, behind the number": ("调解矛盾纠纷58件成功。", [("disputes_resolved", 58)]),
    "the last of two nouns": ("办理8起行政执法简易程序案件。", [("penalty_cases", 8)]),
    "the number before a topic named earlier": (
        "将宪法纳入党委理论学习中心组学习计划，全年开展9次专题学习。",
        [("centre_group_study", 9)],
    ),
    "firms among other places": (
        "深入集市、学校、企业解答法律咨询140人次。",
        [("consultations", 140)],
    ),
}


@pytest.mark.parametrize("case", ANOTHER_MEANING)
def test_what_another_word_makes_of_a_count(case: str) -> None:
    text, wanted = ANOTHER_MEANING[case]
    assert facts(text) == wanted
