"""The one door to a warehouse: open it, ask what is known, load, look at quarantine, publish.

with open_warehouse(Path("data"), wait_seconds=300) as warehouse:
    known = warehouse.known_files()
    result = warehouse.load(gate(concat(batches)), RunInfo(run="…", started_at=…, files=…))
    warehouse.publish()
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from transforms.corrections import Correction, Corrections
from validation.gates import Gated
from warehouse.connect import connect, unusable
from warehouse.corrections import corrections_told, file_key, take
from warehouse.effort import alone, together
from warehouse.errors import LoadRefused, WarehouseNotWritable
from warehouse.load import load
from warehouse.memory import WHOLE_WAREHOUSE, give_back, within_memory
from warehouse.migrate import prepare, require_known_version
from warehouse.publish import publish
from warehouse.quarantine import quarantine_list, quarantine_show
from warehouse.radar import compare
from warehouse.run_info import KnownFile, LoadResult, RunInfo
from warehouse.template import create_file

Answer = TypeVar("Answer")
DATABASE = "warehouse.duckdb"


def open_warehouse(directory: Path, wait_seconds: float = 0, read_only: bool = False) -> Warehouse:
    """Opens (or makes) `directory/warehouse.duckdb` as its one writer; raises WarehouseError with an exit
    code.

    Waits up to `wait_seconds` for another writer. `read_only` for commands that only look (they still
    wait, since DuckDB lets no reader in while a writer holds the file).
    """
    path = Path(directory) / DATABASE
    if not read_only and not os.path.exists(path):  # False, not an error, where looking is forbidden
        _create(path)
    connection = connect(path, wait_seconds, read_only)
    try:
        if read_only:
            require_known_version(connection, path)
        else:
            connection = prepare(connection, path)
    except duckdb.Error as error:
        connection.close()
        raise unusable(path, str(error)) from error
    except BaseException:
        connection.close()
        raise
    return Warehouse(path, connection)


def _create(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        create_file(path)
    except OSError as error:
        raise WarehouseNotWritable(f"{path.parent}: cannot hold a warehouse: {error.strerror}") from error


class Warehouse:
    """An open warehouse; leaves by `with`, which lets the lock go."""

    def __init__(self, path: Path, connection: DuckDBPyConnection) -> None:
        self.path = path
        self.connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(duckdb.Error):  # after a full disk nothing can be said to the connection
            alone(self.connection)  # what closing writes is never much
        self.connection.close()

    def known_files(self) -> Mapping[str, KnownFile]:
        """By absolute path: what need not be read again while size, mtime and rulebook version are the
        same. `year` is that of the report, None where the file was refused.
        """
        rows = self.connection.execute(
            "SELECT f.path, f.relative_path, f.size, f.mtime_ns, f.sha256, f.rulebook_version, f.status,"
            " f.gone_since_load IS NOT NULL, r.year"
            " FROM source_file f LEFT JOIN report r USING (report_id)"
        ).fetchall()
        return {row[0]: KnownFile(*row) for row in rows}

    def quarantined_paths(self) -> Set[str]:
        """Absolute paths of the files that are in quarantine as they were last read."""
        query = "SELECT path FROM source_file WHERE status = 'quarantined'"
        return {path for (path,) in self.connection.execute(query).fetchall()}

    def load(self, gated: Gated, run: RunInfo) -> LoadResult:
        """One transaction: all of it is in, or nothing. Idempotent; a no-op load still writes its `load` row.

        Raises LoadRefused where a promise of the schema would be broken, WarehouseNotWritable on a full disk.
        """
        try:
            return within_memory(
                self.connection, lambda: load(self.connection, gated, run), gated.accepted.size()
            )
        except duckdb.ConstraintException as error:
            raise LoadRefused(f"load rolled back, the last state stands: {error}") from error
        except duckdb.Error as error:
            raise unusable(self.path, str(error)) from error

    def quarantine_list(self, code: str | None = None, open_only: bool = True) -> list[dict[str, Any]]:
        """Rows of `quarantine` in the order they were first seen; keys are the table's columns."""
        return quarantine_list(self.connection, code, open_only)

    def quarantine_show(self, quarantine_id: str) -> dict[str, Any] | None:
        """One row in full; the id may be shortened to an unambiguous beginning. None where there is none."""
        return quarantine_show(self.connection, quarantine_id)

    def take_corrections(self, path: Path, written: Sequence[Correction]) -> Corrections:
        """Before a run reads: the corrections of the file at `path` are now these; returns all in force."""
        try:
            return take(self.connection, written, path)
        except duckdb.Error as error:
            raise unusable(self.path, str(error)) from error

    def corrections_of(self, path: Path) -> int:
        """How many corrections are in force that stood in the file at `path`."""
        query = "SELECT count(*) FROM correction WHERE file_key = ? AND state <> 'withdrawn'"
        row = self.connection.execute(query, [file_key(path)]).fetchone()
        return int(row[0]) if row else 0

    def corrections(self, only_wrong: bool = False) -> list[dict[str, Any]]:
        """Rows of `correction`; `only_wrong`: those that hold nowhere, or no longer where they did."""
        return corrections_told(self.connection, only_wrong)

    def compare(self) -> int:
        """Which reports share their text, as of the last load; returns how many texts were new."""
        try:
            return compare(self.connection)
        except duckdb.Error as error:
            raise unusable(self.path, str(error)) from error

    def look(self, question: Callable[[DuckDBPyConnection], Answer]) -> Answer:
        """What `question` finds, asked as a load is done: within a bound on memory."""
        return within_memory(self.connection, lambda: question(self.connection), WHOLE_WAREHOUSE)

    @contextmanager
    def snapshot(self) -> Iterator[DuckDBPyConnection]:
        """A connection that sees one state to its end; here the lock sees to that."""
        yield self.connection

    def publish(self, force: bool = False) -> Path | None:
        """Replaces `published/` where this warehouse is newer than it, or `force` is wished; None where
        nothing had to be done. Texts are compared first where a load came since they were.
        """
        folder = self.path.parent / "published"
        alone(self.connection)
        give_back()
        try:
            within_memory(self.connection, self.compare, WHOLE_WAREHOUSE)
            give_back()
            with closing(self.connection.cursor()) as second:
                return within_memory(
                    self.connection, lambda: publish(self.connection, folder, force, second), WHOLE_WAREHOUSE
                )
        finally:
            with suppress(duckdb.Error):  # as above
                together(self.connection)
