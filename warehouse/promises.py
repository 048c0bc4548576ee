"""What must hold before a load is committed: keys are unique, nothing points at nothing, no file is
swallowed.

What held before the load still holds for the rows it did not write. So of the large tables, which know the
load of each row, only the rows of this load are looked up, and what pointed at rows that are gone.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from warehouse.errors import LoadRefused
from warehouse.schema import Table, base_tables, table, wide_tables

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


def check_promises(connection: DuckDBPyConnection, load_id: int) -> None:
    """Raises LoadRefused with the first promise broken and a row that breaks it."""
    for made in (*base_tables(), *wide_tables()):
        _check_key(connection, made, load_id)
    for name, column, target in POINTERS:
        for query in _dangling(name, column, table(target), load_id):
            _refuse(connection, f"{name}.{column} names no row of {target}", query)
    for promise, query in OTHERS.items():
        _refuse(connection, promise, query)


def _check_key(connection: DuckDBPyConnection, made: Table, load_id: int) -> None:
    """By the hash of the key, an eighth of the work; the keys themselves are compared where two are alike."""
    key = ", ".join(made.key)
    rows = _beside_new(connection, made, load_id)
    twice = f"SELECT hash({key}) AS mark {rows} GROUP BY mark HAVING count(*) > 1"
    if not connection.execute(f"{twice} LIMIT 1").fetchall():
        return
    suspects = (
        f"SELECT {key} FROM {made.name} WHERE hash({key}) IN ({twice}) GROUP BY ALL HAVING count(*) > 1"
    )
    _refuse(connection, f"{made.name}: key ({key}) is not unique", suspects)


def _beside_new(connection: DuckDBPyConnection, made: Table, load_id: int) -> str:
    """The rows among which a key may stand twice: those with the key of a row of this load."""
    if not made.is_versioned:
        return f"FROM {made.name}"
    new = f"FROM {made.name} WHERE load_id = {load_id}"
    row = connection.execute(f"SELECT count(*), (SELECT count(*) FROM {made.name}) {new}").fetchone()
    if row is None or row[0] == row[1]:
        return f"FROM {made.name}"
    first = made.key[0]
    return f"FROM {made.name} WHERE {first} IN (SELECT {first} {new})"


def _dangling(name: str, column: str, target: Table, load_id: int) -> list[str]:
    """Rows of this load that name nothing, and rows that name what went in this load."""
    no_target = f"ANTI JOIN {target.name} USING ({column})"
    found = [f"SELECT {column} FROM (FROM {name} WHERE load_id = {load_id}) {no_target}"]
    if target.is_versioned:
        gone = f"SELECT {column} FROM {target.name}_history WHERE valid_to_load = {load_id}"
        found.append(f"SELECT {column} FROM (FROM {name} SEMI JOIN ({gone}) USING ({column})) {no_target}")
    return found


def _refuse(connection: DuckDBPyConnection, promise: str, query: str) -> None:
    found = connection.execute(f"{query} LIMIT 1").fetchone()
    if found:
        row = ", ".join(str(value) for value in found)
        raise LoadRefused(f"load rolled back, the last state stands: {promise} ({row})")
