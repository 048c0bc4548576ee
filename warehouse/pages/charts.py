"""Distribution and trend of each indicator, drawn by Vega-Lite, whose code is written into the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from markupsafe import Markup

from warehouse.pages.frame import packed, render
from warehouse.pages.overview import Row, rows

# Figures on one page: beyond, each domain has a page of its own, so that each still opens within a second.
ON_ONE_PAGE = 40_000
BOUNDS = ("exact", "at_least", "at_most", "approx", "range")


def charts_missing() -> bool:
    """Whether the extra `pages` is not installed."""
    return _vega() is None


def chart_pages(connection: DuckDBPyConnection, cache_folder: Path) -> Iterator[tuple[str, str]]:
    """File name and HTML; the code of Vega, which takes seconds to bundle, is kept in `cache_folder`."""
    indicators, cells = rows(connection, "indicators"), rows(connection, "cells")
    towns = rows(connection, "towns")
    domains = list(dict.fromkeys(row["domain"] for row in indicators))
    groups = [domains] if len(cells) <= ON_ONE_PAGE else [[domain] for domain in domains]
    library = _library(cache_folder)
    place = {row["indicator"]: _page_of(row["domain"], domains, groups) for row in indicators}
    for group in groups:
        of_group = [row for row in indicators if row["domain"] in group]
        name = _page_of(group[0], domains, groups)
        codes = {row["indicator"] for row in of_group}
        html = render(
            "indicators.html",
            library=library,
            data=_data(of_group, [cell for cell in cells if cell["indicator"] in codes], towns)
            | {"elsewhere": {code: page for code, page in place.items() if page != name}},
            others=[] if len(groups) == 1 else domains,
            shown=group[0],
        )
        yield name, html


def _page_of(domain: str, domains: Sequence[str], groups: Sequence[Sequence[str]]) -> str:
    return "indicators.html" if len(groups) == 1 or domain == domains[0] else f"indicators_{domain}.html"


def _data(indicators: Sequence[Row], cells: Sequence[Row], towns: Sequence[Row]) -> dict[str, Any]:
    """Columns instead of rows, towns and reports by number: a tenth of the size."""
    place = {town["town_id"]: n for n, town in enumerate(towns)}
    by_code: dict[str, list[list[Any]]] = {}
    for cell in cells:
        figures = [cell["value"], cell["low"], cell["high"]]
        told = [place[cell["town_id"]], cell["year"], *(None if f is None else float(f) for f in figures)]
        by_code.setdefault(cell["indicator"], []).append(
            [*told, BOUNDS.index(cell["bound"]), cell["report_id"], cell["chosen_fact_id"] or ""]
        )
    return {
        "bounds": BOUNDS,
        "towns": [[town["name"], town["county"] or ""] for town in towns],
        "indicators": [
            [row[name] for name in ("indicator", "domain", "name_zh", "name_en", "measure", "unit", "note")]
            for row in indicators
        ],
        "cells": by_code,
        "specs": {name: _spec(name) for name in ("trend", "histogram", "ranks")},
    }


@cache
def _spec(name: str) -> Any:
    text = (files(__package__) / "assets" / f"{name}.vl.json").read_text(encoding="utf-8")
    return json.loads(text)


def _vega() -> Any:
    try:
        return import_module("vl_convert")
    except ImportError:
        return None


def _library(folder: Path) -> Markup:
    """Vega, Vega-Lite and vega-embed of the package vl-convert-python, compressed; empty without it."""
    vega = _vega()
    if vega is None:
        return Markup()
    kept = folder / f".vega-{vega.__version__}"
    try:
        return Markup(kept.read_text(encoding="ascii"))
    except (FileNotFoundError, UnicodeDecodeError):
        made = packed(vega.javascript_bundle("window.vegaEmbed = vegaEmbed;"))
        for old in folder.glob(".vega-*"):
            old.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(made, encoding="ascii")
        return made
