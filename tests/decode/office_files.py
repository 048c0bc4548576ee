"""Writes Word and PDF files for the tests, with real writers where there are any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

RELATIONS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
 Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""

LISTS = f"""<w:numbering {_W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""

STYLES = f"""<w:styles {_W}>
<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Mine"><w:basedOn w:val="H1"/></w:style></w:styles>"""


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def numbered(text: str, level: int) -> str:
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def docx(body: str, head: str = "", members: dict[str, str] | None = None) -> bytes:
    """A Word file around the XML of its body; `head` may declare what a hostile file would."""
    content = f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>"
    document = f'<?xml version="1.0" encoding="UTF-8"?>{head}{content}'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": RELATIONS,
        "word/document.xml": document,
        "word/numbering.xml": LISTS,
        "word/styles.xml": STYLES,
    } | (members or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def written_docx(lines: Sequence[str], table: Sequence[Sequence[str]]) -> bytes:
    """By python-docx, with a running head and a page number field."""
    import docx as writer

    document = writer.Document()
    document.sections[0].header.paragraphs[0].text = "法治政府建设报告"
    for line in lines:
        document.add_paragraph(line)
    grid = document.add_table(rows=0, cols=len(table[0]))
    for row in table:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def written_pdf(
    lines: Sequence[str | Sequence[str]], table: Sequence[Sequence[str]] = (), *, indented: bool = True
) -> bytes:
    """By reportlab: a centred title, justified paragraphs, a running head and page numbers; a line that is no
    string is a row of a table.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    title = ParagraphStyle("title", fontSize=22, leading=34, alignment=1, **font)
    body = ParagraphStyle("body", fontSize=16, leading=28, alignment=4, firstLineIndent=32 * indented, **font)
    flow = [Paragraph(lines[0], title)]
    set_in = [("FONT", (0, 0), (-1, -1), "STSong-Light")]
    for is_line, group in groupby([*lines[1:], *table], lambda line: isinstance(line, str)):
        if is_line:
            for line in group:
                flow += [Paragraph(line, body), Spacer(1, 0 if indented else 8)]
        else:
            flow += [Table([list(row) for row in rows], style=set_in) for _, rows in groupby(group, len)]

    def furniture(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(80, 810, "法治政府建设报告")
        canvas.drawCentredString(300, 30, f"- {document.page} -")

    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def pdf_of_columns(lines: Sequence[str]) -> bytes:
    """One page whose lines run from top to bottom, the first at the right."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(842, 595))
    canvas.setFont("STSong-Light", 12)
    for column, line in enumerate(lines):
        for row, character in enumerate(line):
            canvas.drawCentredString(760 - 24 * column, 550 - 14 * row, character)
    canvas.save()
    return buffer.getvalue()


def pdf_with_watermark(
    lines: Sequence[str], across: str, lean: float, size: float = 14, at: tuple[float, float] = (150, 500)
) -> bytes:
    """One page of lines, with text set across them at an angle in degrees."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 14)
    for i, line in enumerate(lines):
        canvas.drawString(70, 760 - 26 * i, line)
    canvas.translate(*at)
    canvas.rotate(lean)
    canvas.setFont("STSong-Light", size)
    for i, line in enumerate(across.split("\n")):
        canvas.drawString(0, -26 * i, line)
    canvas.save()
    return buffer.getvalue()


def written_xlsx(
    sheets: dict[str, Sequence[Sequence[object]]], formats: dict[str, str] | None = None
) -> bytes:
    """By openpyxl; `formats` are of cells of the first sheet, `hidden` in a name hides a sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if "hidden" in name else "visible"
        for row in rows:
            sheet.append(list(row))
    for place, code in (formats or {}).items():
        book.worksheets[0][place].number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
