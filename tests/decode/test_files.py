"""Files as found on disk: what is read, what is refused with which code, what is ignored."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.decode.ofd_files import report
from tests.decode.office_files import written_docx, written_pdf, written_xlsx
from transforms.decode import Limits, UnreadableFile, find_files, read_bytes, read_report

TEXT = "河湾镇2023年度法治政府建设情况报告\n\n全年调解纠纷12件。\n"

WHOLE: dict[str, Callable[[], bytes]] = {
    "docx": lambda: written_docx([TEXT] * 40, [["事项", "数量"], ["调解", "4件"]]),
    "ofd": lambda: report([TEXT] * 40),
    "pdf": lambda: written_pdf([TEXT] * 40),
    "xlsx": lambda: written_xlsx({"表": [["事项", "数量"], ["调解", 4]] * 40}),
    "xls": lambda: (Path(__file__).parent / "files" / "table.xls").read_bytes(),
}


def refusal(data: bytes, name: str = "a.txt", limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name, name, limits=limits or Limits())
    assert caught.value.problem.severity == "quarantine"
    assert len(caught.value.problem.message) > 20
    return caught.value.problem.code


def ooxml(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t\n", "no_text"),
        (b"\xef\xbb\xbf", "no_text"),
        (b"<html><body><script>render()</script></body></html>", "no_text"),
        (b"\0" * 4096, "not_text"),
        (b"\x7fELF" + b"\0" * 100, "unsupported_format"),
        (gzip.compress(TEXT.encode()), "unsupported_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1016, "unsupported_format"),
        (ooxml("ppt/presentation.xml"), "unsupported_format"),
        (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', "unsupported_format"),
    ],
)
def test_each_refusal_has_its_code(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("share", [0.03, 0.4, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["docx", "ofd", "pdf", "xlsx", "xls"])
def test_a_file_whose_end_is_missing_is_told_so(kind: str, share: float) -> None:
    """Not `content is zip`, nor what the reader's library calls it."""
    whole = WHOLE[kind]()
    with pytest.raises(UnreadableFile, match="cut short.*fetch it again") as caught:
        read_bytes(whole[: int(len(whole) * share)], f"a.{kind}", f"a.{kind}")
    assert caught.value.problem.code == "damaged_file"


def test_the_refusal_names_the_format_found() -> None:
    with pytest.raises(UnreadableFile, match="gzip"):
        read_bytes(gzip.compress(TEXT.encode()), "a.txt", "a.txt")


def test_limits_hold() -> None:
    assert refusal(TEXT.encode() * 10, limits=Limits(file_bytes=100)) == "too_large"
    assert refusal(TEXT.encode() * 10, limits=Limits(text_bytes=100)) == "too_large"


def test_reading_stops_at_the_limit_whatever_the_size_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 34)
    with pytest.raises(UnreadableFile) as caught:
        read_report(path, limits=Limits(file_bytes=1 << 16))
    assert caught.value.problem.code == "too_large"


def test_text_is_the_decoded_file_and_the_report_knows_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    report = read_report(path, "b/报告.txt")
    assert report.text == TEXT.replace("\n", "\r\n")
    assert (report.media_type, report.encoding, report.relative_path) == (
        "text/plain",
        "utf-8-sig",
        "b/报告.txt",
    )
    assert report.body == (0, len(report.text))
    assert len(report.sha256) == 64


def test_ten_million_bytes_on_one_line_read() -> None:
    data = (TEXT.replace("\n", "") * 400_000).encode("gb18030")[:10_000_000]
    assert read_bytes(data, "a", "a").encoding == "gb18030"


@pytest.mark.parametrize(
    ("name", "warns"),
    [
        ("a.txt", False),
        ("a", False),
        ("a.html", True),
        ("a.docx", True),
        ("2023.5年报告", False),
        ("v2.0", False),
    ],
)
def test_a_wrong_ending_is_a_warning(name: str, warns: bool) -> None:
    problems = read_bytes(TEXT.encode(), name, name).problems
    assert [p.code for p in problems] == (["wrong_ending"] if warns else [])
    assert all(p.severity == "warning" for p in problems)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    for name in (
        "b/2.txt",
        "a.txt",
        "b.txt",
        "manifest.csv",
        "README.md",
        "x.jsonl",
        "townfacts.toml",
        ".DS_Store",
        ".git/x.txt",
        "~$a.docx",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return root


def test_files_come_sorted_and_the_ignored_are_named(folder: Path) -> None:
    found = find_files(folder)
    assert [f.relative_path for f in found] == ["a.txt", "b/2.txt", "b.txt"]
    assert found.ignored == (
        ".DS_Store",
        "README.md",
        "manifest.csv",
        "townfacts.toml",
        "x.jsonl",
        "~$a.docx",
    )
    assert all(f.read().text == TEXT for f in found)


def test_links_out_of_the_folder_are_refused_and_loops_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "loop").symlink_to(folder)
    codes = {f.relative_path: f.problem.code if f.problem else None for f in find_files(folder)}
    assert codes["outside.txt"] == "symlink_outside"
    assert codes["gone.txt"] == "broken_link"
    assert codes["loop"] == "symlink_folder"
    assert codes["inside.txt"] is None
    with pytest.raises(UnreadableFile):
        next(f for f in find_files(folder) if f.relative_path == "outside.txt").read()


def test_odd_names_are_printable_and_devices_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a\nb.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xc4\xea.txt")).write_text(TEXT, encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xff\xea.txt")).write_text(TEXT, encoding="utf-8")
    (tmp_path / "全角　空格.txt").write_text(TEXT, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    found = {f.relative_path: f for f in find_files(tmp_path)}
    assert list(found) == ["\\xff\\xea.txt", "a\\x0ab.txt", "pipe.txt", "全角　空格.txt", "年.txt"]
    assert found["年.txt"].read().text == TEXT
    with pytest.raises(UnreadableFile) as caught:
        found["pipe.txt"].read()
    assert caught.value.problem.code == "not_a_file"


def test_one_named_file_and_nothing_at_all(folder: Path, tmp_path: Path) -> None:
    assert [f.relative_path for f in find_files(folder / "a.txt")] == ["a.txt"]
    with pytest.raises(FileNotFoundError):
        find_files(tmp_path / "nothing")


def test_every_code_is_explained() -> None:
    root = Path(__file__).parents[2]
    listed = (root / "docs/reason-codes.md").read_text(encoding="utf-8")
    for source in sorted((root / "transforms/decode").glob("*.py")):
        for code in _codes_in(source.read_text(encoding="utf-8")):
            assert f"`{code}`" in listed, f"{code} of {source.name} is not in docs/reason-codes.md"


def _codes_in(source: str) -> list[str]:
    import re

    return re.findall(r"(?:refuse|Problem)\(\s*\"(\w+)\"", source)
