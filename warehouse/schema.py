"""The tables as they stand in `tables.sql` and the catalogue, with a COMMENT on each and on every column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from transforms.tabulate.catalogue import Indicator, catalogue, domains

SCHEMA_VERSION = 5
NUMBER = "DECIMAL(24, 6)"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` as in SQL, with NOT NULL where it holds."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: columns that are unique together. `is_versioned`: `<name>_history` keeps what was."""

    name: str
    comment: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_versioned: bool = False

    @property
    def content(self) -> tuple[str, ...]:
        """Columns that make a row what it is: all but the load and what only says when and with which
        rules.
        """
        return tuple(
            c.name for c in self.columns if c.name not in ("load_id", "loaded_at", "rulebook_version")
        )

    def history(self) -> Table:
        """The table of rows that were: the same columns, and from which load to which they held."""
        kept = tuple(Column(c.name, c.type, c.comment) for c in self.columns if c.name != "load_id")
        span = (
            Column("valid_from_load", "INTEGER NOT NULL", "Load in which the row took this form"),
            Column("valid_to_load", "INTEGER NOT NULL", "First load in which it no longer held"),
        )
        words = self.comment[0].lower() + self.comment[1:].rstrip(".")
        comment = f"One row per state that was: {words}, before it changed or vanished."
        return Table(f"{self.name}_history", comment, (*self.key, "valid_from_load"), kept + span)


@cache
def base_tables() -> tuple[Table, ...]:
    """Tables of tables.sql in their order."""
    return tuple(_parse(read("tables.sql")))


@cache
def wide_tables() -> tuple[Table, ...]:
    """`fact_<domain>`: one column for each indicator of the domain, and its bounds."""
    return tuple(_wide(domain) for domain in domains())


@cache
def all_tables() -> tuple[Table, ...]:
    """Every table of a warehouse."""
    histories = tuple(table.history() for table in base_tables() if table.is_versioned)
    return (*base_tables(), *wide_tables(), *histories)


def table(name: str) -> Table:
    """The table of that name; KeyError where there is none."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Table]:
    return {t.name: t for t in all_tables()}


@cache
def read(name: str) -> str:
    """Text of an SQL file of this package."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def statements(sql: str) -> list[str]:
    """Statements of a file: each ends with a semicolon at the end of a line."""
    return [part for part in re.split(r";\s*$", sql, flags=re.M) if part.strip()]


_TABLE = re.compile(r"((?:--[^\n]*\n)+)CREATE TABLE (\w+) \(\n(.*?)\n\);", re.S)
_COLUMN = re.compile(r"    (\w+) (.+?),? -- (.+)")


def _parse(sql: str) -> Iterator[Table]:
    for head, name, body in _TABLE.findall(sql):
        lines = [line[2:].strip() for line in head.strip().splitlines()]
        key = next(line[4:] for line in lines if line.startswith("key:"))
        comment = next(line for line in lines if line.startswith("One row per "))
        columns = []
        for line in body.splitlines():
            found = _COLUMN.fullmatch(line)
            if not found:
                raise ValueError(f"tables.sql: {name}: not `    name TYPE, -- comment`: {line!r}")
            columns.append(Column(*found.groups()))
        keys = tuple(part.strip() for part in key.split(","))
        yield Table(name, comment, keys, tuple(columns), "versioned" in lines)


def _wide(domain: str) -> Table:
    keys = (
        Column("town_id", "VARCHAR NOT NULL", "The township"),
        Column("year", "INTEGER NOT NULL", "The year reported on"),
    )
    columns = [c for row in catalogue().values() if row.domain == domain for c in _cell(row)]
    comment = (
        f"One row per town and year whose report states an indicator of {domain}; units are the catalogue's."
    )
    return Table(f"fact_{domain}", comment, ("town_id", "year"), (*keys, *columns))


def _cell(row: Indicator) -> tuple[Column, Column, Column]:
    words = f"{row.name_en} ({row.name_zh}), {row.unit}"
    return (
        Column(row.code, NUMBER, f"{words}: as stated; empty where not stated, in conflict or a range"),
        Column(f"{row.code}_low", NUMBER, f"{words}: at least"),
        Column(f"{row.code}_high", NUMBER, f"{words}: at most"),
    )


def ddl(made: Table) -> Iterator[str]:
    """CREATE TABLE and its COMMENTs."""
    lines = ",\n".join(f"    {c.name} {c.type}" for c in made.columns)
    yield f"CREATE TABLE IF NOT EXISTS {made.name} (\n{lines}\n)"
    yield f"COMMENT ON TABLE {made.name} IS {quoted(made.comment)}"
    for column in made.columns:
        yield f"COMMENT ON COLUMN {made.name}.{column.name} IS {quoted(column.comment)}"


def quoted(text: str) -> str:
    """As an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def create(connection: DuckDBPyConnection) -> None:
    """All tables, in the schema that is in use; existing ones stay."""
    for made in all_tables():
        connection.execute(";\n".join(ddl(made)))
    fill_indicators(connection)
    connection.execute("DELETE FROM meta WHERE name = 'schema_version'")
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])


def fill_indicators(connection: DuckDBPyConnection) -> None:
    """The table `indicator` is the catalogue, whatever it held."""
    connection.execute("DELETE FROM indicator")
    rows = [
        (r.code, r.domain, r.name_zh, r.name_en, r.measure, r.unit, r.note, n)
        for n, r in enumerate(catalogue().values(), start=1)
    ]
    insert(connection, "indicator", rows)


def insert(connection: DuckDBPyConnection, name: str, rows: Sequence[Sequence[Any]]) -> None:
    """All rows at once, values in the order of the columns: `executemany` costs a millisecond a row."""
    if not rows:
        return
    columns = {f"column_{n}": pa.array(values) for n, values in enumerate(zip(*rows, strict=True))}
    connection.execute("SELECT 1").fetchall()  # DuckDB 2 registers only where no result waits to be fetched
    connection.register("rows_to_insert", pa.table(columns))
    try:
        connection.execute(f"INSERT INTO {name} FROM rows_to_insert")
    finally:
        connection.unregister("rows_to_insert")
