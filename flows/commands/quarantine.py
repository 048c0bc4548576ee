"""Look at what was refused and why: `list` by cause or one by one, `show` one row in full."""

from __future__ import annotations

import argparse
from typing import Any

from flows.commands.warehouse_option import add_warehouse_option, opened_for_reading
from flows.failures import DONE, UsageFailure

HELP = "what was refused, and why"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    several = actions.add_parser(
        "list", help="one line per refused file or row", description="One line per refusal."
    )
    several.add_argument("--code", help="only this reason code")
    several.add_argument("--all", action="store_true", help="also those that were resolved since")
    one = actions.add_parser("show", help="one refusal in full", description="One refusal in full.")
    one.add_argument("id", help="its id, or an unambiguous beginning of it")
    for parser_of_action in (several, one):
        add_warehouse_option(parser_of_action)


def execute(arguments: argparse.Namespace) -> int:
    """Print from the warehouse; changes nothing."""
    from flows.tables import print_record, print_table

    with opened_for_reading(arguments) as warehouse:
        if arguments.action == "list":
            rows = warehouse.quarantine_list(code=arguments.code, open_only=not arguments.all)
            print_table([_short(row) for row in rows], "nothing is in quarantine")
            return DONE
        row = warehouse.quarantine_show(arguments.id)
    if row is None:
        raise UsageFailure(
            f"{arguments.id}: no row of quarantine begins with this id; see townfacts quarantine list"
        )
    print_record(row)
    return DONE


def _short(row: dict[str, Any]) -> dict[str, Any]:
    wanted = ("quarantine_id", "stage", "code", "relative_path", "message")
    return {name: row.get(name) for name in wanted}
