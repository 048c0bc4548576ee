"""Quantities of accepted reports that no indicator takes, most frequent first: what the rulebook could
learn next.
"""

from __future__ import annotations

import argparse
import re

from flows.commands.warehouse_option import add_warehouse_option, opened_for_reading
from flows.failures import DONE, UsageFailure

HELP = "quantities with no indicator, most frequent first"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("--limit", default="50", metavar="N", help="how many to show (default: 50)")
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print them; changes nothing."""
    if not re.fullmatch(r"0{0,8}[1-9][0-9]{0,8}", arguments.limit):
        raise UsageFailure(f"--limit {arguments.limit}: not a whole number of 1 or more")
    from flows.tables import print_table
    from warehouse.looking import unmatched_quantities

    with opened_for_reading(arguments) as warehouse:
        rows = unmatched_quantities(warehouse.connection, int(arguments.limit))
    print_table(rows, "every quantity has an indicator")
    return DONE
