"""Files under names no Chinese clerk finds odd: GBK as archives of Windows leave it, full-width spaces."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import ask
from tests.flows.townfacts_process import clean_environment, command

HEADER = "path,url,town,county,province,year,published_on\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / os.fsdecode("报告".encode("gbk"))
    (folder / os.fsdecode("乡镇".encode("gbk"))).mkdir(parents=True)
    return folder


def test_a_name_in_gbk_is_read_as_gbk_and_known_again(source: Path, tmp_path: Path) -> None:
    (source / os.fsdecode("乡镇/甲.txt".encode("gbk"))).write_text(report(TOWNS[0]), "utf-8")
    first, second = (run_directly(source, tmp_path / "w") for _ in range(2))
    assert (first.read, second.read) == (["乡镇/甲.txt"], [])
    assert (first.result.accepted, second.result.gone) == (1, 0)
    [(path, name)] = ask(tmp_path / "w", "SELECT path, relative_path FROM source_file")
    assert (path, name) == (str(tmp_path.resolve() / "报告" / "乡镇" / "甲.txt"), "乡镇/甲.txt")


def test_bytes_that_are_no_characters_are_shown_and_stop_no_one(source: Path, tmp_path: Path) -> None:
    (source / os.fsdecode(b"\xff\xfe.txt")).write_bytes(b"")
    (source / "a.txt").write_text(report(TOWNS[0]), "utf-8")
    assert run_directly(source, tmp_path / "w").result.accepted == 1
    waiting = "SELECT relative_path, code FROM quarantine"
    assert ask(tmp_path / "w", waiting) == [("\\xff\\xfe.txt", "empty_file")]


def test_a_manifest_names_a_file_with_a_full_width_space(source: Path, tmp_path: Path) -> None:
    (source / "太平　2021.txt").write_text(report("太平镇", 2021), "utf-8")
    (source / "manifest.csv").write_text(HEADER + "太平　2021.txt,,,古蔺县,四川省,,\n", "utf-8")
    assert run_directly(source, tmp_path / "w").result.accepted == 1


def test_a_folder_whose_own_name_is_no_utf8_is_refused_in_one_line(source: Path, tmp_path: Path) -> None:
    (source / "a.txt").write_text(report(TOWNS[0]), "utf-8")
    done = subprocess.run(
        command("run", source, "--warehouse", tmp_path / "w"),
        capture_output=True,
        env=clean_environment(),
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"no UTF-8" in done.stderr
    assert not (tmp_path / "w").exists()
