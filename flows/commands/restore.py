"""Put a backup in the place of the warehouse, then publish it.

The file is read through before anything is moved; what was there stays beside as warehouse.replacedN.duckdb.
Refuses while a run holds the warehouse (after --lock-wait) and a file of a newer townfacts (exit code 3).
"""

from __future__ import annotations

import argparse

from flows.commands.warehouse_option import (
    WarehouseFailure,
    add_warehouse_option,
    require_embedded,
    settings_of,
)
from flows.failures import DONE, given_path

INSTEAD = "copy the database with pg_dump and the folder files/ (docs/scale.md)"
HELP = "put a backup in the place of the warehouse"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("file", type=given_path, metavar="FILE", help="what townfacts backup wrote")
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Restore and publish, and say what the warehouse holds now."""
    settings = settings_of(arguments)
    require_embedded(settings, INSTEAD)
    from flows.opening import open_as_writer
    from warehouse import WarehouseError
    from warehouse.backup import restore

    try:
        made = restore(arguments.file, settings.warehouse, settings.lock_wait)
        with open_as_writer(settings) as house:
            house.publish()
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    print(
        f"restored {made.path}: load {made.last_load}, {made.reports} reports, {made.facts} facts, published"
    )
    if made.replaced:
        print(f"what was there before: {made.replaced}")
    return DONE
