"""What commands show of a warehouse: causes of quarantine, example facts, quantities with no indicator."""

from __future__ import annotations

from typing import Any

from duckdb import DuckDBPyConnection

_CAUSES = """
SELECT code, count(DISTINCT relative_path) AS files, count(*) AS rows, min(relative_path) AS example,
       arg_min(message, (relative_path, subject)) AS message
FROM quarantine WHERE resolved_by IS NULL GROUP BY code ORDER BY files DESC, code
"""
_NEW_CAUSES = """
SELECT code, count(DISTINCT relative_path) AS files, min(relative_path) AS example,
       arg_min(message, (relative_path, subject)) AS message
FROM quarantine GROUP BY code
HAVING min(first_seen_load) >= ? AND count(*) FILTER (WHERE resolved_by IS NULL) > 0
ORDER BY files DESC, code
"""
_ACCURACY = """
SELECT i.domain, count(*) AS facts, round(avg(f.confidence), 3) AS expected_right,
       round(min(f.confidence), 3) AS least_sure,
       count(*) FILTER (WHERE f.confidence_check < f.confidence_rule) AS doubted_by_checks
FROM fact_indicator f JOIN report r USING (report_id) JOIN indicator i USING (indicator)
WHERE r.is_current AND f.status = 'reported'
GROUP BY i.domain ORDER BY min(i.ordinal)
"""
# One fact a report first, so that three examples are three reports where there are as many. No other report
# is looked into: a window over all statements took 700 MB at 100,000 reports.
_EXAMPLES = """
WITH few AS (
    SELECT DISTINCT report_id FROM fact_indicator SEMI JOIN (FROM report WHERE is_current) USING (report_id)
    WHERE status = 'reported' ORDER BY report_id LIMIT $1
)
SELECT t.name AS town, t.county, f.year, f.indicator, f.value, f.low, f.high, f.bound, f.unit, f.clause
FROM fact_indicator f SEMI JOIN few USING (report_id) JOIN town t ON t.town_id = f.town_id
WHERE f.status = 'reported'
ORDER BY row_number() OVER (
    PARTITION BY f.report_id ORDER BY f.confidence DESC, f.span_start, f.fact_id), f.report_id
LIMIT $1
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


def new_causes(connection: DuckDBPyConnection, first_load: int) -> list[dict[str, Any]]:
    """Reason codes that no load before `first_load` met and that are open: what deserves a call."""
    return _rows(connection, _NEW_CAUSES, [first_load])


def accuracy_by_domain(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Per domain: reported facts of current reports, and the share of them expected to be right, which is
    the mean of their measured confidence.
    """
    return _rows(connection, _ACCURACY, [])


def example_facts(connection: DuckDBPyConnection, count: int) -> list[dict[str, Any]]:
    """Reported facts of current reports, from as many reports as there are."""
    return _rows(connection, _EXAMPLES, [count])


def unmatched_quantities(connection: DuckDBPyConnection, count: int) -> list[dict[str, Any]]:
    """Quantities no rule takes, by measure word and the characters that follow; most frequent first."""
    return _rows(connection, _UNMATCHED, [count])


def fact_of(connection: DuckDBPyConnection, fact_id: str) -> dict[str, Any] | None:
    """A fact with the path of its report; None where no fact has the id."""
    query = (
        "SELECT f.*, r.relative_path FROM fact_indicator f JOIN report r USING (report_id) WHERE fact_id = ?"
    )
    rows = _rows(connection, query, [fact_id])
    return rows[0] if rows else None


def also_said(connection: DuckDBPyConnection, fact: dict[str, Any]) -> list[str]:
    """Paths of the other reports that say the same as a fact in the same clause."""
    query = (
        "SELECT DISTINCT r.relative_path FROM fact_indicator f JOIN report r USING (report_id)"
        " WHERE f.clause = $clause AND f.span_text = $span_text AND f.indicator = $indicator"
        " AND f.report_id <> $report_id ORDER BY 1"
    )
    names = ("clause", "span_text", "indicator", "report_id")
    found = connection.execute(query, {name: fact[name] for name in names}).fetchall()
    return [path for (path,) in found]


def _rows(connection: DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
