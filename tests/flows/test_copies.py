"""Files of the same bytes, of which a manifest names one: what is known of one lets all of them in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import ask

MANIFEST = "path,url,town,county,province,year,published_on\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A report that needs its line in the manifest."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "nameless.txt").write_text(report("太平镇", 2021), "utf-8")
    return folder


def named(folder: Path, path: str) -> None:
    (folder / "manifest.csv").write_text(MANIFEST + f"{path},,,古蔺县,四川省,,\n", "utf-8")


def standing(warehouse: Path) -> tuple[list[str], list[str]]:
    """Paths of the reports that are in, and of the cases that wait."""
    reports = ask(warehouse, "SELECT relative_path FROM report ORDER BY 1")
    cases = ask(warehouse, "SELECT relative_path FROM quarantine WHERE resolved_by IS NULL ORDER BY 1")
    return [path for (path,) in reports], [path for (path,) in cases]


def test_a_link_to_another_report_is_a_copy_of_it(source: Path, tmp_path: Path) -> None:
    (source / "plain.txt").write_text(report(TOWNS[0]), "utf-8")
    (source / "link.txt").symlink_to("plain.txt")
    assert run_directly(source, tmp_path).result.duplicate == 1
    assert standing(tmp_path) == (["link.txt"], ["nameless.txt"])


def test_a_copy_in_the_same_run_does_not_hide_the_file_that_is_named(source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(source / "a.zip", "w") as packed:  # lines of files in archives are their own
        packed.write(source / "nameless.txt", "copy.txt")
    named(source, "nameless.txt")
    run_directly(source, tmp_path)
    assert standing(tmp_path) == (["nameless.txt"], [])


def test_a_case_ends_when_a_copy_of_its_file_is_let_in(source: Path, tmp_path: Path) -> None:
    run_directly(source, tmp_path)
    assert standing(tmp_path) == ([], ["nameless.txt"])
    with zipfile.ZipFile(source / "packed.zip", "w") as packed:
        packed.write(source / "nameless.txt", "copy.txt")
    named(source, "packed.zip/copy.txt")
    assert run_directly(source, tmp_path).read == ["packed.zip/copy.txt"]
    assert standing(tmp_path) == (["packed.zip/copy.txt"], [])


def test_a_copy_in_another_folder_takes_nothing_from_the_file_that_is_named(
    source: Path, tmp_path: Path
) -> None:
    named(source, "nameless.txt")
    run_directly(source, tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "taken over.txt").write_bytes((source / "nameless.txt").read_bytes())
    assert run_directly(other, tmp_path).result.duplicate == 1
    assert standing(tmp_path) == (["nameless.txt"], [])
    (source / "manifest.csv").unlink()
    run_directly(source, tmp_path)
    assert standing(tmp_path) == ([], ["nameless.txt"])
