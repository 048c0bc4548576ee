"""The libraries under the readers used bare: all text of one document, and nothing else of it.

Each imports its library when called, so that a process holds no other.
"""

from __future__ import annotations

import io
import zipfile


def txt(data: bytes) -> str:
    return data.decode()


def html(data: bytes) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(data.decode()).body
    return body.text() if body else ""


def docx(data: bytes) -> str:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext())


def ofd(data: bytes) -> str:
    import ofdkit

    with ofdkit.open(data) as document:
        text: str = document.text()
    return text


def sheet(data: bytes) -> object:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def doc(data: bytes) -> str:
    from office_oxide import Document

    text: str = Document.from_bytes(data, "doc").plain_text()
    return text


def pdf(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def scan(data: bytes) -> object:
    import numpy as np
    from PIL import Image
    from rapidocr import RapidOCR

    picture = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return RapidOCR(params={"Global.use_cls": False, "Global.log_level": "error"})(picture).txts
