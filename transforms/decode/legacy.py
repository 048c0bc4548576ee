"""Word files of before 2007 (.doc; a .wps of Kingsoft has the same bytes), with the extra `legacy`.

Read by office-oxide into paragraphs and tables, apart from running heads, deleted and hidden text. The bytes
are handed over as "doc" whatever the file is called, for the library refuses the name .wps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from transforms.decode.encoding import everyday_score
from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse

LEAST_SCORE = 0.35  # as for PDF: a damaged table of text pieces gives control characters and rare ideographs
DEEPEST = 20  # lists and tables inside one another
_ENCRYPTED = 0x0100  # in the flags at byte 10 of the file information block, [MS-DOC] 2.5.2
_BLOCK = b"\xec\xa5"
_Element = Mapping[str, Any]


def read_doc(data: bytes, limits: Limits) -> Reading:
    """One paragraph a line, cells of table rows apart by tabs; `needs_extra_legacy` without the extra."""
    try:
        from office_oxide import Document, OfficeOxideError
    except ImportError:
        raise refuse(
            "needs_extra_legacy",
            "a Word file of before 2007; install the reader with  pip install 'townfacts[legacy]'  and run"
            " again, or save the file as .docx",
        ) from None
    if _is_encrypted(data):
        raise refuse("password_protected", "the Word file asks for a password; save it again without one")
    try:
        document = Document.from_bytes(data, "doc").to_ir()
    except OfficeOxideError as error:
        raise refuse("damaged_file", f"the Word file cannot be read ({error}); save it as .docx") from error
    lines = [line for section in document["sections"] for line in _lines(section["elements"], 0)]
    text = "\n".join(lines)
    if not text.strip():
        raise refuse("no_text", "the Word file holds no text, perhaps pictures of pages; save it as .pdf")
    if everyday_score(text) < LEAST_SCORE:
        raise refuse("damaged_file", "its text comes out as no Chinese; open it by hand and save it as .docx")
    return Reading(text, (0, len(text)), metadata=_metadata(document.get("metadata", {})))


def _is_encrypted(data: bytes) -> bool:
    """By the file information block, which begins a sector of the file."""
    for start in range(512, min(len(data), 1 << 20), 512):
        if data.startswith(_BLOCK, start):
            return bool(int.from_bytes(data[start + 10 : start + 12], "little") & _ENCRYPTED)
    return False


def _lines(elements: list[_Element], depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        raise refuse("damaged_file", "tables or lists lie too deep inside one another; save it as .docx")
    for element in elements:
        if element["type"] == "table":
            yield from _rows(element, depth)
        elif element["type"] == "list":
            for item in element["items"]:
                yield from _lines(item["content"], depth + 1)
        elif inside := _blocks(element):
            yield from _lines(inside, depth + 1)
        else:
            yield from (line for line in _text(element).split("\n") if line.strip())


def _blocks(element: _Element) -> list[_Element]:
    """What a frame or a text box holds: paragraphs instead of stretches of text."""
    content = element.get("content")
    if not isinstance(content, list):
        return []
    return [part for part in content if part.get("type") in ("paragraph", "heading", "table", "list")]


def _rows(table: _Element, depth: int) -> Iterator[str]:
    for row in table["rows"]:
        cells = [" ".join(_lines(cell["content"], depth + 1)).replace("\t", " ") for cell in row["cells"]]
        if any(cell.strip() for cell in cells):
            yield "\t".join(cells)


def _text(element: _Element) -> str:
    parts = []
    for part in element.get("content") or ():
        if part.get("type") == "line_break":
            parts.append("\n")
        else:
            parts.append(part.get("text") or _text(part))
    return "".join(c if c == "\n" or c == "\t" or c.isprintable() else " " for c in "".join(parts))


def _metadata(stated: Mapping[str, Any]) -> dict[str, str]:
    """Title and dates of the file's properties; often of another document, so never called `title`."""
    wanted = {"title": "file_title", "created": "file_created", "modified": "file_modified"}
    return {name: " ".join(str(stated[key]).split()) for key, name in wanted.items() if stated.get(key)}
