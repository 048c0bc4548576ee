"""Read reports and print what they state: no warehouse, no Prefect, nothing written.

One line per report file found (contract/extract.schema.json), folders walked in sorted order. Facts are
given also for what a run would set aside; a file that cannot be read is a line with its problem. Copies
are never folded.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.failures import DONE, UsageFailure, given_path
from flows.output import say
from flows.settings import load_settings

if TYPE_CHECKING:
    from flows.reading import Unread
    from transforms.decode import Limits
    from transforms.extraction import Extraction

HELP = "print what reports state, as JSON lines or a table"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument(
        "paths", nargs="+", type=given_path, metavar="PATH", help="a report, or a folder of reports"
    )
    parser.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="default: jsonl")


def execute(arguments: argparse.Namespace) -> int:
    """Print every file below every path given."""
    missing = [path for path in arguments.paths if not path.exists()]
    if missing:
        raise UsageFailure(f"{missing[0]}: no such file or folder")
    limits = load_settings({}, os.environ, Path.cwd(), arguments.config).limits
    if arguments.format == "table":
        from flows.tables import print_extraction

        for read in _read_all(arguments.paths, limits):
            print_extraction(read)
        return DONE
    from flows.jsonform import form, to_json

    for read in _read_all(arguments.paths, limits):
        sys.stdout.write(to_json(form(read)) + "\n")
    return DONE


def _read_all(paths: list[Path], limits: Limits) -> Iterator[Extraction | Unread]:
    from flows.manifests import manifest_lines
    from flows.reading import read_through
    from transforms.decode import find_files

    for path in paths:
        found = find_files(path, limits)
        if not found.files:
            say(f"{path}: no report files in this folder")
        lines = manifest_lines(path, found)
        yield from (read_through(file, lines.get(file.relative_path)) for file in found)
