"""Every kind of indicator in every construction that towns write: one fact each, its value and its span.

What one sentence cannot show: a construction that is read for one noun is read for all of them.
"""

from __future__ import annotations

import itertools

import pytest

from transforms import read_text

# indicator: verb, noun, measure word
DONE = {
    "law_lectures": ("举办", "法治讲座", "场"),
    "publicity_events": ("开展", "普法宣传活动", "次"),
    "training_sessions": ("组织", "行政执法培训班", "期"),
    "study_sessions": ("开展", "会前学法", "次"),
    "leaflets": ("发放", "宣传资料", "份"),
    "contact_cards": ("发放", "便民联系卡", "张"),
    "disputes_found": ("排查", "矛盾纠纷", "件"),
    "disputes_mediated": ("调解", "邻里纠纷", "起"),
    "legal_aid_cases": ("办理", "法律援助案件", "件"),
    "petition_cases": ("受理", "信访事项", "件"),
    "hazards_rectified": ("整改", "消防隐患", "处"),
    "penalty_cases": ("作出", "行政处罚", "件"),
    "enterprise_services": ("开展", "助企法律服务", "次"),
}
THERE = {
    "mediators": ("配备", "人民调解员", "名"),
    "legal_advisers": ("聘请", "法律顾问", "名"),
    "grids": ("划分", "基础网格", "个"),
    "service_stations": ("建成", "公共法律服务站", "个"),
}
OF_DEEDS = (
    "全年{v}{q}{o}。",
    "全年{v}{o}{q}。",
    "今年以来，镇司法所牵头{v}{o}{q}。",
    "全年{v}了各类{o}总计{q}。",
    "{v}的{o}达{q}。",
    "积极{v}{o}，今年共{v}{q}。",
    "积极{v}{o}（共{q}）。",
    "{v}{o}：{q}；",
    "由镇司法所{v}{q}形式多样的{o}。",
    "全年{v}{o}{q}，接受审计3次，获县级表彰2次。",
    "通过网格走访{v}{o}{q}。",
    "{v}{o}，截至年底已达{q}。",
    "分季度{v}{o}，共完成{q}。",
    "全年超额{v}{o}{q}，约占全县的8%。",
    "全年{v}{o}（详见附件）{q}，除其他工作外均已完成。",
)
# The level behind what it moved by, or from; a figure that is written with its hedge stands otherwise.
OF_LEVELS = (
    "全年{v}{o}同比增长15%至{q}。",
    "{v}{o}较上年的9{m}增至{q}。",
    "全年{v}{o}（去年为9{m}）{q}。",
    "全年计划{v}{o}9{m}，实际{v}{q}，超额完成任务。",
)
OF_STOCKS = (
    "全镇{v}{o}{q}。",
    "全镇现有{q}{o}。",
    "目前，全镇{o}总数达{q}。",
    "截至年底，全镇{o}增至{q}。",
    "全镇{v}{o}（{q}）。",
    "全镇{v}经验丰富的{o}{q}。",
)
NOT_COUNTED = (
    "下一步，拟{v}{o}{q}。",
    "要求各村每年{v}{o}不少于{q}。",
    "全县共{v}{o}{q}。",
    "2022年，全镇{v}{o}{q}。",
    "全年{v}{o}，栽植苗木26株、安装监控26个。",
    "全年{v}{o}，接受审计26次，引进人才26名。",
    "全年{v}{o}专班26个。",
    "邻近的青山镇{v}{o}{q}。",
    "县级层面{v}{o}{q}。",
    "距离{v}{o}{q}的目标尚有差距。",
    "如需{v}{o}{q}，须经批准。",
    "新的一年，将{v}{o}{q}。",
    "{v}{o}指标为{q}。",
    "镇司法所应当{v}{o}{q}。",
    "其中柳树村{v}{o}{q}。",
    "未来三年，{v}{o}{q}。",
    "明年上半年{v}{o}{q}。",
    "鼓励各村{v}{o}{q}。",
    "方案明确全年{v}{o}{q}。",
    "承诺全年{v}{o}{q}。",
    "确保全年{v}{o}{q}以上。",
    "不再{v}{o}{q}。",
    "周边3个乡镇{v}{o}{q}。",
    "区直部门共{v}{o}{q}。",
    "若{v}{o}{q}以上，予以奖励。",
)
NOT_THERE = (
    "目前仍缺{o}{q}。",
    "{q}{o}因故退出。",
    "拟{v}{o}{q}。",
    "应配{o}{q}。",
    "需要{o}{q}。",
    "计划将{o}扩充到{q}。",
    "{o}最多的村有{q}。",
)
RATES = {
    "mediation_success_rate": "调解成功率",
    "exam_participation_rate": "学法考试参考率",
    "publicity_coverage_rate": "普法覆盖率",
}
OF_RATES = (
    "{o}同比提高3个百分点至97%。",
    "{o}从90%提高到97%。",
    "{o}（去年为90%）达97%。",
    "{o}较上年的90%上升至97%。",
    "{o}高出全县平均水平2个百分点，达97%。",
    "其中柳树村{o}达99%，全镇{o}达97%。",
)
NUMBERS = ("26", "二十六", "近百", "26余")


