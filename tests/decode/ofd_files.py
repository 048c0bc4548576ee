"""Writes OFD packages as the standard (GB/T 33190-2016) and as producers who know it less well."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 5.64  # millimetres: the 16 points of official documents
TABLE_SIZE = 3.7
STEP = 9.9
LEFT, TOP, COLUMNS, ROWS = 28.0, 37.0, 27, 22


@dataclass(frozen=True)
class Style:
    """How a producer writes: what it puts into one text object, which header stands on every page."""

    pieces: str = (
        "line"  # or "script": a new object wherever Chinese and Latin characters meet; or "character"
    )
    head: str = ""
    page_numbers: bool = True
    encoding: str = "utf-8"
    namespace: str = NAMESPACE
    prefix: str = "ofd:"


def report(paragraphs: Iterable[str | Sequence[str]], style: Style | None = None) -> bytes:
    """Pages of running text; a paragraph that is a sequence is a table row."""
    style = style or Style()
    lines = [line for paragraph in paragraphs for line in _lines(paragraph)]
    pages = [lines[i : i + ROWS] for i in range(0, len(lines), ROWS)] or [[]]
    contents = [_content(page, number, style) for number, page in enumerate(pages, 1)]
    return package(contents, style)


def package(
    contents: Sequence[str], style: Style | None = None, extra: dict[str, bytes] | None = None
) -> bytes:
    """The zip around the given page contents."""
    style = style or Style()
    ids = range(len(contents))
    pages = "".join(f'<{style.prefix}Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in ids)
    template = f'<{style.prefix}TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    document = _xml(
        "Document",
        "<CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
        f"{template}</CommonData><Pages>{pages}</Pages>",
        style,
    )
    head = _text(style.head, 80.0, 20.0, style) if style.head else ""
    parts = {
        "OFD.xml": _xml(
            "OFD",
            "<DocBody><DocInfo><Title>报告</Title><CreationDate>2024-01-15</CreationDate></DocInfo>"
            "<DocRoot>Doc_0/Document.xml</DocRoot></DocBody>",
            style,
        ),
        "Doc_0/Document.xml": document,
        "Doc_0/Tpls/Tpl_0/Content.xml": _page(head, style),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": _xml("Page", contents[i], style) for i in ids},
        **(extra or {}),
    }
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of the parts, same bytes for the same parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def body(*objects: str) -> str:
    """Page content of text objects as they are."""
    return f'<Content><Layer ID="1" Type="Body">{"".join(objects)}</Layer></Content>'


def text_object(text: str, x: float, y: float, *, size: float = SIZE, code: str = "", more: str = "") -> str:
    """One text object at (x, y) millimetres; `code` replaces the attributes of its text code."""
    deltas = " ".join(f"{_width(c) * size:.3f}" for c in text[:-1])
    code = code or f'X="0" Y="{size}" DeltaX="{deltas}"'
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<TextObject Boundary="{x:.2f} {y:.2f} 160 {size + 1}" Font="3" Size="{size}" {more}>'
        f"<TextCode {code}>{escaped}</TextCode></TextObject>"
    )


class Line(NamedTuple):
    """A printed line: (x in millimetres, text, size) stretches; of a table also the places of its upright
    rules, and whether a rule lies above and below it.
    """

    stretches: list[tuple[float, str, float]]
    upright: Sequence[float] = ()
    has_top: bool = False
    has_bottom: bool = False


def _lines(paragraph: str | Sequence[str]) -> list[Line]:
    """Tables are set smaller, in columns of one width, cells wrapped."""
    if not isinstance(paragraph, str):
        return _row(paragraph)
    return [
        Line([(LEFT + (0 if i else 2 * SIZE), text, SIZE)])
        for i, text in enumerate(_wrapped(paragraph, COLUMNS, 2.0))
    ]


def _row(cells: Sequence[str]) -> list[Line]:
    wide = COLUMNS * SIZE / len(cells)
    upright = [LEFT + wide * n for n in range(len(cells) + 1)]
    wrapped = [_wrapped(cell, max(wide / TABLE_SIZE - 0.8, 1.0), 0.0) for cell in cells]
    height = max(map(len, wrapped))
    return [
        Line(
            [
                (x + 1.0, text[n], TABLE_SIZE)
                for x, text in zip(upright, wrapped, strict=False)
                if n < len(text)
            ],
            upright,
            n == 0,
            n == height - 1,
        )
        for n in range(height)
    ]


def _wrapped(text: str, columns: float, taken: float) -> list[str]:
    """Lines of the text, the first of which begins after `taken` columns."""
    lines, line = [], ""
    for character in text:
        if taken + _width(character) > columns and character not in "，。；：、）":
            lines.append(line)
            line, taken = "", 0.0
        line += character
        taken += _width(character)
    return [*lines, line]


def _content(lines: Sequence[Line], number: int, style: Style) -> str:
    objects = [
        _text(text, x, TOP + row * STEP, style, size)
        for row, line in enumerate(lines)
        for x, text, size in line.stretches
    ]
    objects += [rule for row, line in enumerate(lines) for rule in _rules(line, TOP + row * STEP - 2)]
    if style.page_numbers:
        objects.append(_text(f"— {number} —", 95.0, 275.0, style))
    return f'<Template TemplateID="9" ZOrder="Background"/>{body(*objects)}'


def _rules(line: Line, y: float) -> Iterator[str]:
    """Around one line of a table that begins at `y`: upright ones as a path, others as a thin box."""
    for x in line.upright:
        yield _path("0 0 210 297", f"M {x} {y} L {x} {y + STEP}")
    for level in ([y] if line.has_top else []) + ([y + STEP] if line.has_bottom else []):
        left, wide = line.upright[0], line.upright[-1] - line.upright[0]
        yield _path(f"{left} {level} {wide} 0.2", f"M 0 0 L {wide} 0")


def _path(boundary: str, data: str) -> str:
    return f'<PathObject Boundary="{boundary}"><AbbreviatedData>{data}</AbbreviatedData></PathObject>'


def _text(text: str, x: float, y: float, style: Style, size: float = SIZE) -> str:
    written = ""
    for piece in _pieces(text, style.pieces):
        written += text_object(piece, x, y, size=size)
        x += sum(map(_width, piece)) * size
    return written


def _pieces(text: str, manner: str) -> list[str]:
    if manner == "line":
        return [text]
    if manner == "character":
        return list(text)
    return ["".join(group) for _, group in groupby(text, str.isascii)]


def _page(content: str, style: Style) -> bytes:
    return _xml("Page", body(content), style)


def _xml(root: str, inside: str, style: Style) -> bytes:
    """The part with the producer's prefix before each tag."""
    declared = f' xmlns:{style.prefix[:-1]}="{style.namespace}"' if style.prefix and style.namespace else ""
    prefixed = inside.replace(f"<{style.prefix}", "<").replace("</", "\0").replace("<", f"<{style.prefix}")
    prefixed = prefixed.replace("\0", f"</{style.prefix}")
    text = f'<?xml version="1.0" encoding="{style.encoding}"?>'
    text += f"<{style.prefix}{root}{declared}>{prefixed}</{style.prefix}{root}>"
    return text.encode(style.encoding)


def _width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
