"""The ways towns write, each with sentences of its own: what is read, and what is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from transforms import read_text
from transforms.tabulate.facts import Fact


def results(text: str, year: int = 2023) -> list[tuple[str, object]]:
    """Indicator and value (of a range low..high) of every result, in order of place."""
    return [(f.indicator, _value(f)) for f in sorted(facts(text, year), key=lambda f: (f.start, f.indicator))]


def facts(text: str, year: int = 2023) -> list[Fact]:
    return [f for f in read_text(text, year)[0] if f.status == "reported"]


def _value(fact: Fact) -> object:
    if fact.value is None:
        return f"{fact.low}..{fact.high}"
    return int(fact.value) if fact.value == int(fact.value) else float(fact.value)


def said(path: Path) -> dict[str, tuple[str, int, list[str]]]:
    """Sentences of a file of language/: text, year of the report, every result in order of place."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    sentences = told["sentence"]
    read = {
        f"{path.stem}: {one.get('what', one['text'])}": (one["text"], told.get("year", 2023), one["states"])
        for one in sentences
    }
    assert len(read) == len(sentences), f"{path.name}: two sentences of one name"
    return read


FILES = sorted((Path(__file__).parent / "language").glob("*.toml"))
SAID = {name: case for path in FILES for name, case in said(path).items()}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said_is_read(name: str) -> None:
    text, year, states = SAID[name]
    assert [f"{code} {value}" for code, value in results(text, year)] == states


WORDED = {
    "已实现村（居）法律顾问全覆盖。": ("village_adviser_coverage_rate", 100, "全覆盖", "%"),
    "各村均配备法律顾问。": ("village_adviser_coverage_rate", 100, "各村均配备法律顾问", "%"),
    "培育“法律明白人”，每村2人，实现村级全覆盖。": ("pathfinder_coverage_rate", 100, "全覆盖", "%"),
    "执法人员全部持证上岗。": ("officer_certified_rate", 100, "全部持证上岗", "%"),
    "全镇民主法治村达到全覆盖。": ("democratic_village_coverage_rate", 100, "全覆盖", "%"),
    "全年无重新犯罪。": ("reoffenders", 0, "无重新犯罪", None),
    "没有一人重新犯罪。": ("reoffenders", 0, "没有一人重新犯罪", None),
    "群体性事件零发生。": ("mass_incidents", 0, "群体性事件零发生", None),
    "未制定行政规范性文件。": ("normative_documents_issued", 0, "未制定行政规范性文件", None),
}


@pytest.mark.parametrize("text", WORDED)
def test_worded_facts(text: str) -> None:
    (fact,) = facts(text)
    assert (fact.indicator, fact.value, fact.span, fact.unit) == WORDED[text]


def test_a_shared_denial_states_each() -> None:
    found = facts("全年没有发生群体性事件和越级上访。")
    assert {f.indicator: f.span for f in found} == {
        "mass_incidents": "没有发生群体性事件和越级上访",
        "skip_level_petitions": "没有发生群体性事件和越级上访",
    }


@pytest.mark.parametrize(
    "text",
    [
        "力争实现村（居）法律顾问全覆盖。",
        "有效预防和减少重新犯罪。",
        "从源头上遏制了越级上访事件的发生。",
        "执法人员持证上岗制度不断完善。",
        "未申请行政复议的，依法强制执行。",
        "实现镇村干部学习全覆盖。",
    ],
)
def test_words_that_state_nothing(text: str) -> None:
    assert facts(text) == []


NOT_RESULTS = {
    "每年开展法治宣传活动不少于4场。": "required",
    "每季度召开1次法治专题会议。": "frequency",
    "平均每周推送2条普法信息。": "mean",
    "便民服务大厅日均接待群众90人次。": "mean",
    "下一步，将举办法治培训6场。": "planned",
    "计划明年新增持证人员3名。": "planned",
    "受理矛盾纠纷，较上年下降15.6%。": "change",
    "全县17个乡镇调解矛盾纠纷2364件。": "elsewhere",
    "去年受理矛盾纠纷109件。": "elsewhere",
    "2021年发放宣传资料300份。": "elsewhere",
}


@pytest.mark.parametrize("text", NOT_RESULTS)
def test_what_is_no_result_has_its_role(text: str) -> None:
    read, ledger = read_text(text, 2023)
    assert [f for f in read if f.status == "reported"] == []
    assert NOT_RESULTS[text] in {entry.role for entry in ledger}


