"""Reports in .zip archives: found as if unpacked, names as they were written, hostile archives refused."""

from __future__ import annotations

import contextlib
import random
import struct
import zipfile
from pathlib import Path

import pytest

from tests.decode.office_files import docx, paragraph, run
from transforms.decode import Limits, UnreadableFile, find_files

TEXT = "河湾镇2023年度法治政府建设情况报告\n\n全年调解纠纷12件。\n"


def packed(path: Path, files: dict[str, bytes], encoding: str = "utf-8") -> Path:
    """A zip with names in `encoding`; other than UTF-8 without the flag that says so, as Windows does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files.items()):
            raw = name.encode(encoding)
            archive.writestr(name if encoding == "utf-8" else f"{number:02}" + "x" * (len(raw) - 2), content)
    if encoding != "utf-8":
        data = path.read_bytes()
        for number, name in enumerate(files):
            raw = name.encode(encoding)
            data = data.replace(f"{number:02}".encode() + b"x" * (len(raw) - 2), raw)
        path.write_bytes(data)
    return path


def code_of(path: Path, limits: Limits | None = None) -> str:
    (found,) = find_files(path, limits or Limits())
    with pytest.raises(UnreadableFile) as caught:
        found.read(limits or Limits())
    return caught.value.problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_members_are_found_sorted_and_read(tmp_path: Path, encoding: str) -> None:
    files = {
        "河湾镇/二〇二三.txt": TEXT.encode("gb18030"),
        "乙.txt": TEXT.encode(),
        "甲.docx": docx(paragraph(run(TEXT))),
    }
    packed(tmp_path / "in/报告.zip", files, encoding)
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    found = find_files(tmp_path / "in")
    names = ["a.txt", "报告.zip/乙.txt", "报告.zip/河湾镇/二〇二三.txt", "报告.zip/甲.docx"]
    assert [f.relative_path for f in found] == names
    assert [f.read().relative_path for f in found] == names
    assert all("调解纠纷12件" in f.read().text for f in found)
    assert [f.on_disk.name for f in found] == ["a.txt"] + ["报告.zip"] * 3
    assert found.files[1].read().source.endswith("报告.zip/乙.txt")


def test_one_archive_named_alone(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": TEXT.encode()})
    assert [f.relative_path for f in find_files(path)] == ["a.zip/a.txt"]


def test_names_can_lead_nowhere_and_litter_is_ignored(tmp_path: Path) -> None:
    names = (
        "../../etc/a.txt",
        "/abs/b.txt",
        "C:\\c\\d.txt",
        "__MACOSX/a.txt",
        ".hidden",
        "manifest.csv",
        "a\nb.txt",
    )
    path = packed(tmp_path / "a.zip", {name: TEXT.encode() for name in names})
    found = find_files(path)
    assert [f.relative_path for f in found] == [
        "a.zip/a\\x0ab.txt",
        "a.zip/abs/b.txt",
        "a.zip/c/d.txt",
        "a.zip/etc/a.txt",
    ]
    assert found.ignored == ("a.zip/.hidden", "a.zip/manifest.csv")
    assert all(f.read().text == TEXT for f in found)


def test_the_same_name_twice_is_two_files(tmp_path: Path) -> None:
    packed(tmp_path / "a.zip", {"a.txt": TEXT.encode(), "b.txt": TEXT.replace("12", "13").encode()})
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace(b"b.txt", b"a.txt"))
    found = find_files(tmp_path / "a.zip")
    assert [f.relative_path for f in found] == ["a.zip/a.txt", "a.zip/a.txt#1"]
    assert ["13件" in f.read().text for f in found] == [False, True]


def test_an_office_file_called_zip_is_one_document(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(docx(paragraph(run(TEXT))))
    (found,) = find_files(tmp_path)
    assert [p.code for p in found.read().problems] == ["wrong_ending"]


def test_text_called_zip_is_text(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text(TEXT, encoding="utf-8")
    (found,) = find_files(tmp_path)
    assert found.read().text == TEXT


def test_damaged_and_hostile_archives(tmp_path: Path) -> None:
    good = packed(tmp_path / "good.zip", {"a.txt": TEXT.encode() * 50})
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good.read_bytes()[:-30])
    assert code_of(cut) == "damaged_file"
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(good.read_bytes().replace(good.read_bytes()[60:70], b"\xff" * 10))
    assert code_of(wrong) == "damaged_file"
    empty = packed(tmp_path / "empty.zip", {})
    assert code_of(empty) == "empty_archive"
    many = packed(tmp_path / "many.zip", {f"{n}.txt": b"x" for n in range(30)})
    assert code_of(many, Limits(members=20)) == "too_many_members"


def test_archives_that_unpack_too_far(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", {"a.txt": b"\0" * (32 << 20)})
    assert code_of(bomb) == "archive_bomb"
    assert code_of(bomb, Limits(file_bytes=8 << 20)) == "too_large"
    assert code_of(bomb, Limits(file_bytes=1 << 20)) == "archive_bomb"


def test_a_locked_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "locked.zip", {"a.txt": TEXT.encode()})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        (flags,) = struct.unpack_from("<H", data, place)
        struct.pack_into("<H", data, place, flags | 1)
    path.write_bytes(bytes(data))
    assert code_of(path) == "password_protected"


def test_random_damage_never_escapes(tmp_path: Path) -> None:
    rng = random.Random(7)
    whole = packed(
        tmp_path / "a.zip", {"a.txt": TEXT.encode() * 20, "b.docx": docx(paragraph(run(TEXT)))}
    ).read_bytes()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        (tmp_path / "a.zip").write_bytes(bytes(data))
        for found in find_files(tmp_path):
            with contextlib.suppress(UnreadableFile):
                assert found.read().text


def test_reading_a_zip_that_does_not_say_so(tmp_path: Path) -> None:
    packed(tmp_path / "a.dat", {"a.txt": TEXT.encode()})
    with pytest.raises(UnreadableFile, match=r"\.zip"):
        find_files(tmp_path).files[0].read()


def test_archives_in_archives_are_folders_two_deep(tmp_path: Path) -> None:
    inner = packed(tmp_path / "x/1.zip", {"甲镇/a.txt": TEXT.encode()}, "gbk").read_bytes()
    middle = packed(tmp_path / "x/2.zip", {"乡镇.zip": inner, "b.txt": TEXT.encode()}).read_bytes()
    packed(tmp_path / "in/c.zip", {"乡镇.zip": inner, "b.txt": TEXT.encode()})
    packed(tmp_path / "in/d.zip", {"县.zip": middle})
    found = find_files(tmp_path / "in")
    assert [f.relative_path for f in found] == [
        "c.zip/b.txt",
        "c.zip/乡镇.zip/甲镇/a.txt",
        "d.zip/县.zip/b.txt",
        "d.zip/县.zip/乡镇.zip",
    ]
    assert [f.read().text for f in found if f.problem is None] == [TEXT] * 3
    assert [f.problem.code for f in found if f.problem] == ["nested_too_deep"]


def test_what_is_wrong_with_an_inner_archive_is_said_of_it(tmp_path: Path) -> None:
    good = packed(tmp_path / "x/good.zip", {"a.txt": TEXT.encode() * 50}).read_bytes()
    bomb = packed(tmp_path / "x/bomb.zip", {"a.txt": b"\0" * (32 << 20)}).read_bytes()
    empty = packed(tmp_path / "x/empty.zip", {}).read_bytes()
    packed(tmp_path / "a.zip", {"a.zip": good[:-30], "b.zip": bomb, "c.zip": empty, "d.zip": good})
    codes = {}
    for found in find_files(tmp_path / "a.zip"):
        try:
            found.read()
            codes[found.relative_path] = "read"
        except UnreadableFile as refused:
            codes[found.relative_path] = refused.problem.code
    assert codes == {
        "a.zip/a.zip": "damaged_file",
        "a.zip/b.zip/a.txt": "archive_bomb",
        "a.zip/c.zip": "empty_archive",
        "a.zip/d.zip/a.txt": "read",
    }


def test_inner_archives_share_one_budget(tmp_path: Path) -> None:
    inner = packed(tmp_path / "x/1.zip", {f"{n}.txt": b"x" for n in range(10)}).read_bytes()
    path = packed(tmp_path / "a.zip", {f"{n}.zip": inner for n in range(5)})
    found = find_files(path, Limits(members=30))
    assert sum(f.problem is None for f in found) == 20
    assert {f.problem.code for f in found if f.problem} == {"too_many_members"}


def test_a_table_of_contents_is_weighed_before_it_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {f"{'很长的名字' * 30}{n}.txt": b"" for n in range(2000)})
    assert code_of(path, Limits(members=500)) == "too_many_members"


def test_a_link_in_an_archive_is_no_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert code_of(tmp_path / "a.zip") == "broken_link"


def test_rare_packings_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", TEXT)
    assert code_of(tmp_path / "a.zip") == "damaged_file"
