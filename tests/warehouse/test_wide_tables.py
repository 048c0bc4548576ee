"""The eleven wide tables over the five real reports, against a table derived by hand from the gold by
the rules.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from transforms import extract
from transforms.decode import find_files
from warehouse import Warehouse, open_warehouse
from warehouse.schema import wide_tables

BY_HAND = Path(__file__).parent / "wide_by_hand.csv"

Cell = tuple[str, str, int, str]
Figures = tuple[Decimal | None, Decimal | None, Decimal | None]


def by_hand() -> dict[Cell, Figures]:
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        return {
            (row["table"], row["town"], int(row["year"]), row["indicator"]): tuple(
                Decimal(row[name]) if row[name] else None for name in ("value", "low", "high")
            )
            for row in csv.DictReader(file)
        }


def filled_cells(warehouse: Warehouse) -> dict[Cell, Figures]:
    """Every cell of every wide table that holds anything."""
    cells = {}
    for made in wide_tables():
        query = f"SELECT name, w.* FROM {made.name} w JOIN town USING (town_id)"
        found = warehouse.connection.execute(query)
        names = [column[0] for column in found.description]
        for values in found.fetchall():
            row = dict(zip(names, values, strict=True))
            for code in [c.name for c in made.columns[2::3]]:
                figures = (row[code], row[f"{code}_low"], row[f"{code}_high"])
                if figures != (None, None, None):
                    cells[made.name, row["name"], row["year"], code] = figures
    return cells


def test_as_the_program_reads_them(shared: Path, batch, tmp_path: Path) -> None:
    """From the files themselves; where the gold leaves a cell to taste, either is right."""
    extractions = [extract(found.read()) for found in find_files(shared / "reports")]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(extractions))
        found = filled_cells(warehouse)
    optional = ("fact_legal_service", "关刀镇", 2022, "village_adviser_coverage_rate")
    assert {cell: figures for cell, figures in found.items() if cell != optional} == {
        cell: figures for cell, figures in by_hand().items() if cell != optional
    }


def test_equals_the_table_by_hand(five, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(five))
        found = filled_cells(warehouse)
        rows = {
            made.name: warehouse.connection.execute(f"SELECT count(*) FROM {made.name}").fetchone()[0]
            for made in wide_tables()
        }
    assert found == by_hand()
    assert rows == {
        made.name: len({cell[1:3] for cell in by_hand() if cell[0] == made.name}) for made in wide_tables()
    }
