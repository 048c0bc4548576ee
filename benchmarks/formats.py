"""What reading one sample costs by format, beside the library underneath used bare.

    python -m benchmarks.formats

Processor milliseconds per document (per page for PDF) in this process; the child process adds 0.2 ms a file
and one start of about 100 ms a run.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import ofdkit
import pypdfium2
from lxml import etree
from office_oxide import Document
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from tests.decode import ofd_files
from tests.decode.office_files import written_docx, written_pdf, written_xlsx
from transforms.decode.docx import read_docx
from transforms.decode.html import read_html
from transforms.decode.legacy import read_doc
from transforms.decode.limits import DEFAULT_LIMITS
from transforms.decode.ofd import read_ofd
from transforms.decode.pdf import read_pdf
from transforms.decode.plain import read_plain
from transforms.decode.xls import read_xls
from transforms.decode.xlsx import read_xlsx

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "shouchang-2022.txt"
FILES = Path(__file__).resolve().parents[1] / "tests" / "decode" / "files"
ROUNDS = 50


def milliseconds(work: Callable[[], object]) -> float:
    """Mean processor time of one call, after a first one that fills the caches."""
    work()
    begin = time.process_time()
    for _ in range(ROUNDS):
        work()
    return (time.process_time() - begin) / ROUNDS * 1000


def bare_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext())


def bare_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def bare_html(data: bytes) -> str:
    body = LexborHTMLParser(data.decode()).body
    return body.text() if body else ""


def bare_ofd(data: bytes) -> str:
    with ofdkit.open(data) as document:
        text: str = document.text()
    return text


def bare_sheet(data: bytes) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def bare_doc(data: bytes) -> str:
    text: str = Document.from_bytes(data, "doc").plain_text()
    return text


def main() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    gbk = text.encode("gb18030")
    word, pdf = written_docx(lines, (("项目", "数量"),)), written_pdf(lines)
    ofd, sheet = ofd_files.report(lines), written_xlsx({"表": [[line] for line in lines]})
    old_word, old_sheet = (FILES / "tuocheng-2023.wps").read_bytes(), (FILES / "table.xls").read_bytes()
    pages = len(pypdfium2.PdfDocument(pdf))
    rows: list[tuple[str, Callable[[], object], Callable[[], object], int]] = [
        ("txt UTF-8", lambda: read_plain(text.encode(), DEFAULT_LIMITS), lambda: text.encode().decode(), 1),
        ("txt GB18030", lambda: read_plain(gbk, DEFAULT_LIMITS), lambda: gbk.decode("gb18030"), 1),
        ("html", lambda: read_html(page.encode(), DEFAULT_LIMITS), lambda: bare_html(page.encode()), 1),
        ("docx", lambda: read_docx(word, DEFAULT_LIMITS), lambda: bare_docx(word), 1),
        ("ofd", lambda: read_ofd(ofd, DEFAULT_LIMITS), lambda: bare_ofd(ofd), 1),
        ("xlsx", lambda: read_xlsx(sheet, DEFAULT_LIMITS), lambda: bare_sheet(sheet), 1),
        ("xls", lambda: read_xls(old_sheet, DEFAULT_LIMITS), lambda: bare_sheet(old_sheet), 1),
        ("doc", lambda: read_doc(old_word, DEFAULT_LIMITS), lambda: bare_doc(old_word), 1),
        ("pdf, a page", lambda: read_pdf(pdf, DEFAULT_LIMITS), lambda: bare_pdf(pdf), pages),
    ]
    print(f"{'format':14}{'reader ms':>12}{'bare ms':>12}")
    for name, reader, bare, parts in rows:
        print(f"{name:14}{milliseconds(reader) / parts:12.2f}{milliseconds(bare) / parts:12.2f}")


if __name__ == "__main__":
    main()
