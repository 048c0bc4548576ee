"""How DuckDB goes about its work: with one thread or all of them, packing texts tightly or not."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

# Numerals, of a load or in the warehouse, up to which one thread is done sooner than two, by the clock too:
# waiting for each other costs two half as much again.
SMALL = 500_000
# Numerals up to which promises are looked at in one statement: that spares beginning each, 13 ms of a load
# at 1,000 reports and nothing at 14,000, and holds at once what each needs, over 100 MB at 8,000. And up to
# which statements that may fill a cell are kept, not looked up again.
FEW = 150_000
# Reports touched times numerals up to which a list to compare each row with is sooner done than a join, which
# also reads texts and clauses of all rows before it lets any go.
LISTED = 4_000_000
# A load whose number can be divided by GAPS_CLOSED closes the gaps that rows left which went (leave_room),
# and so does one in which more than one numeral in MANY_GONE went.
GAPS_CLOSED, MANY_GONE = 8, 50


def alone(connection: DuckDBPyConnection) -> None:
    """One thread from here on."""
    connection.execute("SET threads = 1")


def together(connection: DuckDBPyConnection) -> None:
    """As many threads as DuckDB takes by itself."""
    connection.execute("RESET threads")


def pack(connection: DuckDBPyConnection, tightly: bool) -> None:
    """Whether columns of text are tried with FSST too whenever they are written from here on.

    It makes a file of a million facts a third smaller, and one of 20,000 facts a twentieth. To try it takes a
    millisecond for each column however few rows there are, half of what writing a small load takes.
    """
    connection.execute(f"SET disabled_compression_methods = '{'' if tightly else 'fsst'}'")


def is_packed_tightly(connection: DuckDBPyConnection) -> bool:
    """Whether FSST is tried now."""
    row = connection.execute("SELECT current_setting('disabled_compression_methods')").fetchone()
    return row is None or "fsst" not in str(row[0]).lower()


def write_at_once(connection: DuckDBPyConnection) -> None:
    """What is committed from here on goes into the file itself, not into a log first and from there into the
    file when it is closed: a sixth of what writing a small load takes, and no more of a large one.
    """
    connection.execute("SET wal_autocheckpoint = '0B'")


def leave_room(connection: DuckDBPyConnection, is_wished: bool) -> None:
    """Whether what is written out from here on leaves the room of rows that went where it is, to be used up
    by and by; where once it was not to, it does so no more as long as the connection lives.

    To close the gaps each column of a table is read and written anew, a quarter of what writing takes after
    one report in a hundred changed.
    """
    if not is_wished:
        connection.execute("SET VARIABLE closes_gaps = true")
    closes = connection.execute("SELECT getvariable('closes_gaps')").fetchone() == (True,)
    connection.execute(f"{'RESET max_vacuum_tasks' if closes else 'SET max_vacuum_tasks = 0'}")
