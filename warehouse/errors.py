"""What can be wrong with a warehouse, each in one sentence that names the file and the remedy."""

from __future__ import annotations

from pathlib import Path


class WarehouseError(Exception):
    """Base of all; `exit_code` is what a command ends with."""

    exit_code = 4


class WarehouseLocked(WarehouseError):  # noqa: N818
    """Another process writes; `pid` is its process id where the system tells it."""

    exit_code = 3

    def __init__(self, path: Path, pid: int | None, waited: float) -> None:
        holder = f"process {pid}" if pid is not None else "another process"
        super().__init__(
            f"{path}: held by {holder} (waited {waited:.0f} s); let it finish or end it, then run again"
        )
        self.pid = pid


class WarehouseTooNew(WarehouseError):  # noqa: N818
    """Written by a later townfacts or DuckDB; opening it could lose what this one does not know."""

    exit_code = 3


class WarehouseMissing(WarehouseError):  # noqa: N818
    """There is no warehouse, or no such load of it, to look into."""

    exit_code = 2


class WarehouseUnreadable(WarehouseError):  # noqa: N818
    """Not a DuckDB file, a damaged one, or one that is no warehouse of ours."""


class WarehouseNotWritable(WarehouseError):  # noqa: N818
    """Folder or file cannot be written (permission, read-only disk, no space)."""


class LoadRefused(WarehouseError):  # noqa: N818
    """A promise of the schema would have been broken; the transaction was rolled back, the last state
    stands.
    """


class LakeUnreachable(WarehouseError):  # noqa: N818
    """The extra, the server or the folder of a DuckLake is missing; says what to install or set."""

    exit_code = 2
