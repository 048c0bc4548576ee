"""Replacing rows without losing what they were: one way for every table that keeps a history."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from warehouse.schema import Table, table

BOOKKEEPING = ("rulebook_version", "loaded_at")


def replace_versions(connection: DuckDBPyConnection, name: str, scope: str, load_id: int) -> tuple[int, int]:
    """Makes the rows of `name` within `scope` those of the temporary table `next_<name>`.

    `scope` is an SQL condition on `name`. Rows that stay as they are keep their `load_id` (only
    bookkeeping columns are brought up to date), the others move to `<name>_history`. Returns (rows new
    or changed, rows gone or replaced).
    """
    made = table(name)
    key, content = ", ".join(made.key), ", ".join(made.content)
    if not connection.execute(f"SELECT 1 FROM {name} WHERE {scope} LIMIT 1").fetchall():
        return _insert(connection, name, f"FROM next_{name}", load_id), 0
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE same_{name} AS SELECT {key} FROM"
        f" (SELECT {content} FROM {name} WHERE {scope} INTERSECT SELECT {content} FROM next_{name})"
    )
    gone = f"FROM {name} WHERE {scope} AND ({key}) NOT IN (SELECT ({key}) FROM same_{name})"
    connection.execute(
        f"INSERT INTO {name}_history BY NAME SELECT * EXCLUDE (load_id), load_id AS valid_from_load,"
        f" {load_id} AS valid_to_load {gone}"
    )
    removed = _count(connection, f"DELETE {gone}")
    _keep_books(connection, made)
    return _insert(
        connection, name, f"FROM next_{name} ANTI JOIN same_{name} USING ({key})", load_id
    ), removed


def _insert(connection: DuckDBPyConnection, name: str, rows: str, load_id: int) -> int:
    return _count(connection, f"INSERT INTO {name} BY NAME SELECT *, {load_id} AS load_id {rows}")


def _keep_books(connection: DuckDBPyConnection, made: Table) -> None:
    """Rows read again with newer rules say so, although nothing else about them changed."""
    if "rulebook_version" not in {column.name for column in made.columns}:
        return
    match = " AND ".join(f"t.{part} = n.{part}" for part in made.key)
    connection.execute(
        f"UPDATE {made.name} t SET rulebook_version = n.rulebook_version FROM next_{made.name} n"
        f" WHERE {match} AND t.rulebook_version <> n.rulebook_version"
    )


def _count(connection: DuckDBPyConnection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0
