"""What reading one sample costs by format, beside the library underneath used bare (PDF: a page of it).

In this process; the child process that reads for a run adds 0.2 ms a file and one start of 100 ms a run.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import ofdkit
import pypdfium2
from lxml import etree
from office_oxide import Document
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from benchmarks.timing import Goal, Job, at_most, medians
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
TIMES = 10  # a round
MOST_ADDED = {"docx": 5, "ofd": 5, "pdf": 20}  # milliseconds; of a PDF for a page, the sample is two pages


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


def bare_sheet(data: bytes) -> object:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def bare_doc(data: bytes) -> str:
    text: str = Document.from_bytes(data, "doc").plain_text()
    return text


def readings() -> Iterator[tuple[str, Job, Job]]:
    """Format, our reader, the library underneath."""
    text = SAMPLE.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    plain, gbk = text.encode(), text.encode("gb18030")
    page = ("<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>").encode()
    word, pdf = written_docx(lines, (("项目", "数量"),)), written_pdf(lines)
    ofd, sheet = ofd_files.report(lines), written_xlsx({"表": [[line] for line in lines]})
    old_word, old_sheet = (FILES / "tuocheng-2023.wps").read_bytes(), (FILES / "table.xls").read_bytes()
    yield "txt UTF-8", lambda: read_plain(plain, DEFAULT_LIMITS), plain.decode
    yield "txt GB18030", lambda: read_plain(gbk, DEFAULT_LIMITS), lambda: gbk.decode("gb18030")
    yield "html", lambda: read_html(page, DEFAULT_LIMITS), lambda: bare_html(page)
    yield "docx", lambda: read_docx(word, DEFAULT_LIMITS), lambda: bare_docx(word)
    yield "ofd", lambda: read_ofd(ofd, DEFAULT_LIMITS), lambda: bare_ofd(ofd)
    yield "xlsx", lambda: read_xlsx(sheet, DEFAULT_LIMITS), lambda: bare_sheet(sheet)
    yield "xls", lambda: read_xls(old_sheet, DEFAULT_LIMITS), lambda: bare_sheet(old_sheet)
    yield "doc", lambda: read_doc(old_word, DEFAULT_LIMITS), lambda: bare_doc(old_word)
    yield "pdf", lambda: read_pdf(pdf, DEFAULT_LIMITS), lambda: bare_pdf(pdf)


def goals() -> Iterator[Goal]:
    """What each reader adds to the library."""
    for name, ours, bare in readings():
        taken = medians({"ours": _often(ours), "bare": _often(bare)})
        added = 1e3 * (taken["ours"] - taken["bare"]) / TIMES
        goal = f"{name}, added to the bare library"
        asked = MOST_ADDED.get(name)
        yield at_most(goal, asked, added, "ms") if asked else Goal(goal, "", f"{added:.3g} ms", None)


def _often(job: Job) -> Job:
    return lambda: [job() for _ in range(TIMES)]
