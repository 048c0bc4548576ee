"""Which facts two states do not share, each with its cause: source, rule, reader, catalogue, gazetteer,
correction.

A and B are folders of warehouses or .duckdb files (also published copies), each with @LOAD for what it held
after that load: `townfacts diff data@12 data`. One warehouse and two loads:
`townfacts diff data --load 3 --load 5`. Old and new rules: run both over the same folder into two warehouses.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from flows.commands.warehouse_option import WarehouseFailure
from flows.failures import DONE, UsageFailure

HELP = "facts added, removed and changed between two states, each with its cause"
CAUSES = ("source", "rule", "reader", "catalogue", "gazetteer", "correction")


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("states", nargs="+", metavar="STATE", help="A B, or one with --load twice")
    parser.add_argument("--load", action="append", default=[], metavar="N", help="a load of that warehouse")
    parser.add_argument("--cause", choices=CAUSES, help="only differences of this cause")
    parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: table")
    parser.add_argument("--lock-wait", metavar="SECONDS", help="how long to wait for a run (default: 300)")


def execute(arguments: argparse.Namespace) -> int:
    """Print the differences; changes nothing."""
    import os
    from pathlib import Path

    from flows.settings import load_settings
    from flows.tables import print_table
    from warehouse import WarehouseError
    from warehouse.diff import State, diff

    old, new = _two_states(arguments.states, arguments.load)
    settings = load_settings({"lock_wait": arguments.lock_wait}, os.environ, Path.cwd(), arguments.config)
    try:
        rows = diff(State.named(old), State.named(new), settings.lock_wait)
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    rows = [row for row in rows if arguments.cause in (None, row["cause"])]
    if arguments.format == "jsonl":
        from flows.jsonform import to_json

        for row in rows:
            print(to_json(row))
        return DONE
    print_table([_short(row) for row in rows], "no fact differs")
    if rows:
        print("\n" + _counted(rows))
    return DONE


def _two_states(states: list[str], loads: list[str]) -> tuple[str, str]:
    if len(states) == 1 and len(loads) == 2:
        for load in loads:
            if not (load.isascii() and load.isdecimal()):
                raise UsageFailure(f"--load {load}: not the number of a load")
        return f"{states[0]}@{loads[0]}", f"{states[0]}@{loads[1]}"
    if len(states) == 2 and not loads:
        return states[0], states[1]
    raise UsageFailure("name two states (townfacts diff A B), or one with --load N --load M")


def _counted(rows: list[dict[str, Any]]) -> str:
    changes, causes = (Counter(str(row[name]) for row in rows) for name in ("change", "cause"))
    said = ", ".join(f"{changes[name]} {name}" for name in ("added", "removed", "changed"))
    return f"{said}; by cause: " + ", ".join(f"{name} {n}" for name, n in sorted(causes.items()))


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "change": row["change"],
        "cause": row["cause"],
        "town": row["town"],
        "year": row["year"],
        "indicator": row["indicator"],
        "old": _figure(row, "old"),
        "new": _figure(row, "new"),
        "clause": row["new_clause"] or row["old_clause"],
    }


def _figure(row: dict[str, Any], side: str) -> str:
    """12, ≥ 2000, ≤ 20, 3 – 5, ≈ 1400; nothing where there is no such fact."""
    from flows.tables import cell

    value, low, high = (row[f"{side}_{name}"] for name in ("value", "low", "high"))
    if value is None and low is not None and high is not None:
        return f"{cell(low)} – {cell(high)}"
    if value is None or (low == high == value):
        return cell(value)
    return ("≥ " if low is not None else "≤ " if high is not None else "≈ ") + cell(value)
