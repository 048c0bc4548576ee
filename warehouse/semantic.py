"""Metrics and dimensions of `town_year` for BI layers, in the form of dbt's semantic models (MetricFlow).

Made from the catalogue. Bounds stay: each indicator has a metric of what it is at least and one of what it is
at most, which is empty as soon as one report leaves it open. Flows and amounts add up over towns and years;
stocks add up over towns, with the last year of each; rates are never added.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from transforms.tabulate.catalogue import Indicator, catalogue
from warehouse.views import HEAD

HEADER: Final = """\
# Semantic description of the view town_year, in the form of dbt semantic models (MetricFlow); made from
# the catalogue of indicators. In a dbt project with the DuckDB adapter: a model `town_year` that selects
# everything from the view of the published copy, and this file beside it.
"""
LAST_YEAR: Final = {
    "name": "report_year",
    "window_choice": "max",
    "window_groupings": ["township"],
}
CATEGORIES: Final = ("province", "city", "county", "town", "kind", "town_code")
ADDED: Final = {
    "flow": "added over towns and years",
    "amount": "added over towns and years",
    "stock": "added over towns, last year of each",
    "rate": "never added",
}


def semantic_yaml() -> str:
    """The whole description; the same text for the same catalogue."""
    rows = list(catalogue().values())
    told = {
        "semantic_models": [_model(rows)],
        "metrics": [metric for row in rows for metric in _metrics(row)],
    }
    return HEADER + "\n".join(_yaml(told)) + "\n"


def _model(rows: list[Indicator]) -> dict[str, Any]:
    meaning = {name: (heading, comment) for name, heading, _, comment in HEAD}
    year = {
        "name": "report_year",
        "type": "time",
        "label": "年度 · Year reported on",
        "expr": "make_date(year, 1, 1)",
        "type_params": {"time_granularity": "year"},
    }
    categories = [
        {
            "name": f"{name}_name" if name == "town" else name,
            "type": "categorical",
            "label": f"{meaning[name][0]} · {meaning[name][1]}",
            "expr": name,
        }
        for name in CATEGORIES
    ]
    return {
        "name": "town_year",
        "description": "One row per town and year with a current report; figures with their bounds.",
        "model": "ref('town_year')",
        "defaults": {"agg_time_dimension": "report_year"},
        "entities": [
            {"name": "report", "type": "primary", "expr": "report_id"},
            {"name": "township", "type": "foreign", "expr": "town_id"},
        ],
        "dimensions": [year, *categories],
        "measures": [measure for row in rows for measure in _measures(row)],
    }


def _measures(row: Indicator) -> Iterator[dict[str, Any]]:
    code = row.code
    stated = f"coalesce({code}, {code}_low, {code}_high) IS NOT NULL"
    least, most = ("min", "max") if row.measure == "rate" else ("sum", "sum")
    made: list[dict[str, Any]] = [
        {"name": f"{code}_least", "agg": least, "expr": f"{code}_low"},
        {"name": f"{code}_most", "agg": most, "expr": f"{code}_high"},
        {
            "name": f"{code}_open",
            "agg": "sum",
            "expr": f"CASE WHEN {stated} AND {code}_high IS NULL THEN 1 ELSE 0 END",
        },
        {"name": f"{code}_stated", "agg": "sum", "expr": f"CASE WHEN {stated} THEN 1 ELSE 0 END"},
    ]
    if row.measure == "rate":
        made.append({"name": f"{code}_mean", "agg": "average", "expr": code})
    for measure in made:
        yield measure | ({"non_additive_dimension": LAST_YEAR} if row.measure == "stock" else {})


def _metrics(row: Indicator) -> Iterator[dict[str, Any]]:
    code, label = row.code, f"{row.name_zh} · {row.name_en} ({row.unit})"
    how = ADDED[row.measure]
    low, high = ("least", "greatest") if row.measure == "rate" else ("at least", "at most")
    yield _simple(f"{code}_low", f"{label}: {low}", f"{row.domain}; {how}", f"{code}_least")
    yield _simple(
        f"{code}_highs",
        f"{label}: upper bounds alone",
        "for the metric of what it is at most",
        f"{code}_most",
    )
    yield _simple(
        f"{code}_without_high", f"{label}: reports without an upper bound", row.domain, f"{code}_open"
    )
    yield _simple(f"{code}_reports", f"{label}: reports that state it", row.domain, f"{code}_stated")
    yield {
        "name": f"{code}_high",
        "label": f"{label}: {high}",
        "description": f"{row.domain}; {how}; empty as soon as one report leaves it open",
        "type": "derived",
        "type_params": {
            "expr": f"CASE WHEN {code}_without_high = 0 THEN {code}_highs END",
            "metrics": [{"name": f"{code}_without_high"}, {"name": f"{code}_highs"}],
        },
    }
    if row.measure == "rate":
        yield _simple(
            f"{code}_mean",
            f"{label}: mean of the reports, unweighted",
            f"{row.domain}; {how}",
            f"{code}_mean",
        )


def _simple(name: str, label: str, description: str, measure: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "description": description,
        "type": "simple",
        "type_params": {"measure": {"name": measure}},
    }


def _yaml(told: Any, indent: str = "") -> Iterator[str]:
    """Block style; every scalar as JSON writes it, which YAML reads alike."""
    if isinstance(told, dict):
        for name, value in told.items():
            if isinstance(value, (dict, list)):
                yield f"{indent}{name}:"
                yield from _yaml(value, indent + "  ")
            else:
                yield f"{indent}{name}: {_scalar(value)}"
    else:
        for value in told:
            lines = (
                list(_yaml(value, indent + "  "))
                if isinstance(value, dict)
                else [indent + "  " + _scalar(value)]
            )
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