def found(text: str) -> list[tuple[str, str]]:
    return [(f.indicator, f.span) for f in read_text(text, 2023)[0] if f.status == "reported"]


def written(pattern: str, words: tuple[str, str, str], number: str) -> tuple[str, str]:
    verb, noun, measure = words
    return pattern.format(v=verb, o=noun, q=number + measure), number + measure


@pytest.mark.parametrize("pattern", OF_DEEDS)
def test_a_deed_is_read_in_every_construction(pattern: str) -> None:
    for (indicator, words), number in itertools.product(DONE.items(), NUMBERS):
        text, span = written(pattern, words, number)
        assert found(text) == [(indicator, span)], text


@pytest.mark.parametrize("pattern", OF_LEVELS)
def test_a_level_is_read_behind_what_it_moved_by(pattern: str) -> None:
    for indicator, (verb, noun, measure) in DONE.items():
        text = pattern.format(v=verb, o=noun, q="26" + measure, m=measure)
        assert found(text) == [(indicator, "26" + measure)], text


@pytest.mark.parametrize("pattern", OF_RATES)
def test_a_rate_is_read_behind_what_it_moved_by(pattern: str) -> None:
    for indicator, noun in RATES.items():
        text = pattern.format(o=noun)
        assert found(text) == [(indicator, "97%")], text


@pytest.mark.parametrize("pattern", OF_STOCKS)
def test_what_there_is_is_read_in_every_construction(pattern: str) -> None:
    for (indicator, words), number in itertools.product(THERE.items(), NUMBERS):
        text, span = written(pattern, words, number)
        assert found(text) == [(indicator, span)], text


@pytest.mark.parametrize("pattern", NOT_COUNTED)
def test_what_is_none_of_its_results_is_left_alone(pattern: str) -> None:
    for words in DONE.values():
        text, _ = written(pattern, words, "26")
        assert found(text) == [], text


@pytest.mark.parametrize("pattern", NOT_THERE)
def test_what_is_not_there_is_no_stock(pattern: str) -> None:
    for words in THERE.values():
        text, _ = written(pattern, words, "26")
        assert found(text) == [], text


@pytest.mark.parametrize("between", ["，", "。", "；"])
def test_two_of_a_kind_do_not_disturb_each_other(between: str) -> None:
    for one, other in itertools.permutations(DONE, 2):
        first, span = written("全年{v}{o}{q}", DONE[one], "26")
        second, second_span = written("{v}{q}{o}", DONE[other], "58")
        text = f"{first}{between}{second}。"
        assert found(text) == [(one, span), (other, second_span)], text
