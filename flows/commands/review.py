"""Write the review pages: for each report its text with every number marked and what it was read as, and
overview pages of coverage, indicators, checks and quarantine. Static files; open pages/index.html from disk.
"""

from __future__ import annotations

import argparse

from flows.commands.warehouse_option import WarehouseFailure, add_warehouse_option, opened_for_reading
from flows.failures import DONE, given_path
from flows.output import say

HELP = "write the review pages"
CHARTS_MISSING = "the pages have no charts; pip install 'townfacts[pages]' and townfacts review again"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument(
        "--to",
        type=given_path,
        metavar="DIR",
        help="folder of the pages (default: pages/ in the warehouse folder)",
    )
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Write what changed, say where to begin."""
    from warehouse import WarehouseError
    from warehouse.pages import write_pages

    with opened_for_reading(arguments) as warehouse:
        try:
            done = write_pages(warehouse.connection, arguments.to or warehouse.path.parent / "pages")
        except WarehouseError as error:
            raise WarehouseFailure(error) from error
    print(f"{done.written} pages written, {done.unchanged} unchanged, {done.removed} removed")
    print(f"begin with: {done.index}")
    if done.charts_missing:
        say(CHARTS_MISSING)
    return DONE
