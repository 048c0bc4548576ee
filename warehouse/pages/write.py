"""Writes the review pages of a warehouse; a page whose rows and frame are as before is left as it lies."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from duckdb import DuckDBPyConnection

from warehouse.errors import WarehouseError, WarehouseNotWritable
from warehouse.migrate import require_known_version
from warehouse.pages.charts import chart_pages, charts_missing
from warehouse.pages.frame import frame_mark
from warehouse.pages.overview import index_page, single_pages, town_pages
from warehouse.pages.report_page import report_page
from warehouse.pages.report_rows import prepare, report_marks, report_rows
from warehouse.schema import SCHEMA_VERSION

MANIFEST = "manifest.json"
AT_ONCE = 200  # reports whose rows are in memory together
_OURS = re.compile(r"(?:[a-z]+/)?[a-z0-9_]+\.html")


@dataclass(frozen=True, slots=True)
class PagesWritten:
    """What became of the pages; `index` is where to begin."""

    index: Path
    written: int
    unchanged: int
    removed: int
    charts_missing: bool


@dataclass(slots=True)
class _Folder:
    """The folder of the pages, what its manifest said, and what it says when all is done."""

    path: Path
    state: str
    pages: dict[str, str]
    now: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def is_current(self, name: str, mark: str) -> bool:
        """Whether the page lies there as wanted."""
        self.now[name] = mark
        return self.pages.get(name) == mark and (self.path / name).is_file()

    def put(self, pages: Iterable[tuple[str, str]]) -> None:
        """Writes those whose text is not the one that lies there."""
        for name, html in pages:
            mark = sha256(html.encode("utf-8", "backslashreplace")).hexdigest()[:16]
            if not self.is_current(name, mark):
                self.write(name, html)

    def keep(self) -> None:
        """Pages the state tells to be as they were."""
        self.now = self.pages | self.now

    def write(self, name: str, text: str) -> None:
        """Replaces one page as a whole."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")
        os.replace(beside, path)
        self.written += 1

    def finish(self, state: str) -> int:
        """Removes pages nobody wants any more, then writes the manifest; how many were removed."""
        gone = sorted(self.pages.keys() - self.now.keys())
        for name in gone:
            (self.path / name).unlink(missing_ok=True)
        self.write(MANIFEST, json.dumps({"state": state, "pages": self.now}, indent=0, sort_keys=True))
        return len(gone)


def write_pages(connection: DuckDBPyConnection, folder: Path) -> PagesWritten:
    """Brings `folder` up to the warehouse; raises WarehouseNotWritable where a page cannot be written.

    Only pages of ours, named in the manifest there, are ever removed.
    """
    if require_known_version(connection, folder.parent) < SCHEMA_VERSION:
        raise WarehouseError(
            f"{folder.parent}: written by an older townfacts; bring it up to date first with townfacts run"
        )
    try:
        return _write(connection, _opened(folder))
    except OSError as error:
        place = error.filename or folder
        raise WarehouseNotWritable(f"{place}: pages cannot be written: {error.strerror}") from error


def _write(connection: DuckDBPyConnection, folder: _Folder) -> PagesWritten:
    state = f"{_state(connection)}, pages {frame_mark()}{', no charts' if charts_missing() else ''}"
    if folder.state.rpartition(" | ")[0] == state and all(
        (folder.path / name).is_file() for name in folder.pages
    ):
        folder.keep()
    else:
        prepare(connection)
        folder.path.mkdir(parents=True, exist_ok=True)
        _put_reports(connection, folder)
        folder.put(town_pages(connection))
        folder.put(single_pages(connection))
        folder.put(chart_pages(connection, folder.path))
    loads = connection.execute("SELECT max(load_id) FROM load").fetchone()
    if f"{state} | {loads}" != folder.state:  # it tells of loads that changed nothing, too
        folder.put([index_page(connection)])
    pages = folder.written
    removed = folder.finish(f"{state} | {loads}")
    return PagesWritten(folder.path / "index.html", pages, len(folder.now) - pages, removed, charts_missing())


def _state(connection: DuckDBPyConnection) -> str:
    """The same as long as nothing changed but `load` and the last-seen columns."""
    row = connection.execute(
        "SELECT max(load_id), max(finished_at), (SELECT min(finished_at) FROM load)"
        " FROM load WHERE has_changed"
    ).fetchone()
    return f"schema {SCHEMA_VERSION}, load {row}"


def is_of_now(connection: DuckDBPyConnection, folder: Path) -> bool:
    """Whether the pages in `folder` show what the warehouse holds; loads that changed nothing aside."""
    return _opened(folder).state.startswith(f"{_state(connection)}, ")


def _put_reports(connection: DuckDBPyConnection, folder: _Folder) -> None:
    marks = {name: f"{mark} {frame_mark()}" for name, mark in report_marks(connection).items()}
    stale = [name for name, mark in marks.items() if not folder.is_current(f"report/{name}.html", mark)]
    for name, html in _report_pages(connection, stale):
        folder.write(f"report/{name}.html", html)


def _report_pages(connection: DuckDBPyConnection, report_ids: list[str]) -> Iterator[tuple[str, str]]:
    catalogue = connection.execute(
        "SELECT indicator, domain, name_zh, name_en, measure, unit FROM indicator ORDER BY ordinal"
    ).fetchall()
    for start in range(0, len(report_ids), AT_ONCE):
        some = report_ids[start : start + AT_ONCE]
        for name, rows in zip(some, report_rows(connection, some), strict=True):
            yield name, report_page(rows, catalogue)


def _opened(folder: Path) -> _Folder:
    """Nothing is known of the pages where the manifest is missing or damaged, so that all is written anew."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        pages = {name: str(mark) for name, mark in found["pages"].items() if _OURS.fullmatch(name)}
        return _Folder(folder, str(found["state"]), pages)
    except (FileNotFoundError, ValueError, AttributeError, TypeError, KeyError):
        return _Folder(folder, "", {})
