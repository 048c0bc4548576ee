"""The pages about all reports: coverage, checks, quarantine, towns, the data dictionary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.pages.frame import render, words
from warehouse.schema import read

Row = Mapping[str, Any]
# A report that is not there says nothing of its indicators.
WITHOUT_REPORT = ("report missing", "in quarantine", "unreadable")
# Most telling first: the order of the pieces in a bar.
STATES = (
    "reported",
    "zero",
    "denied",
    "conflict",
    "hard to read",
    "not for the year",
    "mentioned without number",
    "silent",
)
VOCABULARIES = ("role", "bound", "status", "period", "policy", "state", "verdict", "flag", "measure")


@cache
def _queries() -> Mapping[str, str]:
    parts = re.split(r"^-- name: (\w+)\n", read("pages/overview.sql"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(connection: DuckDBPyConnection, name: str) -> list[Row]:
    """Rows of a query of overview.sql, as dicts."""
    found = connection.execute(_queries()[name])
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def single_pages(connection: DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """File name and HTML of each page there is one of, but for the charts."""
    names = {row["indicator"]: (row["name_zh"], row["name_en"]) for row in rows(connection, "indicators")}
    yield "checks.html", _checks(connection, names)
    yield "quarantine.html", _quarantine(connection)
    yield "dictionary.html", _dictionary(connection)


def index_page(connection: DuckDBPyConnection) -> tuple[str, str]:
    """Its own, since it also tells of loads that changed nothing."""
    coverage = rows(connection, "coverage")
    years = sorted({row["year"] for row in coverage})
    return "index.html", render(
        "index.html",
        totals=rows(connection, "totals")[0],
        roles=rows(connection, "roles"),
        years=years,
        counties=_counties(coverage),
        states=STATES,
        missing=WITHOUT_REPORT,
        loads=rows(connection, "loads"),
        accuracy=rows(connection, "accuracy"),
        drift=rows(connection, "drift"),
    )


def _counties(coverage: Sequence[Row]) -> list[dict[str, Any]]:
    """Per county its towns, per town its years, per year the report and its indicators by state."""
    counties: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in coverage:
        place = tuple(row[name] or "" for name in ("province", "city", "county"))
        county = counties.setdefault(place, {"place": [p for p in place if p], "towns": {}})
        new_town = {"name": row["town"], "id": row["town_id"], "years": {}}
        town = county["towns"].setdefault(row["town_id"], new_town)
        new_cell = {"report": row["report_id"], "states": {}, "missing": None}
        cell = town["years"].setdefault(row["year"], new_cell)
        if row["state"] in WITHOUT_REPORT:
            cell["missing"] = row["state"]
        else:
            cell["states"][row["state"]] = row["indicators"]
    return list(counties.values())


def _checks(connection: DuckDBPyConnection, names: Mapping[str, tuple[str, str]]) -> str:
    found = [{**row, "fact": _first_fact(row["numbers"])} for row in rows(connection, "contradictions")]
    flags: dict[str, list[Row]] = {}
    for row in rows(connection, "flags"):
        flags.setdefault(row["flag"], []).append(row)
    return render(
        "checks.html",
        verdicts=rows(connection, "verdicts"),
        found=found,
        flag_counts=rows(connection, "flag_counts"),
        flags={flag: told[:200] for flag, told in flags.items()},
        names=names,
    )


def _first_fact(numbers: str) -> str:
    return next((str(number["fact_id"]) for number in json.loads(numbers) if number.get("fact_id")), "")


def _quarantine(connection: DuckDBPyConnection) -> str:
    waiting: dict[tuple[str, str], list[Row]] = {}
    for row in rows(connection, "waiting"):
        waiting.setdefault((row["code"], row["stage"]), []).append(row)
    return render(
        "quarantine.html",
        causes=rows(connection, "causes"),
        waiting=waiting,
        resolved=rows(connection, "resolved"),
    )


def _dictionary(connection: DuckDBPyConnection) -> str:
    columns: dict[str, list[Row]] = {}
    for row in rows(connection, "columns"):
        columns.setdefault(row["table_name"], []).append(row)
    return render(
        "dictionary.html",
        indicators=rows(connection, "indicators"),
        tables=rows(connection, "tables"),
        columns=columns,
        vocabularies={name: words()[name] for name in VOCABULARIES},
    )


def town_pages(connection: DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """File name and HTML of the page of each town."""
    indicators = rows(connection, "indicators")
    reports, cells, states = (_by_town(connection, name) for name in ("reports", "town_cells", "town_states"))
    codes, flags = _by_town(connection, "town_codes"), _by_town(connection, "flags")
    names = {row["indicator"]: (row["name_zh"], row["name_en"]) for row in indicators}
    for town in rows(connection, "towns"):
        town_id = town["town_id"]
        of_town = (found.get(town_id, ()) for found in (cells, states, reports))
        html = render(
            "town.html",
            town=town,
            reports=reports.get(town_id, ()),
            codes=codes.get(town_id, ()),
            flags=flags.get(town_id, ()),
            names=names,
            **_town_table(indicators, *of_town),
        )
        yield f"town/{town_id}.html", html


def _by_town(connection: DuckDBPyConnection, name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows(connection, name):
        found.setdefault(row["town_id"], []).append(row)
    return found


def _town_table(
    indicators: Sequence[Row], cells: Sequence[Row], states: Sequence[Row], reports: Sequence[Row]
) -> dict[str, Any]:
    """Years, and per domain the indicators of which anything is known, with their cells and states."""
    stated = {(cell["indicator"], cell["year"]): cell for cell in cells}
    silence = {(row["indicator"], row["year"]): row["state"] for row in states}
    known = {indicator for indicator, _ in (*stated, *silence)}
    domains: dict[str, list[Row]] = {}
    for row in indicators:
        if row["indicator"] in known:
            domains.setdefault(row["domain"], []).append(row)
    years = sorted({report["year"] for report in reports})
    return {"years": years, "domains": domains, "stated": stated, "silence": silence}
