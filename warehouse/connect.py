"""Opening the one file: the lock that makes one writer, and what a file must be to be opened."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.errors import (
    WarehouseError,
    WarehouseLocked,
    WarehouseMissing,
    WarehouseNotWritable,
    WarehouseTooNew,
    WarehouseUnreadable,
)
from warehouse.schema import quoted

Held = TypeVar("Held")

# Of a file that is made; one that is there keeps its own, and so does the published copy. What blocks of
# 64 kB ask for anyhow (template.py). Of an earlier version every checkpoint and every opening turns the
# statistics of 700 columns into an older form, a third of what writing takes, and long texts are not packed.
STORAGE_VERSION = "v1.2.0"
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": STORAGE_VERSION,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
NOT_WRITABLE = (
    "Permission denied",
    "Read-only file system",
    "No space left",
    "File too large",
    "Quota exceeded",
)
_HOLDER = re.compile(r"PID (\d+)")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0


def connect(
    path: Path, wait_seconds: float, read_only: bool, block_bytes: int | None = None
) -> DuckDBPyConnection:
    """A connection that holds the lock of the operating system, which a crash sets free by itself.
    `block_bytes`: of a file that is made by it; one that is there keeps its own.
    """
    config = CONFIG if block_bytes is None else {**CONFIG, "default_block_size": block_bytes}
    return _patiently(
        path,
        wait_seconds,
        read_only,
        lambda: duckdb.connect(str(path), read_only=read_only, config=config),
    )


def attach(connection: DuckDBPyConnection, path: Path, name: str, wait_seconds: float) -> None:
    """A second file to look into, under a name."""
    statement = f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)"
    _patiently(path, wait_seconds, True, lambda: connection.execute(statement))


def _patiently(path: Path, wait_seconds: float, read_only: bool, attempt: Callable[[], Held]) -> Held:
    """Tries until the lock is free or the time is over; raises WarehouseError for whatever else is wrong."""
    started, pause = time.monotonic(), _FIRST_PAUSE
    while True:
        waited = time.monotonic() - started
        try:
            return attempt()
        except duckdb.Error as error:
            failure = _translated(path, error, waited, read_only)
            if not isinstance(failure, WarehouseLocked) or waited >= wait_seconds:
                raise failure from error
        time.sleep(min(pause, max(0.0, wait_seconds - waited)))
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def _translated(path: Path, error: duckdb.Error, waited: float, read_only: bool) -> WarehouseError:
    text = str(error)
    if "Could not set lock" in text or "Conflicting lock" in text:
        holder = _HOLDER.search(text)
        return WarehouseLocked(path, int(holder[1]) if holder else None, waited)
    if read_only and not path.exists():
        return WarehouseMissing(f"{path}: no warehouse here; `townfacts run` makes one")
    if "version number" in text:
        return WarehouseTooNew(f"{path}: written by a later DuckDB than {duckdb.__version__}; upgrade duckdb")
    return unusable(path, text)


def unusable(path: Path, text: str) -> WarehouseError:
    """The error for a file or folder that DuckDB cannot use, told apart by DuckDB's words."""
    # without what DuckDB tells a programmer: the cause may stand behind it, in quotes
    words = text.split("Original error: ")[-1].lstrip('"').splitlines()[0].rstrip('"')
    if any(sign in text for sign in NOT_WRITABLE):
        return WarehouseNotWritable(f"{path}: {words}; nothing was changed")
    return WarehouseUnreadable(
        f"{path}: not a sound DuckDB file ({words}); restore it from a backup, or move it away and run again"
    )
