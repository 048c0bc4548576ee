"""What a load brings, as views `stage_…` that DuckDB reads where the frames lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter

import polars as pl
import pyarrow as pa
from duckdb import DuckDBPyConnection

from validation.gates import Gated
from warehouse.run_info import SourceFile

# Rows of a frame that one thread of DuckDB takes at a time: one of its row groups.
PIECE = 122_880
FILE_TYPES = {
    "path": pl.String,
    "relative_path": pl.String,
    "outcome": pl.String,
    "size": pl.Int64,
    "mtime_ns": pl.Int64,
    "sha256": pl.String,
    "rulebook_version": pl.String,
}
_AS_ROW = attrgetter(*(field.name for field in fields(SourceFile)))


def frames_of(gated: Gated, files: Sequence[SourceFile]) -> dict[str, pl.DataFrame]:
    """What is registered as views `stage_…`, by the name behind the underscore.

    Facts learn their town and year here: a join of a million rows costs polars a fifth of what it costs
    DuckDB on its way into a table.
    """
    accepted = gated.accepted
    within = accepted.report.select("report_id", "town_id", "year")
    order = {field.name: FILE_TYPES[field.name] for field in fields(SourceFile)}
    columns = zip(*map(_AS_ROW, files), strict=True) if files else [[] for _ in order]
    return {
        "report": accepted.report,
        "fact": accepted.fact.drop("is_overflow").join(
            within, on="report_id", how="left", maintain_order="left"
        ),
        "ledger": accepted.ledger,
        "ledger_fact": accepted.ledger_fact,
        "mention": accepted.mention,
        "check": gated.checks,
        "correction_use": accepted.correction_use,
        "quarantine": gated.quarantined,
        "warning": gated.warnings,
        "file": pl.DataFrame(dict(zip(order, columns, strict=True)), schema=order),
    }


def stage(connection: DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], staged: list[str]) -> None:
    """Registers the frames, and notes each in `staged`."""
    connection.execute("SELECT 1").fetchall()  # DuckDB 2 registers only where no result waits to be fetched
    for name, frame in frames.items():
        connection.register(f"stage_{name}", _in_pieces(frame))
        staged.append(f"stage_{name}")


def _in_pieces(frame: pl.DataFrame) -> pa.Table:
    """DuckDB reads the pieces side by side, a frame in one piece with one thread."""
    whole = frame.to_arrow()
    return pa.Table.from_batches(whole.to_batches(max_chunksize=PIECE), schema=whole.schema)


def clear(connection: DuckDBPyConnection) -> None:
    """Drops what was noted on the way, which would be held until the next load notes it anew."""
    noted = "SELECT table_name FROM duckdb_tables() WHERE temporary ORDER BY ALL"
    names = connection.execute(noted).fetchall()
    connection.execute(";".join(f"DROP TABLE temp.{name}" for (name,) in names))
