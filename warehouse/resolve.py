"""Resolution of rival mentions: fills `resolution` and the wide tables for the towns and years that
changed.
"""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
from duckdb import DuckDBPyConnection

from transforms.tabulate.catalogue import catalogue
from warehouse.rivals import Stated, Stretch, weighed
from warehouse.schema import insert, quoted, read, statements

# Replaced cells up to which it pays to look which of them say another figure now.
COMPARED = 100_000
_VIEW = "CREATE OR REPLACE TEMP VIEW stated AS"
_CROWDED = f"SELECT {', '.join(Stated._fields)} FROM stated SEMI JOIN crowded USING (mark)"
_IN_ONE_SENTENCE = """
SELECT report_id, first_place, last_place FROM asked JOIN report_text t USING (report_id)
WHERE NOT regexp_matches(substr(t.text, first_place + 1, last_place - first_place), '[。！？；;\n]')
"""


def resolve(connection: DuckDBPyConnection, is_small: bool) -> None:
    """Makes the temporary view `next_resolution` for the cells of `changed_cell`.

    What may fill them is looked at three times: of a small load (`is_small`) it is kept, of a large one a
    copy of a million facts is spared.
    """
    for statement in statements(read("resolve.sql")):
        if is_small and _VIEW in statement:
            connection.execute(statement.replace(_VIEW, "CREATE OR REPLACE TEMP TABLE stated_kept AS"))
            statement = f"{_VIEW} FROM stated_kept"
        connection.execute(statement)
    stated = map(Stated._make, connection.execute(_CROWDED).fetchall())
    insert(connection, "weighed", weighed(stated, lambda asked: _in_one_sentence(connection, asked)))


def _in_one_sentence(connection: DuckDBPyConnection, stretches: Collection[Stretch]) -> set[Stretch]:
    """Those that hold no end of a sentence."""
    names = ("report_id", "first_place", "last_place")
    columns = dict(zip(names, map(pa.array, zip(*sorted(stretches), strict=True)), strict=True))
    connection.register("asked", pa.table(columns))
    try:
        return {Stretch(*row) for row in connection.execute(_IN_ONE_SENTENCE).fetchall()}
    finally:
        connection.unregister("asked")


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
