"""The catalogue: every indicator that may be stated, with its domain, its measure and its unit.

Read by the rulebook, by validation (is the code known, does the unit fit) and by the warehouse, whose
`indicator` table and eleven `fact_<domain>` tables are made from it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Measure = Literal["flow", "stock", "rate", "amount"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the catalogue; `unit` is the unit of the wide tables (场 and 场次, 件 and 宗 fold in)."""

    code: str
    domain: str
    name_zh: str
    name_en: str
    measure: Measure
    unit: str
    note: str


@cache
def catalogue() -> dict[str, Indicator]:
    """All indicators by code, in the order of the file (domains stand together).

    >>> catalogue()["mediation_rate"].unit, len(domains())
    ('%', 11)
    """
    text = (files(__package__) / "catalogue.csv").read_text(encoding="utf-8-sig")
    rows = [_indicator(row) for row in csv.DictReader(text.splitlines())]
    by_code = {row.code: row for row in rows}
    if len(by_code) != len(rows):
        raise ValueError("catalogue.csv: one code stands on two lines")
    return by_code


def _indicator(row: dict[str, str]) -> Indicator:
    if row["measure"] not in ("flow", "stock", "rate", "amount"):
        raise ValueError(
            f"catalogue.csv: {row['code']}: measure {row['measure']!r} is none of flow, stock, rate, amount"
        )
    return Indicator(
        code=row["code"],
        domain=row["domain"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        measure=cast(Measure, row["measure"]),
        unit=row["unit"],
        note=row["note"] or "",
    )


@cache
def domains() -> tuple[str, ...]:
    """The domains in the order of the file; each is one wide table `fact_<domain>`."""
    return tuple(dict.fromkeys(row.domain for row in catalogue().values()))
