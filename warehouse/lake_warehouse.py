"""The door to a warehouse in a DuckLake: the same as to the one file, but for who may write beside it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from transforms.corrections import Correction, Corrections
from validation.gates import Gated
from warehouse.corrections import take
from warehouse.errors import WarehouseNotWritable
from warehouse.lake import (
    DATA,
    TURN,
    abandon,
    connect_lake,
    in_turn,
    is_lost,
    opened_lake,
    queue,
    unusable_lake,
)
from warehouse.load import load
from warehouse.publish import publish
from warehouse.radar import compare
from warehouse.run_info import KnownFile, LoadResult, RunInfo
from warehouse.warehouse import Warehouse

Made = TypeVar("Made")


def open_lake(catalog: str, folder: Path, read_only: bool = False) -> LakeWarehouse:
    """Opens (or makes) the lake; waits for nobody. `folder` holds its data and what is published from it."""
    connection = connect_lake(catalog, folder, read_only)
    return LakeWarehouse(catalog, folder, connection)


class LakeWarehouse(Warehouse):
    """An open DuckLake. Several may be open for writing at once."""

    def __init__(self, catalog: str, folder: Path, connection: DuckDBPyConnection) -> None:
        super().__init__(folder / DATA, connection)
        self.catalog = catalog
        self.folder = folder
        self.queue = queue(catalog)
        self.is_abandoned = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.queue.close()
        if not self.is_abandoned:
            super().__exit__(kind, error, trace)

    def known_files(self) -> Mapping[str, KnownFile]:
        """See Warehouse."""
        with self._told():
            return super().known_files()

    def quarantined_paths(self) -> Set[str]:
        """See Warehouse."""
        with self._told():
            return super().quarantined_paths()

    def load(self, gated: Gated, run: RunInfo) -> LoadResult:
        """As into the one file; done again while another run's load came first, which `conflicts` counts."""
        result, conflicts = self._written(lambda: load(self.connection, gated, run, first=TURN))
        return replace(result, conflicts=conflicts)

    def take_corrections(self, path: Path, written: Sequence[Correction]) -> Corrections:
        """See Warehouse."""
        return self._written(lambda: take(self.connection, written, path, first=TURN))[0]

    def look(self, question: Callable[[DuckDBPyConnection], Made]) -> Made:
        """See Warehouse; what a lake reads is bounded by nobody yet."""
        return question(self.connection)

    def compare(self) -> int:
        """See Warehouse."""
        return self._written(lambda: compare(self.connection, first=TURN))[0]

    def _written(self, attempt: Callable[[], Made]) -> tuple[Made, int]:
        """What one transaction gives, and how often it was done again."""
        with self._told(), self.queue.turn():
            return in_turn(attempt)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            if is_lost(error) and not self.is_abandoned:
                abandon(self.connection)
                self.is_abandoned = True
            raise unusable_lake(self.folder, error) from error

    @contextmanager
    def snapshot(self) -> Iterator[DuckDBPyConnection]:
        """One state to its end, whatever is loaded meanwhile."""
        with opened_lake(self.catalog, self.folder, read_only=True) as connection:
            yield connection

    def publish(self, force: bool = False) -> Path | None:
        """One publisher at a time, and from one snapshot."""
        folder = self.folder / "published"
        self.compare()
        with self._told(), _alone(folder), self.snapshot() as connection:
            return publish(connection, folder, force)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """A lock of the file system, which a crash sets free by itself."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".publishing").open("w")
    except OSError as error:
        raise WarehouseNotWritable(f"{folder}: cannot be published: {error.strerror}") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
