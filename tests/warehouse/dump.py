"""All that a warehouse holds, in a form in which two of them can be compared."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse import Warehouse

# When something happened is allowed to differ between two warehouses that say the same.
TIMES = {"loaded_at", "first_seen_at", "last_seen_at", "last_seen_load"}


def dump(path: Path) -> dict[str, list[str]]:
    """Table -> its rows in order, without `load` and without times."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = sorted(
            name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        )
        return {name: rows_of(connection, name) for name in tables if name != "load"}


def rows_of(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    found = connection.execute(f"SELECT * FROM {name}")
    kept = [n for n, column in enumerate(found.description) if column[0] not in TIMES]
    rows = sorted(repr([row[n] for n in kept]) for row in found.fetchall())
    return [row for row in rows if not row.startswith("['published_")]  # meta of the published copy alone


def one(warehouse: Warehouse, query: str) -> object:
    """The one value a query gives."""
    return warehouse.connection.execute(query).fetchone()[0]
