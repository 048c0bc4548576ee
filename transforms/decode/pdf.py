"""PDF files with a text layer: characters with their boxes by pdfium, everything after that by paged_text.py.

pdfium aborts the whole process on some files built to exhaust it, so this reader belongs in a child process
(sandbox.py). Coordinates are in points with the origin at the lower left.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from transforms.decode.downward import runs_downward, turned_level
from transforms.decode.encoding import everyday_score
from transforms.decode.glyph import Glyph
from transforms.decode.limits import Limits
from transforms.decode.overlaid import refuse_if_overlaid, without_watermarks
from transforms.decode.paged_text import joined_pages, picture_warning
from transforms.decode.printed_lines import PageOfText
from transforms.decode.reading import Reading, refuse
from transforms.decode.ruled_tables import THIN, rules_of
from transforms.decode.slanted import without_slanted

LEAST_CHARACTERS = 30  # a page on average; with fewer the pages are pictures with a stamp or a page number
LEAST_SCORE = 0.35  # reports score 0.75 and more; fonts without a Unicode table give control characters
MOST_OBJECTS, MOST_SEGMENTS = 20_000, 2_000  # of a page, of a path; looked at for the rules of tables
MOST_LINES = 20_000  # of a page
_LOST = frozenset({0, 10, 13, 0xFFFE, 0xFFFF})


def read_pdf(data: bytes, limits: Limits) -> Reading:
    """Paragraphs joined across lines and pages, without running heads and page numbers; rows by tabs."""
    document = _opened(data)
    try:
        if len(document) > limits.pages:
            raise refuse("too_many_pages", f"{len(document):,} pages, more than the {limits.pages:,} allowed")
        pages = [_page(document, number, limits) for number in range(len(document))]
        metadata = _metadata(document)
    finally:
        document.close()
    text, breaks = joined_pages(pages)
    if len(text) < LEAST_CHARACTERS * len(pages):
        message = (
            f"{len(pages)} pages hold {len(text)} characters: a scan, whose text must be recognised first"
        )
        raise refuse("needs_recognition", message)
    if everyday_score(text) < LEAST_SCORE:
        message = (
            "its fonts do not say which characters they draw; its text must be recognised from the pages"
        )
        raise refuse("needs_recognition", message)
    problems = picture_warning(pages)
    return Reading(text, (0, len(text)), page_breaks=breaks, metadata=metadata, problems=problems)


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise refuse(
                "password_protected", "the PDF asks for a password; save it again without one"
            ) from error
        raise refuse("damaged_file", f"the PDF cannot be opened ({error}); ask for it again") from error


def _page(document: pdfium.PdfDocument, number: int, limits: Limits) -> PageOfText:
    try:
        page = document[number]
        try:
            glyphs = _glyphs(page, limits)
            is_picture = not glyphs and _has_image(page)
            if runs_downward(glyphs):
                return PageOfText(page.get_width(), turned_level(glyphs, page.get_height()), is_picture)
            drawn = islice(_lines(page), MOST_LINES)
            return PageOfText(page.get_height(), glyphs, is_picture, rules_of(drawn))
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise refuse(
            "damaged_file", f"page {number + 1} cannot be read ({error}); ask for it again"
        ) from error


def _has_image(page: pdfium.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2), None) is not None


def _lines(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Boxes of what is drawn in straight lines, for the rules of tables."""
    edges = [ctypes.c_float() for _ in range(4)]
    matrix = pdfium_c.FS_MATRIX()
    for i in range(min(pdfium_c.FPDFPage_CountObjects(page.raw), MOST_OBJECTS)):
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, i)
        if pdfium_c.FPDFPageObj_GetType(drawn) != pdfium_c.FPDF_PAGEOBJ_PATH:
            continue
        if pdfium_c.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, edges)):
            left, bottom, right, top = (edge.value for edge in edges)
            if min(right - left, top - bottom) <= THIN:
                yield left, bottom, right, top
            elif pdfium_c.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
                yield from _edges(drawn, matrix)


def _edges(drawn: Any, matrix: Any) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of one path, a frame or a whole grid."""
    x, y = ctypes.c_float(), ctypes.c_float()
    before = None
    for i in range(min(pdfium_c.FPDFPath_CountSegments(drawn), MOST_SEGMENTS)):
        piece = pdfium_c.FPDFPath_GetPathSegment(drawn, i)
        if not pdfium_c.FPDFPathSegment_GetPoint(piece, ctypes.byref(x), ctypes.byref(y)):
            return
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        up = matrix.b * x.value + matrix.d * y.value + matrix.f
        if before and pdfium_c.FPDFPathSegment_GetType(piece) == pdfium_c.FPDF_SEGMENT_LINETO:
            yield min(before[0], across), min(before[1], up), max(before[0], across), max(before[1], up)
        before = across, up


def _glyphs(page: pdfium.PdfPage, limits: Limits) -> list[Glyph]:
    """Every printed character of the page with its box; spaces pdfium made up and watermarks are left out."""
    layer = page.get_textpage()
    count = layer.count_chars()
    if count > limits.text_bytes // 8:
        raise refuse("too_large", f"one page holds {count:,} characters, more than any report has")
    box = pdfium_c.FS_RECTF()
    glyphs: list[tuple[Glyph, float]] = []
    for i in range(count):
        code = pdfium_c.FPDFText_GetUnicode(layer.raw, i)
        if code in _LOST or (code == 32 and pdfium_c.FPDFText_IsGenerated(layer.raw, i) == 1):
            continue
        if pdfium_c.FPDFText_GetLooseCharBox(layer.raw, i, ctypes.byref(box)):
            glyph = Glyph(box.left, box.bottom, box.right, box.top, chr(code))
            glyphs.append((glyph, max(0.0, pdfium_c.FPDFText_GetCharAngle(layer.raw, i))))  # -1: unknown
    layer.close()
    upright = without_watermarks(without_slanted(glyphs))
    refuse_if_overlaid(upright)
    return list(upright)


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    """Title and dates of the file's properties; often of another document, so never called `title`."""
    stated = document.get_metadata_dict(skip_empty=True)
    wanted = {"Title": "file_title", "CreationDate": "file_created", "ModDate": "file_modified"}
    return {name: " ".join(stated[key].split()) for key, name in wanted.items() if key in stated}
