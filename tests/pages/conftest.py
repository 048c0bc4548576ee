"""Warehouses with pages, and a Chromium that opens them from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.told_reports import files_of
from transforms import extract
from transforms.decode import find_files
from validation.frames import frames_of
from validation.gates import gate
from warehouse import RunInfo, Warehouse, open_warehouse
from warehouse.pages import PagesWritten, charts, write_pages

ROOT = Path(__file__).resolve().parents[2]
STARTED = datetime(2026, 1, 5, 8, 0, 0)


def load_folder(warehouse: Warehouse, source: Path, started: datetime = STARTED) -> None:
    """What a run does, without Prefect: every file that is accepted ends in the warehouse."""
    read = [extract(found.read()) for found in find_files(source)]
    run = RunInfo("test", started, files_of([one.report for one in read]), {"townfacts": "test"})
    warehouse.load(gate(frames_of(read, "1", ())), run)


@dataclass
class House:
    """A warehouse in a folder and what was written of it."""

    folder: Path
    source: Path

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    def load(self, started: datetime = STARTED) -> None:
        with open_warehouse(self.folder) as warehouse:
            load_folder(warehouse, self.source, started)

    def write(self, with_charts: bool = False) -> PagesWritten:
        """Without charts unless asked: bundling their code takes seconds."""
        with open_warehouse(self.folder, read_only=True) as warehouse, pytest.MonkeyPatch.context() as patch:
            if not with_charts:
                patch.setattr(charts, "_vega", lambda: None)
            return write_pages(warehouse.connection, self.pages)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with open_warehouse(self.folder, read_only=True) as warehouse:
            return warehouse.connection.execute(query).fetchall()


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty one with an empty folder of reports."""
    (tmp_path / "reports").mkdir()
    return House(tmp_path / "data", tmp_path / "reports")


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The samples, and the five real reports where they lie beside the checkout."""
    folder = tmp_path_factory.mktemp("known")
    source = folder / "reports"
    shutil.copytree(ROOT / "samples", source / "samples", ignore=shutil.ignore_patterns("gold", "*.md"))
    if (real := ROOT.parent / "shared" / "reports").is_dir():
        shutil.copytree(real, source / "real")
    made = House(folder / "data", source)
    made.load()
    made.write()
    return made


@dataclass
class Seen:
    """A page in the browser; `said`: what it wrote to the console, `asked`: what it wanted."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# As root and without a network: no sandbox, and none of the look-ups a browser makes at its start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser of the system."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium fonts-noto-cjk")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Seen]]:
    """Opens a file in the browser, in a size and a language, and waits until its script is done."""
    contexts = []

    def open_page(path: Path, width: int = 1360, lang: str = "zh", hash_: str = "") -> Seen:
        context = chromium.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.goto(f"{path.as_uri()}?lang={lang}{hash_}")
        if "packed-data" in path.read_text(encoding="utf-8"):
            seen.page.wait_for_selector("html[data-ready]")
        return seen

    yield open_page
    for context in contexts:
        context.close()
