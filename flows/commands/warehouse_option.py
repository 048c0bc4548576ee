"""Which warehouse a command looks at, and opening it so that every way it can fail is one line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.failures import RUN_FAILED, Failure, UsageFailure
from flows.settings import Settings, load_settings

if TYPE_CHECKING:
    from warehouse import Warehouse

DATABASE = "warehouse.duckdb"


class WarehouseFailure(Failure):
    """What the warehouse could not do, with the exit code it asks for."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.exit_code = getattr(error, "exit_code", RUN_FAILED)


def add_warehouse_option(parser: argparse.ArgumentParser) -> None:
    """`--warehouse DIR`, the same for every command that has one."""
    parser.add_argument(
        "--warehouse", type=Path, metavar="DIR", help="folder of the warehouse (default: data)"
    )
    parser.add_argument(
        "--lock-wait", metavar="SECONDS", help="how long to wait for another run (default: 300)"
    )


def settings_of(arguments: argparse.Namespace, **flags: Any) -> Settings:
    """All settings, with the flags every warehouse command has."""
    given = {"warehouse": arguments.warehouse, "lock_wait": arguments.lock_wait, **flags}
    return load_settings(given, os.environ, Path.cwd(), arguments.config)


@contextmanager
def opened_for_reading(arguments: argparse.Namespace) -> Iterator[Warehouse]:
    """The warehouse, read-only; a folder without one is a usage failure, never an empty new one."""
    settings = settings_of(arguments)
    if not (settings.warehouse / DATABASE).is_file():
        raise UsageFailure(
            f"{settings.warehouse / DATABASE}: no warehouse here; make one with townfacts run SOURCE"
        )
    from warehouse import WarehouseError, open_warehouse

    try:
        with open_warehouse(settings.warehouse, settings.lock_wait, read_only=True) as warehouse:
            yield warehouse
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
