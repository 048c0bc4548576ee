"""A real disk that fills at many points of a load and of a publication: what was there stands, the message
says so, and with room again the same load ends where an undisturbed one does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.warehouse.dump import dump

ROOT = Path(__file__).resolve().parents[2]
DISK_MB = 64
# KB left to the second load: from none at all to more than load and publication need together.
ROOMS = (0, 256, 512, 3072, 6144, 8192, 12288, 32768)


def private_mount() -> list[str]:
    """The command before a command that may mount a disk only itself sees; empty where none works."""
    if os.geteuid() == 0:
        return ["unshare", "--mount"]
    return ["unshare", "--map-root-user", "--mount"]


@cache
def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    trial = [*private_mount(), "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]
    return subprocess.run(trial, capture_output=True).returncode == 0


class Outcome(NamedTuple):
    """What became of the second load, and where it stopped: open, loaded or published; `error` its words;
    whether the file then held what they say.
    """

    room: int
    reached: str
    error: str | None
    stands_as_said: bool
    equal_after: bool
    left_over: list[str]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """Runs this file in a mount of its own; the disk is gone with the process."""
    if not may_mount():
        pytest.skip("no private mount of a small disk here (needs root or user namespaces)")
    place = tmp_path_factory.mktemp("disk")
    size = f"mount -t tmpfs -o size={DISK_MB}m none {place} && exec {sys.executable} -m {__name__} {place}"
    command = [*private_mount(), "sh", "-c", size]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stderr
    return [Outcome(*json.loads(line)) for line in run.stdout.splitlines() if line.startswith("[")]


@pytest.mark.slow
def test_the_disk_fills_in_load_and_in_publication(outcomes: list[Outcome]) -> None:
    """That the rooms tried reach both is part of the test: else it would prove nothing."""
    reached = {outcome.reached for outcome in outcomes if outcome.error}
    assert reached == {"open", "loaded"}
    assert [outcome.reached for outcome in outcomes if not outcome.error][-1] == "published"


@pytest.mark.slow
def test_a_full_disk_is_said_and_loses_nothing(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.error:
            assert "WarehouseNotWritable" in outcome.error, outcome
            assert "No space left" in outcome.error, outcome
            assert "nothing was changed" in outcome.error or "the copy before stands" in outcome.error
            assert "reattach" not in outcome.error, outcome  # a word for programmers
        assert outcome.stands_as_said, outcome
        assert outcome.equal_after, outcome
        assert outcome.left_over == ["parquet", "townfacts.duckdb"], outcome


def _tried(disk: Path, room: int, kept: Path, wanted: list[dict]) -> Outcome:
    """One second load with `room` KB; then with all the disk."""
    from tests.warehouse.load_in_a_process import main

    folder, ballast = disk / "w", disk / "ballast"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(kept, folder)
    free = shutil.disk_usage(disk).free - room * 1024
    ballast.write_bytes(b"\0" * free)
    try:
        reached, error = _loaded(folder)
        said = both(kept if reached == "open" else disk / "undisturbed")
        stands = both(folder) == [said[0], said[1] if reached == "published" else both(kept)[1]]
    finally:
        ballast.unlink()
    main(folder, 100, 115)
    left = sorted(path.name for path in (folder / "published").iterdir())
    return Outcome(room, reached, error, stands, both(folder) == wanted, left)


def _loaded(folder: Path) -> tuple[str, str | None]:
    """In a process of its own, as a run is."""
    command = [sys.executable, "-m", "tests.warehouse.load_in_a_process", str(folder), "100", "115"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    last = (run.stdout.split() or ["nothing"])[-1]
    return last, run.stderr.strip().splitlines()[-1] if run.returncode else None


def both(folder: Path) -> list[dict]:
    return [dump(folder / "warehouse.duckdb"), dump(folder / "published" / "townfacts.duckdb")]


def _on_disk(disk: Path) -> None:
    from tests.warehouse.load_in_a_process import main

    kept = disk / "kept"
    main(kept, 1, 100)
    shutil.copytree(kept, disk / "undisturbed")
    main(disk / "undisturbed", 100, 115)
    wanted = both(disk / "undisturbed")
    for room in ROOMS:
        print(json.dumps(_tried(disk, room, kept, wanted)), flush=True)


if __name__ == "__main__":
    _on_disk(Path(sys.argv[1]))
