"""Spreadsheets of the 1997 format (.xls) by python-calamine: as xlsx.py, but number formats are not told."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

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
from transforms.decode.shown_number import NumberFormat, shown


def read_xls(data: bytes, limits: Limits) -> Reading:
    """All visible sheets with a cell in them. A fraction below 1 may be shown as a percentage: a warning."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(name, _cells(workbook, name)) for name in _visible(workbook)]
    except CalamineError as error:
        if "password" in str(error).lower():
            raise refuse("password_protected", "the workbook asks for a password; save it without") from error
        raise refuse("damaged_file", f"the workbook cannot be read ({error}); ask for it again") from error
    text, breaks = joined_sheets((name, rows_of(cells)) for name, cells in sheets)
    if not text.strip():
        raise refuse("no_text", "no visible sheet holds a value; save it again as .xlsx")
    problems = _warning(sum(_may_be_share(cell.text) for _, cells in sheets for cell in cells))
    return Reading(text, (0, len(text)), page_breaks=breaks, problems=problems)


def _visible(workbook: CalamineWorkbook) -> Iterator[str]:
    for sheet in workbook.sheets_metadata:
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
            yield sheet.name


def _cells(workbook: CalamineWorkbook, name: str) -> list[Cell]:
    sheet = workbook.get_sheet_by_name(name)
    cells: list[Cell] = []
    for row, values in enumerate(sheet.iter_rows()):
        refuse_if_too_long(row, len(cells))
        shown_values = enumerate(map(_shown, values[:MOST_COLUMNS]))
        cells += [Cell(row, column, text) for column, text in shown_values if text]
    ranges = [
        Range(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return merged_away(cells, ranges)


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return shown(repr(value), NumberFormat())
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    return ""


def _may_be_share(text: str) -> bool:
    return text.startswith("0.")


def _warning(shares: int) -> tuple[Problem, ...]:
    if not shares:
        return ()
    message = (
        f"{shares} numbers between 0 and 1 may be shown as percentages, which this format does not tell us;"
        " save it as .xlsx to settle it"
    )
    return (Problem("percent_unknown", message, "warning"),)
