"""A file that stands elsewhere than before: its old place no longer speaks for it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from flows.discover import discover
from flows.moved import is_away
from tests.flows.conftest import FirstRun
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import ask
from tests.flows.townfacts_process import run_script, seed
from warehouse import open_warehouse

STANDING = "SELECT relative_path, value FROM report JOIN fact_indicator USING (report_id)"
MEETINGS = STANDING + " WHERE indicator = 'rule_of_law_meetings' AND status = 'reported' ORDER BY ALL"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports, read once."""
    (tmp_path / "old").mkdir()
    for number, town in enumerate(TOWNS[:2]):
        (tmp_path / "old" / f"{number}.txt").write_text(report(town, meetings=3 + number), "utf-8")
    assert run_directly(tmp_path / "old", tmp_path / "w").result.accepted == 2
    return tmp_path


def moved(folder: Path) -> list[str]:
    with open_warehouse(folder / "w") as house:
        return [file.path for file in discover(folder / "new", house.known_files()).moved]


def test_a_moved_folder_is_no_folder_of_copies(folder: Path) -> None:
    (folder / "old").rename(folder / "new")
    assert moved(folder) == [str(folder / "old" / f"{number}.txt") for number in range(2)]
    result = run_directly(folder / "new", folder / "w").result
    assert (result.accepted, result.duplicate, result.facts_removed) == (2, 0, 0)
    assert moved(folder) == []  # told once


def test_what_is_changed_after_the_move_is_said_once(folder: Path) -> None:
    (folder / "old").rename(folder / "new")
    run_directly(folder / "new", folder / "w")
    (folder / "new" / "0.txt").write_text(report(TOWNS[0], meetings=9), "utf-8")
    run_directly(folder / "new", folder / "w")
    assert ask(folder / "w", MEETINGS) == [("0.txt", 9), ("1.txt", 4)]


def test_a_folder_copied_and_then_deleted_is_moved(folder: Path) -> None:
    shutil.copytree(folder / "old", folder / "new" / "z")
    assert run_directly(folder / "new", folder / "w").result.duplicate == 2
    shutil.rmtree(folder / "old")
    assert len(moved(folder)) == 2
    # the copies speak for themselves now
    assert run_directly(folder / "new", folder / "w").read == ["z/0.txt", "z/1.txt"]
    (folder / "new" / "z" / "1.txt").write_text(report(TOWNS[1], meetings=8), "utf-8")
    run_directly(folder / "new", folder / "w")
    assert ask(folder / "w", MEETINGS) == [("z/0.txt", 3), ("z/1.txt", 8)]


def test_a_file_renamed_and_then_changed_is_said_once(folder: Path) -> None:
    (folder / "old" / "0.txt").rename(folder / "old" / "2021.txt")
    run_directly(folder / "old", folder / "w")
    (folder / "old" / "2021.txt").write_text(report(TOWNS[0], meetings=9), "utf-8")
    run_directly(folder / "old", folder / "w")
    assert ask(folder / "w", MEETINGS) == [("1.txt", 4), ("2021.txt", 9)]


def test_a_copy_that_stands_elsewhere_keeps_what_it_says(folder: Path) -> None:
    shutil.copytree(folder / "old", folder / "new")
    run_directly(folder / "new", folder / "w")
    (folder / "new" / "0.txt").write_text(report(TOWNS[0], meetings=9), "utf-8")
    run_directly(folder / "new", folder / "w")
    assert ask(folder / "w", MEETINGS) == [("0.txt", 3), ("0.txt", 9), ("1.txt", 4)]


def test_other_reports_that_are_away_are_left_alone(folder: Path) -> None:
    """As those of a share that is not mounted."""
    (folder / "old").rename(folder / "elsewhere")
    (folder / "new").mkdir()
    (folder / "new" / "0.txt").write_text(report(TOWNS[2], meetings=3), "utf-8")  # as many bytes or more
    assert moved(folder) == []


def test_what_lies_in_an_archive_is_there_as_long_as_that_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("in.txt", "报告")
    assert not is_away(str(tmp_path / "a.zip" / "in.txt"))
    assert is_away(str(tmp_path / "b.zip" / "in.txt"))


@pytest.mark.slow
def test_a_run_in_parts_says_first_what_moved(first_run: FirstRun, folder: Path) -> None:
    """The changed file is loaded before the last load, and its old place speaks for it no more."""
    seed(first_run.warehouse, folder / "v")
    script = SCRIPT.format(size=1)
    old, new = folder / "old", folder / "new"
    command = (folder / "parts.py", script, "run")
    assert run_script(*command, old, "--warehouse", folder / "v").returncode == 0
    shutil.copytree(old, new)
    assert run_script(*command, new, "--warehouse", folder / "v").returncode == 0
    shutil.rmtree(old)
    (new / "0.txt").write_text(report(TOWNS[0], meetings=9), "utf-8")
    done = run_script(*command, new, "--warehouse", folder / "v")
    assert "2 files read from another folder before are no longer there and stand here now" in done.stdout
    assert ask(folder / "v", MEETINGS) == [("0.txt", 9), ("1.txt", 4)]


SCRIPT = """
import sys
from flows import batches, ingest
from flows.cli import main

batches.SMALLEST = ingest.LOAD_EVERY = {size}
if __name__ == "__main__":
    sys.exit(main())
"""
