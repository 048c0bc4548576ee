"""Pages set in two columns: the left one is read before the right one.

A gutter is a strip near the middle of the text that hardly any line crosses, with prose on both sides that
reaches up to it; the cells of a table are too short for that. Coordinates as in printed_lines.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from transforms.decode.glyph import Glyph

FEWEST_CHARACTERS = 120  # of a page set in columns
FEWEST_ROWS = 5  # with text on both sides
BESIDE = 0.15  # of the rows have text on both sides
MOST_CROSSING = 0.2  # of the rows: titles, tables, page numbers
MIDDLE = (0.35, 0.65)  # of the width of the text
NARROWEST = 1.0  # heights of a character
SHORTEST_ROW = 7  # characters of a row of a column, in the middle of all rows
REACHING = 0.4  # of the rows of a side that come up to the gutter
NEAR = 2.2  # heights of a character


class Gutter(NamedTuple):
    """The white strip between two columns, and where the columns begin."""

    left: float
    right: float
    first: float
    second: float


class Stretch(NamedTuple):
    """Characters one column wide, and by how much they were moved to the left."""

    glyphs: list[Glyph]
    moved: float = 0.0


def gutters_of(pages: Sequence[Sequence[Glyph]]) -> list[Gutter | None]:
    """The gutter of each page, told by its prose (characters outside of ruled tables).

    A last page with a few lines in its second column shows none by itself: it has that of another page of the
    document if its text keeps to it.
    """
    rows = [_rows(page) for page in pages]
    own = [_gutter(of_page) for of_page in rows]
    known = list(dict.fromkeys(gutter for gutter in own if gutter))
    return [
        gutter or next((other for other in known if _keeps_to(other, of_page)), None)
        for gutter, of_page in zip(own, rows, strict=True)
    ]


def columns_of(glyphs: Sequence[Glyph], gutter: Gutter | None) -> list[Stretch]:
    """The characters in the order in which they are read.

    Those of a right column are moved to the margin of the left one, so that the stretches follow one another
    as pages do. One stretch where there are no columns.
    """
    if gutter is None:
        return [Stretch(list(glyphs))]
    return [stretch for band in _bands(glyphs, gutter) for stretch in _sides(band, gutter) if stretch.glyphs]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Roughly the lines of a page or a column."""
    visible = [g for g in glyphs if g.character.strip()]
    if not visible:
        return []
    step = median(g.top - g.bottom for g in visible) or 1.0
    rows: list[list[Glyph]] = []
    top = float("inf")
    for glyph in sorted(visible, key=lambda g: -(g.bottom + g.top)):
        middle = (glyph.bottom + glyph.top) / 2
        if top - middle > 0.6 * step:
            rows.append([])
            top = middle
        rows[-1].append(glyph)
    return rows


def _gutter(rows: Sequence[Sequence[Glyph]]) -> Gutter | None:
    if sum(map(len, rows)) < FEWEST_CHARACTERS:
        return None
    height = median(g.top - g.bottom for row in rows for g in row) or 1.0
    left, right = min(g.left for row in rows for g in row), max(g.right for row in rows for g in row)
    strip = _emptiest(rows, left, right, height / 2)
    if strip is None or strip[1] - strip[0] < NARROWEST * height:
        return None
    firsts, seconds = _both_sides(rows, *strip)
    if not seconds or _beside(firsts, seconds) < max(FEWEST_ROWS, BESIDE * len(rows)):
        return None
    if min(median(map(len, firsts)), median(map(len, seconds))) < SHORTEST_ROW:
        return None
    second = min(g.left for row in seconds for g in row)
    if not (_reaches(firsts, strip[0], height) and _begins(seconds, second, height)):
        return None
    return Gutter(*strip, left, second)


