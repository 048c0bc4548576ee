"""The copy radar: which reports share their text, with new numbers or the same; descriptive only."""

from __future__ import annotations

import contextlib

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.prints import print_clauses
from warehouse.promises import check_keys
from warehouse.schema import read, statements

# Row of `meta`: the load whose state the tables of the radar show.
COMPARED = "compared_load"
# Variable that statements of radar.sql are run with for each of its values.
PART = "part"


def compare(connection: DuckDBPyConnection, first: str = "") -> int:
    """Brings `report_likeness` and `audit` up to the last load that changed anything; returns how many
    reports were printed anew, none where it was up to date. `first` begins the transaction.
    """
    query = "SELECT coalesce(max(load_id), 0)::VARCHAR FROM load WHERE has_changed"
    row = connection.execute(query).fetchone()
    state = row[0] if row else "0"
    shown = connection.execute("SELECT value FROM meta WHERE name = ?", [COMPARED]).fetchone()
    return 0 if shown == (state,) else update_likeness(connection, state, first)


def update_likeness(connection: DuckDBPyConnection, state: str = "0", first: str = "") -> int:
    """As `compare`, whatever was compared before. One transaction: a kill leaves all as it was, and the next
    call finds what is missing.
    """
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(first)
        connection.execute("SET VARIABLE audited_load = ?::INTEGER", [state])
        printed = print_clauses(connection)
        for name in ("radar.sql", "audit.sql"):
            for statement in statements(read(name)):
                _execute(connection, statement)
        check_keys(connection, ("clause_print", "report_likeness", "audit"), 0)
        connection.execute("DELETE FROM meta WHERE name = ?", [COMPARED])
        connection.execute("INSERT INTO meta VALUES (?, ?)", [COMPARED, state])
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    return printed


def _execute(connection: DuckDBPyConnection, statement: str) -> None:
    """Once, or for each part of the reports where the statement asks for one: memory is that of one."""
    if f"getvariable('{PART}')" not in statement:
        connection.execute(statement)
        return
    found = connection.execute(f"SELECT DISTINCT {PART} FROM numbered_report ORDER BY ALL").fetchall()
    for (number,) in found:
        connection.execute(f"SET VARIABLE {PART} = {number}")
        connection.execute(statement)
