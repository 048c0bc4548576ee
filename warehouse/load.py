"""One load: everything of a run in one transaction, set-based, the same however often and in whatever
order.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import UTC, datetime

import duckdb
import polars as pl
import pyarrow as pa
from duckdb import DuckDBPyConnection

from validation.gates import Gated
from warehouse.corrections import replace_uses, settle
from warehouse.promises import check_promises
from warehouse.resolve import fill_wide, resolve
from warehouse.run_info import LoadResult, RunInfo, SourceFile
from warehouse.schema import read, statements
from warehouse.towns import fill_towns
from warehouse.versions import replace_versions

# Tables whose rows belong to one report each; facts before what points at them.
OF_REPORT = ("report_text", "fact_indicator", "ledger", "ledger_fact", "mention", "check_result")
NOT_MET = ("gone", "pruned")
BOOKED = (
    *("files_in", "accepted", "quarantined", "unchanged", "duplicate", "ignored"),
    *("facts_added", "facts_removed", "facts_quarantined", "has_changed"),
)
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


def load(connection: DuckDBPyConnection, gated: Gated, run: RunInfo, first: str = "") -> LoadResult:
    """Loads within a transaction of its own, whose first statement is `first`; any failure rolls back to the
    state before.
    """
    staged: list[str] = []
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(first)
        # within the transaction, outside of which a DuckLake asks its server anew before each step
        staged = _stage(connection, gated, run.files)
        if max(gated.accepted.ledger.height, _one(connection, "SELECT count(*) FROM ledger")) <= PIECE:
            # nothing to share out: a second thread would only take time, half as much again
            connection.execute("SET threads = 1")
        result = _load(connection, run)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    finally:
        with contextlib.suppress(duckdb.Error):  # after a full disk nothing can be said to the connection
            connection.execute("RESET threads")
        for name in staged:
            connection.unregister(name)
    return result


def _load(connection: DuckDBPyConnection, run: RunInfo) -> LoadResult:
    load_id = _one(connection, "SELECT coalesce(max(load_id), 0) + 1 FROM load")
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(f"SET VARIABLE load_id = {load_id}")
    connection.execute(f"SET VARIABLE loaded_at = TIMESTAMP '{now}'")
    connection.execute(f"SET VARIABLE least_confidence_reading = {run.least_confidence_reading!r}::DOUBLE")
    _script(connection, "stage.sql")
    reread = _one(connection, "SELECT count(*) FROM reread_report")
    changed = _replace_rows(connection, load_id)
    if any(added or removed for added, removed in changed.values()):
        fill_wide(connection)
        fill_towns(connection)
    _script(connection, "files.sql")
    has_news = settle(connection) or reread > 0
    check_promises(connection, load_id)
    return _book(connection, load_id, run, changed, has_news)


def _stage(connection: DuckDBPyConnection, gated: Gated, files: Sequence[SourceFile]) -> list[str]:
    """Frames as views `stage_…`, read where they lie; returns their names.

    Facts learn their town and year here: a join of a million rows costs polars a fifth of what it costs
    DuckDB on its way into a table.
    """
    accepted = gated.accepted
    within = accepted.report.select("report_id", "town_id", "year")
    order = {field.name: FILE_TYPES[field.name] for field in fields(SourceFile)}
    frames = {
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
        "file": pl.DataFrame([astuple(file) for file in files], schema=order, orient="row"),
    }
    connection.execute("SELECT 1").fetchall()  # DuckDB 2 registers only where no result waits to be fetched
    for name, frame in frames.items():
        connection.register(f"stage_{name}", _in_pieces(frame))
    return [f"stage_{name}" for name in frames]


def _in_pieces(frame: pl.DataFrame) -> pa.Table:
    """DuckDB reads the pieces side by side, a frame in one piece with one thread."""
    whole = frame.to_arrow()
    return pa.Table.from_batches(whole.to_batches(max_chunksize=PIECE), schema=whole.schema)


def _script(connection: DuckDBPyConnection, name: str) -> None:
    for statement in statements(read(name)):
        connection.execute(statement)


def _replace_rows(connection: DuckDBPyConnection, load_id: int) -> dict[str, tuple[int, int]]:
    """Table -> rows new or changed, rows gone or replaced."""
    affected = "report_id IN (SELECT report_id FROM affected_report)"
    touched = "report_id IN (SELECT report_id FROM touched_report)"
    cells = "(town_id, year) IN (SELECT (town_id, year) FROM changed_cell)"
    # rivals of the touched reports may gain or lose their standing too
    changed = {"report": replace_versions(connection, "report", affected, load_id)}
    for name in OF_REPORT:
        changed[name] = replace_versions(connection, name, touched, load_id)
    changed["correction_use"] = replace_uses(connection, load_id)
    _note_changed_cells(connection, load_id)
    resolve(connection)
    changed["resolution"] = replace_versions(connection, "resolution", cells, load_id)
    return changed


def _note_changed_cells(connection: DuckDBPyConnection, load_id: int) -> None:
    """`changed_cell`: towns and years whose resolution may differ now. What was read again and says the same
    is left alone, so that a second run over everything costs no more than the comparison.
    """
    new = f"SELECT report_id FROM {{}} WHERE load_id = {load_id}"
    gone = f"SELECT report_id FROM {{}}_history WHERE valid_to_load = {load_id}"
    parts = " UNION ".join(
        query.format(name) for name in ("report", "report_text", "fact_indicator") for query in (new, gone)
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed_cell AS"
        f" WITH news AS ({parts} UNION SELECT report_id FROM reread_report)"
        " SELECT town_id, year FROM report SEMI JOIN news USING (report_id)"
        " UNION SELECT town_id, year FROM report_history SEMI JOIN news USING (report_id)"
        f" WHERE valid_to_load = {load_id} UNION FROM confidence_cell"
    )


def _book(
    connection: DuckDBPyConnection,
    load_id: int,
    run: RunInfo,
    changed: dict[str, tuple[int, int]],
    has_news: bool,
) -> LoadResult:
    """Counts the load and writes its row of `load`. Rows that only name newer rules count as a change."""
    read_as = dict(
        connection.execute(
            "SELECT status, count(*) FROM source_file JOIN read_file USING (path) GROUP BY status"
        ).fetchall()
    )
    told = dict(connection.execute("SELECT outcome, count(*) FROM stage_file GROUP BY outcome").fetchall())
    result = LoadResult(
        load_id=load_id,
        files_in=sum(count for outcome, count in told.items() if outcome not in NOT_MET),
        accepted=read_as.get("accepted", 0),
        quarantined=read_as.get("quarantined", 0),
        unchanged=told.get("unchanged", 0),
        duplicate=read_as.get("duplicate", 0),
        ignored=told.get("ignored", 0),
        facts_added=changed["fact_indicator"][0],
        facts_removed=changed["fact_indicator"][1],
        facts_quarantined=_one(connection, "SELECT count(*) FROM next_quarantine WHERE subject <> ''"),
        gone=sum(told.get(outcome, 0) for outcome in NOT_MET),
        has_changed=has_news
        or any(sum(pair) for pair in changed.values())
        or _one(connection, "SELECT opened + reopened + resolved FROM quarantine_change") > 0,
    )
    # a clock set back must not make a negative duration
    finished = max(datetime.now(UTC).replace(tzinfo=None), run.started_at)
    connection.execute(
        "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            load_id,
            run.run,
            run.started_at,
            finished,
            (finished - run.started_at).total_seconds(),
            *(getattr(result, name) for name in BOOKED),
            json.dumps(dict(run.versions), ensure_ascii=False, sort_keys=True),
            result.gone,
        ],
    )
    return result


def _one(connection: DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