def test_a_duty_is_a_fact_of_that_status_and_so_is_a_plan() -> None:
    (duty,) = read_text("干部年度学法时间不少于40小时。", 2023)[0]
    (plan,) = read_text("下一步，计划举办法治培训6场。", 2023)[0]
    assert (duty.indicator, duty.status, duty.low) == ("study_hours", "required", 40)
    assert (plan.indicator, plan.status) == ("training_sessions", "planned")


PERIODS = {
    "近三年解除社区矫正47人。": ("multi_year", 3, None),
    "自2021年以来发放宣传资料6000份。": ("multi_year", 3, None),
    "三年累计发放宣传资料6000份。": ("multi_year", 3, None),
    "半年来，排查矛盾纠纷14件。": ("part_year", None, "2023-06-30"),
    "上半年主动公开信息156条。": ("part_year", None, "2023-06-30"),
    "第三季度查处违法行为11起。": ("part_year", None, "2023-09-30"),
    "1—10月排查矛盾纠纷147件。": ("part_year", None, "2023-10-31"),
    "截至11月底，受理矛盾纠纷20件。": ("part_year", None, "2023-11-30"),
    "截至12月31日，受理矛盾纠纷20件。": ("year", None, None),
    "今年以来，受理矛盾纠纷20件。": ("year", None, None),
    "截至目前，受理矛盾纠纷20件。": ("year", None, None),
    "当天发放宣传资料200份。": ("event", None, None),
    "近三年，目前在册人民调解员58名。": ("year", None, None),
}


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text: str) -> None:
    (fact,) = facts(text)
    assert (fact.period, fact.years, fact.as_of) == PERIODS[text]


def test_a_period_holds_until_another_is_named() -> None:
    found = facts("1—10月排查矛盾纠纷147件，化解140件，全年发放宣传资料900份。")
    assert [f.period for f in found] == ["part_year", "part_year", "year"]


def test_scope_and_stated_total_are_kept() -> None:
    first, second = facts("成功调解村级矛盾纠纷30件，镇级5件。")
    assert (first.scope, second.scope) == ("村级", "镇级")
    (total,) = facts("全年累计发放宣传资料900份。")
    assert total.stated_total
    assert not first.stated_total


@pytest.mark.parametrize(
    "text",
    [
        "全年共受理矛盾纠纷***件，调解成功**件，成功率达**%。",
        "全年开展普法宣传活动XX场，发放宣传资料XXXX余份，覆盖群众X人次。",
        "全年召开专题会议×次，发放宣传资料××份。",
        "20XX年，某某镇开展法治讲座x场。",
        "依据《实施方案（20212025年）》和镇委发202414号文件，自202411日起实行月调度。",
        "深入贯彻党的二十届三中全会精神，落实“八五”普法规划和“1+5+N”机制。",
    ],
)
def test_broken_and_masked_text_yields_no_fact(text: str) -> None:
    assert read_text(text, 2023)[0] == ()


def test_a_fact_names_its_rule_cues_clause_and_confidence() -> None:
    (fact,) = facts("全年受理各类矛盾纠纷118件，纠纷主要集中在邻里之间。")
    assert fact.rule == "disputes_accepted"
    assert fact.cues == ("各类矛盾纠纷", "受理")
    assert fact.clause == "全年受理各类矛盾纠纷118件"
    assert 0.5 < fact.confidence <= 1


def test_plans_are_told_by_their_section() -> None:
    text = "一、工作成效\n开展法治讲座6场。\n二、下一步工作打算\n开展法治讲座8场。\n"
    assert [(f.value, f.status) for f in read_text(text, 2023)[0]] == [(6, "reported"), (8, "planned")]


def test_the_whole_county_is_elsewhere_in_a_town_and_at_home_in_a_county() -> None:
    from transforms.normalize import normalize
    from transforms.quantify import numerals
    from transforms.segment import segment
    from transforms.tabulate.tabulate import tabulate

    text = normalize("全县化解矛盾纠纷2364件。")
    parts = (text, numerals(text.text), segment(text.text))
    (town,) = tabulate(*parts, year=2023)[0]
    (county,) = tabulate(*parts, year=2023, own_level=False)[0]
    assert (town.status, county.status) == ("elsewhere", "reported")


def test_figures_of_a_part_year_report_are_of_that_part() -> None:
    from transforms.normalize import normalize
    from transforms.quantify import numerals
    from transforms.segment import segment
    from transforms.tabulate.tabulate import tabulate

    text = normalize("受理矛盾纠纷20件，近三年发放宣传资料900份。")
    made, _ = tabulate(text, numerals(text.text), segment(text.text), year=2023, period_end="2023-06-30")
    assert [(f.period, f.as_of) for f in made] == [("part_year", "2023-06-30"), ("multi_year", None)]
