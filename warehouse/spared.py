"""What a load need not look for, since what it brings or what stands tells that nothing can be found."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Set

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.promises import NO_NEWS, check_files
from warehouse.run_info import RunInfo
from warehouse.schema import insert, read, statements

# Tables that scripts note on the way and that often hold nothing. To say so takes a tenth of a millisecond;
# to look takes one to four, however few rows there are.
COLUMNS: Mapping[str, str] = {
    "gone_file": "path VARCHAR, report_id VARCHAR, is_pruned BOOLEAN",
    "spoken_for": "report_id VARCHAR, relative_path VARCHAR, rulebook_version VARCHAR",
    "known_copy": "report_id VARCHAR",
    "reread_report": "report_id VARCHAR",
    "gone_report": "report_id VARCHAR",
    "confidence_cell": "town_id VARCHAR, year INTEGER",
    "told": "report_id VARCHAR, warnings VARCHAR",
}
WHERE_ONE_STANDS = ("spoken_for", "known_copy", "reread_report")
_NOTES = re.compile(r"CREATE OR REPLACE TEMP TABLE (\w+) AS")
_STANDS = """
SELECT EXISTS (FROM report WHERE report_id IN
                  (SELECT 'r' || substr(sha256, 1, 16) FROM stage_file WHERE outcome = 'read'))
"""
_LEAST = "SELECT value FROM meta WHERE name = 'least_confidence_reading'"


_IS_IDLE = """
SELECT getvariable('least_confidence_reading')
           IS NOT DISTINCT FROM (SELECT max(value::DOUBLE) FROM meta WHERE name = 'least_confidence_reading')
   AND NOT EXISTS (FROM correction WHERE load_id IS NULL)
   AND NOT EXISTS (FROM stage_file WHERE outcome NOT IN ('unchanged', 'ignored', 'gone'))
   AND NOT EXISTS (FROM stage_file s JOIN source_file f USING (path)
                   WHERE s.outcome = 'gone' AND f.gone_since_load IS NULL)
"""


def is_idle(connection: DuckDBPyConnection, arrived: Set[str]) -> bool:
    """Whether there is nothing to do but to say so: no row arrived, no file went, nobody decided anything."""
    return arrived <= {"file"} and connection.execute(_IS_IDLE).fetchone() == (True,)


def empty_tables(connection: DuckDBPyConnection, run: RunInfo) -> Set[str]:
    """Those of COLUMNS that cannot hold a row in this load."""
    empty = set() if _has_gone(run) else {"gone_file"}
    if not connection.execute("SELECT 1 FROM report LIMIT 1").fetchall():
        empty |= {"gone_report", *WHERE_ONE_STANDS}
    elif connection.execute(_STANDS).fetchone() == (False,):
        empty |= {*WHERE_ONE_STANDS}
    return empty


def run_script(connection: DuckDBPyConnection, name: str, empty: Set[str] = frozenset()) -> None:
    """The statements of a file; tables that are known to stay `empty` are made and not looked for."""
    for statement in statements(read(name)):
        noted = _NOTES.search(statement)
        if noted and noted[1] in empty:
            make_empty(connection, noted[1])
        else:
            connection.execute(statement)


def make_empty(connection: DuckDBPyConnection, name: str) -> None:
    """One of COLUMNS without rows."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({COLUMNS[name]})")


def note_confidence(connection: DuckDBPyConnection, least: float) -> None:
    """`confidence_cell`: where another least confidence than before lets facts in or keeps them out."""
    before = connection.execute(_LEAST).fetchall()
    if [float(value) for (value,) in before] == [least]:
        make_empty(connection, "confidence_cell")
    else:
        run_script(connection, "confidence.sql")


def note_told(connection: DuckDBPyConnection, warnings: pl.DataFrame) -> None:
    """`told`: what was odd about a report but bearable, as it stands in the report."""
    make_empty(connection, "told")
    of_report: dict[str, set[tuple[str, str]]] = {}
    for report_id, code, message in warnings.select("report_id", "code", "message").iter_rows():
        of_report.setdefault(report_id, set()).add((code, message))
    rows = [(report_id, _as_json(told)) for report_id, told in of_report.items()]
    insert(connection, "told", rows)


def _as_json(told: set[tuple[str, str]]) -> str:
    listed = [{"code": code, "message": message} for code, message in sorted(told)]
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":"))


def note_files(connection: DuckDBPyConnection, run: RunInfo) -> None:
    """What became of each file, in `source_file`; see `note_unchanged`."""
    run_script(connection, "files.sql")
    if _has_gone(run):
        run_script(connection, "gone_files.sql")
    run_script(connection, "file_status.sql")
    note_unchanged(connection, run)


def _has_gone(run: RunInfo) -> bool:
    return any(file.outcome in ("gone", "pruned") for file in run.files)


def note_unchanged(connection: DuckDBPyConnection, run: RunInfo) -> None:
    """Files that were met and not read again were met; raises LoadRefused where one was never read."""
    paths = {file.path for file in run.files if file.outcome == "unchanged"}
    if not paths:
        return
    files, cases = statements(read("unchanged.sql"))
    if connection.execute(files).fetchone() != (len(paths),):
        check_files(connection, NO_NEWS)
    if connection.execute("SELECT 1 FROM quarantine WHERE resolved_by IS NULL LIMIT 1").fetchall():
        connection.execute(cases)
