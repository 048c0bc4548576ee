"""Rows for people: tables that fit a terminal and stay one line a row in a file or pipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.jsonform import exact_number
from flows.reading import Unread
from transforms.extraction import Extraction
from transforms.tabulate.facts import Fact

WIDE_ENOUGH = 10_000  # columns of a "terminal" that is a file: nothing is ever cut or wrapped there
SIGNS = {"exact": "", "at_least": "≥ ", "at_most": "≤ ", "approx": "≈ "}


class Tables(Console):
    """Standard output as rich sees it, but that a reader who has seen enough ends no command as a failure."""

    def on_broken_pipe(self) -> None:
        """Called where the error is caught; rich itself would end with code 1, which says something else."""
        raise  # noqa: PLE0704


def console() -> Console:
    """Made anew so that tests and pipes are seen as they are now."""
    width = None if sys.stdout.isatty() else WIDE_ENOUGH
    return Tables(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def print_table(rows: Sequence[Mapping[str, Any]], if_empty: str) -> None:
    """Columns are the keys of the first row."""
    if not rows:
        print(if_empty)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(cell(value) for value in row.values()))
    out = console()
    with out.capture() as captured:
        out.print(table)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def print_record(row: Mapping[str, Any]) -> None:
    """One row, one line a column."""
    width = max(map(len, row))
    for name, value in row.items():
        print(f"{name:<{width}}  {cell(value)}")


def print_extraction(read: Extraction | Unread) -> None:
    """One report: a line on what it is, its facts, its problems."""
    if isinstance(read, Unread):
        print(f"{read.relative_path}: not read: {read.problem.code}: {read.problem.message}\n")
        return
    who = read.identity
    place = " ".join(part for part in (who.province, who.county, who.town) if part) or "town unknown"
    verdict = "accepted" if read.accepted else "quarantined"
    print(f"{read.report.relative_path}: {place}, {who.year or 'year unknown'}, {who.level}, {verdict}")
    print_table([_fact_row(fact) for fact in read.facts], "no facts")
    for problem in read.problems:
        print(f"{problem.severity}: {problem.code}: {problem.message}")
    print()


def figure(value: Any, low: Any, high: Any, bound: str) -> str:
    """A figure with its bound, for reading: 12, ≥ 2000, 3 – 5."""
    if bound == "range":
        return f"{cell(low)} – {cell(high)}"
    return SIGNS[bound] + cell(value)


def cell(value: Any) -> str:
    """Any value on one line; numbers without a tail of zeros."""
    if value is None:
        return ""
    return exact_number(value) if isinstance(value, (Decimal, Fraction)) else " ".join(str(value).split())


def _fact_row(fact: Fact) -> dict[str, Any]:
    return {
        "indicator": fact.indicator,
        "figure": figure(fact.value, fact.low, fact.high, fact.bound),
        "unit": fact.unit,
        "period": fact.period,
        "status": fact.status,
        "span": fact.span,
        "clause": fact.clause,
    }
