"""OFD packages: whole paragraphs from every manner of writing them, a reason where a page cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.decode.ofd_files import Style, body, package, report, text_object, zipped
from transforms.decode import UnreadableFile, read_bytes, read_report
from transforms.decode.limits import Limits
from transforms.decode.ofd import read_ofd

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
WHOLE = ["dashuikeng-2022.txt", "lanhe-2024-h1.txt", "tuocheng-2023.txt", "longmen-2023.txt"]
STYLES = {
    "lines": Style(),
    "pieces": Style(pieces="script", head="大水坑镇人民政府文件"),
    "characters": Style(pieces="character", page_numbers=False),
    "gb18030": Style(encoding="gb18030"),
    "no namespace": Style(prefix="", namespace=""),
    "prefix not declared": Style(prefix="ofd:", namespace=""),
}
PROSE = "全年共排查矛盾纠纷126件，成功调解124件，调解成功率98.4%，无民转刑案件发生，群众满意度不断提升。"


def paragraphs_of(name: str) -> list[str]:
    text = read_report(SAMPLES / name).text
    return [line.strip() for line in text.splitlines() if line.strip()]


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_ofd(data, limits or Limits())
    return caught.value.problem.code


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
@pytest.mark.parametrize("name", WHOLE)
def test_a_report_of_several_pages_comes_back_paragraph_by_paragraph(name: str, style: Style) -> None:
    expected = paragraphs_of(name)
    reading = read_ofd(report(expected, style), Limits())
    assert reading.text.split("\n") == expected
    assert reading.body == (0, len(reading.text))
    assert len(reading.page_breaks) >= 1


def test_page_breaks_are_where_pages_begin() -> None:
    reading = read_ofd(report([f"第{n}段。{PROSE}" for n in range(30)]), Limits())
    assert list(reading.page_breaks) == sorted(set(reading.page_breaks))
    assert all(0 < offset < len(reading.text) for offset in reading.page_breaks)


def test_cells_of_a_table_stay_apart() -> None:
    rows = [("项目", "数量", "单位"), ("调解纠纷", "126", "件"), ("法治宣传", "31", "场次")]
    reading = read_ofd(report([PROSE, *rows, PROSE]), Limits())
    assert reading.text.split("\n") == [PROSE, *("\t".join(row) for row in rows), PROSE]


def test_a_row_inside_one_text_object_is_told_by_its_steps() -> None:
    row = text_object("调解126件", 28, 60, code='X="0" Y="5.64" DeltaX="g 1 5.64 60 g 2 2.82 5.64"')
    prose = text_object(PROSE[:27], 28, 40)
    text = read_ofd(package([body(prose, row)]), Limits()).text
    assert text.split("\n")[1] == "调解\t126件"


def test_bold_by_drawing_twice_comes_once_and_hidden_text_not_at_all() -> None:
    line = text_object(PROSE[:27], 28, 40)
    shifted = text_object(PROSE[:27], 28.1, 40)
    hidden = text_object("共999件", 28, 60, more='Visible="false"')
    rest = text_object(PROSE[27:], 28, 50)
    assert read_ofd(package([body(line * 2, hidden, rest)]), Limits()).text == PROSE
    assert read_ofd(package([body(line, shifted, hidden, rest)]), Limits()).text == PROSE


def test_blocks_and_composite_units_are_followed() -> None:
    unit = f"<Content>{text_object(PROSE[:27], 0, 0)}</Content>"
    unit = f'<CompositeGraphicUnit ID="77">{unit}</CompositeGraphicUnit>'
    resources = f"<Res><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></Res>".encode()
    use = '<PageBlock><CompositeObject ResourceID="77" Boundary="28 40 100 10"/></PageBlock>'
    page = f"<PageRes>Res.xml</PageRes>{body(use, text_object(PROSE[27:], 28, 50))}"
    data = package([page], Style(prefix=""), {"Doc_0/Pages/Page_0/Res.xml": resources})
    assert read_ofd(data, Limits()).text == PROSE


def test_the_file_says_when_it_was_made() -> None:
    report_read = read_bytes(report([PROSE] * 3), "a.ofd", "a.ofd")
    assert report_read.metadata == {"file_title": "报告", "file_created": "2024-01-15"}
    assert report_read.media_type == "application/ofd"
    assert report_read.problems == ()


def test_names_and_paths_as_careless_producers_write_them() -> None:
    with zipfile.ZipFile(io.BytesIO(report([PROSE] * 3))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    contents = parts.pop("OFD.xml")
    odd = {"/" + name.lower().replace("/", "\\"): data for name, data in parts.items()}
    assert read_ofd(zipped({"OFD.xml": contents} | odd), Limits()).text == "\n".join([PROSE] * 3)


class TestRefusals:
    """Each with the code that names what is to be done."""

    def test_pages_of_pictures_or_outlines(self) -> None:
        assert refusal(package([body()])) == "needs_recognition"
        assert refusal(package([body(text_object("— 1 —", 90, 270))] * 3)) == "needs_recognition"

    def test_fonts_that_do_not_say_what_they_draw(self) -> None:
        assert refusal(report(["\ue001\ue002\ue003" * 60])) == "needs_recognition"

    def test_lines_over_each_other(self) -> None:
        pieces = [text_object(PROSE[i : i + 9], 28, 40) for i in range(0, 45, 9)]
        assert refusal(package([body(*pieces)])) == "overlapping_text"

    def test_a_page_that_is_not_there(self) -> None:
        with zipfile.ZipFile(io.BytesIO(report([PROSE] * 40))) as archive:
            parts = {n: archive.read(n) for n in archive.namelist() if "Page_1/" not in n}
        assert refusal(zipped(parts)) == "damaged_file"

    def test_a_page_that_is_broken(self) -> None:
        assert refusal(package([body(text_object(PROSE, 28, 40)), "<Content><Layer>"])) == "damaged_file"

    def test_document_types(self) -> None:
        bad = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFD>&x;</OFD>'
        assert refusal(zipped({"OFD.xml": bad})) == "forbidden_xml"

    def test_encryption(self) -> None:
        assert refusal(package([body()], None, {"Encryptions.xml": b"<a/>"})) == "password_protected"

    def test_too_many_pages(self) -> None:
        assert refusal(package([body()] * 9), Limits(pages=8)) == "too_many_pages"

    def test_a_part_that_unpacks_past_the_limit(self) -> None:
        huge = body(text_object("法" * 900_000, 28, 40))
        assert refusal(package([huge]), Limits(expanded_bytes=1 << 20)) == "archive_bomb"

    def test_units_within_units_that_multiply(self) -> None:
        units = "".join(
            f'<CompositeGraphicUnit ID="{n}"><Content>'
            + f'<CompositeObject ResourceID="{n + 1}"/>' * 10
            + "</Content></CompositeGraphicUnit>"
            for n in range(30)
        )
        resources = f"<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>".encode()
        use = '<CompositeObject ResourceID="0"/>'
        page = f"<PageRes>Res.xml</PageRes>{body(use)}"
        data = package([page], Style(prefix=""), {"Doc_0/Pages/Page_0/Res.xml": resources})
        assert refusal(data, Limits(text_bytes=1 << 20)) == "archive_bomb"

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
    def test_a_file_cut_short(self, share: float) -> None:
        data = report(paragraphs_of(WHOLE[0]))
        assert refusal(data[: int(len(data) * share)]) == "damaged_file"

    def test_a_watermark_aslant_is_left_out(self) -> None:
        lines = [text_object(PROSE, 28, 40 + 10 * row) for row in range(8)]
        across = text_object("内部资料第35号", 40, 60, size=14, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
        plain, marked = (
            read_ofd(package([body(*objects)]), Limits()) for objects in (lines, [*lines, across])
        )
        assert marked.text == plain.text

    def test_absurd_numbers(self) -> None:
        odd = text_object(PROSE[:20], 28, 50, code='X="nan" Y="1e999" DeltaX="g 999999999999 inf g"')
        reading = read_ofd(package([body(text_object(PROSE, 28, 40), odd)]), Limits())
        assert PROSE in reading.text
