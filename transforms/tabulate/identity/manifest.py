"""`manifest.csv`: what a person knows of the files in a folder. It outranks inference where it is filled
in.

Columns: path,url,town,county,province,year,published_on; in any order, further columns refused, cells
may be empty. `path` is relative to the manifest's folder, with forward slashes. What a spreadsheet makes of
such a file when it saves it is taken too: semicolons or tabs, blank columns at the end, 2023/1/18, 2022.0.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

COLUMNS = ("path", "url", "town", "county", "province", "year", "published_on")
LARGEST = 64 * 1024 * 1024  # bytes; a line of 160 for each of 400,000 files
TOLD = 10  # lines at fault that are named: where a whole column is wrong, every line is
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+|年)?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[T ]0{1,2}:00(?::00)?)?")


class BadManifest(ValueError):  # noqa: N818 - it is a verdict on a file, named as such in the logs
    """The manifest cannot be used; the message names file, lines and remedies."""


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """What one line says of one file; None where the cell is empty. `line` counts from 1, the header."""

    path: str
    line: int
    url: str | None = None
    town: str | None = None
    county: str | None = None
    province: str | None = None
    year: int | None = None
    published_on: str | None = None  # YYYY-MM-DD
    source: str = "manifest"  # or "correction", where a person's correction said it


def read_manifest(path: Path) -> dict[str, ManifestLine]:
    """Lines by path of the report. Raises BadManifest naming the lines at fault.

    Two lines for one path must agree; each may fill cells the other leaves empty.
    """
    return parse_manifest(_text_of(path), path.name)


def is_manifest(path: Path) -> bool:
    """Whether a readable file with these columns is there, rather than another program's of that name."""
    try:
        with path.open("rb") as file:
            first = file.readline(4096).decode("utf-8-sig", "replace")
    except OSError:
        return False
    return all(column in re.split(r"[\s\",;]+", first) for column in COLUMNS)


def _text_of(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise BadManifest(f"{path.name}: larger than {LARGEST:,} bytes; split the folder")
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadManifest(
            f"{path.name}, line {line}: not UTF-8; in a spreadsheet choose 'CSV UTF-8' when saving"
        ) from error


def parse_manifest(text: str, name: str = "manifest.csv") -> dict[str, ManifestLine]:
    """As `read_manifest`, of text already decoded.

    >>> header = "path,url,town,county,province,year,published_on\\n"
    >>> lines = parse_manifest(header + "a.txt,,太平镇,古蔺县,,2022,\\n")
    >>> lines["a.txt"].county, lines["a.txt"].year, lines["a.txt"].url
    ('古蔺县', 2022, None)
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines: dict[str, ManifestLine] = {}
    faults: list[str] = []
    try:
        header = _without_blanks([cell.strip() for cell in next(rows, [])], 0)
        _check_header(header, name)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                faults += _take(lines, header, cells, name, rows.line_num)
    except csv.Error as error:  # behind a wrong quote no line can be told from the next
        faults.append(f"{name}, line {rows.line_num}: not a CSV line ({error}); check the quotes")
    if faults:
        more = [f"and {len(faults) - TOLD} lines more"] if len(faults) > TOLD else []
        raise BadManifest("; ".join(faults[:TOLD] + more))
    return lines


def _take(
    lines: dict[str, ManifestLine], header: list[str], cells: list[str], name: str, number: int
) -> list[str]:
    """Puts one row among `lines`; returns what is wrong with it, so that all can be told at once."""
    try:
        line = _line(header, cells, name, number)
        lines[line.path] = _agreed(lines.get(line.path), line, name)
    except BadManifest as error:
        return [str(error)]
    return []


def _delimiter(text: str) -> str:
    """A comma, but where the header is written with what some spreadsheets put in its place."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return next((mark for mark in ";\t" if first.count(mark) >= len(COLUMNS) - 1), ",")


def _without_blanks(cells: list[str], least: int) -> list[str]:
    """Spreadsheets save columns in which something stood once as blank ones at the end."""
    while len(cells) > least and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _check_header(header: list[str], name: str) -> None:
    missing = [column for column in COLUMNS if column not in header]
    unknown = [column for column in header if column not in COLUMNS]
    if missing or unknown or len(header) != len(set(header)):
        said = [f"missing {', '.join(missing)}"] if missing else []
        said += [f"unknown {', '.join(map(repr, unknown))}"] if unknown else []
        said += ["a column stands twice"] if len(header) != len(set(header)) else []
        raise BadManifest(f"{name}, line 1: {'; '.join(said)}; the columns are {','.join(COLUMNS)}")


def _line(header: list[str], cells: list[str], name: str, number: int) -> ManifestLine:
    where = f"{name}, line {number}"
    cells = _without_blanks(cells, len(header))
    if len(cells) != len(header):
        raise BadManifest(
            f"{where}: {len(cells)} cells, {len(header)} expected; quote cells that hold a comma"
        )
    row = {column: cell.strip() or None for column, cell in zip(header, cells, strict=True)}
    path = _path(row["path"], where)
    return ManifestLine(
        path=path,
        line=number,
        url=row["url"],
        town=row["town"],
        county=row["county"],
        province=row["province"],
        year=_year(row["year"], where),
        published_on=_date(row["published_on"], where),
    )


def _path(cell: str | None, where: str) -> str:
    path = PurePosixPath((cell or "").replace("\\", "/"))
    if cell is None or path.is_absolute() or ".." in path.parts:
        raise BadManifest(f"{where}: path {cell!r} is not a file below the manifest's folder")
    return str(path)


def _year(cell: str | None, where: str) -> int | None:
    if cell is None:
        return None
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", cell))
    if not found:
        raise BadManifest(f"{where}: year {cell!r} is not a year of four digits")
    return int(found[1])


def _date(cell: str | None, where: str) -> str | None:
    if cell is None:
        return None
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", cell))
    try:
        if found:
            return datetime.date(*map(int, found.groups())).isoformat()
        return datetime.date.fromisoformat(cell).isoformat()
    except ValueError as error:
        raise BadManifest(f"{where}: published_on {cell!r} is not a date written YYYY-MM-DD") from error


def _agreed(first: ManifestLine | None, second: ManifestLine, name: str) -> ManifestLine:
    if first is None:
        return second
    merged: dict[str, object] = {}
    for column in COLUMNS[1:]:
        old, new = getattr(first, column), getattr(second, column)
        if old is not None and new is not None and old != new:
            raise BadManifest(
                f"{name}, line {second.line}: {column} {new!r} of {second.path!r} contradicts {old!r} "
                f"of line {first.line}; keep one of the lines"
            )
        merged[column] = new if old is None else old
    return _of(first.path, first.line, merged)


def _of(path: str, line: int, cells: Mapping[str, object]) -> ManifestLine:
    return ManifestLine(path=path, line=line, **cells)  # type: ignore[arg-type]
