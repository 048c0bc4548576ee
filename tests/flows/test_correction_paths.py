"""A correction that names a report by its path: which file that is, whichever folder is run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.settings import Settings
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import ask, decision

YEARS = "SELECT town_year.town, year FROM report JOIN town_year USING (town_id, year) ORDER BY 1"
IN_FORCE = "SELECT state, note FROM correction"
YEAR = decision('action = "set_year"', 'report = "{}"', "value = 2021")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two folders with a file of the same name each."""
    for number, name in enumerate("ab"):
        (tmp_path / "reports" / name).mkdir(parents=True)
        (tmp_path / "reports" / name / "r.txt").write_text(report(TOWNS[number]), "utf-8")
    return tmp_path / "reports"


def years(house: Path) -> dict[str, int]:
    return dict(ask(house, "SELECT t.name, r.year FROM report r JOIN town t USING (town_id)"))


def touched(folder: Path) -> None:
    """Each file is other than it was, so that a run reads it again."""
    for file in sorted(folder.rglob("*.txt")):
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
        os.utime(file)


def test_a_file_of_the_same_name_in_another_folder_is_another(folder: Path, tmp_path: Path) -> None:
    (folder / "a" / "corrections.toml").write_text(YEAR.format("r.txt"), "utf-8")
    for part in ("a", "b", "a"):
        assert run_directly(folder / part, tmp_path).wrong == []
        touched(folder)
    assert years(tmp_path) == {TOWNS[0]: 2021, TOWNS[1]: 2022}
    assert ask(tmp_path, IN_FORCE) == [("applied", None)]


@pytest.mark.parametrize(("home", "named"), [("", "a/r.txt"), ("a", "r.txt")])
def test_a_run_over_a_part_or_over_the_whole_holds_to_it(
    folder: Path, tmp_path: Path, home: str, named: str
) -> None:
    for part in ("", "a", "", "a/r.txt", "b"):
        assert run_directly(folder / part, tmp_path).wrong == []
        (folder / home / "corrections.toml").write_text(YEAR.format(named), "utf-8")
        assert run_directly(folder / home, tmp_path).wrong == []
        assert years(tmp_path) == {TOWNS[0]: 2021, TOWNS[1]: 2022}
        touched(folder)


def test_a_decision_made_after_a_part_was_run_reads_its_report_again(folder: Path, tmp_path: Path) -> None:
    run_directly(folder / "a", tmp_path)
    (folder / "corrections.toml").write_text(YEAR.format("a/r.txt"), "utf-8")
    assert run_directly(folder, tmp_path).read == ["a/r.txt", "b/r.txt"]
    assert years(tmp_path) == {TOWNS[0]: 2021, TOWNS[1]: 2022}


def test_in_a_file_elsewhere_a_path_is_meant_from_the_folder_of_the_run(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "decided.toml"
    elsewhere.write_text(YEAR.format("r.txt"), "utf-8")
    settings = Settings(warehouse=tmp_path, corrections=elsewhere)
    assert run_directly(folder / "a", tmp_path, settings).wrong == []
    assert years(tmp_path) == {TOWNS[0]: 2021}


def test_the_same_words_in_two_folders_are_two_decisions(folder: Path, tmp_path: Path) -> None:
    """Of two reports, since each path is meant from its own folder."""
    for part in "ab":
        run_directly(folder / part, tmp_path)
        (folder / part / "corrections.toml").write_text(YEAR.format("r.txt"), "utf-8")
    for part in "ab":
        assert run_directly(folder / part, tmp_path).read == ["r.txt"]
    assert years(tmp_path) == {TOWNS[0]: 2021, TOWNS[1]: 2021}
    run_directly(folder / "a", tmp_path)  # a new decision has files of that path read in other folders too
    for part in "abab":
        assert run_directly(folder / part, tmp_path).read == []
    assert ask(tmp_path, IN_FORCE) == [("applied", None)] * 2
    (folder / "a" / "corrections.toml").write_text("", "utf-8")  # taken back in one, it stands in the other
    for part in "aba":
        assert run_directly(folder / part, tmp_path).wrong == []
        assert years(tmp_path) == {TOWNS[0]: 2022, TOWNS[1]: 2021}


def test_a_moved_folder_takes_its_decisions_along(folder: Path, tmp_path: Path) -> None:
    (folder / "a" / "corrections.toml").write_text(YEAR.format("r.txt"), "utf-8")
    run_directly(folder / "a", tmp_path)
    (folder / "a").rename(folder / "c")
    assert run_directly(folder / "c", tmp_path).wrong == []
    assert years(tmp_path) == {TOWNS[0]: 2021}
    assert ask(tmp_path, IN_FORCE) == [("applied", None)]
