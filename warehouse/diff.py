"""Explained differences: which facts two states do not share, and whether source, rules, reader, catalogue,
gazetteer or a person's correction made it so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.connect import attach, connect
from warehouse.errors import WarehouseMissing
from warehouse.schema import read, statements, table

VERSIONED = ("fact_indicator", "report", "report_text", "correction_use")
PRESENT = ("indicator", "town")  # kept without history: what is known now


@dataclass(frozen=True, slots=True)
class State:
    """A database file (a warehouse or a published copy), now or as it was after a load."""

    path: Path
    load_id: int | None = None

    @classmethod
    def named(cls, words: str) -> State:
        """`FOLDER`, `FILE.duckdb` or either with `@LOAD`.

        >>> State.named("data@12")
        State(path=PosixPath('data/warehouse.duckdb'), load_id=12)
        """
        place, mark, load = words.rpartition("@")
        if not (mark and load.isascii() and load.isdecimal()):
            place, load = words, ""
        path = Path(place)
        if path.suffix != ".duckdb":
            path /= "warehouse.duckdb"
        return cls(path, int(load) if load else None)


def diff(old: State, new: State, wait_seconds: float = 0) -> list[dict[str, Any]]:
    """Rows of `difference` (diff.sql) in order of town, year and indicator. Raises WarehouseError.

    Load 0 is the empty warehouse; a load that has not happened yet is WarehouseMissing.
    """
    for state in (old, new):
        if not state.path.is_file():
            raise WarehouseMissing(
                f"{state.path}: no such file; name a folder with a warehouse or a .duckdb file"
            )
    connection = connect(Path(":memory:"), 0, read_only=False)
    try:
        attach(connection, old.path, "old_state", wait_seconds)
        is_same = new.path.resolve() == old.path.resolve()
        if not is_same:
            attach(connection, new.path, "new_state", wait_seconds)
        for side, state, alias in (
            ("old", old, "old_state"),
            ("new", new, "old_state" if is_same else "new_state"),
        ):
            _require_load(connection, alias, state)
            _views(connection, side, alias, state.load_id)
        for statement in statements(read("diff.sql")):
            connection.execute(statement)
        found = connection.execute(
            "FROM difference ORDER BY county, town, year, indicator, change, old_clause, new_clause"
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        connection.close()


def _require_load(connection: DuckDBPyConnection, alias: str, state: State) -> None:
    [(last,)] = connection.execute(f"SELECT coalesce(max(load_id), 0) FROM {alias}.load").fetchall()
    if (state.load_id or 0) > last:
        raise WarehouseMissing(
            f"{state.path}: there is no load {state.load_id} yet, the last is {last};"
            " without a number it is the state of now"
        )


def _none_of(name: str) -> str:
    empty = (f"NULL::{c.type.removesuffix(' NOT NULL')} AS {c.name}" for c in table(name).columns)
    return f"SELECT {', '.join(empty)} LIMIT 0"


def _views(connection: DuckDBPyConnection, side: str, alias: str, load_id: int | None) -> None:
    kept = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [alias])
    there = {name for (name,) in kept.fetchall()}
    for name in VERSIONED:
        columns = ", ".join(table(name).content)
        if name not in there:  # written before there were corrections
            connection.execute(f"CREATE TEMP VIEW {side}_{name} AS {_none_of(name)}")
            continue
        query = f"SELECT {columns} FROM {alias}.{name}"
        if load_id is not None:
            query += (
                f" WHERE load_id <= {load_id} UNION ALL SELECT {columns} FROM {alias}.{name}_history"
                f" WHERE valid_from_load <= {load_id} AND valid_to_load > {load_id}"
            )
        connection.execute(f"CREATE TEMP VIEW {side}_{name} AS {query}")
    for name in PRESENT:
        connection.execute(f"CREATE TEMP VIEW {side}_{name} AS FROM {alias}.{name}")
