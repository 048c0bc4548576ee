"""Excel files: rows as lines, numbers as a person sees them in the sheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from tests.decode.office_files import written_xlsx
from transforms.decode import UnreadableFile, read_bytes
from transforms.decode.sandbox import close_children

TITLE = "河湾镇2023年度法治政府建设情况统计表"


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def text_of(data: bytes) -> str:
    report = read_bytes(data, "a.xlsx", "a.xlsx")
    assert report.problems == ()
    assert report.body == (0, len(report.text))
    return report.text


def test_rows_cells_and_number_formats() -> None:
    rows = [
        [TITLE],
        ["序号", "指标", "数量", "完成率", "日期", "备注"],
        [1, "调解纠纷（件）", 138, 0.978, datetime.date(2023, 12, 20), None],
        [],
        [2, "罚款（万元）", 1.2, 1, None, "含没收"],
    ]
    formats = {"D3": "0.0%", "D5": "0%", "C3": "#,##0"}
    assert text_of(written_xlsx({"表一": rows}, formats)).split("\n") == [
        TITLE,
        "序号\t指标\t数量\t完成率\t日期\t备注",
        "1\t调解纠纷（件）\t138\t97.8%\t2023-12-20",
        "2\t罚款（万元）\t1.2\t100%\t\t含没收",
    ]


def test_hidden_sheets_stay_hidden_and_several_are_named() -> None:
    sheets = {"普法": [["宣传活动", 26]], "hidden": [["隐藏", 999]], "调解": [["纠纷", 138]], "空": []}
    assert text_of(written_xlsx(sheets)) == "普法\n宣传活动\t26\n调解\n纠纷\t138"


def test_an_empty_book_has_no_text() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(written_xlsx({"空": []}), "a.xlsx", "a.xlsx")
    assert caught.value.problem.code == "no_text"


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(written_xlsx({"长": [[1]] * 20_001}), "a.xlsx", "a.xlsx")
    assert caught.value.problem.code == "too_large"
