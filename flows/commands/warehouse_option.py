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
        "--warehouse", metavar="DIR", help="folder of the warehouse (default: data), or ducklake:postgres://…"
    )
    parser.add_argument(
        "--lock-wait", metavar="SECONDS", help="how long to wait for another run (default: 300)"
    )


def settings_of(arguments: argparse.Namespace, **flags: Any) -> Settings:
    """All settings, with the flags every warehouse command has."""
    given = {"warehouse": arguments.warehouse, "lock_wait": arguments.lock_wait, **flags}
    return load_settings(given, os.environ, Path.cwd(), arguments.config)


def require_file(settings: Settings) -> None:
    """A folder without a warehouse is a usage failure, never an empty new one; a DuckLake tells by itself."""
    if not settings.catalog and not (settings.warehouse / DATABASE).is_file():
        raise UsageFailure(
            f"{settings.warehouse / DATABASE}: no warehouse here; make one with townfacts run SOURCE"
        )


def require_embedded(settings: Settings, instead: str) -> None:
    """For what is done to the one file; `instead` says what to do with a DuckLake."""
    if settings.catalog:
        raise UsageFailure(f"{settings.catalog}: this is for a warehouse in one file; {instead}")


def require_utf8(*paths: Path) -> None:
    """The folders a run is told of and the one it starts in: Prefect keeps them as text, which cannot hold
    the bytes of another charset. Files below them may have any name.
    """
    for path in (Path.cwd(), *paths):
        try:
            os.path.realpath(path).encode()
        except UnicodeEncodeError:
            raise UsageFailure(
                f"{path}: a folder in this path has a name that is no UTF-8; rename it, and run again"
            ) from None


@contextmanager
def opened_for_reading(arguments: argparse.Namespace) -> Iterator[Warehouse]:
    """The warehouse, read-only; a folder without one is a usage failure, never an empty new one."""
    settings = settings_of(arguments)
    require_file(settings)
    from flows.opening import open_house
    from warehouse import WarehouseError

    try:
        with open_house(settings, settings.lock_wait, read_only=True) as warehouse:
            yield warehouse
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
