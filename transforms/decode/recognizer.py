"""Recognises one page of a scan, with the extra `ocr`: printed lines, their boxes, a score a character.

Runs in a child of its own (sandbox.py): the models take 1 GB and a second to load. They ship in the package
rapidocr, so nothing is fetched. The classifier of line directions stays off: it turned whole lines of upright
reports upside down and lost them.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from transforms.decode.limits import Limits
from transforms.decode.reading import refuse

if TYPE_CHECKING:
    import numpy as np

DOTS_PER_INCH = 200
MOST_PIXELS = 24_000_000  # an A4 page at 400 dots an inch has 15 million
LEAST_SCORE = 0.3  # of a line: one that is hard to read is kept with its doubts, not left out
DARK = 110  # of 255; print, not the grain of the paper
LEAST_INK = 6  # dark points in a row of points
LINE_HEIGHTS = range(14, 90)  # in points: lower is a rule or a speck, higher a seal or a photograph
AROUND = 60
MOST_STRIPS = 12
INSTALL = "pip install 'townfacts[ocr]'"


def recognized_page(data: bytes, limits: Limits, number: int) -> dict[str, Any]:
    """`pages` of the document, and of page `number` (from 0) its `height` and `lines` in pixels.

    A line is [corners, text, scores]: four (x, y), clockwise from the upper left one, y downwards; one score
    of 0 to 1 for each character.
    """
    try:
        engine = _engine()
    except ImportError:
        raise refuse(
            "needs_extra_ocr",
            f"a scan or picture of the report; install the recogniser with  {INSTALL}  and run again",
        ) from None
    pages, image = _page(data, limits, number)
    lines = _lines(engine, image, 0)
    for top, bottom in _overlooked(image, lines):
        lines += [line for line in _lines(engine, image[top:bottom], top) if is_new(line, lines)]
    return {"pages": pages, "height": image.shape[0], "lines": lines}


def _lines(engine: Any, image: np.ndarray[Any, Any], top: int) -> list[Any]:
    """Lines of a strip of the page that begins at `top`."""
    found = engine(image, use_cls=False, return_word_box=True, return_single_char_box=True)
    if found.boxes is None:
        return []
    columns = (found.boxes, found.txts, found.scores, found.word_results or ())
    return [
        [(corners + (0, top)).tolist(), text, _scores(text, score, words)]
        for corners, text, score, words in zip(*columns, strict=True)
    ]


def _overlooked(image: np.ndarray[Any, Any], lines: list[Any]) -> list[tuple[int, int]]:
    """Strips with print in which no line was found: on a page that is white but for a date nothing is."""
    dark = image.min(axis=2) < DARK
    for corners, _, _ in lines:
        (left, right), (top, bottom) = _extent(corners, 0), _extent(corners, 1)
        dark[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4] = False
    inked = dark.sum(axis=1) >= LEAST_INK
    inked[0] = inked[-1] = False
    edges = (inked[1:] != inked[:-1]).nonzero()[0] + 1
    starts, ends = edges[::2].tolist(), edges[1::2].tolist()
    strips = [
        (top, bottom) for top, bottom in zip(starts, ends, strict=False) if bottom - top in LINE_HEIGHTS
    ]
    return [(max(0, top - AROUND), bottom + AROUND) for top, bottom in strips[:MOST_STRIPS]]


def is_new(line: list[Any], lines: list[Any]) -> bool:
    """Whether a line of a strip was not found before: the strip reaches into its neighbours, and what rules
    of a table leave of the page on either side of a line is no print.
    """
    left, right = _extent(line[0], 0)
    for corners, *_ in lines:
        first, last = _extent(corners, 0)
        if min(right, last) <= max(left, first):
            continue
        x = (min(right, last) + max(left, first)) / 2
        top, bottom = _at(line[0], x)
        high, low = _at(corners, x)
        if high <= (top + bottom) / 2 <= low or top <= (high + low) / 2 <= bottom:
            return False
    return True


def _at(corners: list[Any], x: float) -> tuple[float, float]:
    """Upper and lower edge of a line, which may lie askew, at a place across the page."""
    (left, top), (right, top_right), (_, bottom_right), (_, bottom) = corners
    share = (x - left) / ((right - left) or 1.0)
    return top + share * (top_right - top), bottom + share * (bottom_right - bottom)


def _extent(corners: list[Any], axis: int) -> tuple[int, int]:
    values = [int(corner[axis]) for corner in corners]
    return min(values), max(values)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    # one thread, so that the same page gives the same scores whatever machine reads it
    settings = {"Global.use_cls": False, "Global.log_level": "error", "Global.text_score": LEAST_SCORE}
    return RapidOCR(params=settings | {"EngineConfig.onnxruntime.intra_op_num_threads": 1})


def _scores(text: str, whole: float, words: Any) -> list[float]:
    """A score for each character; that of the line where the two do not match up."""
    single = [(word, float(score)) for word, score, _ in words]
    if "".join(word for word, _ in single) == text.replace(" ", "") and all(len(w) == 1 for w, _ in single):
        scores = iter(score for _, score in single)
        return [1.0 if character == " " else round(next(scores), 4) for character in text]
    return [round(float(whole), 4)] * len(text)


def _page(data: bytes, limits: Limits, number: int) -> tuple[int, np.ndarray[Any, Any]]:
    return (
        _pdf_page(data, limits, number) if data[:1024].find(b"%PDF-") >= 0 else _frame(data, limits, number)
    )


def _refuse_too_many(pages: int, limits: Limits) -> None:
    if pages > limits.scanned_pages:
        raise refuse(
            "too_many_pages", f"{pages:,} scanned pages, more than the {limits.scanned_pages:,} allowed"
        )


def _pdf_page(data: bytes, limits: Limits, number: int) -> tuple[int, np.ndarray[Any, Any]]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
        _refuse_too_many(len(document), limits)
        page = document[number]
        width, height = page.get_size()
        scale = DOTS_PER_INCH / 72
        scale = min(scale, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        return len(document), page.render(scale=scale, rev_byteorder=False).to_numpy()[:, :, :3]
    except pdfium.PdfiumError as error:
        raise refuse(
            "damaged_file", f"page {number + 1} cannot be drawn ({error}); ask for it again"
        ) from error


def _frame(data: bytes, limits: Limits, number: int) -> tuple[int, np.ndarray[Any, Any]]:
    """One picture of a file of pictures, upright as its camera noted; its size is judged before unpacking."""
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit holds
    try:
        with Image.open(io.BytesIO(data)) as picture:
            pages = getattr(picture, "n_frames", 1)
            _refuse_too_many(pages, limits)
            picture.seek(number)
            if picture.width * picture.height > 4 * MOST_PIXELS:
                raise refuse("too_large", f"a picture of {picture.width:,} by {picture.height:,} points")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        kind = type(error).__name__  # its message would hold an address in memory
        raise refuse("damaged_file", f"the picture cannot be opened ({kind}); ask for it again") from error
    share = (MOST_PIXELS / (upright.width * upright.height)) ** 0.5
    if share < 1:
        upright = upright.resize((int(upright.width * share), int(upright.height * share)))
    return pages, np.ascontiguousarray(np.asarray(upright)[:, :, ::-1])  # the models take blue first
