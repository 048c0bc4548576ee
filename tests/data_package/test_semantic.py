"""docs/semantic.yml is what the catalogue makes, and its expressions run on the published copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from transforms.tabulate.catalogue import catalogue
from warehouse.semantic import semantic_yaml

GOLDEN = Path(__file__).resolve().parents[2] / "docs" / "semantic.yml"
AGGREGATES = {"sum": "sum", "min": "min", "max": "max", "average": "avg"}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return yaml.safe_load(semantic_yaml())


def test_the_docs_hold_it_as_made(refresh: bool) -> None:
    if refresh:
        GOLDEN.write_text(semantic_yaml(), encoding="utf-8")
        return
    assert GOLDEN.read_text(encoding="utf-8") == semantic_yaml()


def test_every_expression_runs_on_the_view(told: dict[str, Any], published: Path) -> None:
    model = told["semantic_models"][0]
    measures = [f"{AGGREGATES[m['agg']]}({m['expr']}) AS {m['name']}" for m in model["measures"]]
    dimensions = [d["expr"] for d in model["dimensions"]]
    entities = [e["expr"] for e in model["entities"]]
    with duckdb.connect(str(published), read_only=True) as copy:
        row = copy.execute(f"SELECT {', '.join(measures)} FROM {model['name']}").fetchone()
        copy.execute(f"SELECT {', '.join(dimensions + entities)} FROM {model['name']}").fetchall()
        named = [m["name"] for m in model["measures"]]
        got = dict(zip(named, row or (), strict=True))
        assert (
            got["leaflets_least"] == copy.execute("SELECT sum_low(leaflets_low) FROM town_year").fetchone()[0]
        )
        assert (got["leaflets_least"], got["leaflets_most"], got["leaflets_open"]) == (3 * 4600, None, 3)
        assert (got["rule_of_law_meetings_least"], got["rule_of_law_meetings_open"]) == (3 + 4 + 5, 0)


def test_bounds_are_kept_and_rates_never_added(told: dict[str, Any]) -> None:
    model = told["semantic_models"][0]
    measures = {m["name"]: m for m in model["measures"]}
    metrics = {m["name"]: m for m in told["metrics"]}
    assert len(measures) == len(model["measures"])
    assert len(metrics) == len(told["metrics"])
    for code, row in catalogue().items():
        assert {f"{code}_low", f"{code}_high"} <= metrics.keys()
        assert metrics[f"{code}_high"]["type"] == "derived"
        assert (measures[f"{code}_least"]["agg"] == "sum") == (row.measure != "rate")
        window = measures[f"{code}_least"].get("non_additive_dimension", {}).get("window_choice")
        assert window == ("max" if row.measure == "stock" else None)
    used = {m["type_params"]["measure"]["name"] for m in metrics.values() if m["type"] == "simple"}
    assert used == set(measures)
    inputs = {
        i["name"] for m in metrics.values() if m["type"] == "derived" for i in m["type_params"]["metrics"]
    }
    assert inputs <= metrics.keys()
