"""Characters of one OFD page with their places: layers, blocks and composite units down to single text codes.

GB/T 33190-2016: millimetres from the upper left; a text code gives where the baseline of its first character
begins (X, Y) and the steps to the following ones (DeltaX, DeltaY, where `g 3 4.2` is 4.2 three times).
Elements are told by their local names, since producers get namespaces wrong.
"""

from __future__ import annotations

import math
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence

from transforms.decode.glyph import Glyph
from transforms.decode.limits import Limits
from transforms.decode.overlaid import printed_rows, refuse_if_mixed
from transforms.decode.reading import refuse
from transforms.decode.ruled_tables import Rule, rules_of
from transforms.decode.slanted import without_slanted

Affine = tuple[float, float, float, float, float, float]

POINTS_PER_MM = 72 / 25.4
MOST_WORDS = 6000  # of a path; looked at for the rules of tables
DEEPEST = 32  # blocks and composite units inside one another
BELOW_BASELINE = 0.12  # of the font size; the rest of a character's box stands above
FARTHEST = 1e6  # points
SAME_SPOT = 0.1  # of the font size, up to twice that: the same text there again is print
_IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class PageReader:
    """Collects the text codes of one page, in points from the lower left.

    `units` are composite graphic units by their ID, `height` is the page's in millimetres, `origin` the upper
    left corner of its box.
    """

    def __init__(
        self, units: Mapping[str, ET.Element], origin: tuple[float, float], height: float, limits: Limits
    ) -> None:
        self._units = units
        self._origin = origin
        self._height = height
        self._left = limits.text_bytes // 8  # objects and characters: nested units can multiply them
        self._seen: set[tuple[str, int, int]] = set()
        self._pieces: list[tuple[Sequence[Glyph], float]] = []  # with their angles
        self._drawn: list[tuple[float, float, float, float]] = []

    def glyphs(self) -> list[Glyph]:
        """All characters but those of watermarks; a text drawn twice on one spot (a common way to print bold)
        comes once.

        Refused where pieces of text lie over each other: some converters begin all pieces of a line on one
        spot, and read by place the digits of several numbers would make new ones.
        """
        rows = printed_rows(without_slanted(self._pieces, [len(piece) for piece, _ in self._pieces]))
        refuse_if_mixed(rows)
        return [glyph for row in rows for piece in row for glyph in piece]

    def rules(self) -> list[Rule]:
        """The straight lines of the page, for its tables."""
        return rules_of(self._drawn)

    def add(self, page: ET.Element) -> None:
        """The visible text of a page's or a template's content."""
        for layer in children(child(page, "Content"), "Layer"):
            self._walk(layer, _IDENTITY, 0)

    def _walk(self, block: ET.Element, place: Affine, depth: int) -> None:
        for element in block:
            self._spend(1)
            name = local_name(element)
            if element.get("Visible", "true").strip().lower() in ("false", "0"):
                continue
            if name == "TextObject":
                self._add_text(element, _compose(place, _own_place(element)))
            elif name == "PathObject":
                self._add_path(element, _compose(place, _own_place(element)))
            elif depth < DEEPEST and name == "PageBlock":
                self._walk(element, place, depth + 1)
            elif depth < DEEPEST and name == "CompositeObject":
                unit = child(self._units.get((element.get("ResourceID") or "").strip()), "Content")
                if unit is not None:
                    self._walk(unit, _compose(place, _own_place(element)), depth + 1)

    def _add_text(self, element: ET.Element, place: Affine) -> None:
        size = _number(element.get("Size"), 0.0) or 4.0
        x = y = 0.0
        for code in children(element, "TextCode"):
            # without X or Y a code begins where the one before it did
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            text = _printable(code.text or "")
            self._spend(len(text))
            piece = [self._box(*placed, size, place) for placed in _placed(text, x, y, size, code)]
            if piece and self._is_new(text, piece[0]) and _is_near(piece[0]) and _is_near(piece[-1]):
                self._pieces.append((piece, math.atan2(place[1], place[0])))

    def _add_path(self, element: ET.Element, place: Affine) -> None:
        """The pieces of the path that go from a point straight to the next."""
        data = child(element, "AbbreviatedData")
        words = (data.text or "").split()[:MOST_WORDS] if data is not None else []
        self._spend(len(words) // 3)
        before = None
        for i, word in enumerate(words):
            point = numbers(" ".join(words[i + 1 : i + 3]), 2) if word in "MSL" else None
            if point is None:
                continue
            here = self._on_page(point[0], point[1], place)
            if before and word == "L":
                (x, y), (left, down) = before, here
                edges = min(x, left), min(y, down), max(x, left), max(y, down)
                if all(abs(edge) < FARTHEST for edge in edges):
                    self._drawn.append(edges)
            before = here

    def _on_page(self, x: float, y: float, place: Affine) -> tuple[float, float]:
        a, b, c, d, e, f = place
        left, down = a * x + c * y + e - self._origin[0], b * x + d * y + f - self._origin[1]
        return POINTS_PER_MM * left, POINTS_PER_MM * (self._height - down)

    def _box(self, character: str, x: float, y: float, size: float, place: Affine) -> Glyph:
        a, b, c, d, e, f = place
        left, baseline = a * x + c * y + e - self._origin[0], b * x + d * y + f - self._origin[1]
        tall = size * (math.sqrt(abs(a * d - b * c)) or 1.0)
        right = left + _width(character) * size * (math.hypot(a, b) or 1.0)
        foot = self._height - baseline - BELOW_BASELINE * tall
        mm = POINTS_PER_MM
        return Glyph(mm * left, mm * foot, mm * right, mm * (foot + tall), character)

    def _is_new(self, text: str, first: Glyph) -> bool:
        """Whether the text has not been drawn there already."""
        near = SAME_SPOT * (first.top - first.bottom) or 1.0
        column, row = int(first.left // near), int(first.bottom // near)
        for across in (column - 1, column, column + 1):
            for down in (row - 1, row, row + 1):
                if (text, across, down) in self._seen:
                    return False
        self._seen.add((text, column, row))
        return True

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise refuse("archive_bomb", "one page holds more objects than any report has")


def _is_near(glyph: Glyph) -> bool:
    """On the page or not far from it."""
    return abs(glyph.left) < FARTHEST and abs(glyph.bottom) < FARTHEST


def _placed(
    text: str, x: float, y: float, size: float, code: ET.Element
) -> Iterator[tuple[str, float, float]]:
    """Each character with its left edge and baseline; without steps it follows at its own width."""
    across = _steps(code.get("DeltaX"), len(text))
    down = _steps(code.get("DeltaY"), len(text))
    for i, character in enumerate(text):
        yield character, x, y
        if i < len(across):
            x += across[i]
        elif not down:
            x += _width(character) * size
        if i < len(down):
            y += down[i]


def _steps(stated: str | None, most: int) -> Sequence[float]:
    """A DeltaX or DeltaY list written out, `most` values of it at most.

    >>> _steps("g 3 4.2 9", 10)
    [4.2, 4.2, 4.2, 9.0]
    >>> _steps("g 99999999 1", 2)
    [1.0, 1.0]
    """
    steps: list[float] = []
    words = iter((stated or "").split())
    while len(steps) < most and (word := next(words, None)) is not None:
        if word == "g":
            count, value = next(words, "0"), _number(next(words, None), 0.0)
            # more digits than that are more than any text has characters
            times = int(count[:9]) if count.isascii() and count.isdigit() else 0
            steps += [value] * min(times, most - len(steps))
        else:
            steps.append(_number(word, 0.0))
    return steps


def _own_place(element: ET.Element) -> Affine:
    """From the object's own coordinates to those around it: its CTM, then its boundary's corner."""
    left, top, *_ = numbers(element.get("Boundary"), 4) or (0.0, 0.0)
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or _IDENTITY
    return a, b, c, d, e + left, f + top


def _compose(outer: Affine, inner: Affine) -> Affine:
    """Applies `inner` first."""
    oa, ob, oc, od, oe, of = outer
    a, b, c, d, e, f = inner
    return (
        oa * a + oc * b, ob * a + od * b,
        oa * c + oc * d, ob * c + od * d,
        oa * e + oc * f + oe, ob * e + od * f + of,
    )  # fmt: skip


def _printable(text: str) -> str:
    return "".join(c if c == " " or unicodedata.category(c) != "Cc" else " " for c in text)


def _width(character: str) -> float:
    """Of the font size."""
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5


def _number(stated: str | None, default: float) -> float:
    try:
        value = float(stated) if stated is not None else default
    except ValueError:
        return default
    return value if abs(value) < 1e6 else default


def numbers(stated: str | None, count: int) -> tuple[float, ...] | None:
    """The first `count` numbers of an attribute; None if it has fewer or others.

    >>> numbers("0 0 210 297", 4)
    (0.0, 0.0, 210.0, 297.0)
    """
    try:
        found = tuple(float(word) for word in (stated or "").replace(",", " ").split()[:count])
    except ValueError:
        return None
    return found if len(found) == count and all(abs(n) < 1e6 for n in found) else None


def local_name(element: ET.Element) -> str:
    """The tag without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: ET.Element | None, name: str) -> Iterable[ET.Element]:
    """Child elements of one local name."""
    return (c for c in element if local_name(c) == name) if element is not None else ()


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """The first descendant along a path of local names; None where it breaks off."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element
