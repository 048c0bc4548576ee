"""Folders and archives that are there and cannot be opened: told, and what lies in them is not gone."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.discover import Discovery, discover
from tests.flows.test_discover import remembered

NOBODY = 65534


@contextmanager
def as_a_user_with_no_rights() -> Iterator[None]:
    """No permission stops root, as whom tests run in containers."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.fixture
def source() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        for place in ("open", "shut", "listed"):
            (folder / place).mkdir()
            (folder / place / "a.txt").write_text("报告", "utf-8")
        yield folder
        for place in folder.iterdir():
            place.chmod(0o755)


def problems(found: Discovery) -> dict[str, str | None]:
    return {c.found.relative_path: c.found.problem and c.found.problem.code for c in found.to_read}


def test_a_folder_that_may_not_be_listed_is_a_case_and_its_files_are_not_gone(source: Path) -> None:
    known = remembered(discover(source, {}))
    (source / "shut").chmod(0o300)
    with as_a_user_with_no_rights():
        found = discover(source, known)
    assert problems(found) == {"shut": "unreadable_permission"}
    assert found.gone == []
    (source / "shut" / "a.txt").unlink()
    (source / "shut").chmod(0o755)
    assert [file.relative_path for file in discover(source, known).gone] == ["shut/a.txt"]


def test_a_folder_that_tells_names_only_stops_no_one(source: Path) -> None:
    (source / "listed").chmod(0o744 if os.geteuid() == 0 else 0o400)
    with as_a_user_with_no_rights():
        found = {c.found.relative_path: c.found for c in discover(source, {}).to_read}
        assert found["open/a.txt"].read().text == "报告"
        with pytest.raises(Exception, match="grant read permission"):
            found["listed/a.txt"].read()


def test_files_of_an_archive_that_is_damaged_now_are_not_gone(source: Path) -> None:
    with zipfile.ZipFile(source / "all.zip", "w") as packed:
        packed.write(source / "open" / "a.txt", "b.txt")
    known = remembered(discover(source, {}))
    (source / "all.zip").write_bytes((source / "all.zip").read_bytes()[:60])
    found = discover(source, known)
    assert problems(found) == {"all.zip": "damaged_file"}
    assert found.gone == []
