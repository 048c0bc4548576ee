"""Corrections in the warehouse: taken from their file before a run reads, settled after it has loaded.

Taking marks the reports that a new or withdrawn correction concerns, and no others, as to be read again. The
mark stays until they are, whatever becomes of the run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from transforms.corrections import BadCorrections, Correction, Corrections, block, parse_corrections
from transforms.corrections.sentences import KeyedText
from transforms.normalize import normalize
from warehouse.schema import read, statements
from warehouse.versions import replace_versions

TEXTS_AT_ONCE = 500
_OF_NAME = """
SELECT DISTINCT r.report_id
FROM report r JOIN town t USING (town_id) LEFT JOIN town_code c USING (town_id, year)
WHERE year = $year
  AND ($town IN (t.name, c.name) OR list_contains(string_split(t.earlier_names, '、'), $town))
UNION SELECT report_id FROM quarantine
WHERE resolved_by IS NULL AND (payload ->> '$.town') = $town AND (payload ->> '$.year') = $year::VARCHAR
"""


def file_key(path: Path) -> str:
    """Tells corrections files apart without naming a folder of this machine."""
    return key_of_real(str(path.resolve()))


def key_of_real(path: str) -> str:
    """As `file_key`, of a path that leads through no link: asks nothing of the disk."""
    return hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def take(
    connection: DuckDBPyConnection, written: Sequence[Correction], file: Path, first: str = ""
) -> Corrections:
    """Makes the corrections of one file what it says now; returns all in force, those of other files too.

    `first` is the first statement of the transaction in which that happens.
    """
    key = file_key(file)
    written = _told_apart(connection, written, file.name, key)
    named = {one.correction_id: one for one in written}
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(first)
        connection.execute("COMMIT" if _take(connection, named, file, key) else "ROLLBACK")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed COMMIT has rolled back by itself
            connection.execute("ROLLBACK")
        raise
    ours = (replace(one, file_key=key) for one in written)
    return Corrections((*ours, *in_force(connection, except_file=key)))


def _told_apart(
    connection: DuckDBPyConnection, written: Sequence[Correction], name: str, key: str
) -> Sequence[Correction]:
    """What a file of that name in another folder decides word for word of a report by its path is another
    decision, since the path is meant from that folder. Where that file is no more, it was moved here.
    """
    apart = {one.correction_id: replace(one, home=key) for one in written if one.report}
    wanted = [*apart, *(one.correction_id for one in apart.values())]
    alike = connection.execute(
        "SELECT correction_id, file_key FROM correction"
        " WHERE state <> 'withdrawn' AND list_contains(?, correction_id)",
        [wanted],
    ).fetchall()
    ours = {correction_id for correction_id, home in alike if home == key}
    theirs = {correction_id: home for correction_id, home in alike if home != key}
    there = _files_there(connection, name) if theirs else set()
    return [
        apart[one.correction_id]
        if theirs.get(one.correction_id) in there
        or one.report
        and apart[one.correction_id].correction_id in ours
        else one
        for one in written
    ]


def _files_there(connection: DuckDBPyConnection, name: str) -> set[str | None]:
    """Keys of the corrections files of that name in the folders of all files met, or above them."""
    paths = (os.path.join(folder, name) for folder in folders_of_files(connection))
    return {key_of_real(path) for path in paths if os.path.isfile(path)}


def _take(connection: DuckDBPyConnection, named: Mapping[str, Correction], file: Path, key: str) -> bool:
    """Whether anything was other than it stood."""
    found = connection.execute("SELECT correction_id, file_key, state, content FROM correction").fetchall()
    stored = {name: tuple(rest) for name, *rest in found}
    alive = {name for name, (_, state, _) in stored.items() if state != "withdrawn"}
    added = [one for name, one in named.items() if name not in alive]
    reworded = [
        one
        for name, one in named.items()
        if name in alive and (stored[name][0], stored[name][2]) != (key, _content(one))
    ]
    gone = [name for name in alive - named.keys() if stored[name][0] == key]
    paths = [path for one in added if one.report for path in (one.report, _below(file, one.report))]
    _mark(connection, [*_reports_of(connection, added), *_used_by(connection, gone)], paths)
    _add(connection, added, key)
    _reword(connection, reworded, key)
    _withdraw(connection, gone)
    return bool(added or reworded or gone)


def in_force(connection: DuckDBPyConnection, except_file: str = "") -> Iterator[Correction]:
    """Corrections as stored; one that this program can no longer read stays, and is settled as stale."""
    rows = connection.execute(
        "SELECT correction_id, content, file_key FROM correction WHERE state <> 'withdrawn' AND file_key <> ?"
        " ORDER BY correction_id",
        [except_file],
    ).fetchall()
    for correction_id, content, key in rows:
        try:
            for one in parse_corrections(content):
                home = "" if one.correction_id == correction_id else key
                yield replace(one, file_key=key, home=home)
        except BadCorrections:  # an indicator that is no more; the summary names the correction as stale
            continue


def folders_of_files(connection: DuckDBPyConnection) -> set[str]:
    """Every folder in which, or below which, a file lies that a run has met."""
    query = "SELECT DISTINCT regexp_replace(path, '/[^/]*$', '') FROM source_file"
    found: set[str] = set()
    for (folder,) in connection.execute(query).fetchall():
        while folder not in found:
            found.add(folder)
            folder = os.path.dirname(folder)
    return found


def _reports_of(connection: DuckDBPyConnection, added: Iterable[Correction]) -> Iterator[str]:
    """Ids of reports the corrections may concern; rather one too many."""
    everywhere = []
    for one in added:
        if one.report_id:
            yield one.report_id
        elif one.town:
            found = connection.execute(_OF_NAME, {"town": one.town, "year": one.year}).fetchall()
            yield from (report_id for (report_id,) in found)
        elif not one.report:
            everywhere.append(one)
    if everywhere:
        yield from _reports_with(connection, Corrections(tuple(everywhere)))


def _reports_with(connection: DuckDBPyConnection, wanted: Corrections) -> Iterator[str]:
    """Looks through every text: half a millisecond a report, and only when such a correction is new."""
    texts = connection.cursor().execute("SELECT report_id, text FROM report_text")
    while rows := texts.fetchmany(TEXTS_AT_ONCE):
        for report_id, text in rows:
            if any(True for _ in wanted.of_sentences(KeyedText(normalize(text)))):
                yield report_id


def _used_by(connection: DuckDBPyConnection, gone: Sequence[str]) -> Iterator[str]:
    query = "SELECT DISTINCT report_id FROM correction_use WHERE list_contains(?, correction_id)"
    yield from (report_id for (report_id,) in connection.execute(query, [list(gone)]).fetchall())


def _below(file: Path, report: str) -> str:
    """As `source_file.path` has it, which leads through no link."""
    return os.path.join(os.path.realpath(file.parent), report)


def _mark(connection: DuckDBPyConnection, reports: Sequence[str], paths: Sequence[str]) -> None:
    """`paths` as they are below a folder, and whole."""
    if reports or paths:
        connection.execute(
            "UPDATE source_file SET rulebook_version = ''"
            " WHERE list_contains($reports, report_id)"
            " OR list_contains($paths, relative_path) OR list_contains($paths, path)",
            {"reports": list(reports), "paths": list(paths)},
        )


def _add(connection: DuckDBPyConnection, added: Sequence[Correction], key: str) -> None:
    """New ones, and those that were withdrawn once and are back."""
    rows = [_row(one, key) for one in sorted(added, key=lambda c: c.correction_id)]
    connection.execute("DELETE FROM correction WHERE list_contains(?, correction_id)", [[r[0] for r in rows]])
    if rows:
        connection.executemany(f"INSERT INTO correction VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _reword(connection: DuckDBPyConnection, reworded: Iterable[Correction], key: str) -> None:
    """Reason, author or day were changed, or the file was moved: nothing need be read again."""
    for c in reworded:
        connection.execute(
            "UPDATE correction SET reason = ?, author = ?, decided_on = ?, content = ?, file_key = ?,"
            " load_id = NULL WHERE correction_id = ?",
            [c.reason, c.author, c.decided_on, _content(c), key, c.correction_id],
        )


def _withdraw(connection: DuckDBPyConnection, gone: Sequence[str]) -> None:
    connection.execute(
        "UPDATE correction SET state = 'withdrawn', load_id = NULL WHERE list_contains(?, correction_id)",
        [list(gone)],
    )


def _content(one: Correction) -> str:
    return block(one).strip()


def _row(one: Correction, key: str) -> list[Any]:
    field = one.indicator or one.action.removeprefix("set_")
    value = json.dumps(one.decision, ensure_ascii=False) if one.decision else None
    where = [one.report, one.report_id, one.town, one.county, one.year, one.sentence]
    why = [one.expected, one.reason, one.author, one.decided_on, _content(one), key]
    return [one.correction_id, *where, one.action, field, value, *why, "waiting", None, 0, None]


def replace_uses(connection: DuckDBPyConnection, load_id: int, has_new: bool) -> tuple[int, int]:
    """What corrections did in the reports of this load, in place of what they did there before. `has_new`:
    they did something now.
    """
    if not has_new and not connection.execute("SELECT 1 FROM correction_use LIMIT 1").fetchall():
        return 0, 0
    read_or_gone = "SELECT report_id FROM touched_report UNION SELECT report_id FROM read_file"
    return replace_versions(connection, "correction_use", f"report_id IN ({read_or_gone})", load_id)


def settle(connection: DuckDBPyConnection) -> bool:
    """Writes what became of the corrections; whether one of them changed."""
    if not connection.execute("SELECT 1 FROM correction LIMIT 1").fetchall():
        return False
    for statement in statements(read("settle.sql")):
        connection.execute(statement)
    return bool(connection.execute("SELECT 1 FROM correction_change LIMIT 1").fetchall())


def corrections_told(connection: DuckDBPyConnection, only_wrong: bool = False) -> list[dict[str, Any]]:
    """Rows of `correction`; `only_wrong`: those that are stale or hold no longer where they did."""
    where = "state = 'stale' OR (state = 'applied' AND note IS NOT NULL)" if only_wrong else "true"
    found = connection.execute(f"SELECT * FROM correction WHERE {where} ORDER BY decided_on, correction_id")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
