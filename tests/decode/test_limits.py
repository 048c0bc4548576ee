"""Every limit that a person may set: a smaller one gives its reason code, whatever the format."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.cli import main
from tests.decode import ofd_files
from tests.decode.office_files import docx, paragraph, run, written_docx, written_pdf
from transforms.decode import DEFAULT_LIMITS, Limits, UnreadableFile, find_files, read_bytes
from transforms.decode.sandbox import close_children

LINES = ["河湾镇2023年法治政府建设报告", *(f"第{n}项，全年调解纠纷{n}件，群众满意。" for n in range(1, 99))]
TEXT = "\n".join(LINES)
PDF = written_pdf(LINES)
OFD = ofd_files.report(LINES)
DOCX = written_docx(LINES, (("项目", "数量"),))
PAGE = f"<html><body><div><p>{TEXT}</p></div></body></html>".encode()
LARGE_DOCX = docx("".join(paragraph(run(line)) for line in LINES * 400))
LARGE_PAGE = b"<html><body>" + f"<p>{TEXT}</p>".encode() * 600 + b"</body></html>"
SMALL: list[tuple[str, bytes, dict[str, float], str]] = [
    ("a.txt", TEXT.encode(), {"file_bytes": 1000}, "too_large"),
    ("a.txt", TEXT.encode(), {"text_bytes": 1000}, "too_large"),
    ("a.html", PAGE, {"text_bytes": 1000}, "too_large"),
    ("a.docx", DOCX, {"text_bytes": 1000}, "too_large"),
    ("a.docx", DOCX, {"expanded_bytes": 5000}, "archive_bomb"),
    ("a.ofd", OFD, {"expanded_bytes": 5000}, "archive_bomb"),
    ("a.pdf", PDF, {"pages": 1}, "too_many_pages"),
    ("a.ofd", OFD, {"pages": 1}, "too_many_pages"),
    ("a.docx", LARGE_DOCX, {"memory_bytes": 4 << 20}, "reader_memory"),
    ("a.html", LARGE_PAGE, {"seconds": 0.01}, "reader_timeout"),
]


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


@pytest.mark.parametrize(("name", "data", "smaller", "code"), SMALL)
def test_a_smaller_limit_gives_its_reason(
    name: str, data: bytes, smaller: dict[str, float], code: str
) -> None:
    assert "调解纠纷7件" in read_bytes(data, name, name).text
    close_children()  # one that has read this file may have the memory for it left over
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name, name, limits=replace(DEFAULT_LIMITS, **smaller))
    assert caught.value.problem.code == code


def test_fewer_members_are_allowed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for n in range(5):
            archive.writestr(f"{n}.txt", TEXT)
    assert len(find_files(tmp_path)) == 5
    (refused,) = find_files(tmp_path, Limits(members=4))
    assert refused.problem is not None
    assert refused.problem.code == "too_many_members"


def test_a_file_is_read_under_the_limits_it_was_found_under(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (found,) = find_files(tmp_path, Limits(pages=1))
    with pytest.raises(UnreadableFile) as caught:
        found.read()
    assert caught.value.problem.code == "too_many_pages"


def test_what_a_person_sets_reaches_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    monkeypatch.setenv("TOWNFACTS_LIMIT_PAGES", "1")
    assert main(["extract", str(tmp_path / "a.pdf")]) == 0
    (told,) = json.loads(capsys.readouterr().out)["problems"]
    assert told["code"] == "too_many_pages"
