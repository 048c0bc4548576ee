"""Spreadsheets (.xlsx): visible cells as shown, one row a line, cells apart by tabs, one page a sheet.

Read from the XML itself: a share stands in the file as 0.94 and only its number format says that the town
wrote 94%, which the spreadsheet libraries of Python either do not tell or take ten times as long for.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import Problem
from transforms.decode.sheet_rows import (
    MOST_COLUMNS,
    Cell,
    Range,
    joined_sheets,
    merged_away,
    refuse_if_too_long,
    rows_of,
)
from transforms.decode.shown_number import NumberFormat, number_format, shown
from transforms.decode.xml_parts import Package, attribute, child, children, local_name


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets share: texts by number, number formats by the number of the cell's style."""

    texts: list[str]
    formats: list[NumberFormat]
    from_1904: bool


def read_xlsx(data: bytes, limits: Limits) -> Reading:
    """All visible sheets with a cell in them; hidden sheets and rows are left out."""
    package = Package(data, limits)
    workbook = package.tree("xl/workbook.xml")
    if workbook is None:
        raise refuse("damaged_file", "the workbook part is missing; ask for the file again")
    properties = child(workbook, "workbookPr")
    book = _Book(
        _shared_texts(package), _formats(package), attribute(properties, "date1904") in ("1", "true")
    )
    sheets, uncalculated = [], 0
    for name, part in _visible_sheets(package, workbook):
        cells, ranges, empty = _cells(package.member(part), part, book)
        sheets.append((name, rows_of(merged_away(cells, ranges))))
        uncalculated += empty
    text, breaks = joined_sheets(sheets)
    if not text.strip():
        raise refuse("no_text", "no visible sheet holds a value; save it again with its formulas calculated")
    return Reading(text, (0, len(text)), page_breaks=breaks, problems=_warning(uncalculated))


def _warning(uncalculated: int) -> tuple[Problem, ...]:
    if not uncalculated:
        return ()
    message = (
        f"{uncalculated} formulas hold no result; open the file in a spreadsheet program and save it again"
    )
    return (Problem("formula_not_calculated", message, "warning"),)


def _visible_sheets(package: Package, workbook: etree._Element) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet, in the order of the tabs."""
    targets = _targets(package)
    for sheet in children(child(workbook, "sheets"), "sheet"):
        part = targets.get(attribute(sheet, "id") or "")
        if attribute(sheet, "state") in ("hidden", "veryHidden") or part is None:
            continue
        if part not in package.names:
            raise refuse("damaged_file", f"the sheet {part} is missing; ask for the file again")
        yield attribute(sheet, "name") or "", part


def _targets(package: Package) -> Mapping[str, str]:
    """Sheet parts by the id the workbook calls them by; charts and macros are of other types."""
    relations = package.tree("xl/_rels/workbook.xml.rels")
    found = {}
    for relation in children(relations, "Relationship"):
        target = attribute(relation, "Target") or ""
        if (attribute(relation, "Type") or "").endswith("/worksheet"):
            path = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            found[attribute(relation, "Id") or ""] = posixpath.normpath(path)
    return found


def _shared_texts(package: Package) -> list[str]:
    table = package.tree("xl/sharedStrings.xml")
    return [_text_of(item) for item in children(table, "si")]


def _text_of(item: etree._Element) -> str:
    """Runs of one text; phonetic readings are not shown."""
    return "".join(
        node.text or ""
        for node in item.iter()
        if local_name(node) == "t" and local_name(node.getparent()) != "rPh"
    )


def _formats(package: Package) -> list[NumberFormat]:
    styles = package.tree("xl/styles.xml")
    codes = {
        attribute(n, "numFmtId"): attribute(n, "formatCode") or ""
        for n in children(child(styles, "numFmts"), "numFmt")
    }
    ids = [attribute(xf, "numFmtId") or "0" for xf in children(child(styles, "cellXfs"), "xf")]
    return [number_format(int(i) if i.isdigit() else 0, codes.get(i)) for i in ids]


def _cells(data: bytes, name: str, book: _Book) -> tuple[list[Cell], list[Range], int]:
    """Cells of one sheet, its merged ranges, and how many formulas have no result. Read row by row."""
    cells: list[Cell] = []
    ranges: list[Range] = []
    uncalculated = rows = number = 0
    for element in _elements(data, name):
        tag = local_name(element)
        if tag == "row":
            refuse_if_too_long(rows, len(cells))
            rows, number = rows + 1, _row_number(element, number)
            if attribute(element, "hidden") not in ("1", "true"):
                row, empty = _row(element, number, book)
                cells += row
                uncalculated += empty
            element.clear()
        elif tag == "mergeCell" and (merged := Range.parsed(attribute(element, "ref") or "")):
            ranges.append(merged)
    return cells, ranges, uncalculated


def _elements(data: bytes, name: str) -> Iterator[etree._Element]:
    context = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=("{*}row", "{*}mergeCell"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for _, element in context:
            yield element
        if context.root is not None and context.root.getroottree().docinfo.doctype:
            raise refuse("forbidden_xml", f"{name} declares a document type, which office files never need")
    except etree.XMLSyntaxError as error:
        raise refuse("damaged_file", f"{name} is no well-formed XML ({error}); ask for it again") from error


def _row_number(element: etree._Element, before: int) -> int:
    stated = attribute(element, "r") or ""
    return int(stated[:9]) if stated.isascii() and stated.isdigit() else before + 1


def _row(element: etree._Element, number: int, book: _Book) -> tuple[list[Cell], int]:
    cells, uncalculated, column = [], 0, -1
    for one in children(element, "c"):
        place = Range.parsed(attribute(one, "r") or "")
        column = place.left if place else column + 1
        text = _shown(one, book).strip()
        uncalculated += not text and child(one, "f") is not None and attribute(one, "t") in (None, "n")
        if text and column < MOST_COLUMNS:
            cells.append(Cell(number, column, text))
    return cells, uncalculated


def _shown(cell: etree._Element, book: _Book) -> str:
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        inline = child(cell, "is")
        return _text_of(inline) if inline is not None else ""
    value = child(cell, "v")
    stated = (value.text or "") if value is not None else ""
    if kind == "s":
        return book.texts[int(stated)] if stated.isdigit() and int(stated) < len(book.texts) else ""
    if kind == "n":
        style = attribute(cell, "s") or "0"
        known = style.isdigit() and int(style) < len(book.formats)
        return shown(stated, book.formats[int(style)] if known else NumberFormat(), book.from_1904)
    return stated if kind == "str" else ""  # errors and truth values are no text of a report
