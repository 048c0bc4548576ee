"""What there is to read: by path, size, time, hash and version; manifests; what is gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.batches import batch_size, batches, chosen_runner
from flows.discover import Discovery, discover
from flows.failures import UsageFailure
from flows.reading import sha256_of
from flows.settings import Settings
from warehouse import KnownFile

HEADER = "path,url,town,county,province,year,published_on\n"


def remembered(discovery: Discovery) -> dict[str, KnownFile]:
    """As the warehouse would remember the files after reading them."""
    return {
        c.path: KnownFile(
            c.path,
            c.found.relative_path,
            c.size,
            c.mtime_ns,
            sha256_of(c.found.path),
            c.version,
            "accepted",
        )
        for c in discovery.to_read
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "乡镇").mkdir()
    for name in ("b.txt", "a.txt", "乡镇/c.txt"):
        (tmp_path / name).write_text(f"报告 {name}", "utf-8")
    return tmp_path


def names(discovery: Discovery) -> list[str]:
    return [c.found.relative_path for c in discovery.to_read]


def test_everything_is_new_once_and_then_nothing(source: Path) -> None:
    first = discover(source, {}, "v1")
    assert names(first) == ["a.txt", "b.txt", "乡镇/c.txt"]
    second = discover(source, remembered(first), "v1")
    assert (names(second), len(second.unchanged), second.gone) == ([], 3, [])


def test_new_rules_read_everything_again(source: Path) -> None:
    known = remembered(discover(source, {}, "v1"))
    assert len(discover(source, known, "v2").to_read) == 3


def test_a_touched_file_is_known_by_its_hash_and_a_changed_one_is_not(source: Path) -> None:
    known = remembered(discover(source, {}, "v1"))
    os.utime(source / "a.txt", ns=(1, 1))
    (source / "b.txt").write_text("报告 B.txt", "utf-8")  # the same size
    os.utime(source / "b.txt", ns=(1, 1))
    assert names(discover(source, known, "v1")) == ["b.txt"]


def test_a_file_that_went_away_is_told(source: Path) -> None:
    known = remembered(discover(source, {}, "v1"))
    (source / "a.txt").unlink()
    assert [Path(p).name for p in discover(source, known, "v1").gone] == ["a.txt"]


def test_another_folder_does_not_miss_files_of_this_one(source: Path, tmp_path: Path) -> None:
    known = remembered(discover(source, {}, "v1"))
    assert discover(source / "乡镇", known, "v1").gone == []


def test_a_changed_manifest_line_is_a_changed_file_and_a_moved_one_is_not(source: Path) -> None:
    manifest = source / "manifest.csv"
    manifest.write_text(HEADER + "a.txt,,关刀镇,,,2022,\n", "utf-8")
    known = remembered(discover(source, {}, "v1"))
    manifest.write_text(HEADER + "\na.txt,,关刀镇,,,2022,\n", "utf-8")
    assert names(discover(source, known, "v1")) == []
    manifest.write_text(HEADER + "a.txt,,关刀镇,,,2023,\nnowhere.txt,,,,,,\n", "utf-8")
    again = discover(source, known, "v1")
    assert names(again) == ["a.txt"]
    assert again.unknown == ["nowhere.txt"]


def test_a_deeper_manifest_speaks_for_its_folder(source: Path) -> None:
    (source / "manifest.csv").write_text(HEADER + "乡镇/c.txt,,关刀镇,,,2022,\n", "utf-8")
    (source / "乡镇" / "manifest.csv").write_text(HEADER + "c.txt,,沙柳河镇,,,2021,\n", "utf-8")
    lines = [c.line for c in discover(source, {}, "v1").to_read if c.line]
    assert [(line.town, line.year) for line in lines] == [("沙柳河镇", 2021)]


@pytest.mark.parametrize("content", [b"path\n", "path,镇\n".encode("gb18030"), b'path,"\n'])
def test_a_manifest_that_cannot_be_used_ends_the_run_with_its_place(source: Path, content: bytes) -> None:
    (source / "manifest.csv").write_bytes(content)
    with pytest.raises(UsageFailure, match=r"manifest\.csv"):
        discover(source, {}, "v1")


def test_batches_hold_every_file_once_in_order() -> None:
    items = list(range(1234))
    cut = list(batches(items, batch_size(len(items), 2)))
    assert [item for batch in cut for item in batch] == items
    assert len(cut) <= 8 * 2
    assert list(batches([], batch_size(0, 2))) == []


@pytest.mark.parametrize(
    ("runner", "workers", "files", "chosen"),
    [
        ("auto", 2, 10, "serial"),
        ("auto", 2, 100_000, "processes"),
        ("auto", 1, 100_000, "serial"),
        ("serial", 2, 100_000, "serial"),
        ("processes", 2, 1, "processes"),
    ],
)
def test_processes_are_chosen_where_they_pay(runner: str, workers: int, files: int, chosen: str) -> None:
    settings = Settings(runner=runner, workers=workers)  # type: ignore[arg-type]
    assert chosen_runner(settings, files) == chosen
