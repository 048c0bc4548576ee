"""The row of `load`: what a load did, counted."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime

from duckdb import DuckDBPyConnection

from warehouse.promises import Changed
from warehouse.run_info import LoadResult, Outcome, RunInfo
from warehouse.schema import insert

NOT_MET: tuple[Outcome, ...] = ("gone", "pruned")
BOOKED = (
    *("files_in", "accepted", "quarantined", "unchanged", "duplicate", "ignored"),
    *("facts_added", "facts_removed", "facts_quarantined", "has_changed"),
)


def book(
    connection: DuckDBPyConnection, load_id: int, run: RunInfo, changed: Changed, has_news: bool, refused: int
) -> LoadResult:
    """Counts the load and writes its row. `refused`: facts and ledger rows that validation sets aside."""
    result = _counted(connection, load_id, run, changed, has_news, refused)
    # a clock set back must not make a negative duration
    finished = max(datetime.now(UTC).replace(tzinfo=None), run.started_at)
    row = [
        load_id,
        run.run,
        run.started_at,
        finished,
        (finished - run.started_at).total_seconds(),
        *(getattr(result, name) for name in BOOKED),
        json.dumps(dict(run.versions), ensure_ascii=False, sort_keys=True),
        result.gone,
    ]
    insert(connection, "load", [row])  # DuckDB looks for pandas twice for each value handed to a statement
    return result


def _counted(
    connection: DuckDBPyConnection, load_id: int, run: RunInfo, changed: Changed, has_news: bool, refused: int
) -> LoadResult:
    """Rows that only name newer rules count as a change."""
    told = Counter(file.outcome for file in run.files)
    read_as = _read_as(connection) if told["read"] else {}
    added, removed = changed.get("fact_indicator", (0, 0))
    return LoadResult(
        load_id=load_id,
        files_in=sum(count for outcome, count in told.items() if outcome not in NOT_MET),
        accepted=read_as.get("accepted", 0),
        quarantined=read_as.get("quarantined", 0),
        unchanged=told["unchanged"],
        duplicate=read_as.get("duplicate", 0),
        ignored=told["ignored"],
        facts_added=added,
        facts_removed=removed,
        facts_quarantined=refused,
        gone=sum(told[outcome] for outcome in NOT_MET),
        has_changed=has_news or any(sum(pair) for pair in changed.values()),
    )


def _read_as(connection: DuckDBPyConnection) -> dict[str, int]:
    query = "SELECT status, count(*) FROM source_file JOIN read_file USING (path) GROUP BY status"
    return dict(connection.execute(query).fetchall())
