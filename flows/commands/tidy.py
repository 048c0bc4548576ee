"""Clean up a warehouse in a DuckLake: forget old snapshots, merge small files, remove what nothing names.

Readers and writers may go on meanwhile. Facts as they were after an earlier load (as_of) are kept for ever;
only DuckLake's own snapshots are forgotten. A warehouse in one file needs no such thing.
"""

from __future__ import annotations

import argparse
from datetime import timedelta

from flows.commands.warehouse_option import WarehouseFailure, add_warehouse_option, settings_of
from flows.failures import DONE, UsageFailure

HELP = "clean up a warehouse in a DuckLake"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("--keep", default="7", metavar="DAYS", help="keep snapshots so long (default: 7)")
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Tidy, and say what was done."""
    settings = settings_of(arguments)
    if not (arguments.keep.isascii() and arguments.keep.isdigit() and len(arguments.keep) < 5):
        raise UsageFailure(f"--keep {arguments.keep}: not a whole number of days")
    if not settings.catalog:
        raise UsageFailure(f"{settings.warehouse}: a warehouse in one file needs no tidying")
    from warehouse import WarehouseError
    from warehouse.tidy import tidy

    try:
        done = tidy(settings.catalog, settings.warehouse, timedelta(days=int(arguments.keep)))
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    print(f"{done.snapshots} snapshots forgotten, {done.merged} files merged, {done.removed} removed")
    return DONE
