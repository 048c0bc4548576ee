"""Writes the review pages of a warehouse; a page whose rows and frame are as before is left as it lies."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseNotWritable
from warehouse.pages.frame import frame_mark
from warehouse.pages.report_page import report_page
from warehouse.pages.report_rows import prepare, report_marks, report_rows

MANIFEST = "manifest.json"
_OURS = re.compile(r"(?:[a-z]+/)?[a-z0-9_]+\.html")
AT_ONCE = 200  # reports whose rows are in memory together


@dataclass(frozen=True, slots=True)
class PagesWritten:
    """What became of the pages; `index` is where to begin."""

    index: Path
    written: int
    unchanged: int
    removed: int


def write_pages(connection: DuckDBPyConnection, folder: Path) -> PagesWritten:
    """Brings `folder` up to the warehouse; raises WarehouseNotWritable where a page cannot be written.

    Each page is replaced as a whole; only pages of ours, named in the manifest, are ever removed.
    """
    try:
        return _write(connection, folder)
    except OSError as error:
        place = error.filename or folder
        raise WarehouseNotWritable(f"{place}: pages cannot be written: {error.strerror}") from error


def _write(connection: DuckDBPyConnection, folder: Path) -> PagesWritten:
    old = _manifest(folder)
    prepare(connection)
    marks = {f"report/{name}.html": f"{mark} {frame_mark()}" for name, mark in report_marks(connection).items()}
    stale = [name for name, mark in marks.items() if old.get(name) != mark or not (folder / name).is_file()]
    written = 0
    for name, html in _report_pages(connection, stale):
        _replace(folder / name, html)
        written += 1
    for name in sorted(old.keys() - marks.keys()):
        (folder / name).unlink(missing_ok=True)
    _replace(folder / MANIFEST, json.dumps(marks, indent=0, sort_keys=True))
    return PagesWritten(
        folder / "index.html", written, len(marks) - written, len(old.keys() - marks.keys())
    )


def _report_pages(connection: DuckDBPyConnection, names: list[str]) -> Iterator[tuple[str, str]]:
    catalogue = connection.execute(
        "SELECT indicator, domain, name_zh, name_en, measure, unit FROM indicator ORDER BY ordinal"
    ).fetchall()
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        ids = [Path(name).stem for name in some]
        for name, rows in zip(some, report_rows(connection, ids), strict=True):
            yield name, report_page(rows, catalogue)


def _manifest(folder: Path) -> Mapping[str, str]:
    """Page -> mark; nothing for a missing or damaged manifest, so that all is written anew."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {name: str(mark) for name, mark in found.items() if _OURS.fullmatch(name)}
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8", errors="backslashreplace")
    os.replace(beside, path)
