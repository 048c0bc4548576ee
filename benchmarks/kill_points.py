"""SIGKILL at random points of a load and its publication; the next run must end in the undisturbed state.

    .venv/bin/python -m benchmarks.kill_points [TRIALS]

Each trial loads a hundred reports, starts a second load in a process of its own, kills it after a
random time between the opening of the warehouse and the end of publication, runs it again, and compares
an ordered dump of both databases (without `load` and times) with that of two undisturbed loads.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.warehouse.test_interruptions import both_copies, finish, start


def trial(folder: Path, delay: float) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    finish(start(folder, 1, 100))
    process = start(folder, 100, 115)
    assert process.stdout is not None
    process.stdout.readline()  # open
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    finish(start(folder, 100, 115))
    return both_copies(folder)


def main(trials: int) -> int:
    random.seed(6)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "undisturbed"
        finish(start(folder, 1, 100))
        process = start(folder, 100, 115)
        assert process.stdout is not None
        process.stdout.readline()
        began = time.perf_counter()
        finish(process)
        span, whole, good = time.perf_counter() - began, both_copies(folder), 0
        for number in range(trials):
            delay = random.uniform(0, span)
            same = trial(Path(name) / str(number), delay) == whole
            good += same
            verdict = "same" if same else "DIFFERENT"
            print(f"{number + 1:3} killed after {delay:5.2f} of {span:.2f} s: {verdict}", flush=True)
    print(f"{good}/{trials} end in the undisturbed state")
    return good != trials


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
