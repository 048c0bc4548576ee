"""Every figure asked beside the figure measured: python -m benchmarks [NAME ...] [--write DATE COMMIT].

Each benchmark is a module of this folder with a function `goals`. Ratios are against a yardstick run beside
what it measures, in CPU time, medians of 5 interleaved rounds. Yardsticks that are no dependency of the
program stand in requirements.txt; the row of one that is not installed says so.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.timing import Goal

NAMES: Final = (
    "script",
    "numbers",
    "extraction",
    "start",
    "identity_sweep",
    "identity_clues",
    "formats",
    "planted",
    "review_pages",
    "copied",
    "load_million",
    "core_run",
    "whole_flow",
)
LONG: Final = ("two_processes", "hundred_thousand", "scale")  # run only when named
PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
MET: Final = {True: "yes", False: "no", None: "-"}


def measured(names: Iterable[str]) -> Iterator[tuple[str, Goal]]:
    """The goals of each benchmark named, as they come."""
    for name in names:
        for goal in importlib.import_module(f"benchmarks.{name}").goals():
            yield name, goal


def page(rows: Iterable[tuple[str, Goal]], date: str, commit: str) -> str:
    """The table as `docs/benchmarks.md` has it."""
    lines = [
        "# Benchmarks",
        "",
        f"Measured on {date} at commit {commit} by `make bench` (`python -m benchmarks`), in CPU time,",
        "medians of 5 interleaved rounds. Ratios travel from machine to machine, seconds do not.",
        "",
        "| benchmark | figure | asked | measured | met |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {name} | {g.name} | {g.asked} | {g.measured} | {MET[g.met]} |" for name, g in rows),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Prints each row as soon as it is measured."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"default: {', '.join(NAMES)}; long: {', '.join(LONG)}",
    )
    parser.add_argument(
        "--write", nargs=2, metavar=("DATE", "COMMIT"), help="also write docs/benchmarks.md, dated as given"
    )
    given = parser.parse_args(arguments)
    if unknown := sorted(set(given.names) - {*NAMES, *LONG}):
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join((*NAMES, *LONG))}")
    if given.write and given.names:
        parser.error("--write needs all benchmarks: name none")
    rows = []
    print(f"{'benchmark':<15} {'figure':<62} {'asked':<12} {'measured':<12} met")
    for name, goal in measured(given.names or NAMES):
        rows.append((name, goal))
        print(f"{name:<15} {goal.name:<62} {goal.asked:<12} {goal.measured:<12} {MET[goal.met]}", flush=True)
    if given.write:
        PAGE.write_text(page(rows, *given.write), encoding="utf-8")


if __name__ == "__main__":
    main()
