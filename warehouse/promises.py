"""What must hold before a load is committed: keys are unique, nothing points at nothing, no file is
swallowed.

What held before the load still holds for the rows it did not write. So of the large tables, which know the
load of each row, only the rows of this load are looked up, and what pointed at rows that are gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from warehouse.errors import LoadRefused
from warehouse.schema import Table, table

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
NEWS = {
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
    for few in [names] if at_once else ((name,) for name in names):
        check_keys(connection, few, load_id)
    pointers = tuple(_pointers(changed))
    for some in [pointers] if at_once else ((pointer,) for pointer in pointers):
        _check_pointers(connection, some, load_id)
    check_files(connection, NEWS)


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


class Pointer(NamedTuple):
    """Rows of `name` that must name a row of `target`: those of this load, or (`to_gone`) those that name
    what went in it.
    """

    target: str
    to_gone: bool
    column: str
    name: str


def _pointers(changed: Changed) -> Iterator[Pointer]:
    """By target, so that all that point at one are looked up there together."""
    for name, column, target in sorted(POINTERS, key=lambda pointer: pointer[2]):
        if changed.get(target, (0, 0))[1]:
            yield Pointer(target, True, column, name)
    for name, column, target in sorted(POINTERS, key=lambda pointer: pointer[2]):
        if changed.get(name, (1, 0))[0]:
            yield Pointer(target, False, column, name)


def _check_pointers(connection: DuckDBPyConnection, pointers: Sequence[Pointer], load_id: int) -> None:
    groups = [list(alike) for _, alike in groupby(pointers, key=attrgetter("target", "to_gone", "column"))]
    dangling = " UNION ALL ".join(_dangling(group, pointers, load_id) for group in groups)
    if not dangling:
        return
    for (place,) in connection.execute(f"SELECT DISTINCT place FROM ({dangling}) ORDER BY ALL").fetchall():
        broken = pointers[place]
        promise = f"{broken.name}.{broken.column} names no row of {broken.target}"
        query = _dangling([broken], pointers, load_id)
        _refuse(connection, promise, f"SELECT {broken.column} FROM ({query})")


def _dangling(alike: Sequence[Pointer], pointers: Sequence[Pointer], load_id: int) -> str:
    """Rows that name nothing of their one target: what, and the place of the promise among `pointers`."""
    target, to_gone, column, _ = alike[0]
    of_load = "" if to_gone else f" WHERE load_id = {load_id}"
    rows = " UNION ALL ".join(
        f"SELECT {column}, {pointers.index(one)}::UTINYINT AS place FROM {one.name}{of_load}" for one in alike
    )
    gone = f"SELECT {column} FROM {target}_history WHERE valid_to_load = {load_id}"
    only = f" SEMI JOIN ({gone}) USING ({column})" if to_gone else ""
    return f"SELECT {column}, place FROM (FROM ({rows}){only}) ANTI JOIN {target} USING ({column})"


def check_files(connection: DuckDBPyConnection, promises: Mapping[str, str]) -> None:
    """Raises LoadRefused where one of `promises` finds a row that breaks it."""
    told = list(promises.items())
    marked = " UNION ALL ".join(
        f"(SELECT {place} AS place FROM ({query}) LIMIT 1)" for place, (_, query) in enumerate(told)
    )
    for (place,) in connection.execute(f"{marked} ORDER BY ALL").fetchall():
        _refuse(connection, *told[place])


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


def _refuse(connection: DuckDBPyConnection, promise: str, query: str) -> None:
    found = connection.execute(f"{query} LIMIT 1").fetchone()
    if found:
        row = ", ".join(str(value) for value in found)
        raise LoadRefused(f"load rolled back, the last state stands: {promise} ({row})")
