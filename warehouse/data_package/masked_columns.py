"""The texts of a published copy that hold a private person, with their masks, as a temporary table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.data_package.masking import masked, masked_number, sign_of_a_person
from warehouse.data_package.resources import Resource
from warehouse.schema import quoted

AT_A_TIME = 50_000


def write_private_text(
    connection: DuckDBPyConnection, resources: Iterable[Resource], with_names: bool
) -> int:
    """Makes `private_text(text, masked)`, empty `with_names`; returns how many texts are masked."""
    connection.execute("CREATE OR REPLACE TEMP TABLE private_text (text VARCHAR, masked VARCHAR)")
    if with_names:
        return 0
    texts = {(r.name, column): masked for r in resources for column in r.masked}
    numbers = {(r.name, column): masked_number for r in resources for column in r.masked_numbers}
    for (table, column), mask in sorted((texts | numbers).items()):
        _add(connection, table, column, mask)
    row = connection.execute("SELECT count(*) FROM private_text").fetchone()
    return int(row[0]) if row else 0


def _add(connection: DuckDBPyConnection, table: str, column: str, mask: Callable[[str], str]) -> None:
    found = connection.cursor().execute(
        f"SELECT DISTINCT {column} FROM {table}"
        f" WHERE regexp_matches({column}, {quoted(sign_of_a_person())}) ORDER BY 1"
    )
    while rows := found.fetchmany(AT_A_TIME):
        pairs = [(text, hidden) for (text,) in rows if (hidden := mask(text)) != text]
        frame = pl.DataFrame(pairs, schema={"text": pl.String, "masked": pl.String}, orient="row")
        connection.register("hidden_now", frame)
        connection.execute("INSERT INTO private_text FROM hidden_now ANTI JOIN private_text USING (text)")
        connection.unregister("hidden_now")
