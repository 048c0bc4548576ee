"""What commands show of a warehouse: causes of quarantine, example facts, quantities with no indicator."""

from __future__ import annotations

from typing import Any

from duckdb import DuckDBPyConnection

_CAUSES = """
SELECT code, count(DISTINCT relative_path) AS files, count(*) AS rows, min(relative_path) AS example,
       arg_min(message, (relative_path, subject)) AS message
FROM quarantine WHERE resolved_by IS NULL GROUP BY code ORDER BY files DESC, code
"""
# One fact a report first, so that three examples are three reports where there are as many.
_EXAMPLES = """
SELECT t.name AS town, t.county, f.year, f.indicator, f.value, f.low, f.high, f.bound, f.unit, f.clause
FROM fact_indicator f JOIN report r USING (report_id) JOIN town t ON t.town_id = f.town_id
WHERE r.is_current AND f.status = 'reported'
ORDER BY row_number() OVER (
    PARTITION BY f.report_id ORDER BY f.confidence DESC, f.span_start, f.fact_id), f.report_id
LIMIT ?
"""
# The noun a number counts follows its measure word; four characters tell most nouns apart.
_UNMATCHED = """
SELECT l.unit,
       regexp_extract(
           substr(t.text, l.span_end + 1, 12), '^\\s*([^\\s，。；、！？,.;:：（）()]{0,4})', 1) AS noun,
       count(*) AS mentions, count(DISTINCT l.report_id) AS reports,
       arg_min(trim(regexp_replace(substr(t.text, greatest(l.span_start - 14, 1), 40), '\\s+', ' ', 'g')),
               (l.report_id, l.span_start)) AS example
FROM ledger l JOIN report_text t USING (report_id)
WHERE l.role = 'unmatched'
GROUP BY ALL ORDER BY mentions DESC, reports DESC, l.unit, noun LIMIT ?
"""


def quarantine_causes(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Per reason code that is open: files, rows, one example and its message; most frequent first."""
    return _rows(connection, _CAUSES, [])


def example_facts(connection: DuckDBPyConnection, count: int) -> list[dict[str, Any]]:
    """Reported facts of current reports, from as many reports as there are."""
    return _rows(connection, _EXAMPLES, [count])


def unmatched_quantities(connection: DuckDBPyConnection, count: int) -> list[dict[str, Any]]:
    """Quantities no rule takes, by measure word and the characters that follow; most frequent first."""
    return _rows(connection, _UNMATCHED, [count])


def _rows(connection: DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
