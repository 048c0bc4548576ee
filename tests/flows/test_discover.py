"""What there is to read: by path, size, time, hash and version; manifests; what is gone."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows import versions
from flows.discover import Discovery, discover
from flows.failures import UsageFailure
from flows.reading import sha256_of
from flows.selection import Selection, selection_of
from flows.versions import file_version
from transforms.decode.media_type import MEDIA_TYPES
from transforms.decode.read import READERS
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
            file_version("text/plain", c.line),
            "accepted",
        )
        for c in discovery.to_read
    }


def aged(known: dict[str, KnownFile]) -> dict[str, KnownFile]:
    """As if read with the rules of another day."""
    return {path: replace(file, rulebook_version="0" * 12) for path, file in known.items()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "乡镇").mkdir()
    for name in ("b.txt", "a.txt", "乡镇/c.txt"):
        (tmp_path / name).write_text(f"报告 {name}", "utf-8")
    return tmp_path


def names(discovery: Discovery) -> list[str]:
    return [c.found.relative_path for c in discovery.to_read]


def test_everything_is_new_once_and_then_nothing(source: Path) -> None:
    first = discover(source, {})
    assert names(first) == ["a.txt", "b.txt", "乡镇/c.txt"]
    second = discover(source, remembered(first))
    assert (names(second), len(second.unchanged), second.gone) == ([], 3, [])


def test_new_rules_read_everything_again(source: Path) -> None:
    known = aged(remembered(discover(source, {})))
    assert len(discover(source, known).to_read) == 3
    left = discover(source, known, selection_of(keep_stale=True))
    assert (names(left), left.stale, len(left.unchanged)) == ([], 3, 3)


def test_a_touched_file_is_known_by_its_hash_and_a_changed_one_is_not(source: Path) -> None:
    known = remembered(discover(source, {}))
    os.utime(source / "a.txt", ns=(1, 1))
    (source / "b.txt").write_text("报告 B.txt", "utf-8")  # the same size
    os.utime(source / "b.txt", ns=(1, 1))
    assert names(discover(source, known)) == ["b.txt"]


def test_a_file_that_went_away_is_told(source: Path) -> None:
    known = remembered(discover(source, {}))
    (source / "a.txt").unlink()
    assert [(f.relative_path, f.outcome) for f in discover(source, known).gone] == [("a.txt", "gone")]


def test_files_that_are_gone_are_forgotten_only_up_to_the_number_wished(source: Path) -> None:
    known = remembered(discover(source, {}))
    (source / "a.txt").unlink()
    (source / "b.txt").unlink()
    with pytest.raises(UsageFailure, match=r"2 files are gone.*--prune 2"):
        discover(source, known, Selection(prune=1))
    pruned = discover(source, known, Selection(prune=2)).gone
    assert [(f.relative_path, f.outcome) for f in pruned] == [("a.txt", "pruned"), ("b.txt", "pruned")]
    assert [f.relative_path for f in discover(source, known, Selection(only=["a*"])).gone] == ["a.txt"]


def test_a_file_that_comes_back_is_read_and_so_is_the_copy_of_one_that_left(source: Path) -> None:
    first = discover(source, {})
    known = {p: replace(k, status="duplicate", sha256="same") for p, k in remembered(first).items()}
    gone = first.to_read[0].path
    (source / "a.txt").unlink()
    assert names(discover(source, known)) == ["b.txt", "乡镇/c.txt"]
    known[gone] = replace(known[gone], is_gone=True)
    assert names(discover(source, known)) == []
    (source / "a.txt").write_text("报告 a.txt", "utf-8")
    assert names(discover(source, known)) == ["a.txt"]


@pytest.mark.parametrize(
    ("wishes", "read"),
    [
        ({}, []),
        ({"full": True}, ["a.txt", "b.txt", "乡镇/c.txt"]),
        ({"full": True, "only": ["乡镇/*"]}, ["乡镇/c.txt"]),
        ({"full": True, "only": ["a*", "b*"]}, ["a.txt", "b.txt"]),
        ({"full": True, "only": ["c.txt"]}, ["乡镇/c.txt"]),
        ({"full": True, "since": "1990-01-01"}, ["b.txt", "乡镇/c.txt"]),
        ({"full": True, "since": "30d"}, ["b.txt", "乡镇/c.txt"]),
        ({"full": True, "years": "2019"}, ["b.txt"]),
        ({"full": True, "years": "2015-2020"}, ["a.txt", "b.txt"]),
    ],
)
def test_wishes(source: Path, wishes: dict[str, Any], read: list[str]) -> None:
    os.utime(source / "a.txt", ns=(1, 1))
    found = discover(source, {})
    years = {"a.txt": 2018, "b.txt": 2019, "乡镇/c.txt": None}
    known = {p: replace(k, year=years[k.relative_path]) for p, k in remembered(found).items()}
    asked = discover(source, known, selection_of(**wishes))
    assert names(asked) == read
    assert len(asked.to_read) + len(asked.unchanged) + asked.passed_over == 3


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"since": "yesterday"}, "--since yesterday"),
        ({"years": "19"}, "--years 19"),
        ({"years": "2020-2019"}, "ends before"),
        ({"prune": "all"}, "--prune all"),
        ({"only": [""]}, "--only"),
        ({"full": True, "keep_stale": True}, "choose one"),
    ],
)
def test_a_wish_that_cannot_be_meant_is_refused(wishes: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageFailure, match=words):
        selection_of(**wishes)


def test_a_reader_of_its_own_touches_only_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    of = ("text/plain", "application/pdf", "application/ofd", None)
    before = {kind: file_version(kind, None) for kind in of}
    assert len(set(before.values())) == len(of)
    makers = versions._makers()
    changed = tuple((p, b"other" if p.name == "pdf.py" else digest) for p, digest in makers)
    monkeypatch.setattr(versions, "_makers", lambda: changed)
    for cached in (versions.rulebook_version, versions.reading_version, versions._current_versions):
        cached.cache_clear()
    try:
        touched = {kind for kind in of if not versions.is_current(before[kind], None)}
    finally:
        for cached in (versions.rulebook_version, versions.reading_version, versions._current_versions):
            cached.cache_clear()
    assert touched == {"application/pdf", None}


def test_every_reader_named_is_there_and_is_read_in_a_process_of_its_own() -> None:
    by_type = {MEDIA_TYPES[form]: form for form in READERS}
    for media_type, module in versions.OWN_READER.items():
        assert (versions.DECODE / f"{module}.py").is_file()
        assert media_type in by_type
        assert module not in versions._imported("read")


def test_another_folder_does_not_miss_files_of_this_one(source: Path, tmp_path: Path) -> None:
    known = remembered(discover(source, {}))
    assert discover(source / "乡镇", known).gone == []


def test_a_link_inside_the_folder_is_a_file_of_its_own(source: Path) -> None:
    (source / "link.txt").symlink_to("a.txt")
    found = discover(source, {})
    assert names(found) == ["a.txt", "b.txt", "link.txt", "乡镇/c.txt"]
    assert len({c.path for c in found.to_read}) == 4
    assert discover(source, remembered(found)).to_read == []


@pytest.mark.parametrize(("warehouse", "left_out"), [("data", True), (".", True), ("../elsewhere", False)])
def test_what_townfacts_wrote_is_no_report(source: Path, warehouse: str, left_out: bool) -> None:
    """Else the pages of a warehouse among the reports would be read as reports."""
    home = source / warehouse
    for name in ("warehouse.duckdb", "pages/report.html", "published/townfacts.duckdb", "package/README.md"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x", "utf-8")
    found = discover(source, {}, warehouse=home)
    assert names(found) == ["a.txt", "b.txt", "乡镇/c.txt"]
    assert list(found.ignored) == []
    assert left_out == (len(discover(source, {}).to_read) > 3)


@pytest.mark.parametrize("warehouse", ["乡镇", "."])
def test_reports_beside_the_warehouse_are_read(source: Path, warehouse: str) -> None:
    """townfacts run . with the reports in data/, where the warehouse is too by default."""
    (source / warehouse / "warehouse.duckdb").write_text("x", "utf-8")
    (source / warehouse / "warehouses.txt").write_text("报告", "utf-8")
    beside = os.path.normpath(f"{warehouse}/warehouses.txt")
    found = discover(source, {}, warehouse=source / warehouse)
    assert sorted(names(found)) == sorted(["a.txt", "b.txt", "乡镇/c.txt", beside])


def test_names_an_archive_contrives_to_be_the_same_are_told_apart(source: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("d.txt", "one")
    with zipfile.ZipFile(source / "p.zip", "w") as packed:
        packed.writestr("in.zip/d.txt", "two")
        packed.writestr("in.zip", inner.getvalue())
    assert len({c.path for c in discover(source, {}).to_read}) == 5


def test_a_changed_manifest_line_is_a_changed_file_and_a_moved_one_is_not(source: Path) -> None:
    manifest = source / "manifest.csv"
    manifest.write_text(HEADER + "a.txt,,关刀镇,,,2022,\n", "utf-8")
    known = remembered(discover(source, {}))
    manifest.write_text(HEADER + "\na.txt,,关刀镇,,,2022,\n", "utf-8")
    assert names(discover(source, known)) == []
    manifest.write_text(HEADER + "a.txt,,关刀镇,,,2023,\nnowhere.txt,,,,,,\n", "utf-8")
    again = discover(source, known)
    assert names(again) == ["a.txt"]
    assert again.unknown == ["nowhere.txt"]


def test_what_a_manifest_says_of_a_file_it_says_of_its_copies(source: Path) -> None:
    """A copy that comes first by its name would speak for both, and the line would be lost."""
    (source / "a copy.txt").write_bytes((source / "b.txt").read_bytes())
    (source / "manifest.csv").write_text(HEADER + "b.txt,,,古蔺县,,,\n", "utf-8")
    found = discover(source, {})
    counties = {c.found.relative_path: c.line and c.line.county for c in found.to_read}
    assert counties == {"a copy.txt": "古蔺县", "a.txt": None, "b.txt": "古蔺县", "乡镇/c.txt": None}
    assert discover(source, remembered(found)).to_read == []
    (source / "a copy.txt").write_text("other", "utf-8")
    assert names(discover(source, remembered(found))) == ["a copy.txt"]


def test_a_deeper_manifest_speaks_for_its_folder(source: Path) -> None:
    (source / "manifest.csv").write_text(HEADER + "乡镇/c.txt,,关刀镇,,,2022,\n", "utf-8")
    (source / "乡镇" / "manifest.csv").write_text(HEADER + "c.txt,,沙柳河镇,,,2021,\n", "utf-8")
    lines = [c.line for c in discover(source, {}).to_read if c.line]
    assert [(line.town, line.year) for line in lines] == [("沙柳河镇", 2021)]


def test_a_part_of_a_folder_reads_as_the_whole(source: Path) -> None:
    """A run over a folder in it, or over one file, loses nothing a person filled in above."""
    (source / "manifest.csv").write_text(HEADER + "乡镇/c.txt,,关刀镇,,,2022,\na.txt,,,,,2021,\n", "utf-8")
    known = remembered(discover(source, {}))
    for part in (source / "乡镇", source / "乡镇" / "c.txt"):
        found = discover(part, known)
        assert (names(found), len(found.unchanged), found.unknown) == ([], 1, [])
        [alone] = discover(part, {}).to_read
        assert alone.line is not None
        assert alone.line.town == "关刀镇"


def test_what_is_no_manifest_above_is_none_of_ours(source: Path) -> None:
    (source / "manifest.csv").write_text("path,sha256\n乡镇/c.txt,00\n", "utf-8")
    assert [c.line for c in discover(source / "乡镇", {}).to_read] == [None]
    (source / "manifest.csv").write_text(HEADER + "乡镇/c.txt,,,,,22,\n", "utf-8")
    with pytest.raises(UsageFailure, match="line 2: year '22'"):
        discover(source / "乡镇", {})


@pytest.mark.parametrize("content", [b"path\n", "path,镇\n".encode("gb18030"), b'path,"\n'])
def test_a_manifest_that_cannot_be_used_ends_the_run_with_its_place(source: Path, content: bytes) -> None:
    (source / "manifest.csv").write_bytes(content)
    with pytest.raises(UsageFailure, match=r"manifest\.csv"):
        discover(source, {})
