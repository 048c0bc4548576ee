"""Measure whole reports against a gold folder: facts.jsonl, one fact a line, and reports.jsonl, one
identity a line.

The reports are looked for in GOLD/../reports, else in GOLD/.. (or where --reports says) under the names
the gold gives.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.failures import DONE, UsageFailure, given_path

HELP = "precision, recall and F1 against gold facts of whole reports"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument(
        "gold", type=given_path, metavar="GOLD", help="folder of facts.jsonl and reports.jsonl"
    )
    parser.add_argument("--reports", type=given_path, metavar="DIR", help="folder of the reports themselves")
    parser.add_argument(
        "--failures", action="store_true", help="also print what was missed and what was wrong"
    )


def execute(arguments: argparse.Namespace) -> int:
    """Print the measures of the gold folder."""
    if not arguments.gold.is_dir():
        raise UsageFailure(f"{arguments.gold}: no such folder")
    from flows.scoring import score_gold

    reports = arguments.reports or reports_beside(arguments.gold)
    print("\n\n".join(one.text(arguments.failures) for one in score_gold(arguments.gold, reports)))
    return DONE


def reports_beside(gold: Path) -> Path:
    """Where the reports of a gold folder lie when nobody says."""
    beside = gold.resolve().parent
    return beside / "reports" if (beside / "reports").is_dir() else beside
