"""Of which field an activity is, one number for several things, and what was added to a stock."""

from __future__ import annotations

import pytest

from transforms import read_text


def results(text: str) -> list[tuple[str, int]]:
    """Indicator and value of every result, in order of place."""
    found = [f for f in read_text(text, 2023)[0] if f.status == "reported" and f.value is not None]
    return [
        (f.indicator, int(f.value)) for f in sorted(found, key=lambda f: (f.start, f.indicator)) if f.value
    ]


OF_OTHER_FIELDS = {
    "a bare training listed behind drills": ("组织消防演练9次、培训6场。", []),
    "the same over a comma, and who came": ("组织防汛应急演练2次，培训4期320人。", []),
    "a named one is of its own field": (
        "组织消防演练3次、法治培训6场。",
        [("training_sessions", 6)],
    ),
    "a bare one behind lectures on law": (
        "开展法律讲座12次，培训6次，参训人员480人次。",
        [("law_lectures", 12), ("training_sessions", 6), ("training_trainees", 480)],
    ),
    "who came to a training of another field": ("开展应急救护培训5场，参训280人次。", []),
    "whom publicity of another field reached": ("开展爱国卫生宣传12场，参与群众800人次。", []),
    "whom a talk on health reached": ("举办养生讲座3场，惠及老人150人。", []),
    "who watched a contest sat no exam": ("举办普法知识竞赛2场，吸引群众3000余人参与。", [("law_exams", 2)]),
    "pupils and villagers together": (
        "开展法治进校园5场、进企业4场，覆盖群众、师生5400余人次。",
        [("school_events", 5), ("publicity_events", 4), ("people_reached", 5400)],
    ),
    "rates of case files": ("送评案卷18件，优秀率达94%，合格率100%。", [("case_file_reviews", 18)]),
    "rates of an exam": (
        "组织学法测试2次，优秀率达94%，合格率100%。",
        [("law_exams", 2), ("exam_excellent_rate", 94), ("exam_pass_rate", 100)],
    ),
    "officers sent to a training turned out for no check": (
        "抽调执法队员18人次赴县参加培训2期。",
        [("training_trainees", 18)],
    ),
}

ONE_NUMBER_FOR_SEVERAL = {
    "put up, each with its verb": ("悬挂横幅、张贴海报120余份。", []),
    "put up": ("横幅、海报、展板共计86块。", []),
    "handed out, of three kinds": ("发放宣传册、宣传品、购物袋共3000余份。", []),
    "a list that ends in a thing without a code": ("设置法治宣传栏、展板、标语牌等42处。", []),
    "several words for one thing": ("发放宣传单、宣传手册、明白纸共3000份。", [("leaflets", 3000)]),
    "the measure word tells which": ("发放资料、悬挂横幅50条。", [("banners", 50)]),
    "each its own": (
        "印制宣传折页、法治读本各1000册。",
        [("law_books", 1000), ("leaflets", 1000)],
    ),
    "two kinds of people who did one thing": (
        "组织在编干部、执法人员78人参加学法用法考试。",
        [("exam_participants", 78)],
    ),
}

STOCKS = {
    "added, a list, beside the stock": (
        "今年新增法治文化广场1个、法治书屋3间，全镇法治文化阵地累计16处。",
        [("culture_sites", 16)],
    ),
    "built anew, beside the stock": (
        "新建法治长廊2条、法治书屋3间，法治文化阵地达到14个。",
        [("culture_sites", 14)],
    ),
    "improved, some of them": (
        "建有普法长廊3条、法治书屋9家，今年提档升级2处。",
        [("culture_sites", 3), ("culture_sites", 9)],
    ),
    "all villages have one": (
        "全镇28个村（社区）法治文化阵地全覆盖。",
        [("villages_and_communities", 28)],
    ),
    "more than all of it is no part": (
        "中心组集中学习12次，其中学法6次；干部职工学法24次。",
        [("centre_group_study", 12), ("study_sessions", 24)],
    ),
}

MEETINGS = {
    "what a committee looked into is no count of its meetings": (
        "全年党委会专题研究平安建设4次、法治建设3次。",
        [("rule_of_law_meetings", 3)],
    ),
    "meetings called to look into something": (
        "全年召开党委会研究重大事项26次。",
        [("decision_meetings", 26)],
    ),
    "reports on other work": ("党委会听取安全生产工作汇报5次，听取信访、平安建设工作汇报6次。", []),
    "reports after law was named": (
        "研究法治建设工作4次，听取专题汇报2次。",
        [("rule_of_law_meetings", 4), ("rule_of_law_meetings", 2)],
    ),
    "a meeting on disputes": ("召开矛盾纠纷排查专题会议12次。", []),
}

EACH_TIME = {
    "one each time, however far the word for it stands": (
        "坚持每季度组织干部到村宣讲、辅导法律知识一次，考试一次。全年集中学法9次。",
        [("study_sessions", 9)],
    ),
    "once in the year": ("全年举办法律知识考试一次。", [("law_exams", 1)]),
    "of both bodies of a list": ("党委会、政府办公会会前学法各12次。", [("study_sessions", 12)]),
    "a rate of helpers is none of officers": (
        "法律明白人持证率100%，执法人员持证率98%。",
        [("officer_certified_rate", 98)],
    ),
    "what people were helped to": ("法律援助16件，帮助97人讨回工资186万元。", [("legal_aid_cases", 16)]),
    "households in need are no meetings' issues": ("法治扶贫走访困难群众85户，解决困难23件。", []),
}

CASES = EACH_TIME | OF_OTHER_FIELDS | ONE_NUMBER_FOR_SEVERAL | STOCKS | MEETINGS


@pytest.mark.parametrize("case", list(CASES))
def test_what_is_counted(case: str) -> None:
    text, expected = CASES[case]
    assert results(text) == expected
