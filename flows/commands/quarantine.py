"""Look at what was refused and why, and run again what was mended since.

`list` shows cases one by one or counted by cause, `show` one case with its history and what would help,
`replay` reads again what a changed file, manifest line, correction, extra or rule gives a reason to.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

from flows.commands.warehouse_option import (
    WarehouseFailure,
    add_warehouse_option,
    opened_for_reading,
    settings_of,
)
from flows.failures import DONE, UsageFailure

HELP = "what was refused, why, and running it again"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    several = actions.add_parser(
        "list", help="one line per refused file or row", description="One line per refusal."
    )
    several.add_argument("--code", help="only this reason code")
    several.add_argument("--all", action="store_true", help="also those that were resolved since")
    several.add_argument("--causes", action="store_true", help="counted by cause, with what resolved them")
    several.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: table")
    one = actions.add_parser(
        "show",
        help="one refusal in full",
        description="One case: history, what was refused, what would help.",
    )
    one.add_argument("id", help="its id, or an unambiguous beginning of it")
    again = actions.add_parser(
        "replay",
        help="read again what was mended",
        description="Read again the files that wait and for which something changed: the file, its line of"
        " manifest.csv, a correction, an installed extra, a rule. Nothing else is read.",
    )
    again.add_argument("ids", nargs="*", metavar="ID", help="cases to read again in any case")
    again.add_argument("--corrections", metavar="FILE", help="default: corrections.toml beside the reports")
    for parser_of_action in (several, one, again):
        add_warehouse_option(parser_of_action)


def execute(arguments: argparse.Namespace) -> int:
    """List and show change nothing; replay loads and publishes."""
    match arguments.action:
        case "list":
            return _list(arguments)
        case "show":
            return _show(arguments)
        case _:
            return _replay(arguments)


def _list(arguments: argparse.Namespace) -> int:
    from flows.tables import print_table
    from warehouse.quarantine import quarantine_statistics

    with opened_for_reading(arguments) as warehouse:
        if arguments.causes:
            rows = quarantine_statistics(warehouse.connection)
        else:
            rows = warehouse.quarantine_list(code=arguments.code, open_only=not arguments.all)
    if arguments.format == "jsonl":
        for row in rows:
            print(json.dumps(row, ensure_ascii=False, default=str))
    else:
        print_table(
            rows if arguments.causes else [_short(row, arguments.all) for row in rows],
            "nothing is in quarantine",
        )
    return DONE


def _show(arguments: argparse.Namespace) -> int:
    from flows.tables import print_record, print_table
    from warehouse.quarantine import quarantine_history, suggested_repair

    with opened_for_reading(arguments) as warehouse:
        row = warehouse.quarantine_show(arguments.id)
        history = quarantine_history(warehouse.connection, row["quarantine_id"]) if row else []
    if row is None:
        raise UsageFailure(
            f"{arguments.id}: no row of quarantine begins with this id; see townfacts quarantine list"
        )
    times = sum(one["event"] in ("opened", "reopened") for one in history)
    print_record({**_without_candidates(row), "times": times})
    print("\nhistory:")
    print_table(history, "none is kept from before schema 3")
    if row["resolved_by"] is None:
        print("\nwhat would help:")
        print(suggested_repair(row))
    return DONE


def _without_candidates(row: dict[str, Any]) -> dict[str, Any]:
    """The towns that may be meant stand further down, one a line."""
    payload = json.loads(row["payload"])
    if row["resolved_by"] is None and payload.pop("town_candidates", None):
        return {**row, "payload": json.dumps(payload, ensure_ascii=False)}
    return row


def _replay(arguments: argparse.Namespace) -> int:
    from flows.opening import open_as_writer
    from flows.replay import replay
    from flows.tables import print_table
    from warehouse import WarehouseError

    settings = settings_of(arguments, corrections=arguments.corrections)
    with opened_for_reading(arguments) as warehouse:
        _require_cases(warehouse.quarantine_list(open_only=True), arguments.ids)
    try:
        with open_as_writer(settings) as house:
            done = replay(house, settings, arguments.ids)
            if done.results:
                house.publish()
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    print_table(
        done.rows, "nothing was read again: no file, manifest line, correction, extra or rule changed"
    )
    for code, files in sorted(done.left.items()):
        print(f"{files} files wait on: {code}")
    for name in done.missing:
        print(f"{name}: not there any more; run townfacts run SOURCE to note it")
    return DONE


def _require_cases(rows: list[dict[str, Any]], ids: list[str]) -> None:
    for wanted in ids:
        if not any(row["quarantine_id"].startswith(wanted) for row in rows):
            raise UsageFailure(f"{wanted}: no open case begins with this id; see townfacts quarantine list")


def _short(row: dict[str, Any], with_resolved: bool) -> dict[str, Any]:
    names = ["quarantine_id", "stage", "code", "relative_path", "message"]
    return {name: row.get(name) for name in (*names, *(["resolved_by"] if with_resolved else []))}
