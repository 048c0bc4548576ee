"""Text that lies over other text: watermarks set large across the lines, and lines printed on lines.

Read by place, the characters of both come mixed, and digits of several numbers make new ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from transforms.decode.glyph import Glyph
from transforms.decode.reading import refuse

LARGE = 1.8  # times the height of the running text; titles have less, or lie over nothing
CROSSES = 2  # characters of other lines in the middle of a large text
MOST_MIXED = 0.05  # of a page's rows; a watermark or a stamp crosses one or two


def without_watermarks(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The characters of a page but those set large across others; in the order they are drawn in."""
    if not glyphs:
        return glyphs
    large = LARGE * median(g.top - g.bottom for g in glyphs)
    runs = [(big, list(run)) for big, run in groupby(glyphs, lambda g: g.top - g.bottom > large)]
    if not any(big for big, _ in runs):
        return glyphs
    small = [g for g in glyphs if g.top - g.bottom <= large]
    middles = sorted(((g.left + g.right) / 2, (g.bottom + g.top) / 2) for g in small)
    return [g for big, run in runs if not (big and _crosses(run, middles)) for g in run]


def _crosses(run: Sequence[Glyph], middles: Sequence[tuple[float, float]]) -> bool:
    inside = 0
    for g in run:
        near = middles[bisect_left(middles, (g.left,)) : bisect_right(middles, (g.right,))]
        quarter = (g.top - g.bottom) / 4
        inside += sum(g.bottom + quarter < up < g.top - quarter for _, up in near)
        if inside >= CROSSES:
            return True
    return False


def refuse_if_overlaid(glyphs: Sequence[Glyph]) -> None:
    """UnreadableFile("overlapping_text") where lines of the page lie over each other."""
    refuse_if_mixed(printed_rows(_pieces(glyphs)))


def printed_rows(pieces: Iterable[Sequence[Glyph]]) -> list[list[Sequence[Glyph]]]:
    """Pieces of text, none empty, that stand at one height together; from the bottom of the page up."""
    rows: list[list[Sequence[Glyph]]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0].bottom):
        tall = piece[0].top - piece[0].bottom
        if rows and piece[0].bottom - rows[-1][0][0].bottom < tall / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def refuse_if_mixed(rows: Sequence[Sequence[Sequence[Glyph]]]) -> None:
    """The same for the pieces of text in each printed row."""
    if sum(map(is_mixed, rows)) > MOST_MIXED * len(rows):
        raise refuse(
            "overlapping_text",
            "lines of text lie over each other, so that their numbers cannot be told apart; convert the"
            " original again with another program",
        )


def is_mixed(row: Sequence[Sequence[Glyph]]) -> bool:
    """True where the pieces of one printed row lie over each other, so that reading by place mixes them."""
    order = sorted((g.left, number) for number, piece in enumerate(row) for g in piece)
    switches = sum(a[1] != b[1] for a, b in pairwise(order))
    return switches > 2 * len(row)


def _pieces(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Stretches drawn one after the other in one row, from left to right."""
    piece: list[Glyph] = []
    for g in glyphs:
        if piece and (g.left < piece[-1].left or abs(g.bottom - piece[-1].bottom) > (g.top - g.bottom) / 2):
            yield piece
            piece = []
        piece.append(g)
    if piece:
        yield piece
