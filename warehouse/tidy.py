"""What a DuckLake gathers: snapshots nobody looks back to, small files, files of writers that were killed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.lake import NAME, in_turn, opened_lake, unusable_lake

# A file that no snapshot knows may belong to a load that is going on; none takes a day.
ORPHAN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: snapshots forgotten, files written in place of small ones, files removed."""

    snapshots: int
    merged: int
    removed: int


def tidy(catalog: str, folder: Path, keep: timedelta) -> Tidied:
    """Forgets snapshots older than `keep`, merges small files, removes files that nothing names any more.

    Our own history tables are untouched: as_of('…', load) answers as before. A reader that has been
    attached for longer than `keep` may find its files gone.
    """
    now = datetime.now(UTC)
    old, orphaned = _moment(now - keep), _moment(now - max(keep, ORPHAN))
    with opened_lake(catalog, folder) as connection:
        try:
            forgotten = _called(connection, f"ducklake_expire_snapshots('{NAME}', older_than => {old})")
            merged = in_turn(lambda: _called(connection, f"ducklake_merge_adjacent_files('{NAME}')"))[0]
            in_turn(lambda: _called(connection, f"ducklake_rewrite_data_files('{NAME}')"))
            removed = _called(connection, f"ducklake_cleanup_old_files('{NAME}', older_than => {old})")
            removed += _called(
                connection, f"ducklake_delete_orphaned_files('{NAME}', older_than => {orphaned})"
            )
        except duckdb.Error as error:
            raise unusable_lake(folder, error) from error
    return Tidied(forgotten, merged, removed)


def _moment(when: datetime) -> str:
    return f"TIMESTAMPTZ '{when:%Y-%m-%d %H:%M:%S}+00'"


def _called(connection: DuckDBPyConnection, call: str) -> int:
    return len(connection.execute(f"CALL {call}").fetchall())
