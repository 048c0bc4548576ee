"""Copy the warehouse to DEST (a folder, or a file ending in .duckdb) and read the copy through.

Waits for a run that is going on; never overwrites a file. Put one back with `townfacts restore FILE`.
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
HELP = "a checked copy of the warehouse"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("dest", type=given_path, metavar="DEST", help="a folder, or a file ending in .duckdb")
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Copy, and say what the copy holds."""
    settings = settings_of(arguments)
    require_embedded(settings, INSTEAD)
    from warehouse import WarehouseError
    from warehouse.backup import backup

    try:
        made = backup(settings.warehouse, arguments.dest, settings.lock_wait)
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    print(
        f"backed up to {made.path}:"
        f" load {made.last_load}, {made.reports} reports, {made.facts} facts, checked"
    )
    return DONE
