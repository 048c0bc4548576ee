"""Recognises one page of a scan, with the extra `ocr`: printed lines, their boxes, a score a character.

Runs in a child of its own (sandbox.py): the models take 1 GB and a second to load. They ship in the package
rapidocr, so nothing is fetched. The classifier of line directions stays off: it turned whole lines of upright
reports upside down and lost them.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from transforms.decode.askew import lean_of
from transforms.decode.drawn_rules import rules_on, without_rules
from transforms.decode.limits import Limits
from transforms.decode.reading import refuse

if TYPE_CHECKING:
    import numpy as np

    from transforms.decode.character_steps import Sign

DOTS_PER_INCH = 200
MOST_PIXELS = 24_000_000  # an A4 page at 400 dots an inch has 15 million
LEAST_SCORE = 0.3  # of a line: one that is hard to read is kept with its doubts, not left out
DARK = 110  # of 255; print, not the grain of the paper
LEAST_INK = 6  # dark points in a row of points
LINE_HEIGHTS = range(14, 90)  # in points: lower is a rule or a speck, higher a seal or a photograph
HIGHEST = 2.5  # times its width; a higher box is a line that runs downwards
AROUND = 60
MOST_STRIPS = 12
INSTALL = "pip install 'townfacts[ocr]'"


def recognized_page(data: bytes, limits: Limits, number: int) -> dict[str, Any]:
    """`pages` of the document, and of page `number` (from 0) its size, `lines` and `rules` in pixels.

    A line is [corners, text, scores, places]: four (x, y), clockwise from the upper left one, y downwards; a
    score of 0 to 1 for each character, and where its middle lies from the left end (0) to the right (1). A
    rule is [left, top, right, bottom] on the page turned upright (askew.py).
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
    lean = lean_of(lines)
    rules = rules_on(image, lean)
    dark = without_rules(image.min(axis=2) < DARK, rules, lean)
    for top, bottom in _overlooked(dark, lines):
        lines += [line for line in _lines(engine, image[top:bottom], top) if is_new(line, lines)]
    height, width = image.shape[:2]
    return {"pages": pages, "height": height, "width": width, "lines": lines, "rules": rules}


def _lines(engine: Any, image: np.ndarray[Any, Any], top: int) -> list[Any]:
    """Lines of a strip of the page that begins at `top`, read from the page as it is: for finding them the
    library makes large pages smaller.
    """
    from rapidocr.ch_ppocr_rec import TextRecInput

    boxes = engine(image, use_det=True, use_cls=False, use_rec=False).boxes
    if boxes is None:
        return []
    strips = [_cut(image, corners) for corners in boxes]
    read = engine.text_rec(TextRecInput(img=strips, return_word_box=True))
    return [
        [(corners + (0, top)).tolist(), text, *_columns(signs)]
        for corners, text, score, signs in zip(boxes, read.txts, read.scores, read.word_results, strict=True)
        if text.strip() and score >= LEAST_SCORE
    ]


def _cut(image: np.ndarray[Any, Any], corners: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The box of a line, upright; the library lays high ones on their side, lone digits among them."""
    import numpy as np
    from rapidocr.utils.process_img import get_rotate_crop_image

    strip: np.ndarray[Any, Any] = get_rotate_crop_image(image, corners.astype("float32"))
    height, width = math.dist(corners[0], corners[3]), math.dist(corners[0], corners[1])
    is_laid = int(height) >= 1.5 * int(width)
    return np.ascontiguousarray(np.rot90(strip, -1)) if is_laid and height < HIGHEST * width else strip


def _columns(signs: Sequence[Sign]) -> tuple[list[float], list[float]]:
    """Scores and places; a space is never in doubt, as nothing hangs on it."""
    scores = [1.0 if sign.character == " " else sign.score for sign in signs]
    return scores, [round(sign.place, 4) for sign in signs]


def _overlooked(dark: np.ndarray[Any, Any], lines: list[Any]) -> list[tuple[int, int]]:
    """Strips with print in which no line was found: on a page that is white but for a date nothing is."""
    for corners, *_ in lines:
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
    import numpy as np
    from rapidocr import RapidOCR

    from transforms.decode.character_steps import LineReader

    # one thread, so that the same page gives the same scores whatever machine reads it; lines one by one, for
    # the shorter ones of a batch are filled up with grey, beside which marks were lost
    settings = {"Global.use_cls": False, "Global.log_level": "error", "Rec.rec_batch_num": 1}
    engine: Any = RapidOCR(params=settings | {"EngineConfig.onnxruntime.intra_op_num_threads": 1})
    engine(np.full((48, 96, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)  # loads its model
    engine.text_rec.postprocess_op = LineReader(engine.text_rec.postprocess_op.character)
    return engine


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
