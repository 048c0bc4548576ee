"""Resolution of rival mentions: fills `resolution` and the wide tables for the towns and years that
changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from duckdb import DuckDBPyConnection

from transforms.tabulate.catalogue import catalogue, domains
from warehouse.schema import insert, read, statements


@cache
def scope_families() -> dict[str, dict[str, re.Pattern[str]]]:
    """Family -> class -> pattern, from disjoint_scopes.toml."""
    text = (files(__package__) / "disjoint_scopes.toml").read_text(encoding="utf-8")
    return {
        family: {name: re.compile(rule) for name, rule in rules.items() if isinstance(rule, str)}
        for family, rules in tomllib.loads(text).items()
    }


def scope_class(scope: str) -> tuple[str, str] | None:
    """Family and class of a scope, None where it is of no family.

    >>> scope_class("村级"), scope_class("夜间")
    (('level', 'village'), None)
    """
    for family, rules in scope_families().items():
        for name, pattern in rules.items():
            if pattern.fullmatch(scope):
                return family, name
    return None


def resolve(connection: DuckDBPyConnection) -> None:
    """Makes the temporary view `next_resolution` for the cells of `changed_cell`."""
    scopes = connection.execute(
        "SELECT DISTINCT scope FROM fact_indicator SEMI JOIN changed_cell USING (town_id, year)"
        " WHERE scope IS NOT NULL"
    ).fetchall()
    _fill_disjoint_scope(connection, (scope for (scope,) in scopes))
    for statement in statements(read("resolve.sql")):
        connection.execute(statement)


def _fill_disjoint_scope(connection: DuckDBPyConnection, scopes: Iterable[str]) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE disjoint_scope (scope VARCHAR, family VARCHAR, class VARCHAR)"
    )
    rows = [(scope, *found) for scope in scopes if (found := scope_class(scope))]
    insert(connection, "disjoint_scope", rows)


def fill_wide(connection: DuckDBPyConnection) -> None:
    """Rewrites the rows of `changed_cell` in the eleven wide tables from `resolution`.

    A row's figures are gathered as lists and laid out by place: one filtered aggregate a column, some 370
    of them, costs five times as much.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gathered AS SELECT town_id, year, domain, list(ordinal) AS places,"
        " list(value) AS value, list(low) AS low, list(high) AS high FROM resolution"
        " SEMI JOIN changed_cell USING (town_id, year) JOIN indicator USING (indicator) GROUP BY ALL"
    )
    places = {code: place for place, code in enumerate(catalogue(), start=1)}
    for domain in domains():
        table, codes = f"fact_{domain}", [r.code for r in catalogue().values() if r.domain == domain]
        cells = ", ".join(
            f"{figure}[list_position(places, {places[code]})] AS {code}{suffix}"
            for code in codes
            for figure, suffix in (("value", ""), ("low", "_low"), ("high", "_high"))
        )
        connection.execute(
            f"DELETE FROM {table} WHERE rowid IN"
            f" (SELECT w.rowid FROM {table} w SEMI JOIN changed_cell USING (town_id, year))"
        )
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT town_id, year, {cells} FROM gathered"
            " WHERE domain = ? ORDER BY town_id, year",
            [domain],
        )