def _keeps_to(gutter: Gutter, rows: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the text of a page stands on both sides of a gutter known from another page."""
    crossing = sum(any(g.left < gutter.right and g.right > gutter.left for g in row) for row in rows)
    if crossing > MOST_CROSSING * len(rows):
        return False
    height = median(g.top - g.bottom for row in rows for g in row) if rows else 1.0
    firsts, seconds = _both_sides(rows, gutter.left, gutter.right)
    if not seconds or min(g.left for row in seconds for g in row) < gutter.second - height:
        return False
    is_short = len(seconds) < FEWEST_ROWS  # a date, a signature
    return _reaches(firsts, gutter.left, height) and (is_short or _begins(seconds, gutter.second, height))


def _both_sides(
    rows: Sequence[Sequence[Glyph]], left: float, right: float
) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """The lines left and right of a strip."""
    firsts = [g for row in rows for g in row if g.right <= left + 0.1]
    return _rows(firsts), _rows([g for row in rows for g in row if g.left >= right - 0.1])


def _reaches(firsts: Sequence[Sequence[Glyph]], edge: float, height: float) -> bool:
    reaching = sum(max(g.right for g in row) > edge - NEAR * height for row in firsts)
    return len(firsts) >= FEWEST_ROWS and reaching >= REACHING * len(firsts)


def _begins(seconds: Sequence[Sequence[Glyph]], edge: float, height: float) -> bool:
    return sum(min(g.left for g in row) < edge + NEAR * height for row in seconds) >= REACHING * len(seconds)


def _beside(firsts: Sequence[Sequence[Glyph]], seconds: Sequence[Sequence[Glyph]]) -> int:
    """How many rows of the left side have some of the right side at their height, whatever its lines."""
    low, high = min(g.bottom for row in seconds for g in row), max(g.top for row in seconds for g in row)
    return sum(low <= row[0].bottom <= high for row in firsts)


def _emptiest(
    rows: Sequence[Sequence[Glyph]], left: float, right: float, step: float
) -> tuple[float, float] | None:
    """The widest strip near the middle that few rows cross."""
    width = right - left
    first, last = left + MIDDLE[0] * width, left + MIDDLE[1] * width
    count = int((last - first) / step)
    crossed = [0] * (count + 1)
    for row in rows:
        touched: set[int] = set()
        for glyph in row:
            if glyph.right > first and glyph.left < last:
                begin, end = int((glyph.left - first) / step), int((glyph.right - first) / step)
                touched.update(range(max(begin, 0), min(end, count) + 1))
        for place in touched:
            crossed[place] += 1
    fewest = min(crossed)
    if fewest > MOST_CROSSING * len(rows):
        return None
    best: tuple[int, int] = (0, 0)
    start: int | None = None
    for place in range(count + 2):
        is_free = place <= count and crossed[place] == fewest
        if is_free and start is None:
            start = place
        elif not is_free and start is not None:
            best = max(best, (start, place), key=lambda run: run[1] - run[0])
            start = None
    return first + best[0] * step, first + best[1] * step


def _bands(glyphs: Sequence[Glyph], gutter: Gutter) -> Iterator[list[Glyph]]:
    """Stretches of the page from above: lines across the gutter by themselves, what lies between together."""
    crossing = sorted(
        (g for g in glyphs if g.left < gutter.right and g.right > gutter.left and g.character.strip()),
        key=lambda g: -g.top,
    )
    bars: list[tuple[float, float]] = []
    for glyph in crossing:
        if not bars or (glyph.bottom + glyph.top) / 2 < bars[-1][0]:
            bars.append((glyph.bottom, glyph.top))
    bands: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        middle = (glyph.bottom + glyph.top) / 2
        above = sum(low > middle for low, _ in bars)
        is_inside = above < len(bars) and bars[above][0] <= middle <= bars[above][1]
        bands[2 * above + is_inside].append(glyph)
    yield from (bands[number] for number in sorted(bands))


def _sides(band: Sequence[Glyph], gutter: Gutter) -> Iterator[Stretch]:
    """The left and the right column of a band; the band itself where it lies across."""
    if any(g.left < gutter.right and g.right > gutter.left and g.character.strip() for g in band):
        yield Stretch(list(band))
        return
    middle = (gutter.left + gutter.right) / 2
    away = gutter.second - gutter.first
    yield Stretch([g for g in band if g.left < middle])
    right = [g._replace(left=g.left - away, right=g.right - away) for g in band if g.left >= middle]
    yield Stretch(right, away)
