"""What is planned, asked for, of another time or of another place is never told as this year's result."""

from __future__ import annotations

import pytest

from transforms import read_text

Statuses = list[tuple[str, int, str]]

REPORTED = (
    ("按照上级要求，组织开展联合执法8次，查处违法行为12起。", 2),
    ("根据工作需要，聘请法律顾问2名。", 1),
    ("为满足群众需要，设立公共法律服务站14个。", 1),
    ("积极化解矛盾、应对风险，开展法治宣传11场。", 1),
    ("应当公开的信息126条全部公开。", 1),
    ("各项目标任务圆满完成，全年办理行政处罚12件。", 1),
    ("任务完成情况：开展普法宣传22场。", 1),
    ("将规范性文件2件报县司法局备案。", 1),
    ("按计划开展执法检查36次。", 1),
    ("计划生育行政处罚3件。", 1),
    ("要求企业整改隐患31处。", 1),
    ("各执法人员按要求参加培训，全年培训4期。", 1),
)
OTHERS: tuple[tuple[str, Statuses], ...] = (
    (
        "年初计划审查合同30份，实际审查41份。",
        [("contract_reviews", 30, "planned"), ("contract_reviews", 41, "reported")],
    ),
    (
        "今年计划开展执法检查36次，已完成32次。",
        [("enforcement_inspections", 36, "planned"), ("enforcement_inspections", 32, "reported")],
    ),
    (
        "目标任务：排查隐患100处；完成情况：排查隐患126处。",
        [("hazards_found", 100, "planned"), ("hazards_found", 126, "reported")],
    ),
    ("工作目标：全年举办法治讲座9场。", [("law_lectures", 9, "planned")]),
    ("今后，开展普法宣传活动16场。", [("publicity_events", 16, "planned")]),
    ("计划在集市举办普法宣传活动7场。", [("publicity_events", 7, "planned")]),
    ("准备举办法治培训3期。", [("training_sessions", 3, "planned")]),
    ("各村要开展普法宣传活动4次。", [("publicity_events", 4, "required")]),
    ("要结合农闲时节举办法治讲座2场。", [("law_lectures", 2, "required")]),
    ("执法人员须参加法治培训2次。", [("training_sessions", 2, "required")]),
    ("持证上岗率须达到100%。", [("officer_certified_rate", 100, "required")]),
    ("会议要求各村举办法治讲座3场。", [("law_lectures", 3, "required")]),
    (
        "每年至少开展法治培训2次、法治讲座4场。",
        [("training_sessions", 2, "required"), ("law_lectures", 4, "required")],
    ),
    ("各村要做到法律顾问全覆盖。", [("village_adviser_coverage_rate", 100, "required")]),
    ("2024年，力争实现无群体性事件。", [("mass_incidents", 0, "planned")]),
    ("2022年，未发生群体性事件。", [("mass_incidents", 0, "elsewhere")]),
    ("全县未发生群体性事件。", [("mass_incidents", 0, "elsewhere")]),
    ("2022年，我镇多措并举，全年办理行政处罚31件。", [("penalty_cases", 31, "elsewhere")]),
    ("2024年，全年举办法治讲座6场。", [("law_lectures", 6, "planned")]),
    (
        "全县办理行政处罚案件320件，其中我镇办理18件。",
        [("penalty_cases", 320, "elsewhere"), ("penalty_cases", 18, "reported")],
    ),
)


@pytest.mark.parametrize(("text", "count"), REPORTED)
def test_what_was_done_stays_reported(text: str, count: int) -> None:
    assert [f.status for f in read_text(text, 2023)[0]] == ["reported"] * count


@pytest.mark.parametrize(("text", "facts"), OTHERS)
def test_what_was_not_done_here_and_now_says_so(text: str, facts: Statuses) -> None:
    assert [(f.indicator, f.value, f.status) for f in read_text(text, 2023)[0]] == facts


def test_what_is_said_of_the_first_of_a_list_holds_for_all() -> None:
    facts, ledger = read_text("每月开展安全检查4次、巡查8次。", 2023)[:2]
    assert not facts
    assert [entry.role for entry in ledger] == ["frequency", "frequency"]
