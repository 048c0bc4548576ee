"""Bring the published copy (published/townfacts.duckdb and Parquet) up to the warehouse.

Every run does so by itself; this is for a copy that was deleted or damaged. `--force` writes the file anew
although it shows the present state. Readers keep the copy they opened.
"""

from __future__ import annotations

import argparse

from flows.commands.warehouse_option import (
    DATABASE,
    WarehouseFailure,
    add_warehouse_option,
    settings_of,
)
from flows.failures import DONE, UsageFailure

HELP = "rewrite the published copy"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Publish, and say where."""
    settings = settings_of(arguments)
    if not (settings.warehouse / DATABASE).is_file():
        raise UsageFailure(
            f"{settings.warehouse / DATABASE}: no warehouse here; make one with townfacts run SOURCE"
        )
    from flows.opening import open_as_writer
    from warehouse import WarehouseError

    try:
        with open_as_writer(settings) as house:
            written = house.publish()
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    target = settings.warehouse / "published" / "townfacts.duckdb"
    print(f"published: {target}" if written else f"{target} shows the warehouse as it is already")
    return DONE
