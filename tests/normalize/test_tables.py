"""Tables: rows become clauses that say nothing the table does not say, every digit in its place."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.normalize import normalize

ROWS = {
    "serial number, unit column": (
        "序号\t类别\t项目\t单位\t数量\n1\t人民调解\t调解矛盾纠纷\t件\t126\n2\t普法宣传\t发放资料\t份\t5000余",
        "序号、类别、项目、单位、数量。\n1、人民调解：调解矛盾纠纷126件。\n2、普法宣传：发放资料5000余份。",
    ),
    "unit behind the number": ("调解纠纷\t126\t件\n法治讲座\t6\t场次", "调解纠纷126件。\n法治讲座6场次。"),
    "unit in the label": ("调解纠纷（件）\t126\n罚款(万元)\t3.85", "调解纠纷126件。\n罚款3.85万元。"),
    "unit in the head": ("项目\t数量（件）\n调解纠纷\t126", "项目、数量（件）。\n调解纠纷126件。"),
    "unit above": ("单位：件\n项目\t数量\n调解纠纷\t126", "单位：件\n项目、数量。\n调解纠纷126件。"),
    "unit with the number": ("调解成功率\t98.4%\n法治讲座\t6场", "调解成功率98.4%。\n法治讲座6场。"),
    "indicators as columns": (
        "村名\t调解纠纷（件）\t宣传（场次）\n张村\t12\t3\n合计\t32\t8",
        "村名、调解纠纷（件）、宣传（场次）。\n张村：调解纠纷12件，宣传3场次。\n合计：调解纠纷32件，宣传8场次。",
    ),
    "columns held apart by blanks": (
        "事项   计量单位   本年   上年\n调解纠纷   件   57   49\n法治讲座   场   8    11",
        "事项、计量单位、本年、上年。\n调解纠纷57件，上年49件。\n法治讲座8场，上年11场。",
    ),
    "two lines of words set wide": (
        "全镇　　村庄　　12\n全乡　　社区　　3",
        "全镇　　村庄　　12\n全乡　　社区　　3",
    ),
    "no labels but the head": (
        "调解纠纷（件）\t宣传（场）\n12\t3",
        "调解纠纷（件）、宣传（场）。\n调解纠纷12件，宣传3场。",
    ),
    "two years": (
        "指标\t2022年\t2023年\n调解纠纷（件）\t100\t126",
        "指标、2022年、2023年。\n调解纠纷：上年100件，本年126件。",
    ),
    "two tables side by side": (
        "项目\t数量\t项目\t数量\n调解纠纷\t126件\t法治讲座\t6场",
        "项目、数量、项目、数量。\n调解纠纷126件，法治讲座6场。",
    ),
    "head of two lines": (
        "村名\t纠纷\t纠纷\n\t受理（件）\t办结（件）\n张村\t12\t11",
        "村名、纠纷、纠纷。\n受理（件）、办结（件）。\n张村：纠纷受理12件，纠纷办结11件。",
    ),
    "sentences beside their topic": (
        "项目\t开展情况\n化解矛盾纠纷\t全镇排查纠纷417件，化解409件。\n2\t普法\t办讲座8场\t司法所",
        "项目\t开展情况\n化解矛盾纠纷：全镇排查纠纷417件，化解409件。\n2、普法：办讲座8场。司法所",
    ),
    "a topic that has a mark": ("（二）\t全年办讲座8场。\t备注", "（二）\t全年办讲座8场。\t备注"),
    "remark and empty cells": (
        "调解纠纷\t126\t件\t\t含往年\t\n罚款\t\t2\t万元",
        "调解纠纷126件，含往年。\n罚款2万元。",
    ),
}
ALONE = {
    "names": "张三\t李四\n王五\t赵六",
    "indent": "\t一、主要工作\n\t全年调解纠纷126件。",
    "prose with a tab": "全镇共排查矛盾纠纷126件。\t调解成功124件。",
    "contents": "一、主要工作\t3\n二、存在问题\t5",
}


COMMAS = {
    "head, quotes": (
        '项目,单位,数量\n普法活动,场,31\n"发放资料, 手册",份,"1,200"',
        "项目、单位、数量。\n普法活动31场。\n发放资料, 手册1,200份。",
    ),
    "title above, empty cells": (
        "河湾镇统计表\n序号,项目,数量,备注\n1,普法活动,31场,\n2,化解纠纷,35件,",
        "河湾镇统计表\n序号、项目、数量、备注。\n1、普法活动31场。\n2、化解纠纷35件。",
    ),
    "sentences": (
        "项目,开展情况\n普法,办讲座8场，讲法9次。\n调解,受理纠纷17件",
        "项目\t开展情况\n普法：办讲座8场，讲法9次。\n调解：受理纠纷17件",
    ),
}
NO_COMMAS = {
    "prose in few lines": "办讲座8场,讲法9次\n化解纠纷9件,走访40户",
    "prose": "全年办讲座8场,讲法9次,发放资料。\n化解纠纷9件,走访。",
    "paragraphs": "年初,镇里开了部署会。会上,各村表了态。\n入夏,干部进了村,入了户。",
    "one line": "普法活动,31",
    "an open quote": '项目,数量\n"普法活动,31\n化解纠纷,9',
}


@pytest.mark.parametrize(("table", "clauses"), COMMAS.values(), ids=COMMAS.keys())
def test_values_parted_by_commas_are_a_table(table: str, clauses: str) -> None:
    assert normalize(table).text == clauses
    assert normalize(table.replace("\n", "\r\n")).text == clauses


@pytest.mark.parametrize("text", NO_COMMAS.values(), ids=NO_COMMAS.keys())
def test_prose_with_commas_is_no_table(text: str) -> None:
    assert "comma_rows" not in {edit.step for edit in normalize(text).edits}


@pytest.mark.parametrize(("table", "clauses"), ROWS.values(), ids=ROWS.keys())
def test_rows_read_as_sentences(table: str, clauses: str) -> None:
    assert normalize(table).text == clauses


@pytest.mark.parametrize("text", ALONE.values(), ids=ALONE.keys())
def test_what_is_no_table_stays(text: str) -> None:
    assert "table_rows" not in {edit.step for edit in normalize(text).edits}


@pytest.mark.parametrize(("table", "_"), ROWS.values(), ids=ROWS.keys())
def test_every_number_leads_back_to_its_cell(table: str, _: str) -> None:
    aligned = normalize(table)
    for number in re.finditer(r"[\d.]*\d", aligned.text):
        start, end = aligned.to_raw(*number.span())
        assert number[0] in table[start:end]
    assert sorted(re.findall(r"\d", aligned.text)) == sorted(re.findall(r"\d", table))


cells = st.text("项目数量单位件次（）%12 3.余：", max_size=8)
tables = st.lists(st.lists(cells, min_size=1, max_size=5).map("\t".join), max_size=6).map("\n".join)


@given(tables)
def test_no_digit_comes_or_goes_and_a_second_reading_changes_nothing(table: str) -> None:
    aligned = normalize(table)
    assert re.findall(r"\d", aligned.text) == re.findall(r"\d", table)
    assert normalize(aligned.text).text == aligned.text


@pytest.mark.slow
@pytest.mark.timed
def test_time_is_linear_in_a_long_table() -> None:
    def seconds(rows: int) -> float:
        begin = time.process_time()
        normalize("序号\t项目\t数量（件）\n" + "1\t调解纠纷\t126\n" * rows)
        return time.process_time() - begin

    turns = [(seconds(5_000), seconds(40_000)) for _ in range(3)]
    least, taken = (min(times) for times in zip(*turns, strict=True))
    assert taken < 24 * least
