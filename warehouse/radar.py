"""The copy radar: which reports share their text, with new numbers or the same; descriptive only."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from warehouse.schema import read, statements


def update_likeness(connection: DuckDBPyConnection) -> int:
    """Brings `clause_print` and `report_likeness` up to date, in a transaction of its own; returns how many
    reports were printed anew.

    A kill between a load and this step leaves both as they were; the next call finds what is missing.
    """
    connection.execute("BEGIN TRANSACTION")
    try:
        for statement in statements(read("radar.sql")):
            connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    row = connection.execute("SELECT count(*) FROM unprinted_report").fetchone()
    return int(row[0]) if row else 0
