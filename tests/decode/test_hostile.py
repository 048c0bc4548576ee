"""Damaged files of every format: a reading or a reason, never an exception, never a hang."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.decode.office_files import written_docx, written_pdf, written_xlsx
from transforms.decode import Limits, Report, UnreadableFile, read_bytes
from transforms.decode.sandbox import close_children

SAMPLES = Path(__file__).parents[2] / "samples"
LINES = (SAMPLES / "longmen-2023.txt").read_text(encoding="utf-8").split("\n")
PLAIN = [line for line in LINES if line.strip()]
ROWS = (("项目", "数量（件）"), ("调解纠纷", "138"))
VARIANTS = 42

WHOLE = {
    "txt": (SAMPLES / "tanlin-2021.txt").read_bytes(),
    "html": (SAMPLES / "galutu-2024.html").read_bytes(),
    "docx": written_docx(PLAIN, ROWS),
    "pdf": written_pdf(PLAIN, ROWS),
    "xlsx": written_xlsx({"表": [[line] for line in PLAIN]}),
}


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Cut, bytes flipped, a stretch zeroed, doubled or taken out, another format's head put before it."""
    changed = bytearray(data)
    start = rng.randrange(len(changed))
    stretch = slice(start, start + rng.randrange(1, 2000))
    match rng.randrange(6):
        case 0:
            del changed[start:]
        case 1:
            for _ in range(rng.randrange(1, 300)):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
        case 2:
            changed[stretch] = bytes(len(changed[stretch]))
        case 3:
            changed[stretch] = changed[stretch] * 2
        case 4:
            del changed[stretch]
        case _:
            changed[:0] = rng.choice((b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xfe", b"\0" * 64))
    return bytes(changed)


@pytest.mark.parametrize("kind", WHOLE)
def test_damage_gives_a_reading_or_a_reason(kind: str) -> None:
    rng = random.Random(kind)
    for _ in range(VARIANTS):
        data = damaged(WHOLE[kind], rng)
        begin = time.monotonic()
        outcome = outcome_of(data, f"a.{kind}")
        assert time.monotonic() - begin < 60
        if isinstance(outcome, Report):
            assert outcome.text.strip()
            assert 0 <= outcome.body[0] < outcome.body[1] <= len(outcome.text)
        else:
            assert outcome.problem.severity == "quarantine"
            assert outcome.problem.code not in ("reader_timeout", "reader_memory")


def outcome_of(data: bytes, name: str) -> Report | UnreadableFile:
    try:
        return read_bytes(data, name, name)
    except UnreadableFile as refused:
        return refused


@pytest.mark.parametrize("kind", WHOLE)
def test_the_undamaged_file_reads(kind: str) -> None:
    report = read_bytes(WHOLE[kind], f"a.{kind}", f"a.{kind}")
    assert report.problems == ()
    assert len(report.text) > 1000


def test_a_large_page_built_to_be_slow_meets_the_clock() -> None:
    page = b"<html><body>" + b"<p><font><b><i>" * 400_000
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(page, "a.html", "a.html", limits=Limits(seconds=1.0))
    assert caught.value.problem.code == "reader_timeout"
