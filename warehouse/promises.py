"""What must hold before a load is committed: keys are unique, nothing points at nothing, no file is
swallowed.

What held before the load still holds for the rows it did not write. So of the large tables, which know the
load of each row, only the rows of this load are looked up, and what pointed at rows that are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from duckdb import DuckDBPyConnection

from warehouse.errors import LoadRefused
from warehouse.schema import Table, table

Part = TypeVar("Part")
Changed = Mapping[str, tuple[int, int]]  # table -> rows new or changed, rows gone or replaced

# Of the tables that know no load, those a load writes to at all times. radar.py sees to its own.
WRITTEN = ("meta", "load", "source_file", "correction")
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
NO_NEWS = {
    "a file is said to be unchanged that was never read": (
        "SELECT path FROM stage_file WHERE outcome = 'unchanged'"
        " AND path NOT IN (SELECT path FROM source_file)"
    ),
}
NEWS = NO_NEWS | {
    "a town and year with reports has no current one, or two": (
        "SELECT town_id, year FROM report GROUP BY ALL HAVING count(*) FILTER (WHERE is_current) <> 1"
    ),
    "a file was read but neither accepted nor set aside": (
        "SELECT path FROM source_file JOIN read_file USING (path, report_id)"
        " WHERE status = 'quarantined' AND report_id NOT IN"
        " (SELECT report_id FROM quarantine WHERE subject = '' AND resolved_by IS NULL)"
    ),
    "an accepted report came without its file": (
        "SELECT relative_path FROM stage_report WHERE report_id NOT IN (SELECT report_id FROM read_file)"
    ),
}


def check_promises(
    connection: DuckDBPyConnection, load_id: int, changed: Changed, rewritten: Sequence[str], at_once: bool
) -> None:
    """Raises LoadRefused with the first promise broken and a row that breaks it. `changed`: versioned tables
    that the load wrote to; `rewritten`: others in which it did, beside WRITTEN.

    `at_once`: all keys are looked at in one statement, and all pointers, which is sooner begun; one by one
    takes the memory of one.
    """
    names = (*WRITTEN, *rewritten, *(name for name, (new, _) in changed.items() if new))
    for few in _together(names, at_once):
        check_keys(connection, few, load_id)
    for some in _together(tuple(_pointers(load_id, changed)), at_once):
        _check_pointers(connection, some)
    check_files(connection, NEWS)


def _together(parts: tuple[Part, ...], at_once: bool) -> Iterable[tuple[Part, ...]]:
    return [parts] if at_once else ((part,) for part in parts)


def check_keys(connection: DuckDBPyConnection, names: Sequence[str], load_id: int) -> None:
    """Raises LoadRefused where a key stands twice in one of the tables.

    By the hash of the key, an eighth of the work; the keys themselves are compared where two are alike.
    """
    marks = " UNION ALL ".join(
        f"SELECT {place}::UTINYINT AS place, hash({', '.join(table(name).key)}) AS mark"
        f" {_beside_new(table(name), load_id)}"
        for place, name in enumerate(names)
    )
    twice = f"SELECT place, mark FROM ({marks}) GROUP BY ALL HAVING count(*) > 1"
    for (place,) in connection.execute(f"SELECT DISTINCT place FROM ({twice}) ORDER BY ALL").fetchall():
        _check_key(connection, table(names[place]), load_id)


def _pointers(load_id: int, changed: Changed) -> Iterator[tuple[str, str]]:
    """What is promised, and a query for rows that break it."""
    for name, column, target in POINTERS:
        new, gone = changed.get(name, (1, 0))[0], changed.get(target, (0, 0))[1]
        for query in _dangling(name, column, target, load_id, bool(new), bool(gone)):
            yield f"{name}.{column} names no row of {target}", query


def _check_pointers(connection: DuckDBPyConnection, pointers: Sequence[tuple[str, str]]) -> None:
    marked = (
        f"(SELECT {place} AS place FROM ({query}) LIMIT 1)" for place, (_, query) in enumerate(pointers)
    )
    for (place,) in connection.execute(f"{' UNION ALL '.join(marked)} ORDER BY ALL").fetchall():
        _refuse(connection, *pointers[place])


def check_files(connection: DuckDBPyConnection, promises: Mapping[str, str]) -> None:
    """Raises LoadRefused where one of `promises` finds a row that breaks it."""
    for promise, query in promises.items():
        _refuse(connection, promise, query)


def _check_key(connection: DuckDBPyConnection, made: Table, load_id: int) -> None:
    """Two hashes were alike: whether the keys are."""
    key = ", ".join(made.key)
    suspects = f"SELECT {key} {_beside_new(made, load_id)} GROUP BY ALL HAVING count(*) > 1"
    _refuse(connection, f"{made.name}: key ({key}) is not unique", suspects)


def _beside_new(made: Table, load_id: int) -> str:
    """The rows among which a key may stand twice: those with the key of a row of this load."""
    if not made.is_versioned or load_id == 1:
        return f"FROM {made.name}"
    first = made.key[0]
    return f"FROM {made.name} WHERE {first} IN (SELECT {first} FROM {made.name} WHERE load_id = {load_id})"


def _dangling(
    name: str, column: str, target: str, load_id: int, has_new: bool, has_gone: bool
) -> Iterator[str]:
    """Rows of this load that name nothing, and rows that name what went in this load."""
    no_target = f"ANTI JOIN {target} USING ({column})"
    if has_new:
        yield f"SELECT {column} FROM (FROM {name} WHERE load_id = {load_id}) {no_target}"
    if has_gone:
        gone = f"SELECT {column} FROM {target}_history WHERE valid_to_load = {load_id}"
        yield f"SELECT {column} FROM (FROM {name} SEMI JOIN ({gone}) USING ({column})) {no_target}"


def _refuse(connection: DuckDBPyConnection, promise: str, query: str) -> None:
    found = connection.execute(f"{query} LIMIT 1").fetchone()
    if found:
        row = ", ".join(str(value) for value in found)
        raise LoadRefused(f"load rolled back, the last state stands: {promise} ({row})")
