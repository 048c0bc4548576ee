"""Measure against a case bank: facts in sentences, documents, number strings or script, told by the fields.

Prints precision, recall and F1 by domain and phenomenon and what was taken for what; --failures adds
every case that failed, with what was missed and what was said instead.
"""

from __future__ import annotations

import argparse

from flows.failures import DONE, UsageFailure, given_path

HELP = "precision, recall and F1 against a case bank"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("file", type=given_path, metavar="FILE", help="one JSON object a line")
    parser.add_argument("--failures", action="store_true", help="also print the cases that failed")


def execute(arguments: argparse.Namespace) -> int:
    """Print the measures of the file."""
    if not arguments.file.is_file():
        raise UsageFailure(f"{arguments.file}: no such file")
    from flows.scoring import score_bank

    scored = score_bank(arguments.file)
    if not scored:
        raise UsageFailure(f"{arguments.file}: holds no case")
    print("\n\n".join(one.text(arguments.failures) for one in scored))
    return DONE
