"""Rows as a frame."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from duckdb import DuckDBPyConnection


def frame_of(connection: DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> pl.DataFrame:
    """The rows of `query`, run with `values`, by way of Arrow and of a relation: from 2.0 on DuckDB's cursors
    hand out no frames.
    """
    return pl.DataFrame(connection.sql(query, params=list(values) or None).to_arrow_table())
