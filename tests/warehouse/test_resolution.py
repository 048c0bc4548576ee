"""Rival mentions of one indicator: which of them fills the cell, by which policy, and that none is
forgotten.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from tests.warehouse.rival_mentions import CASES, EVENTS, RATE, some
from tests.warehouse.told_reports import told_report
from warehouse import open_warehouse
from warehouse.scopes import scope_class, scope_families


@pytest.mark.parametrize("name", CASES)
def test_policy(name: str, batch, tmp_path: Path) -> None:
    facts, policy, *figures, bound = CASES[name]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([told_report(*facts)]))
        [found] = warehouse.connection.execute(
            "SELECT policy, value, low, high, bound, chosen_fact_id, rivals, mentions, as_of FROM resolution"
        ).fetchall()
        indicator = facts[0].indicator
        domain = "publicity" if indicator == EVENTS else "mediation"
        wide = warehouse.connection.execute(
            f"SELECT {indicator}, {indicator}_low, {indicator}_high FROM fact_{domain}"
        ).fetchall()
    expected = tuple(None if figure is None else Decimal(figure) for figure in figures)
    assert found[:5] == (policy, *expected, bound)
    assert wide == [expected]
    assert len(found[6]) + (found[5] is not None) == found[7]  # every rival is kept
    assert (found[5] is None) == (policy in ("parts", "conflict"))


SENTENCE = [
    some("村干部培训4次", "4", scope="村干部"),
    some("网格员培训4次", "4", scope="网格员"),
    some("调解员培训3次", "3", scope="调解员"),
]


@pytest.mark.parametrize(("between", "policy", "value"), [("，", "parts", 11), ("。", "maximum", 4)])
def test_one_sentence_lists_disjoint_things(
    between: str, policy: str, value: int, batch, tmp_path: Path
) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([told_report(*SENTENCE, between=between)]))
        found = warehouse.connection.execute("SELECT policy, value FROM resolution").fetchall()
    assert found == [(policy, value)]


def test_figures_one_sentence_lists_do_not_contradict(batch, tmp_path: Path) -> None:
    """广场1处、文化墙12处: two kinds of one thing, and nobody says that they are all: 12 at least."""
    sites = [
        some(f"{words}{n}处", n, indicator="culture_sites") for words, n in (("广场", "1"), ("文化墙", "12"))
    ]
    rates = [some("村级95%", "95", indicator=RATE), some("镇级98%", "98", indicator=RATE)]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([told_report(*sites, *rates, between="、")]))
        query = "SELECT policy, value, bound FROM resolution ORDER BY indicator"
        found = warehouse.connection.execute(query).fetchall()
    assert found == [("maximum", 12, "at_least"), ("conflict", None, None)]


NEVER = {
    "multi_year": {"period": "multi_year", "years": 5},
    "event": {"period": "event"},
    "a month": {"period": "part_year"},
    "duty": {"status": "required"},
    "plan": {"status": "planned"},
    "change": {"status": "change"},
    "elsewhere": {"status": "elsewhere"},
}


@pytest.mark.parametrize("name", NEVER)
def test_never_fills_a_cell(name: str, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([told_report(some("72场", "72", **NEVER[name]))]))
        count = "SELECT (SELECT count(*) FROM fact_indicator), (SELECT count(*) FROM resolution)"
        assert warehouse.connection.execute(count).fetchall() == [(1, 0)]
        assert warehouse.connection.execute("FROM fact_publicity").fetchall() == []


def test_half_year_report_fills_with_its_cut_off(batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([told_report(some("30场", "30"), period_end="2022-06-30")]))
        found = warehouse.connection.execute("SELECT value, as_of::VARCHAR FROM resolution").fetchall()
    assert found == [(30, "2022-06-30")]


def test_scope_families_both_ways() -> None:
    told = tomllib.loads((files("warehouse") / "disjoint_scopes.toml").read_text(encoding="utf-8"))
    assert told.keys() == scope_families().keys()
    for family, rules in told.items():
        classes = [scope_class(example) for example in rules["examples"]]
        assert {found[0] for found in classes if found} == {family}
        assert None not in classes
        assert {found[1] for found in classes} == rules.keys() - {"examples", "not_examples"}, (
            "a class without example"
        )
        assert all(scope_class(example) is None for example in rules["not_examples"])
