"""Loads small made-up reports into a DuckLake: CATALOG FOLDER NAME LOADS [hasty]. Prints its conflicts.

One that is hasty does not wait for its turn, as where the lock is not to be had.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from tests.warehouse.told_reports import files_of, stated, told_report
from transforms.extraction import Extraction
from validation.frames import frames_of
from validation.gates import Gated, gate
from warehouse import RunInfo, Warehouse
from warehouse.lake_warehouse import open_lake

FACTS = 2  # of each report


def told(name: str, town: int) -> Extraction:
    facts = (stated("publicity_events", "9场", "9"), stated("leaflets", "300余份", "300", None))
    return told_report(*facts, name=f"{name}.txt", words=name, town_id=f"t{town:012}")


def batch(who: str, number: int) -> tuple[Gated, RunInfo]:
    """Two reports of a county of its own, and one that every writer loads."""
    towns = {"a": 10_000, "b": 20_000, "d": 30_000}[who] + 2 * number
    reports = [told(f"{who}{number}-{part}", towns + part) for part in (0, 1)] + [told(f"c{number}", number)]
    gated = gate(frames_of(reports, "1"))
    return gated, RunInfo(who, datetime(2026, 1, 5), files_of([one.report for one in reports]))


def write(warehouse: Warehouse, who: str, loads: int) -> int:
    return sum(warehouse.load(*batch(who, number)).conflicts for number in range(loads))


if __name__ == "__main__":
    with open_lake(sys.argv[1], Path(sys.argv[2])) as lake:
        if sys.argv[5:]:
            lake.queue.turn = lambda: nullcontext(False)  # type: ignore[method-assign]
        print(write(lake, sys.argv[3], int(sys.argv[4])), flush=True)
