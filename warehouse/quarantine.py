"""What waits and why."""

from __future__ import annotations

from typing import Any

from duckdb import DuckDBPyConnection


def quarantine_list(
    connection: DuckDBPyConnection, code: str | None, open_only: bool
) -> list[dict[str, Any]]:
    """Rows in the order they were first seen, files before rows of files."""
    return _rows(
        connection,
        "(? IS NULL OR code = ?) AND (NOT ? OR resolved_by IS NULL)"
        " ORDER BY first_seen_load, subject <> '', relative_path, code, quarantine_id",
        [code, code, open_only],
    )


def quarantine_show(connection: DuckDBPyConnection, quarantine_id: str) -> dict[str, Any] | None:
    """The row whose id begins so; None where no row does, or several."""
    rows = _rows(connection, "starts_with(quarantine_id, ?) ORDER BY quarantine_id LIMIT 2", [quarantine_id])
    return rows[0] if len(rows) == 1 else None


def _rows(connection: DuckDBPyConnection, where: str, values: list[Any]) -> list[dict[str, Any]]:
    found = connection.execute(f"SELECT * FROM quarantine WHERE {where}", values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
