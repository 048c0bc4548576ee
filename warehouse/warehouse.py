"""The one door to a warehouse: open it, ask what is known, load, look at quarantine, publish.

with open_warehouse(Path("data"), wait_seconds=300) as warehouse:
    known = warehouse.known_files()
    result = warehouse.load(gate(concat(batches)), RunInfo(run="…", started_at=…, files=…))
    warehouse.publish()
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from validation.gates import Gated
from warehouse.run_info import KnownFile, LoadResult, RunInfo

DATABASE = "warehouse.duckdb"


def open_warehouse(directory: Path, wait_seconds: float = 0, read_only: bool = False) -> Warehouse:
    """Opens (or makes) `directory/warehouse.duckdb` as its one writer; raises WarehouseError with an exit
    code.

    Waits up to `wait_seconds` for another writer. `read_only` for commands that only look (they still
    wait, since DuckDB lets no reader in while a writer holds the file).
    """
    raise NotImplementedError("being built; the signatures hold")


class Warehouse:
    """An open warehouse; leaves by `with`, which checkpoints and lets the lock go."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        raise NotImplementedError

    def known_files(self) -> Mapping[str, KnownFile]:
        """By absolute path: what need not be read again while size, mtime and rulebook version are the
        same.
        """
        raise NotImplementedError

    def load(self, gated: Gated, run: RunInfo) -> LoadResult:
        """One transaction: all of it is in, or nothing. Idempotent; a no-op load still writes its `load`
        row.
        """
        raise NotImplementedError

    def quarantine_list(self, code: str | None = None, open_only: bool = True) -> list[dict[str, Any]]:
        """Rows of `quarantine`, newest first seen last; keys are the table's columns."""
        raise NotImplementedError

    def quarantine_show(self, quarantine_id: str) -> dict[str, Any] | None:
        """One row in full; the id may be shortened to an unambiguous beginning. None where there is none."""
        raise NotImplementedError

    def publish(self) -> Path | None:
        """Replaces `published/` where this warehouse is newer than it; None where nothing had to be done."""
        raise NotImplementedError
