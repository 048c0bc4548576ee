"""What must hold before a load is committed: keys are unique, nothing points at nothing, no file is
swallowed.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from warehouse.errors import LoadRefused
from warehouse.schema import base_tables, wide_tables

POINTERS = (
    ("fact_indicator", "report_id", "report"),
    ("fact_indicator", "indicator", "indicator"),
    ("ledger", "report_id", "report"),
    ("ledger_fact", "fact_id", "fact_indicator"),
    ("report_text", "report_id", "report"),
    ("report", "town_id", "town"),
    ("resolution", "report_id", "report"),
    ("correction_use", "correction_id", "correction"),
    ("quarantine_event", "quarantine_id", "quarantine"),
)
OTHERS = {
    "a town and year with reports has no current one, or two": (
        "SELECT town_id, year FROM report GROUP BY ALL HAVING count(*) FILTER (WHERE is_current) <> 1"
    ),
    "a file was read but neither accepted nor set aside": (
        "SELECT path FROM source_file JOIN read_file USING (path, report_id)"
        " WHERE status = 'quarantined' AND report_id NOT IN"
        " (SELECT report_id FROM quarantine WHERE subject = '' AND resolved_by IS NULL)"
    ),
    "a file is said to be unchanged that was never read": (
        "SELECT path FROM stage_file WHERE outcome = 'unchanged'"
        " AND path NOT IN (SELECT path FROM source_file)"
    ),
    "an accepted report came without its file": (
        "SELECT relative_path FROM stage_report WHERE report_id NOT IN (SELECT report_id FROM read_file)"
    ),
}


def check_promises(connection: DuckDBPyConnection) -> None:
    """Raises LoadRefused with the first promise broken and a row that breaks it."""
    for made in (*base_tables(), *wide_tables()):
        key = ", ".join(made.key)
        _refuse(
            connection,
            f"{made.name}: key ({key}) is not unique",
            f"SELECT {key} FROM {made.name} GROUP BY ALL HAVING count(*) > 1",
        )
    for table, column, target in POINTERS:
        query = f"SELECT {column} FROM {table} ANTI JOIN {target} USING ({column})"
        _refuse(connection, f"{table}.{column} names no row of {target}", query)
    for promise, query in OTHERS.items():
        _refuse(connection, promise, query)


def _refuse(connection: DuckDBPyConnection, promise: str, query: str) -> None:
    found = connection.execute(f"{query} LIMIT 1").fetchone()
    if found:
        row = ", ".join(str(value) for value in found)
        raise LoadRefused(f"load rolled back, the last state stands: {promise} ({row})")
