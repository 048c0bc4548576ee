"""Resolution of rival mentions: fills `resolution` and the wide tables for the towns and years that
changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from duckdb import DuckDBPyConnection

from transforms.tabulate.catalogue import catalogue
from warehouse.schema import insert, quoted, read, statements

# Replaced cells up to which it pays to look which of them say another figure now.
COMPARED = 100_000
_STEP = re.compile(r"CREATE OR REPLACE TEMP (?:TABLE|VIEW) (\w+) AS")


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


def resolve(connection: DuckDBPyConnection, is_small: bool) -> None:
    """Makes the temporary view `next_resolution` for the cells of `changed_cell`.

    A small load (`is_small`) takes all steps in one statement: to begin and to keep each costs more than to
    do it. A large one takes them one by one, views among them, which spare it a copy of a million facts.
    """
    scopes = connection.execute(
        "SELECT DISTINCT scope FROM fact_indicator SEMI JOIN changed_cell USING (town_id, year)"
        " WHERE scope IS NOT NULL"
    ).fetchall()
    _fill_disjoint_scope(connection, (scope for (scope,) in scopes))
    steps = statements(read("resolve.sql"))
    for statement in _in_one(steps) if is_small else steps:
        connection.execute(statement)


def _in_one(steps: Sequence[str]) -> tuple[str, str]:
    """The last step as a table, with those before it as its common table expressions; and the view of it."""
    *before, (last, query) = (_STEP.split(step, maxsplit=1)[1:] for step in steps)
    told = ",\n".join(f"{name} AS MATERIALIZED (\n{step}\n)" for name, step in before)
    made = f"CREATE OR REPLACE TEMP TABLE {last}_kept AS\nWITH {told}\n{query}"
    return made, f"CREATE OR REPLACE TEMP VIEW {last} AS FROM {last}_kept"


def _fill_disjoint_scope(connection: DuckDBPyConnection, scopes: Iterable[str]) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE disjoint_scope (scope VARCHAR, family VARCHAR, class VARCHAR)"
    )
    rows = [(scope, *found) for scope in scopes if (found := scope_class(scope))]
    insert(connection, "disjoint_scope", rows)


def note_changed_rows(connection: DuckDBPyConnection, load_id: int, gone: int) -> None:
    """`changed_row` (town_id, year, domain): rows of wide tables that may be other than they were.

    A new version of a report seldom says anything new in more than one domain or two. `gone`: cells that
    were replaced; where there are none, or very many, all rows of `changed_cell` are taken.
    """
    cell = "SELECT town_id, year, indicator, value, low, high FROM resolution"
    new = f"{cell} WHERE load_id = {load_id}"
    old = f"{cell}_history WHERE valid_to_load = {load_id}"
    rows = "SELECT town_id, year, domain FROM changed_cell CROSS JOIN (SELECT DISTINCT domain FROM indicator)"
    if 0 < gone <= COMPARED:
        differing = f"({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new})"
        rows = f"SELECT DISTINCT town_id, year, domain FROM ({differing}) JOIN indicator USING (indicator)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed_row AS {rows}")


def fill_wide(connection: DuckDBPyConnection) -> list[str]:
    """Rewrites the rows of `changed_row` in the wide tables from `resolution`; returns which tables.

    A row's figures are gathered as lists and laid out by place: one filtered aggregate a column, some 370
    of them, costs five times as much.
    """
    cells = "(SELECT DISTINCT town_id, year FROM changed_row)"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gathered AS SELECT town_id, year, domain, list(ordinal) AS places,"
        " list(value) AS value, list(low) AS low, list(high) AS high"
        f" FROM (FROM resolution SEMI JOIN {cells} USING (town_id, year))"
        " JOIN indicator USING (indicator) GROUP BY ALL"
    )
    found = connection.execute("SELECT DISTINCT domain FROM changed_row ORDER BY ALL").fetchall()
    for (domain,) in found:
        _fill_domain(connection, domain)
    return [f"fact_{domain}" for (domain,) in found]


def _fill_domain(connection: DuckDBPyConnection, domain: str) -> None:
    cells = ", ".join(
        f"{figure}[list_position(places, {place})] AS {row.code}{suffix}"
        for place, row in enumerate(catalogue().values(), start=1)
        if row.domain == domain
        for figure, suffix in (("value", ""), ("low", "_low"), ("high", "_high"))
    )
    rows = f"(FROM changed_row WHERE domain = {quoted(domain)})"
    if connection.execute(f"SELECT 1 FROM fact_{domain} LIMIT 1").fetchall():
        connection.execute(
            f"DELETE FROM fact_{domain} WHERE rowid IN"
            f" (SELECT w.rowid FROM fact_{domain} w SEMI JOIN {rows} r USING (town_id, year))"
        )
    connection.execute(
        f"INSERT INTO fact_{domain} BY NAME SELECT town_id, year, {cells} FROM gathered"
        f" SEMI JOIN {rows} r USING (town_id, year) WHERE domain = {quoted(domain)} ORDER BY town_id, year"
    )
