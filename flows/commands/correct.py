"""Write what a person decided into a corrections file, which the next run carries out.

TARGET is the file, or the folder of the reports (its corrections.toml). Say which number: a fact of the
warehouse (--fact), or --sentence and/or a report, with --expected and --indicator. The file is checked as a
whole and replaced at once; nothing that cannot be used is ever written. `--list` shows what became of all
corrections, `--check` reads a file, `--add FILE` takes over the decisions of another one (a review page's).
docs/corrections.md has the format and examples.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
from collections.abc import Mapping
from typing import Any

from flows.commands.warehouse_option import add_warehouse_option, opened_for_reading
from flows.failures import DONE, UsageFailure, given_path
from flows.output import say

HELP = "write a correction, or see what became of them"
ACTIONS = ("set", "drop", "confirm", "set_town", "set_year")
# keys of the file that have a flag of the same name, and what they say
TEXTS = {
    "report": "the report, by its path below the folder of the file",
    "report_id": "the report, by its id",
    "town": "the report, by the town it is read as (with --year)",
    "county": "county of that town, where the name is not enough",
    "sentence": "sentence or clauses of it; alone: wherever it stands",
    "expected": "the number as it stands there (4600余份)",
    "indicator": "code of the catalogue",
    "bound": "exact, at_least, at_most, approx or range",
    "unit": "with set: the right unit",
    "period": "with set: year, part_year, multi_year or event",
}
NUMBERS = {
    "year": "year of the report that --town names",
    "value": "the figure; with set_town the town, with set_year the year",
    "low": "at least",
    "high": "at most",
}
NEW = {
    "new_county": "with set_town: its county",
    "new_province": "with set_town: its province",
}
_NUMBER = re.compile(r"-?\d{1,24}(?:\.\d{1,12})?")


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument(
        "target",
        nargs="?",
        type=given_path,
        metavar="TARGET",
        help="corrections file, or folder of the reports",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="all corrections of the warehouse and their state")
    what.add_argument("--check", action="store_true", help="only read TARGET and say whether it can be used")
    what.add_argument(
        "--add", type=given_path, metavar="FILE", help="take over all corrections of another file"
    )
    what.add_argument("--action", choices=ACTIONS, help="what to do")
    parser.add_argument("--fact", metavar="ID", help="the fact meant (fact_indicator.fact_id)")
    parser.add_argument("--only-here", action="store_true", help="with --fact: in that report only")
    for name, words in (TEXTS | NUMBERS | NEW).items():
        kind = "N" if name in NUMBERS else name.rpartition("_")[2].upper()
        parser.add_argument("--" + name.replace("_", "-"), metavar=kind, help=words)
    parser.add_argument("--reason", help="why it is decided so")
    parser.add_argument("--author", help="who decided it")
    parser.add_argument("--date", help="when it was decided, YYYY-MM-DD (default: today)")
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Write, read or list."""
    if arguments.list:
        return _list(arguments)
    if arguments.target is None:
        raise UsageFailure("name the corrections file, or the folder of the reports")
    from flows.corrections import FILE, append_corrections, written_in

    path = arguments.target / FILE if arguments.target.is_dir() else arguments.target
    if arguments.check:
        print(f"{path}: {len(written_in(path))} corrections, all can be used")
        return DONE
    if arguments.add:
        added = append_corrections(path, written_in(arguments.add))
    elif arguments.action:
        from transforms.corrections import BadCorrections, parse_corrections

        try:
            added = append_corrections(path, parse_corrections(_block(arguments), "the correction given"))
        except BadCorrections as error:
            raise UsageFailure(str(error)) from error
    else:
        raise UsageFailure("say what to do: --action, --add FILE, --check or --list")
    print(f"{path}: {added} corrections added; the next townfacts run carries them out")
    return DONE


def _list(arguments: argparse.Namespace) -> int:
    from flows.summary import shown_correction
    from flows.tables import print_table

    with opened_for_reading(arguments) as warehouse:
        rows = warehouse.corrections()
    print_table([shown_correction(row) for row in rows], "the warehouse knows no corrections")
    return DONE


def _block(arguments: argparse.Namespace) -> str:
    """The flags as the block a person would have written."""
    told = {name: getattr(arguments, name) for name in (*TEXTS, *NUMBERS, *NEW, "reason", "author")}
    if arguments.fact:
        told = _of_fact(arguments) | {name: value for name, value in told.items() if value is not None}
    date = arguments.date or datetime.date.today().isoformat()
    return as_block({"action": arguments.action, "date": date, **told})


def as_block(told: Mapping[str, Any]) -> str:
    """A block of the file; what is no number where one belongs is quoted, and refused when it is read."""
    lines = ["[[correction]]"]
    for name, value in told.items():
        if value is not None:
            is_number = name in NUMBERS and _NUMBER.fullmatch(str(value))
            lines.append(f"{name} = {value if is_number else _quoted(str(value))}")
    return "\n".join(lines) + "\n"


def _of_fact(arguments: argparse.Namespace) -> dict[str, Any]:
    """Where a fact of the warehouse stands, and for `confirm` what it says."""
    from flows.tables import cell
    from transforms.corrections.reading import SHORTEST
    from transforms.corrections.sentences import sentence_key
    from warehouse.looking import also_said, fact_of

    with opened_for_reading(arguments) as warehouse:
        fact = fact_of(warehouse.connection, arguments.fact)
        others = also_said(warehouse.connection, fact) if fact else []
    if fact is None:
        raise UsageFailure(f"{arguments.fact}: no fact of the warehouse has this id")
    told = {"sentence": fact["clause"], "expected": fact["span_text"], "indicator": fact["indicator"]}
    if arguments.only_here or len(sentence_key(fact["clause"] or "")) < SHORTEST:
        told["report"] = fact["relative_path"]
    elif others:
        say(
            f"the same sentence stands in {len(others)} more, for example {others[0]}: the decision holds"
            " there too; --only-here keeps it to this report"
        )
    figures = (arguments.value, arguments.low, arguments.high)
    if arguments.action == "confirm" and figures == (None, None, None):
        names = ("low", "high") if fact["bound"] == "range" else ("value",)
        told |= {name: cell(fact[name]) for name in names} | {"bound": fact["bound"]}
    return told


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
