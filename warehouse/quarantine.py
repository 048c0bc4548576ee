"""What waits and why, what happened to it since, and what would help."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from duckdb import DuckDBPyConnection

# Files with an open case, and those a correction asks to be read again that no run has met since.
_WAITING = """
SELECT f.path, f.relative_path, f.sha256, f.size, f.mtime_ns, f.rulebook_version, f.report_id,
       coalesce(list(q.code ORDER BY q.code) FILTER (q.code IS NOT NULL), []) AS codes,
       coalesce(list(q.quarantine_id ORDER BY q.quarantine_id) FILTER (q.code IS NOT NULL), []) AS cases,
       f.report_id IN (SELECT report_id FROM report) AS is_accepted
FROM source_file f
LEFT JOIN (FROM quarantine WHERE resolved_by IS NULL) q USING (report_id)
WHERE q.code IS NOT NULL OR f.rulebook_version = ''
GROUP BY ALL ORDER BY f.path
"""
_STATISTICS = """
SELECT code, stage, count(*) FILTER (resolved_by IS NULL) AS open,
       count(DISTINCT report_id) FILTER (resolved_by IS NULL) AS files,
       count(*) FILTER (resolved_by IS NOT NULL) AS resolved,
       (SELECT string_agg(cause || ' ' || cases, ', ' ORDER BY cause)
        FROM (SELECT e.cause, count(*) AS cases
              FROM quarantine_event e JOIN quarantine o USING (quarantine_id)
              WHERE e.event = 'resolved' AND o.code = q.code GROUP BY e.cause)) AS resolved_by,
       min(first_seen_at) FILTER (resolved_by IS NULL) AS waiting_since
FROM quarantine q GROUP BY code, stage ORDER BY open DESC, resolved DESC, code
"""
MOST_BLOCKS = 5  # candidates that get a correction of their own to copy
_HISTORY = """
SELECT e.load_id, l.finished_at AS at, e.event, e.cause, e.message
FROM quarantine_event e LEFT JOIN load l USING (load_id) WHERE quarantine_id = ? ORDER BY e.load_id
"""


def quarantine_list(
    connection: DuckDBPyConnection, code: str | None, open_only: bool
) -> list[dict[str, Any]]:
    """Rows in the order they were first seen, files before rows of files."""
    return _rows(
        connection,
        "SELECT * FROM quarantine WHERE (? IS NULL OR code = ?) AND (NOT ? OR resolved_by IS NULL)"
        " ORDER BY first_seen_load, subject <> '', relative_path, code, quarantine_id",
        [code, code, open_only],
    )


def quarantine_show(connection: DuckDBPyConnection, quarantine_id: str) -> dict[str, Any] | None:
    """The row whose id begins so; None where no row does, or several."""
    query = "SELECT * FROM quarantine WHERE starts_with(quarantine_id, ?) ORDER BY quarantine_id LIMIT 2"
    rows = _rows(connection, query, [quarantine_id])
    return rows[0] if len(rows) == 1 else None


def quarantine_history(connection: DuckDBPyConnection, quarantine_id: str) -> list[dict[str, Any]]:
    """What happened to a case, oldest first: load, when it ended, event, cause, message."""
    return _rows(connection, _HISTORY, [quarantine_id])


def quarantine_statistics(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """By reason code: cases and files that wait, cases resolved and by what."""
    return _rows(connection, _STATISTICS, [])


def waiting_files(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Files of which something waits, with what they were last read with."""
    return _rows(connection, _WAITING, [])


@cache
def repairs() -> dict[str, dict[str, str]]:
    """What lets a case out -> reason code -> sentence, from repairs.toml."""
    found: dict[str, dict[str, str]] = tomllib.loads(
        (files(__package__) / "repairs.toml").read_text(encoding="utf-8")
    )
    return found


def suggested_repair(row: dict[str, Any]) -> str:
    """What a person can do about a row of `quarantine`, with the lines to copy where a line would do."""
    kind, sentence = _repair_of(row["code"], bool(row["subject"]))
    return "\n".join([sentence, *(_lines_to_copy(row) if kind == "manifest" else [])])


def _repair_of(code: str, is_row: bool) -> tuple[str, str]:
    for kind, codes in repairs().items():
        if code in codes and not is_row:
            return kind, codes[code]
    return "row", repairs()["row"]["any"]


def _lines_to_copy(row: dict[str, Any]) -> list[str]:
    """A correction a candidate; the first fits, the others are there to choose from. Of many, their list and
    one to fill in.
    """
    head = ["[[correction]]", f"report = {json.dumps(row['relative_path'], ensure_ascii=False)}"]
    tail = ['reason = "…"', 'author = "…"', "date = YYYY-MM-DD"]
    if row["code"].startswith("year"):
        return ["", *head, 'action = "set_year"', "value = …", *tail]
    candidates = town_candidates(row)
    lines = []
    if len(candidates) > MOST_BLOCKS:
        lines = ["", *(f"  {_place(one)}" for one in candidates)]
        candidates = [{"town": candidates[0].get("town", "…")}]
    for found in candidates or [{}]:
        told = {"value": found.get("town", "…"), "new_county": found.get("county", "…")}
        told["new_province"] = found.get("province", "…")
        said = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items() if value]
        lines += ["", *head, 'action = "set_town"', *said, *tail]
    return lines


def town_candidates(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Townships that a row of `quarantine` may mean, as identity weighed them."""
    found: list[dict[str, Any]] = json.loads(row["payload"]).get("town_candidates") or []
    return found


def _place(candidate: dict[str, Any]) -> str:
    names = (candidate.get(name) for name in ("province", "city", "county", "town"))
    return " ".join(name for name in names if name)


def _rows(connection: DuckDBPyConnection, query: str, values: list[Any]) -> list[dict[str, Any]]:
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
