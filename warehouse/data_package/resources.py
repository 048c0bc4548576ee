"""Tables of a data package: which columns they have, what these are called in two languages, and how they
are read from the published copy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from duckdb import DuckDBPyConnection

from transforms.tabulate.catalogue import catalogue
from warehouse.schema import all_tables, quoted
from warehouse.views import FIGURES, HEAD

# What a spreadsheet would run: with an apostrophe before it, it shows it. An apostrophe gets one too, so
# that taking one off gives the text back.
FORMULA: Final = r"^[\s　]*[=+@＝＋－＠'\-]"


@dataclass(frozen=True, slots=True)
class Field:
    """`type` as DuckDB has it; `required`: never empty in the CSV file."""

    name: str
    type: str
    zh: str
    en: str
    required: bool


@dataclass(frozen=True, slots=True)
class Resource:
    """`key` is empty where nothing makes a row unique; `references`: column -> (table, its column)."""

    name: str
    zh: str
    en: str
    says_zh: str
    says_en: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    masked: frozenset[str]
    masked_numbers: frozenset[str]
    references: Mapping[str, tuple[str, str]]

    def query(self, is_csv: bool) -> str:
        """Its rows in their order; `private_text` holds what is masked (masked_columns.py)."""
        columns = ", ".join(_column(field) if is_csv else _name(field.name) for field in self.fields)
        order = ", ".join(_name(column) for column in self.key) or "ALL"
        return f"SELECT {columns} FROM ({self._source()}) ORDER BY {order}"

    def _source(self) -> str:
        hidden = sorted(self.masked | self.masked_numbers)
        if not hidden:
            return f"FROM {self.name}"
        replaced = ", ".join(f"coalesce(p_{c}.masked, own.{c}) AS {c}" for c in hidden)
        joins = " ".join(f"LEFT JOIN private_text p_{c} ON p_{c}.text = own.{c}" for c in hidden)
        return f"SELECT own.* REPLACE ({replaced}) FROM {self.name} own {joins}"


def _column(field: Field) -> str:
    """As it stands in the CSV file."""
    sql = name = _name(field.name)
    if field.type == "VARCHAR":
        sql = f"CASE WHEN regexp_matches({name}, {quoted(FORMULA)}) THEN '''' || {name} ELSE {name} END"
    elif field.type.endswith("[]"):
        sql = f"to_json({name})::VARCHAR"
    elif field.type == "TIMESTAMP":
        sql = f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ')"
    return f"{sql} AS {name}"


@cache
def told() -> dict[str, Any]:
    """resources.toml as it stands."""
    return tomllib.loads((files(__package__) / "resources.toml").read_text(encoding="utf-8"))


def resources(connection: DuckDBPyConnection) -> tuple[Resource, ...]:
    """All of them, with the columns and comments of the copy behind `connection`."""
    return tuple(_resource(connection, row) for row in told()["table"])


def _resource(connection: DuckDBPyConnection, row: dict[str, Any]) -> Resource:
    name = row["name"]
    made = {table.name: table for table in all_tables()}.get(name)
    key = tuple(made.key if made else row["key"])
    never_empty = (
        {c.name for c in made.columns if "NOT NULL" in c.type and "VARCHAR" not in c.type} if made else set()
    )
    columns = connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns()"
        " WHERE table_name = ? AND database_name = current_database() ORDER BY column_index",
        [name],
    ).fetchall()
    fields = tuple(
        Field(column, kind, chinese(name, column), comment or "", column in key or column in never_empty)
        for column, kind, comment in columns
        if column not in row.get("left_out", ())
    )
    return Resource(
        name,
        row["title"][0],
        row["title"][1],
        row["says"],
        _comment(connection, name),
        key,
        fields,
        frozenset(row.get("masked", ())),
        frozenset(row.get("masked_numbers", ())),
        _references(name, key, fields),
    )


def _references(name: str, key: tuple[str, ...], fields: tuple[Field, ...]) -> dict[str, tuple[str, str]]:
    found = {}
    for field in fields:
        target = told()["references"].get(field.name)
        if target and key != (field.name,) and target != name:
            found[field.name] = (target, field.name.removeprefix("chosen_").removeprefix("like_"))
    return found


def _comment(connection: DuckDBPyConnection, name: str) -> str:
    row = connection.execute(
        "SELECT comment FROM duckdb_tables() WHERE table_name = $1 AND database_name = current_database()"
        " UNION ALL"
        " SELECT comment FROM duckdb_views() WHERE view_name = $1 AND database_name = current_database()",
        [name],
    ).fetchone()
    return str(row[0] or "") if row else ""


def chinese(table: str, column: str) -> str:
    """What a column is called in Chinese; KeyError where nobody has written it."""
    if table in ("town_year", "town_year_zh"):
        column = _headings().get(column, column)
        if found := _wide().get(column):
            return found
    return str(told()["columns"][column])


@cache
def _headings() -> dict[str, str]:
    """Chinese heading of the wide view -> column of the English one."""
    pairs = {heading: name for name, heading, _, _ in HEAD}
    for row in catalogue().values():
        pairs |= {f"{row.name_zh}{words}": f"{row.code}{suffix}" for suffix, words, _ in FIGURES}
    return pairs


@cache
def _wide() -> dict[str, str]:
    figures = told()["figures"]
    return {
        f"{row.code}{suffix}": f"{row.name_zh}（{row.unit}）：{figures[suffix.removeprefix('_') or 'value']}"
        for row in catalogue().values()
        for suffix, _, _ in FIGURES
    }


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
