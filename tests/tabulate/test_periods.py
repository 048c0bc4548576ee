"""Which time a figure is of: names of days are no months, and what began lasts until today."""

from __future__ import annotations

import pytest

from transforms import read_text
from transforms.tabulate.facts import Fact


def facts(text: str) -> list[Fact]:
    return [f for f in read_text(text, 2023)[0] if f.status == "reported"]


PERIODS = {
    # the name of a day, of a campaign or of a fair
    "“二月二”庙会、“三月三”歌会上发放宣传资料3200份。": "year",
    "利用农历六月六传统集会悬挂横幅16条。": "year",
    "借三月综治月、六月安全生产月发放宣传单8000份。": "year",
    "依托十月物资交流会设立宣传点，发放宣传资料2600份。": "year",
    "四月八、九月九两个庙会发放宣传资料1200份。": "year",
    "藏历年、雪顿节前后开展法治宣传7场次。": "year",
    "3月份发放宣传资料2600份。": "part_year",
    "六月开展安全生产月活动，发放宣传资料600份。": "part_year",
    "今年三月，组织开展普法宣传3场次。": "part_year",
    "历年来累计调解矛盾纠纷310件。": "multi_year",
    # since something began
    "平台上线以来，累计化解矛盾纠纷86件。": "multi_year",
    "调解室自挂牌以来，共调解矛盾纠纷53件。": "multi_year",
    "自“七五”普法规划实施以来，全镇开展普法宣传活动120场。": "multi_year",
    "专项整治行动开展以来，排查安全隐患62处。": "year",
    "自年初以来，排查安全隐患62处。": "year",
    "长期以来，干部带头学法，发放学法资料300份。": "year",
    "今年5月调解室成立以来，共调解矛盾纠纷27起。": "part_year",
    "2023年9月以来，排查矛盾纠纷17起。": "part_year",
    "2023年1月以来，排查矛盾纠纷17起。": "year",
    "入夏以来，排查矛盾纠纷17起。": "part_year",
    "自开展平安建设以来，我镇高度重视，今年排查矛盾纠纷88起。": "year",
    "三年内共发放宣传资料4万份。": "multi_year",
    "一年内调解矛盾纠纷41件。": "year",
    # since it came to be, up to now
    "综治中心于2021年4月设立，截至目前累计化解矛盾纠纷318件。": "multi_year",
    "乡贤调解室成立于2020年，至今已调解矛盾纠纷96件。": "multi_year",
    "2020年3月成立调解室，至今调解矛盾纠纷64件。": "multi_year",
    "2023年3月成立调解室，截至目前累计调解矛盾纠纷64件。": "year",
    "2020年3月成立调解室，今年调解矛盾纠纷64件，截至目前群众反映良好。": "year",
    "2020年3月成立调解室，截至目前有人民调解员12名。": "year",
    # up to a day
    "截至2023年12月20日，共调解矛盾纠纷77件。": "part_year",
    "截至12月底，共调解矛盾纠纷77件。": "year",
    "2023年1月1日至12月31日，主动公开政府信息76条。": "year",
    "2023年1月1日至11月30日，主动公开政府信息76条。": "part_year",
    "当月开展执法检查14次。": "part_year",
    "自2月18日以来，检查商户33家次。": "part_year",
    "从今年3月6日至今，开展执法检查14次。": "part_year",
    "本季度开展执法检查14次。": "part_year",
    "自2021年3月6日以来，开展执法检查140次。": "multi_year",
    "至11月20日，共调解矛盾纠纷163件。": "part_year",
    "8月15日至11月20日，共调解矛盾纠纷163件。": "part_year",
    # one event
    "此次活动共发放宣传资料500余份。": "event",
    "本次集中宣传悬挂横幅6条。": "event",
    "在这次法治进校园活动中，共发放宣传资料300份。": "event",
    "本次报告期内，共调解矛盾纠纷77件。": "year",
    "每次活动均安排律师到场，共发放宣传资料2.1万份。": "year",
    "简易纠纷当日调解，一般纠纷三日办结，全年调解矛盾纠纷210件。": "year",
    "诉求当天受理、当天办结，调解矛盾纠纷210件。": "year",
    "活动当天，发放宣传资料700份。": "event",
}


@pytest.mark.parametrize("text", PERIODS)
def test_the_period_of_a_figure(text: str) -> None:
    (fact,) = facts(text)
    assert fact.period == PERIODS[text]


@pytest.mark.parametrize(
    "text",
    [
        "我街道成立于2018年，现有人民调解员21名。",
        "综合执法队组建于2021年6月，现有执法人员12名。",
        "2020年10月设立的调解室，调解矛盾纠纷52件。",
        "2020年建成的法治广场开展普法宣传12场次。",
        "依据2021年修订的《行政处罚法》，办理行政处罚案件7件。",
        "办结8件，结转下年度1件，行政诉讼0件。",
        "未办结的3件转入下一年度继续办理，全年调解矛盾纠纷61件。",
    ],
)
def test_the_date_of_a_thing_is_no_time_of_the_figures(text: str) -> None:
    (fact,) = facts(text)
    assert fact.period == "year"


@pytest.mark.parametrize(
    "text",
    [
        "2022年10月，调解矛盾纠纷52件。",
        "2021年1—10月调解矛盾纠纷52件。",
        "2021年建成广场1个，调解矛盾纠纷52件。",
        "下年度预算安排法治经费8万元。",
    ],
)
def test_figures_of_other_years_are_no_results(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("发放宣传资料4000份（近三年），悬挂横幅12条。", ["multi_year", "year"]),
        ("调解矛盾纠纷163件（1—10月），发放宣传资料300份。", ["part_year", "year"]),
        ("上半年调解矛盾纠纷163件（截至目前），发放宣传资料300份。", ["year", "part_year"]),
    ],
)
def test_a_time_in_brackets_is_said_of_the_number_before_them(text: str, periods: list[str]) -> None:
    assert [f.period for f in facts(text)] == periods


def test_a_day_up_to_which_all_is_counted_holds_for_the_whole_text() -> None:
    told = "主要工作如下（数据截至11月30日）：调解矛盾纠纷52件，现有人民调解员9名。发放宣传资料300份。"
    assert [(f.period, f.as_of) for f in facts(told)] == [
        ("part_year", "2023-11-30"),
        ("year", None),
        ("part_year", "2023-11-30"),
    ]
