"""What a warehouse holds, whichever kind it is, without times and without the numbers of loads."""

from __future__ import annotations

from tests.warehouse.dump import TIMES
from warehouse import Warehouse
from warehouse.schema import all_tables

# What tells which load did it or when, and so differs where the same was loaded in other portions.
LOADS = {"load_id", "first_seen_load", "valid_from_load", "valid_to_load", "resolved_load"}
OF_LOADS = ("load", "audit")


def held(warehouse: Warehouse) -> dict[str, list[str]]:
    """Table -> its rows in order."""
    found = {}
    for made in all_tables():
        names = [c.name for c in made.columns if c.name not in TIMES | LOADS]
        if made.name not in OF_LOADS:
            where = " WHERE name <> 'compared_load'" if made.name == "meta" else ""
            rows = warehouse.connection.execute(f"SELECT {', '.join(names)} FROM {made.name}{where}")
            found[made.name] = sorted(map(repr, rows.fetchall()))
    return found
