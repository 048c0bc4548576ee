"""Marks of Markdown go where they are marks; stars that hide digits stay."""

from __future__ import annotations

import re

import pytest

from transforms.extraction import read_text
from transforms.normalize import normalize

HEAD = "# 河湾镇报告\n"
PLAIN = {
    "bold number": ("举办讲座**6**次", "举办讲座6次"),
    "bold number with its measure word": ("化解__12件__", "化解12件"),
    "code": ("发放`900`份", "发放900份"),
    "headings": ("# 报告\n## 一、普法 ##\n###（一）讲座", "报告\n一、普法\n（一）讲座"),
    "items": (
        HEAD + "- 办讲座8场\n* 讲法9次\n+ 普法3场\n> 引文",
        "河湾镇报告\n办讲座8场\n讲法9次\n普法3场\n引文",
    ),
    "bold words": (HEAD + "**全年**办讲座**8场。**", "河湾镇报告\n全年办讲座8场。"),
    "struck words": (HEAD + "化解417件，~~20件~~。", "河湾镇报告\n化解417件。"),
    "links": (HEAD + "见[年报](https://a.cn/2023/1.html)，共8场", "河湾镇报告\n见年报，共8场"),
    "escapes": (HEAD + "1\\. 成功率98\\.5%", "河湾镇报告\n1. 成功率98.5%"),
    "table": ("| 项目 | 数量 |\n| --- | ---: |\n| 普法 | 31场 |", "项目、数量。\n普法31场。"),
    "narrow table": ("|项目|单位|数量|\n|:-:|-|-|\n|普法|场|31|", "项目、单位、数量。\n普法31场。"),
    "open table": ("项目 | 数量\n--- | ---\n普法 | 31场", "项目、数量。\n普法31场。"),
    "table without a ruler": ("|普法|31|场|\n|化解|9|件|", "普法31场。\n化解9件。"),
}
STAYS = [
    "罚款**元，追缴2**元",
    "1**件，办结2**件",
    "联系人：张**、李**",
    "电话138****1234",
    "- 3 -\n全年办讲座8场。",
    "首页 | 网站地图 | 版权所有",
    "#平安建设#话题阅读8次",
    "3*5米，共6*8间",
]


@pytest.mark.parametrize(("text", "plain"), PLAIN.values(), ids=PLAIN.keys())
def test_marks_go(text: str, plain: str) -> None:
    assert normalize(text).text == plain


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_mark_stays(text: str) -> None:
    assert "markdown" not in {edit.step for edit in normalize(text).edits}


@pytest.mark.parametrize(("text", "_"), PLAIN.values(), ids=PLAIN.keys())
def test_every_number_leads_back_to_its_digits(text: str, _: str) -> None:
    aligned = normalize(text)
    for number in re.finditer(r"[\d.]*\d", aligned.text):
        start, end = aligned.to_raw(*number.span())
        assert re.sub(r"\\", "", text[start:end]) == number[0]


def test_a_report_in_markdown_gives_the_facts_of_the_plain_one() -> None:
    plain = "一、普法\n举办法治讲座8场，发放资料900份。\n二、下一步打算\n举办法治讲座20场。\n"
    marked = (
        "## 一、普法\n\n- 举办法治讲座**8**场，发放资料`900`份。\n\n"
        "## 二、**下一步打算**\n\n举办*法治讲座*20场。\n"
    )
    facts = [read_text(text, 2023)[0] for text in (plain, marked)]
    told = [[(f.indicator, f.value, f.unit, f.status) for f in found] for found in facts]
    assert told[0] == told[1]
    assert len(told[0]) == 3
