"""Review pages: size and opening time for a county of 300 reports, time and size for 10,000 reports."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from benchmarks import corpus
from benchmarks.timing import Goal, at_most, cpu
from transforms import extract
from transforms.decode.files import FoundFile
from validation.frames import frames_of
from validation.gates import gate
from warehouse import RunInfo, SourceFile, open_warehouse
from warehouse.pages import PagesWritten, write_pages

COUNTY = 300
MANY = 10_000
AT_ONCE = 2_000


def goals() -> Iterator[Goal]:
    """What is asked of the pages."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _county(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _many(Path(folder))


def _county(folder: Path) -> Iterator[Goal]:
    units = corpus._units()
    place = units[len(units) // 2][:2]
    towns = [unit for unit in units if unit[:2] == place]
    with patch.object(corpus, "_units", lambda: towns):
        _load(folder, range(COUNTY))
    seconds = cpu(lambda: _pages(folder))
    yield at_most(f"all pages of a county of {COUNTY} reports", 20, _megabytes(folder), "MB")
    yield Goal(f"writing them, {len(towns)} towns", "", f"{seconds:.1f} s", None)
    yield from _opening(folder / "pages")


def _many(folder: Path) -> Iterator[Goal]:
    for start in range(0, MANY, AT_ONCE):
        _load(folder, range(start, start + AT_ONCE))
    seconds = cpu(lambda: _pages(folder))
    again = cpu(lambda: _pages(folder))
    _load(folder, range(MANY, MANY + MANY // 100))
    done: list[PagesWritten] = []
    changed = cpu(lambda: done.append(_pages(folder)))
    yield Goal(f"{MANY} reports: all pages", "", f"{seconds:.0f} s, {_megabytes(folder):.0f} MB", None)
    yield at_most(f"{MANY} reports: nothing changed / all pages", 5, 100 * again / seconds, "%")
    told = f"{changed:.0f} s, {done[0].written} of {done[0].written + done[0].unchanged} pages"
    yield Goal(f"{MANY} reports: 1 % more reports", "", told, None)


def _load(folder: Path, numbers: range) -> None:
    source = folder / "reports"
    read, files = [], []
    for number in numbers:
        made = corpus.report(number, 1)
        path = source / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")
        one = extract(FoundFile(path, made.path).read())
        read.append(one)
        files.append(SourceFile(str(path), made.path, "read", sha256=one.report.sha256, rulebook_version="1"))
    run = RunInfo("benchmark", datetime(2026, 1, 5), files, {"townfacts": "benchmark"})
    with open_warehouse(folder) as house:
        house.load(gate(frames_of(read, "1", ())), run)


def _pages(folder: Path) -> PagesWritten:
    with open_warehouse(folder, read_only=True) as house:
        return write_pages(house.connection, folder / "pages")


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in (folder / "pages").rglob("*.html")) / 1e6


def _opening(pages: Path) -> Iterator[Goal]:
    """In headless Chromium, from the request to the last script's end; the slowest of each kind."""
    name, asked = "opening a page, slowest kind", "<= 1 s"
    browser = next((found for b in ("chromium", "google-chrome") if (found := shutil.which(b))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser = None
    if browser is None:
        yield Goal(name, asked, "not measured: no Chromium or playwright here", None)
        return
    kinds = [
        *sorted(pages.glob("*.html")),
        *(sorted(pages.glob(f"{d}/*.html"))[0] for d in ("report", "town")),
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        taken = {path.name: statistics.median(_opened(chromium, path) for _ in range(5)) for path in kinds}
        chromium.close()
    slowest = max(taken, key=lambda page: taken[page])
    kind = slowest if (pages / slowest).is_file() else "report or town"
    yield at_most(f"opening a page, slowest kind ({kind})", 1, taken[slowest] / 1000, "s")


def _opened(chromium: object, path: Path) -> float:
    page = chromium.new_page()  # type: ignore[attr-defined]
    page.goto(path.as_uri())
    if "packed-data" in path.read_text("utf-8"):
        page.wait_for_selector("html[data-ready]")
    loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    taken = float(page.evaluate(f"+document.documentElement.dataset.ready || {loaded}"))
    page.close()
    return taken
