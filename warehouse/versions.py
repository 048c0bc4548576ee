"""Replacing rows without losing what they were: one way for every table that keeps a history."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from warehouse.effort import LISTED
from warehouse.schema import Table, quoted, table

# Row of `meta`: the last load that brought rows up to date which keep their load_id.
BOOKS = "books_kept_in_load"


def touched_scope(connection: DuckDBPyConnection, numerals: int) -> str:
    """The condition on a row to be of a report that this load touches. `numerals`: those of the load or of
    the warehouse, whichever are more.
    """
    if _count(connection, "SELECT count(*) FROM touched_report") * numerals > LISTED:
        return "report_id IN (SELECT report_id FROM touched_report)"
    touched = connection.execute("FROM touched_report ORDER BY ALL").fetchall()
    listed = ", ".join(quoted(report_id) for (report_id,) in touched)
    connection.execute(f"SET VARIABLE touched = [{listed}]::VARCHAR[]")
    return "list_contains(getvariable('touched'), report_id)"


def replace_versions(connection: DuckDBPyConnection, name: str, scope: str, load_id: int) -> tuple[int, int]:
    """Makes the rows of `name` within `scope` those of `next_<name>`, which is a temporary table or view.

    `scope` is an SQL condition on `name`. Rows that stay as they are keep their `load_id` (only
    bookkeeping columns are brought up to date), the others move to `<name>_history`. Returns (rows new
    or changed, rows gone or replaced).
    """
    made = table(name)
    held = f"CREATE OR REPLACE TEMP TABLE held_{name} AS SELECT rowid AS place FROM {name} WHERE {scope}"
    if not _count(connection, held):
        return insert_versions(connection, name, load_id), 0
    _note_same(connection, made)
    removed = _move_gone(connection, name, load_id)
    _keep_books(connection, made, load_id)
    rows = f"FROM next_{name} ANTI JOIN same_{name} USING ({', '.join(made.key)})"
    return _insert(connection, name, rows, load_id), removed


def insert_versions(connection: DuckDBPyConnection, name: str, load_id: int) -> int:
    """All of `next_<name>`, where no row of them can stand already; returns how many."""
    return _insert(connection, name, f"FROM next_{name}", load_id)


def retire_versions(connection: DuckDBPyConnection, name: str, scope: str, load_id: int) -> int:
    """Moves all rows within `scope` to the history, where none of them stays; returns how many."""
    return _moved(connection, name, scope, load_id)


def _note_same(connection: DuckDBPyConnection, made: Table) -> None:
    """`same_<name>`: key and rowid of the rows that stay, found by key and then compared column by column.

    Only rows of `held_<name>` are compared: to join all that stands, DuckDB may hold all that stands.
    """
    rest = [column for column in made.content if column not in made.key]
    alike = " AND ".join(f"t.{column} IS NOT DISTINCT FROM n.{column}" for column in rest) or "true"
    keys = ", ".join(f"t.{column}" for column in made.key)
    held = f"SELECT rowid AS place, * FROM {made.name} WHERE rowid IN (SELECT place FROM held_{made.name})"
    has_books = any(column.name == "rulebook_version" for column in made.columns)
    newer = ", n.rulebook_version, t.rulebook_version <> n.rulebook_version AS is_newer"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE same_{made.name} AS SELECT * EXCLUDE (is_alike) FROM"
        f" (SELECT {keys}, t.place, {alike} AS is_alike{newer if has_books else ''}"
        f" FROM ({held}) t JOIN next_{made.name} n USING ({', '.join(made.key)})) WHERE is_alike"
    )


def _move_gone(connection: DuckDBPyConnection, name: str, load_id: int) -> int:
    """Rows of `held_<name>` that do not stay go to the history; returns how many."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE gone_{name} AS FROM held_{name} ANTI JOIN same_{name} USING (place)"
    )
    return _moved(connection, name, f"rowid IN (SELECT place FROM gone_{name})", load_id)


def _moved(connection: DuckDBPyConnection, name: str, scope: str, load_id: int) -> int:
    moved = _count(
        connection,
        f"INSERT INTO {name}_history BY NAME SELECT * EXCLUDE (load_id), load_id AS valid_from_load,"
        f" {load_id} AS valid_to_load FROM {name} WHERE {scope}",
    )
    if moved:
        connection.execute(f"DELETE FROM {name} WHERE {scope}")
    return moved


def _insert(connection: DuckDBPyConnection, name: str, rows: str, load_id: int) -> int:
    return _count(connection, f"INSERT INTO {name} BY NAME SELECT *, {load_id} AS load_id {rows}")


def _keep_books(connection: DuckDBPyConnection, made: Table, load_id: int) -> None:
    """Rows read again with newer rules say so, although nothing else about them changed."""
    if "rulebook_version" not in {column.name for column in made.columns}:
        return
    updated = _count(
        connection,
        f"UPDATE {made.name} t SET rulebook_version = s.rulebook_version FROM same_{made.name} s"
        " WHERE s.place = t.rowid AND s.is_newer",
    )
    if updated:
        connection.execute("DELETE FROM meta WHERE name = ?", [BOOKS])
        connection.execute("INSERT INTO meta VALUES (?, ?)", [BOOKS, str(load_id)])


def _count(connection: DuckDBPyConnection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0
