"""A file that stands elsewhere than before: its old place no longer speaks for it."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from flows.discover import discover
from flows.moved import is_away
from flows.selection import Selection
from tests.flows.conftest import FirstRun
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import ask
from tests.flows.townfacts_process import run_script, seed
from warehouse import open_warehouse

STANDING = "SELECT relative_path, value FROM report JOIN fact_indicator USING (report_id)"
CURRENT = "SELECT relative_path FROM report WHERE is_current ORDER BY ALL"
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


@pytest.mark.parametrize("meetings", range(10, 14))  # of the same day: the digest alone would choose
def test_a_file_renamed_and_changed_at_once_speaks_for_the_town(folder: Path, meetings: int) -> None:
    (folder / "old" / "0.txt").unlink()
    (folder / "old" / "new.txt").write_text(report(TOWNS[0], meetings=meetings), "utf-8")
    run_directly(folder / "old", folder / "w")
    assert ask(folder / "w", CURRENT) == [("1.txt",), ("new.txt",)]
    (folder / "old" / "0.txt").write_text(report(TOWNS[0], meetings=3), "utf-8")
    run_directly(folder / "old", folder / "w")  # it is there again: what came later does not outrank it
    both = {meetings: "new.txt", 3: "0.txt"}
    first = min(both, key=lambda n: hashlib.sha256(report(TOWNS[0], meetings=n).encode()).hexdigest())
    assert ask(folder / "w", CURRENT) == sorted([("1.txt",), (both[first],)])


def test_what_is_dated_earlier_or_covers_less_takes_no_place(folder: Path) -> None:
    (folder / "old" / "0.txt").unlink()
    whole = report(TOWNS[0], meetings=2)
    (folder / "old" / "early.txt").write_text(whole.replace("2023年1月10日", "2023年1月3日"), "utf-8")
    (folder / "old" / "half.txt").write_text(
        whole.replace("2022年度法治", "2022年上半年法治").replace("2023年1月10日", "2022年7月10日"), "utf-8"
    )
    run_directly(folder / "old", folder / "w")
    assert ask(folder / "w", CURRENT) == [("0.txt",), ("1.txt",)]


def test_a_file_deleted_beside_another_of_the_town_is_kept(folder: Path) -> None:
    """That one was there before: nobody put it in the place of the other."""
    (folder / "old" / "z.txt").write_text(
        report(TOWNS[0], meetings=2).replace("2023年1月10日", "2023年1月3日"), "utf-8"
    )
    run_directly(folder / "old", folder / "w")
    (folder / "old" / "0.txt").unlink()
    run_directly(folder / "old", folder / "w")
    assert ask(folder / "w", CURRENT) == [("0.txt",), ("1.txt",)]


def test_a_renamed_file_is_not_lost(folder: Path) -> None:
    """It is told once under its new name, and no --prune is asked for it."""
    (folder / "old" / "0.txt").rename(folder / "old" / "2021.txt")
    (folder / "old" / "1.txt").unlink()
    for renamed in (["0.txt"], []):
        with open_warehouse(folder / "w") as house:
            known = house.known_files()
            found = discover(folder / "old", known)
            forgetting = discover(folder / "old", known, Selection(prune=1))
        assert [file.relative_path for file in found.renamed] == renamed
        assert [file.relative_path for file in found.lost] == ["1.txt"]
        assert [file.relative_path for file in found.gone] == ["0.txt", "1.txt"]
        assert {file.outcome for file in forgetting.gone} == {"pruned"}
        run_directly(folder / "old", folder / "w")


def test_a_moved_archive_is_told_at_once(folder: Path) -> None:
    """Size and time of what lies in it are those of the archive: its bytes are asked for."""
    with zipfile.ZipFile(folder / "old" / "a.zip", "w") as packed:
        packed.writestr("in.txt", report(TOWNS[2]))
    run_directly(folder / "old", folder / "w")
    (folder / "new").mkdir()
    (folder / "old" / "a.zip").rename(folder / "new" / "b.zip")
    assert moved(folder) == [str(folder / "old" / "a.zip" / "in.txt")]
    result = run_directly(folder / "new", folder / "w").result
    assert (result.accepted, result.duplicate) == (1, 0)


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
