"""Word and PDF files: the report's text as printed, and hostile files refused with their reason."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.decode.office_files import (
    docx,
    numbered,
    paragraph,
    pdf_of_columns,
    pdf_with_watermark,
    run,
    written_docx,
    written_pdf,
)
from transforms.decode import Limits, Report, UnreadableFile, find_files, read_bytes
from transforms.decode.sandbox import close_children

# broken lines; brackets the writer's font lacks; one page, on which a running head cannot be told
NO_PARAGRAPHS = ("zhaohua-2023.txt", "jianba-2021.txt", "jishi.txt")
TABLE = (("项目", "数量（件）"), ("调解纠纷", "138"), ("审查合同", "67"))


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def read(data: bytes, name: str) -> Report:
    return read_bytes(data, name, name)


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, "a", "a", limits=limits or Limits())
    return caught.value.problem.code


def sample_lines() -> Iterator[tuple[str, list[str]]]:
    """Every plain sample as its paragraphs."""
    for found in find_files(Path(__file__).parents[2] / "samples"):
        if found.relative_path.endswith(".txt") and found.relative_path not in NO_PARAGRAPHS:
            yield found.relative_path, [s for line in found.read().text.split("\n") if (s := line.strip())]


def squeezed(lines: list[str]) -> list[str]:
    return ["".join(line.split()) for line in lines]


def test_word_files_give_every_paragraph_and_row() -> None:
    for name, lines in sample_lines():
        report = read(written_docx(lines, TABLE), "a.docx")
        assert report.text.split("\n") == [*lines, *("\t".join(row) for row in TABLE)], name
        assert report.problems == ()


@pytest.mark.parametrize("indented", [True, False])
def test_pdf_files_give_every_paragraph_and_no_running_head(indented: bool) -> None:
    paragraphs = lost = 0
    for name, lines in sample_lines():
        report = read(written_pdf(lines, TABLE, indented=indented), "a.pdf")
        found = squeezed(report.text.split("\n"))
        rows = squeezed(["".join(row) for row in TABLE])
        assert "".join(found) == "".join(squeezed(lines) + rows), name
        assert report.text.endswith("调解纠纷\t138\n审查合同\t67")
        paragraphs += len(lines)
        lost += len([line for line in squeezed(lines) if line not in found])
    assert lost <= paragraphs / 100


def test_page_breaks_are_places_in_the_text() -> None:
    lines = ["河湾镇2023年度法治政府建设情况报告"] + [
        f"第{n}项工作，" + "全镇扎实推进依法行政，" * 12 for n in range(20)
    ]
    report = read(written_pdf(lines), "a.pdf")
    assert len(report.page_breaks) >= 3
    assert list(report.page_breaks) == sorted(set(report.page_breaks))
    assert 0 < report.page_breaks[0] < report.page_breaks[-1] < len(report.text)


HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>{}</w:t></w:r>"
LOOKS = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
BOX = "<w:txbxContent>" + paragraph(run("39件")) + "</w:txbxContent>"
PLACEHOLDER = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
RUBY = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
DELETED = "<w:del><w:r><w:delText>40件</w:delText></w:r></w:del>"
WORD_TRAPS = {
    "smart tag": (
        '<w:smartTag w:element="date">' + run("2022年10月27日") + "</w:smartTag>",
        "2022年10月27日",
    ),
    "tracked insertion": (run("调解") + "<w:ins>" + run("39件") + "</w:ins>", "调解39件"),
    "tracked deletion": (run("调解") + DELETED + run("39件"), "调解39件"),
    "content control": ("<w:sdt><w:sdtContent>" + run("39件") + "</w:sdtContent></w:sdt>", "39件"),
    "placeholder": (PLACEHOLDER.format(run("单击此处")), ""),
    "field": ('<w:fldSimple w:instr="QUOTE">' + run("39件") + "</w:fldSimple>", "39件"),
    "field code": ("<w:r><w:instrText>PAGE 7</w:instrText></w:r>" + run("39件"), "39件"),
    "hidden": (HIDDEN.format("", "隐藏") + run("39件"), "39件"),
    "not hidden": (HIDDEN.format(' w:val="0"', "39件"), "39件"),
    "struck out": (run("调解") + LOOKS.format("<w:strike/>", "27") + run("39件"), "调解39件"),
    "no longer struck out": (LOOKS.format('<w:strike w:val="0"/>', "39件"), "39件"),
    "note number": (run("39") + LOOKS.format('<w:vertAlign w:val="superscript"/>', "2") + run("件"), "39件"),
    "phonetic guide": (RUBY.format(run("zhèn"), run("镇")), "镇"),
    "hyphen": ("<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>4</w:t></w:r>", "12-4"),
    "hyperlink": ("<w:hyperlink>" + run("39件") + "</w:hyperlink>", "39件"),
    "text box once": (
        f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice>"
        f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>",
        "39件",
    ),
}


@pytest.mark.parametrize("trap", WORD_TRAPS)
def test_word_text_that_other_readers_lose_or_double(trap: str) -> None:
    inside, expected = WORD_TRAPS[trap]
    report = read(docx(paragraph(run("全年工作")) + paragraph(inside)), "a.docx")
    assert report.text.split("\n")[1:] == ([expected] if expected else [])


def test_automatic_numbers_are_written_out() -> None:
    styled = paragraph(run("存在问题"), '<w:pStyle w:val="Mine"/>')
    body = (
        numbered("主要做法", 0) + numbered("学法", 1) + numbered("会议4次", 2) + numbered("普法", 1) + styled
    )
    lines = read(docx(body + numbered("执法", 1)), "a.docx").text.split("\n")
    assert lines == ["一、主要做法", "（一）学法", "1.会议4次", "（二）普法", "二、存在问题", "（一）执法"]


def test_pages_of_a_word_file() -> None:
    mark = '<w:r><w:br w:type="page"/></w:r>'
    report = read(docx(paragraph(run("第一页") + mark + run("第二页")) + paragraph(run("完"))), "a.docx")
    assert (report.text, report.page_breaks) == ("第一页第二页\n完", (3,))


BOMB = paragraph(run("调" * 3_000_000))
ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx(paragraph(run("&b;")), ENTITIES), "forbidden_xml"),
        (docx(paragraph(run("x")), '<!DOCTYPE d SYSTEM "file:///etc/passwd">'), "forbidden_xml"),
        (docx("<w:p>" * 20_000), "damaged_file"),
        (docx("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000), "damaged_file"),
        (docx(paragraph(run("x")))[:-200], "damaged_file"),
        (docx("", members={"word/document.xml": "no xml"}), "damaged_file"),
        (docx(""), "no_text"),
        (b"%PDF-1.7\n" + b"x" * 5000, "damaged_file"),
        (written_pdf(["标题", "正文"])[:1500], "damaged_file"),
    ],
    ids=[
        "entities",
        "external",
        "deep",
        "deep tables",
        "cut",
        "no xml",
        "empty",
        "no pdf",
        "cut pdf",
    ],
)
def test_hostile_files_are_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_an_office_file_that_unpacks_too_far_is_refused() -> None:
    assert refusal(docx(BOMB), Limits(expanded_bytes=1 << 20)) == "archive_bomb"


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(docx(BOMB))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    data = bytearray(bytes(data).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert refusal(bytes(data), Limits(expanded_bytes=1 << 20)) in ("archive_bomb", "damaged_file")


def test_too_many_pages_are_refused() -> None:
    data = written_pdf(["标题"] + ["全镇扎实推进依法行政工作。" * 40] * 12)
    assert refusal(data, Limits(pages=2)) == "too_many_pages"


def test_a_password_is_named() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("geheim", canPrint=0))
    canvas.drawString(100, 100, "locked")
    canvas.save()
    assert refusal(buffer.getvalue()) == "password_protected"
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512) + "EncryptedPackage\0".encode("utf-16-le")
    assert refusal(office) == "password_protected"


@pytest.mark.parametrize("lean", [45, -30, 315])
def test_a_watermark_aslant_is_no_part_of_the_lines_it_crosses(lean: int) -> None:
    lines = ["河湾镇报告", *["全镇扎实推进依法行政工作，化解矛盾纠纷417件，办讲座28场。"] * 12]
    plain = read(pdf_with_watermark(lines, "", lean), "a.pdf").text
    assert read(pdf_with_watermark(lines, "内部资料 第35号 请勿外传", lean), "a.pdf").text == plain


def test_a_page_that_lies_askew_as_a_whole_is_read() -> None:
    lines = ["全镇扎实推进依法行政工作，化解矛盾纠纷417件，办讲座28场。"] * 3
    assert "417" in read(pdf_with_watermark([], "\n".join(lines), 8), "a.pdf").text


PROSE = ["全镇扎实推进依法行政工作，化解矛盾纠纷417件，办讲座28场。"] * 12


def test_a_watermark_set_large_across_lines_is_left_out() -> None:
    marked = pdf_with_watermark(PROSE, "内部资料第35号", 0, 44, (80, 640))
    assert read(marked, "a.pdf").text == read(pdf_with_watermark(PROSE, "", 0), "a.pdf").text


def test_a_large_title_stays() -> None:
    assert "河湾镇报告" in read(pdf_with_watermark(PROSE, "河湾镇报告", 0, 30, (180, 790)), "a.pdf").text


def test_lines_over_lines_are_refused() -> None:
    hidden = "化解矛盾纠纷999件，走访群众。\n" * 5
    assert refusal(pdf_with_watermark(PROSE, hidden, 0, 14, (77, 757))) == "overlapping_text"


def test_columns_set_from_top_to_bottom_are_lines() -> None:
    lines = ["全镇化解矛盾纠纷417件，举办讲座28场，成功率98.1%，扎实推进依法行政", "工作。"]
    text = read(pdf_of_columns(lines), "a.pdf").text
    assert "化解矛盾纠纷417件，举办讲座28场，成功率98.1%" in text
