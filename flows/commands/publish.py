"""Bring the published copy (published/townfacts.duckdb and Parquet) up to the warehouse.

Every run does so by itself; this is for a copy that was deleted or damaged. `--force` writes
it anew although it shows the present state. Readers keep the copy they opened.
"""

from __future__ import annotations

import argparse

from flows.commands.warehouse_option import (
    WarehouseFailure,
    add_warehouse_option,
    require_file,
    settings_of,
)
from flows.failures import DONE

HELP = "rewrite the published copy"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("--force", action="store_true", help="also a copy that shows the present state")
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Publish, and say where."""
    settings = settings_of(arguments)
    require_file(settings)
    from flows.opening import open_as_writer
    from warehouse import WarehouseError

    try:
        with open_as_writer(settings) as house:
            written = house.publish(arguments.force)
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    target = settings.warehouse / "published" / "townfacts.duckdb"
    print(f"published: {target}" if written else f"{target} shows the warehouse as it is already")
    return DONE
