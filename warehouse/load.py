"""One load: everything of a run in one transaction, set-based, the same however often and in whatever
order.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Set
from datetime import UTC, datetime

import duckdb
import polars as pl
from duckdb import DuckDBPyConnection

from validation.gates import Gated
from warehouse.booking import book
from warehouse.corrections import replace_uses, settle
from warehouse.effort import (
    FEW,
    GAPS_CLOSED,
    MANY_GONE,
    SMALL,
    alone,
    leave_room,
    pack,
    together,
    write_at_once,
)
from warehouse.promises import Changed, check_promises
from warehouse.resolve import fill_wide, note_changed_rows, resolve
from warehouse.run_info import LoadResult, RunInfo
from warehouse.schema import read
from warehouse.spared import (
    empty_tables,
    is_idle,
    note_confidence,
    note_files,
    note_told,
    note_unchanged,
    run_script,
)
from warehouse.stage import clear, frames_of, stage
from warehouse.towns import fill_towns
from warehouse.versions import insert_versions, replace_versions, retire_versions, touched_scope

# Tables whose rows belong to one report each and the frames they come from; facts before what points at them.
OF_REPORT = {
    "report_text": "report",
    "fact_indicator": "fact",
    "ledger": "ledger",
    "ledger_fact": "ledger_fact",
    "mention": "mention",
    "check_result": "check",
}
CASES = ("quarantine", "quarantine_event")


def load(connection: DuckDBPyConnection, gated: Gated, run: RunInfo, first: str = "") -> LoadResult:
    """Loads within a transaction of its own, whose first statement is `first`; any failure rolls back to the
    state before.
    """
    frames = frames_of(gated, run.files)
    staged: list[str] = []
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(first)
        arriving = frames["ledger"].height
        most = max(arriving, _one(connection, "SELECT count(*) FROM ledger"))
        # also into a large warehouse: while it is loaded the other cores read
        (alone if arriving <= SMALL else together)(connection)
        pack(connection, tightly=most > SMALL)
        write_at_once(connection)
        result = _load(connection, run, frames, staged, most)
        _let_go(connection, frames, staged, tuple(frames))
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    finally:
        for name in staged:
            connection.unregister(name)
    return result


def _let_go(
    connection: DuckDBPyConnection, frames: dict[str, pl.DataFrame], staged: list[str], names: Iterable[str]
) -> None:
    """Frames whose rows are written, for what comes takes the room of these copies."""
    for name in names:
        if f"stage_{name}" in staged:
            connection.unregister(f"stage_{name}")
            staged.remove(f"stage_{name}")
        frames.pop(name, None)


def _load(
    connection: DuckDBPyConnection,
    run: RunInfo,
    frames: dict[str, pl.DataFrame],
    staged: list[str],
    numerals: int,
) -> LoadResult:
    """What nothing can have changed is not looked at. `staged` names the frames given to DuckDB: within the
    transaction, outside of which a DuckLake asks its server anew before each step. `numerals`: those of the
    load or of the warehouse, whichever are more.
    """
    load_id = _begin(connection, run)
    leave_room(connection, numerals <= SMALL and load_id % GAPS_CLOSED != 0)
    arrived = {name for name, frame in frames.items() if not frame.is_empty()}
    stage(connection, {"file": frames["file"]}, staged)
    if is_idle(connection, arrived):
        note_unchanged(connection, run)
        return book(connection, load_id, run, {}, False, 0)
    stage(connection, {name: frame for name, frame in frames.items() if name != "file"}, staged)
    note_told(connection, frames["warning"])
    note_confidence(connection, run.least_confidence_reading)
    empty = empty_tables(connection, run)
    run_script(connection, "stage.sql", empty)
    changed = _replace_rows(connection, load_id, arrived, empty, frames["ledger"].height, numerals)
    _let_go(connection, frames, staged, (name for name in OF_REPORT.values() if name != "report"))
    has_news = _follow(connection, run, load_id, changed, "quarantine" in arrived, numerals <= FEW)
    if changed["ledger"][1] * MANY_GONE > numerals:
        leave_room(connection, False)
    refused = int((frames["quarantine"]["subject"] != "").sum())
    result = book(connection, load_id, run, changed, has_news, refused)
    clear(connection)
    return result


def _begin(connection: DuckDBPyConnection, run: RunInfo) -> int:
    """Says to the scripts which load this is; returns its number."""
    load_id = _one(connection, "SELECT coalesce(max(load_id), 0) + 1 FROM load")
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute(f"SET VARIABLE load_id = {load_id}")
    connection.execute(f"SET VARIABLE loaded_at = TIMESTAMP '{now}'")
    connection.execute(f"SET VARIABLE least_confidence_reading = {run.least_confidence_reading!r}::DOUBLE")
    return load_id


def _follow(
    connection: DuckDBPyConnection,
    run: RunInfo,
    load_id: int,
    changed: Changed,
    is_refused: bool,
    at_once: bool,
) -> bool:
    """What follows from the rows that changed: towns, wide tables, files, cases, promises. Returns whether
    there is news beside those rows. `is_refused`: there are new refusals; `at_once`: see check_promises.
    """
    has_news = _one(connection, "SELECT count(*) FROM reread_report") > 0
    rewritten = fill_towns(connection)
    if any(changed["resolution"]):
        note_changed_rows(connection, load_id, changed["resolution"][1])
        rewritten += fill_wide(connection)
    note_files(connection, run)
    if is_refused or connection.execute(_CONCERNS_CASES).fetchone() == (True,):
        has_news = _heal(connection) or has_news
        rewritten += CASES
    has_news = settle(connection) or has_news
    check_promises(connection, load_id, changed, rewritten, at_once)
    return has_news


_CONCERNS_CASES = """
SELECT EXISTS (FROM quarantine WHERE resolved_by IS NULL
                   AND (report_id IN (SELECT report_id FROM read_file)
                        OR report_id NOT IN (SELECT report_id FROM source_file)))
    OR EXISTS (FROM quarantine ANTI JOIN quarantine_event USING (quarantine_id))
