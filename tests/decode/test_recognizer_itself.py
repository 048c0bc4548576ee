"""Scans read by the recogniser itself, its models and all (extra ocr)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.decode import UnreadableFile, read_bytes, read_report
from transforms.decode.sandbox import close_children

SCAN = Path(__file__).parent / "files/scan.png"
PRINTED = [
    "河湾镇人民政府2023年度法治政府建设情况报告",
    "2023年，河湾镇认真落实法治政府建设各项任务，全年召开专题会议4次，组织干部学法12场次，"
    "参加学习860人次。现将有关情况报告如下：",
    "一、主要工作情况",
    "全年排查矛盾纠纷126件，调解成功124件，调解成功率98.4%，发放宣传资料5000余份，"
    "开展法治宣传活动31场次，受教育群众3.2万人次。",
    "二、下一步工作打算",
    "继续推进依法行政，提升基层治理法治化水平，加强普法宣传教育。",
    "河湾镇人民政府",
    "2024年1月15日",
]
TABLE_SCAN = Path(__file__).parent / "files/table-scan.png"
TABLE_PRINTED = [
    "法治政府建设年度报告",
    "河湾镇人民政府2023年度法治政府建设情况报告",
    "2023年，河湾镇认真落实法治政府建设各项任务，全年召开专题会议4次，各项工作完成情况见下表：",
    "序号\t工作类别\t完成的主要事项\t计量单位\t数量",
    "1\t人民调解\t全年排查各类矛盾纠纷\t件\t126",
    "2\t人民调解\t调解成功率\t%\t98.4",
    "3\t普法宣传\t进村入户发放各类宣传资料\t份\t5000余",
    "4\t公共服务\t办理法律援助案件\t件\t7",
    "二、存在的问题和下一步打算",
    "执法力量不足，下一步将继续推进依法行政，计划组织培训6次。",
    "河湾镇人民政府",
    "2024年1月15日",
]


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


@pytest.fixture
def models() -> None:
    pytest.importorskip("rapidocr", reason="the extra `ocr` is not installed")


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.usefixtures("models")
class TestModels:
    """With the recogniser itself."""

    def test_a_picture_reads_as_printed(self) -> None:
        report = read_report(SCAN)
        assert report.text.split("\n") == PRINTED
        assert report.media_type == "image/png"
        assert report.weak_spans == ()

    def test_a_scanned_pdf_reads_as_printed_and_a_lone_date_is_not_lost(self) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader
        from reportlab.pdfgen.canvas import Canvas

        page = Image.open(SCAN).convert("L")
        alone = Image.new("L", page.size, 255)
        ink = page.point(lambda v: 255 - v).getbbox()
        assert ink is not None
        last = page.crop((0, ink[3] - 40, page.width, ink[3] + 10))
        alone.paste(last, (0, 160))
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        for picture in (page, alone):
            canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
            canvas.showPage()
        canvas.save()
        report = read_bytes(buffer.getvalue(), "a.pdf", "a.pdf")
        assert report.text.split("\n") == [*PRINTED, PRINTED[-1]]
        assert len(report.page_breaks) == 1

    def test_a_table_that_lies_askew_is_read_cell_by_cell_and_a_heading_keeps_its_mark(self) -> None:
        report = read_report(TABLE_SCAN)
        assert report.text.split("\n") == TABLE_PRINTED
        assert not any(c.isdigit() for start, end, _ in report.weak_spans for c in report.text[start:end])

    def test_bad_pictures_give_a_reason(self) -> None:
        data = SCAN.read_bytes()
        wide = data[:16] + (60_000).to_bytes(4, "big") * 2 + data[24:]
        for bad, codes in ((data[:400], {"damaged_file", "no_text"}), (wide, {"too_large", "damaged_file"})):
            with pytest.raises(UnreadableFile) as caught:
                read_bytes(bad, "a.png", "a.png")
            assert caught.value.problem.code in codes
