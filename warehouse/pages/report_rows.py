"""The rows behind report pages, some reports at a time, and a mark of their content for each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse.schema import read, statements

Row = Mapping[str, Any]
# Table -> columns that may change without the page showing it, and the order the page wants.
TABLES: Mapping[str, tuple[str, str]] = {
    "page_report": ("", "report_id"),
    "report_text": ("load_id", "report_id"),
    "ledger": ("load_id", "span_start"),
    "page_fact": ("", "span_start, fact_id"),
    "ledger_fact": ("load_id", "span_start, fact_id"),
    "check_result": ("load_id", "check_name, check_id"),
    "page_flag": ("", "indicator, flag"),
    "fact_alike": ("", "fact_id, place"),
    "page_correction": ("", "correction_id, fact_id"),
    "page_likeness": ("", "like_report_id"),
}


@dataclass(slots=True)
class ReportRows:
    """Everything in the warehouse about one report."""

    report: Row
    text: str
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, table: str) -> Sequence[Row]:
        """Rows of a table in the order of the page."""
        return self.rows.get(table, ())


def prepare(connection: DuckDBPyConnection) -> None:
    """Makes the temporary tables of reports.sql."""
    for statement in statements(read("pages/reports.sql")):
        connection.execute(statement)


def report_marks(connection: DuckDBPyConnection) -> dict[str, str]:
    """report_id -> mark that changes with anything the page shows."""
    parts = " UNION ALL BY NAME ".join(
        f"SELECT report_id, bit_xor(hash(r)) AS mark, '{table}' AS part"
        f" FROM (SELECT * {_but(hidden)} FROM {table}) r GROUP BY report_id"
        for table, (hidden, _) in TABLES.items()
    )
    rows = connection.execute(
        f"SELECT report_id, printf('%x', bit_xor(hash(mark, part))) FROM ({parts})"
        " WHERE report_id IN (SELECT report_id FROM report) GROUP BY report_id ORDER BY report_id"
    ).fetchall()
    return dict(rows)


def report_rows(connection: DuckDBPyConnection, report_ids: Sequence[str]) -> Iterator[ReportRows]:
    """In the order asked for; `report_ids` in memory at once, so hand over some hundred at a time."""
    found: dict[str, dict[str, list[Row]]] = {report_id: {} for report_id in report_ids}
    for table, (hidden, order) in TABLES.items():
        for row in _rows(connection, table, hidden, order, report_ids):
            found[row["report_id"]].setdefault(table, []).append(row)
    for tables in found.values():
        yield ReportRows(tables["page_report"][0], tables["report_text"][0]["text"], tables)


def _rows(
    connection: DuckDBPyConnection, table: str, hidden: str, order: str, report_ids: Sequence[str]
) -> Iterator[Row]:
    wanted = "report_id IN (SELECT unnest(?))"
    query = f"SELECT * {_but(hidden)} FROM {table} WHERE {wanted} ORDER BY report_id, {order}"
    result = connection.execute(query, [list(report_ids)])
    names = [column[0] for column in result.description or ()]
    return (dict(zip(names, row, strict=True)) for row in result.fetchall())


def _but(hidden: str) -> str:
    return f"EXCLUDE ({hidden})" if hidden else ""