"""


def _heal(connection: DuckDBPyConnection) -> bool:
    """Brings quarantine up to date; whether a case was opened, reopened or resolved."""
    run_script(connection, "cases.sql")
    return _one(connection, "SELECT opened + reopened + resolved FROM quarantine_change") > 0


_COUNTED = """
SELECT (SELECT count(*) FROM report WHERE {touched}) AS standing, ({again}) AS again,
       reports - (SELECT count(*) FROM taken) AS others, reports - cells AS contested
FROM (SELECT count(*) AS reports, count(DISTINCT (town_id, year)) AS cells FROM standing)
"""
_AGAIN = "SELECT count(*) FROM report SEMI JOIN taken USING (report_id)"
_ALONE = """
CREATE OR REPLACE TEMP TABLE next_report AS
SELECT *, true AS is_current, NULL::VARCHAR AS duplicate_of, getvariable('loaded_at') AS loaded_at
FROM standing
"""


def _replace_rows(
    connection: DuckDBPyConnection,
    load_id: int,
    arrived: Set[str],
    empty: Set[str],
    arriving: int,
    numerals: int,
) -> Changed:
    """`standing`: reports touched that stand already, `again` read again as they were, `others` beside a
    touched one for its town and year, `contested` more than one for their towns and years.
    """
    touched = touched_scope(connection, numerals)
    cells = "(town_id, year) IN (SELECT (town_id, year) FROM changed_cell)"
    counted = _COUNTED.format(touched=touched, again="0" if "reread_report" in empty else _AGAIN)
    standing, again, others, contested = connection.execute(counted).fetchall()[0]
    connection.execute(read("rank.sql") if contested else _ALONE)
    frames = {"report": "report"} | OF_REPORT
    changed: dict[str, tuple[int, int]] = {}
    if others:  # which may gain or lose their standing too
        affected = "report_id IN (SELECT report_id FROM affected_report)"
        changed["report"] = replace_versions(connection, "report", affected, load_id)
        frames = OF_REPORT
    for name, frame in frames.items():
        if again:
            changed[name] = replace_versions(connection, name, touched, load_id)
            continue
        gone = retire_versions(connection, name, touched, load_id) if standing else 0
        changed[name] = insert_versions(connection, name, load_id) if frame in arrived else 0, gone
    changed["correction_use"] = replace_uses(connection, load_id, "correction_use" in arrived)
    _note_changed_cells(connection, load_id, has_same=again > 0)
    resolve(connection, arriving <= FEW)
    changed["resolution"] = replace_versions(connection, "resolution", cells, load_id)
    return changed


def _note_changed_cells(connection: DuckDBPyConnection, load_id: int, has_same: bool) -> None:
    """`changed_cell`: towns and years whose resolution may differ now. What was read again and says the same
    (`has_same`: there may be such) is left alone, so that a second run over everything costs no more than the
    comparison.
    """
    if not has_same:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE changed_cell AS FROM touched_cell UNION FROM confidence_cell"
        )
        return
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


def _one(connection: DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
