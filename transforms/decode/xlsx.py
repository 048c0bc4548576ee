"""Excel files (.xlsx): each visible sheet's rows as lines, cells apart by tabs, numbers as shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse
from transforms.decode.xml_parts import Package, attribute, child, children, local_name

MOST_ROWS = 20_000  # of all sheets; a report's tables have under a hundred
MOST_COLUMNS = 256
_PERCENT_FORMATS = frozenset({9, 10})  # built in, ECMA-376 part 1, 18.8.30
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)))
_EPOCH = date(1899, 12, 30)  # day 60 is the 29 February 1900 Excel believes in
_LITERALS = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]")


def read_xlsx(data: bytes, limits: Limits) -> Reading:
    """Hidden sheets and rows are left out; a sheet's name stands above it where there are several."""
    package = Package(data, limits)
    strings = [_string(item) for item in children(package.tree("xl/sharedStrings.xml"), "si")]
    formats = _formats(package.tree("xl/styles.xml"))
    sheets = list(_visible_sheets(package))
    lines: list[str] = []
    for name, part in sheets:
        rows = list(_rows(package.tree(part), strings, formats, MOST_ROWS - len(lines)))
        lines += [name, *rows] if len(sheets) > 1 and rows else rows
    text = "\n".join(lines)
    if not text.strip():
        raise refuse("no_text", "the sheets hold no text")
    return Reading(text, (0, len(text)))


def _visible_sheets(package: Package) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet, in the order of the tabs."""
    targets = {
        attribute(r, "Id"): (attribute(r, "Target") or "")
        for r in children(package.tree("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    for sheet in children(child(package.tree("xl/workbook.xml"), "sheets"), "sheet"):
        identifier = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(identifier, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if attribute(sheet, "state") in (None, "visible") and part in package.names:
            yield attribute(sheet, "name") or "", part


def _rows(root: etree._Element | None, strings: list[str], formats: list[str], most: int) -> Iterator[str]:
    for number, row in enumerate(children(child(root, "sheetData"), "row")):
        if number >= most:
            raise refuse("too_large", f"the sheets have more than {MOST_ROWS:,} rows; keep the report's own")
        if attribute(row, "hidden") in ("1", "true"):
            continue
        cells: dict[int, str] = {}
        for place, cell in enumerate(children(row, "c")):
            column = _column(attribute(cell, "r"), place)
            if column < MOST_COLUMNS:
                cells[column] = " ".join(_shown(cell, strings, formats).split())
        line = "\t".join(cells.get(i, "") for i in range(max(cells, default=-1) + 1))
        if line.strip():
            yield line.rstrip("\t")


def _column(reference: str | None, place: int) -> int:
    """Zero for A; cells without a reference stand one after the other.

    >>> [_column(r, 3) for r in ("A1", "Z9", "AA10", None)]
    [0, 25, 26, 3]
    """
    letters = re.match(r"[A-Z]{1,3}", reference or "")
    if not letters:
        return place
    column = 0
    for letter in letters[0]:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _shown(cell: etree._Element, strings: list[str], formats: list[str]) -> str:
    """The cell's text as a person sees it; formulas show their last result."""
    kind = attribute(cell, "t") or "n"
    if kind == "inlineStr":
        return _string(child(cell, "is"))
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    if kind != "n":
        return text
    style = attribute(cell, "s") or "0"
    code = formats[int(style)] if style.isdigit() and int(style) < len(formats) else ""
    return shown_number(text, code)


def shown_number(text: str, code: str) -> str:
    """A stored number under a format code: percentages times a hundred, dates as dates, others plain.

    >>> shown_number("0.94", "0%"), shown_number("0.98765", "0.0%"), shown_number("45306", "yyyy/m/d")
    ('94%', '98.8%', '2024-01-15')
    >>> shown_number("1E3", ""), shown_number("12.300000000000001", "General"), shown_number("1234", "#,##0")
    ('1000', '12.3', '1234')
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return text
    bare = _LITERALS.sub("", code).lower()
    if "%" in bare:
        decimals = len(bare.partition(".")[2].partition("%")[0].strip())
        return f"{number * 100:.{min(decimals, 10)}f}%"
    if re.search(r"[yd]", bare) and 0 < number < 200_000:
        return (_EPOCH + timedelta(days=int(number))).isoformat()
    return f"{round(number, 10).normalize():f}"


def _formats(styles: etree._Element | None) -> list[str]:
    """Format code of each cell style."""
    own = {
        attribute(f, "numFmtId"): attribute(f, "formatCode") or ""
        for f in children(child(styles, "numFmts"), "numFmt")
    }
    codes = []
    for style in children(child(styles, "cellXfs"), "xf"):
        identifier = attribute(style, "numFmtId") or "0"
        built_in = int(identifier) if identifier.isdigit() else 0
        standard = ("0.00%" if built_in == 10 else "0%") if built_in in _PERCENT_FORMATS else ""
        codes.append(own.get(identifier) or standard or ("yyyy/m/d" if built_in in _DATE_FORMATS else ""))
    return codes


def _string(item: etree._Element | None) -> str:
    """All runs of a string but its phonetic guide."""
    if item is None:
        return ""
    parts = []
    for element in item:
        if local_name(element) == "t":
            parts.append(element.text or "")
        elif local_name(element) == "r":
            parts += [t.text or "" for t in children(element, "t")]
    return "".join(parts)
