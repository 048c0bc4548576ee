"""A file of two reports gives neither: the figures of the second are not the first one's."""

from __future__ import annotations

import pytest

from tests.identity.told import codes, read, text_of

FIRST = text_of("古蔺县石宝镇", "石宝镇", end="古蔺县石宝镇人民政府\n2024年1月9日\n")


@pytest.mark.parametrize(
    "second",
    [
        text_of("古蔺县双沙镇", "双沙镇"),
        text_of("古蔺县石宝镇", "石宝镇", year=2022),
        text_of("古蔺县双沙镇人民政府\n关于", "双沙镇"),
    ],
)
def test_a_second_report_sends_the_file_to_quarantine(second: str) -> None:
    assert codes(read(FIRST + second)) == {"several_reports"}


@pytest.mark.parametrize(
    "below",
    [
        "",
        "附件\n石宝镇2023年法治宣传工作总结\n一、主要做法\n讲座5场。\n",
        "相关阅读\n双沙镇2022年法治政府建设工作报告\n石宝镇召开会议\n",
        "上一篇：双沙镇2023年法治政府建设工作报告\n",
    ],
)
def test_annexes_and_links_are_no_second_report(below: str) -> None:
    assert codes(read(FIRST + below)) == set()
