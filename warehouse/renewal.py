"""The published copy brought up to date by what changed since it was made, instead of being made anew.

Works in a copy of the published file that nobody else knows yet. Possible as long as the published file
shows an earlier state of this very warehouse; where anything is in doubt the caller makes a new one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from warehouse.schema import Table, all_tables, table, wide_tables
from warehouse.versions import BOOKS

# Share of rows put in or taken out since the file was made as a whole, from which on it is made anew: rows
# taken out leave their room behind, rows put in stand apart from their year and town.
WORN = 0.2


class Shown(NamedTuple):
    """A state as it is written into what is published; equal states show the same content."""

    layout: str
    load_id: int
    changed_at: str
    begun_at: str

    def __str__(self) -> str:
        return (
            f"{self.layout}, last change in load {self.load_id} at {self.changed_at} UTC,"
            f" first load at {self.begun_at} UTC"
        )


_SHOWN = re.compile(r"(.*), last change in load (\d+) at (.*) UTC, first load at (.*) UTC")


def shown(text: str | None) -> Shown | None:
    """What a state says; None for one that this program did not write.

    >>> state = Shown("schema 1", 3, "2026-01-05 08:00:00", "2026-01-04 08:00:00")
    >>> shown(str(state)) == state, shown("schema 0")
    (True, None)
    """
    found = _SHOWN.fullmatch(text or "")
    return Shown(found[1], int(found[2]), found[3], found[4]) if found else None


def renewable_from(connection: DuckDBPyConnection, published: str | None, state: Shown) -> int | None:
    """The load that `published` shows, where what came after it can be told from the rows; else None."""
    before = shown(published)
    if before is None or (before.layout, before.begun_at) != (state.layout, state.begun_at):
        return None
    is_ours = "SELECT 1 FROM load WHERE load_id = ? AND has_changed AND finished_at::VARCHAR = ?"
    if not connection.execute(is_ours, [before.load_id, before.changed_at]).fetchall():
        return None
    books = connection.execute("SELECT value FROM meta WHERE name = ?", [BOOKS]).fetchone()
    return None if books and int(books[0]) > before.load_id else before.load_id


def is_worn(connection: DuckDBPyConnection, since: int) -> bool:
    """Whether more than WORN of all rows came or went after the load `since`."""
    moved = whole = 0
    for made in _versioned():
        row = connection.execute(
            f"SELECT (SELECT count(*) FROM {made.name}),"
            f" (SELECT count(*) FROM {made.name} WHERE load_id > {since})"
            f" + (SELECT count(*) FROM {made.name}_history WHERE valid_to_load > {since})"
        ).fetchone()
        assert row is not None
        whole, moved = whole + row[0], moved + row[1]
    return moved > WORN * whole


def renew(connection: DuckDBPyConnection, home: str, names: list[str], since: int) -> None:
    """Brings the tables `names` of the schema in use, which show load `since`, up to those of `home`."""
    wide = {made.name for made in wide_tables()}
    for name in names:
        if table(name).is_versioned:
            _renew_versioned(connection, home, table(name), since)
        elif name.endswith("_history"):
            rows = f'FROM "{home}".main.{name} WHERE valid_to_load > {since}'
            connection.execute(f"INSERT INTO {name} BY NAME {rows}")
        elif name not in wide:
            _renew_small(connection, home, name)
    _renew_wide(connection, home, [name for name in names if name in wide], since)


def differing(connection: DuckDBPyConnection, home: str, names: list[str]) -> list[str]:
    """Tables that do not hold as many rows as those of `home`."""
    count = 'SELECT (SELECT count(*) FROM {name}) = (SELECT count(*) FROM "{home}".main.{name})'
    return [n for n in names if connection.execute(count.format(name=n, home=home)).fetchone() != (True,)]


def _versioned() -> list[Table]:
    return [made for made in all_tables() if made.is_versioned]


def _renew_versioned(connection: DuckDBPyConnection, home: str, made: Table, since: int) -> None:
    key = ", ".join(made.key)
    gone = (
        f'SELECT {key} FROM "{home}".main.{made.name}_history'
        f" WHERE valid_to_load > {since} AND valid_from_load <= {since}"
    )
    connection.execute(
        f"DELETE FROM {made.name} WHERE rowid IN"
        f" (SELECT t.rowid FROM {made.name} t SEMI JOIN ({gone}) USING ({key}))"
    )
    rows = f'FROM "{home}".main.{made.name} WHERE load_id > {since}'
    connection.execute(f"INSERT INTO {made.name} BY NAME {rows} ORDER BY {order_of(made)}")


def _renew_small(connection: DuckDBPyConnection, home: str, name: str) -> None:
    """As a whole, where anything differs."""
    mark = "SELECT count(*), bit_xor(hash(rows)) FROM {} AS rows"
    theirs = connection.execute(mark.format(f'"{home}".main.{name}')).fetchone()
    if connection.execute(mark.format(name)).fetchone() != theirs:
        connection.execute(f"DELETE FROM {name}")
        connection.execute(
            f'INSERT INTO {name} BY NAME FROM "{home}".main.{name} ORDER BY {order_of(table(name))}'
        )


def _renew_wide(connection: DuckDBPyConnection, home: str, names: list[str], since: int) -> None:
    """A row of a wide table follows from the resolution of its town and year."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE renewed_cell AS"
        f' SELECT town_id, year FROM "{home}".main.resolution WHERE load_id > {since} UNION'
        f' SELECT town_id, year FROM "{home}".main.resolution_history WHERE valid_to_load > {since}'
    )
    for name in names:
        connection.execute(
            f"DELETE FROM {name} WHERE rowid IN"
            f" (SELECT t.rowid FROM {name} t SEMI JOIN renewed_cell USING (town_id, year))"
        )
        connection.execute(
            f'INSERT INTO {name} BY NAME FROM "{home}".main.{name}'
            f" SEMI JOIN renewed_cell USING (town_id, year) ORDER BY {order_of(table(name))}"
        )


def order_of(made: Table) -> str:
    """Together what is asked for together; other tables stand in the order of loading."""
    names = {column.name for column in made.columns}
    if {"year", "town_id"} <= names:
        return "year, town_id"
    return "ALL" if made.name == "load" else "rowid"
