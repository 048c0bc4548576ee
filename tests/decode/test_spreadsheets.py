"""Tables as towns attach them: merged labels, literal units in formats, hidden rows, and the old .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.decode.office_files import written_xlsx
from transforms.decode import UnreadableFile, read_bytes, read_report
from transforms.decode.sandbox import close_children
from transforms.decode.sheet_rows import Cell, Range, merged_away, rows_of

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def book() -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (
        ["河湾镇法治政府建设情况统计表", None, None, None],
        ["类别", "项目", "单位", "数量"],
        ["人民调解", "调解矛盾纠纷", "件", 126],
        [None, "调解成功率", None, 0.9841],
        ["普法宣传", "法治宣传活动", "场次", 31],
        ["内部", "不公开", "件", 999],
    ):
        sheet.append(row)
    for reference in ("A1:D1", "A3:A4"):
        sheet.merge_cells(reference)
    sheet["D3"].number_format = '0"件"'
    sheet["D4"].number_format = "0.0%"
    sheet.row_dimensions[6].hidden = True
    return workbook


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_merged_labels_stand_on_every_row_and_titles_once() -> None:
    assert read_bytes(saved(book()), "a.xlsx", "a.xlsx").text.split("\n") == [
        "河湾镇法治政府建设情况统计表",
        "类别\t项目\t单位\t数量",
        "人民调解\t调解矛盾纠纷\t件\t126件",
        "人民调解\t调解成功率\t\t98.4%",
        "普法宣传\t法治宣传活动\t场次\t31",
    ]


def test_a_merged_number_counts_once() -> None:
    cells = [Cell(1, 0, "张村"), Cell(2, 0, "李村"), Cell(1, 1, "126")]
    assert rows_of(merged_away(cells, [Range(1, 1, 2, 1)])) == [["张村", "126"], ["李村", ""]]


def test_formulas_without_result_are_a_warning() -> None:
    workbook = book()
    workbook.active["D5"] = "=D3*2"
    problems = read_bytes(saved(workbook), "a.xlsx", "a.xlsx").problems
    assert [(p.code, p.severity) for p in problems] == [("formula_not_calculated", "warning")]


def test_each_sheet_is_a_page() -> None:
    report = read_bytes(written_xlsx({"调解": [["纠纷", 1]], "普法": [["活动", 2]]}), "a.xlsx", "a.xlsx")
    assert report.text[report.page_breaks[0] :].startswith("普法")


def test_old_workbooks_read_alike() -> None:
    report = read_report(FILES / "table.xls")
    lines = report.text.split("\n")
    assert report.media_type == "application/vnd.ms-excel"
    assert lines[:5] == [
        "统计表",
        "河湾镇2023年度法治政府建设情况统计表",
        "序号\t类别\t项目\t单位\t数量",
        "1\t人民调解\t调解矛盾纠纷\t件\t126",
        "2\t人民调解\t调解成功\t件\t124",
    ]
    assert "999" not in report.text
    assert [p.code for p in report.problems] == ["percent_unknown"]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_an_old_workbook_cut_short_gives_a_reason(share: float) -> None:
    data = (FILES / "table.xls").read_bytes()
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data[: int(len(data) * share)], "a.xls", "a.xls")
    assert caught.value.problem.code in ("damaged_file", "unsupported_format", "no_text")
