"""Loads made-up reports in a process of its own, so that it can be killed: FOLDER FIRST LAST [seconds to
hold].
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

from tests.warehouse.told_reports import files_of, stated, told_report
from validation.frames import frames_of
from validation.gates import gate
from warehouse import RunInfo, open_warehouse


def main(folder: Path, first: int, last: int, hold: float = 0) -> None:
    reports = [
        told_report(
            *(stated("publicity_events", f"{n}场", str(n)), stated("leaflets", f"{n}00余份", f"{n}00", None))
            * 20,
            name=f"{n:05}.txt",
            words=str(n),
            town_id=f"t{n:012}",
        )
        for n in range(first, last)
    ]
    gated = gate(frames_of(reports, "1"))
    run = RunInfo("killed", datetime(2026, 1, 5), files_of([e.report for e in reports]))
    with open_warehouse(folder, wait_seconds=120) as warehouse:
        print("open", flush=True)
        warehouse.load(gated, run)
        print("loaded", flush=True)
        warehouse.publish()
        print("published", flush=True)
        time.sleep(hold)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]), *map(float, sys.argv[4:]))
