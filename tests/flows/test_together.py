"""Files read a few together: the same as each by itself, also where one of them fails or is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import together
from flows.candidate import Candidate
from flows.discover import discover
from flows.reading import Unread, read_through
from flows.together import read_together
from tests.flows.reports import make_source
from transforms import extraction
from transforms.corrections import Corrections
from transforms.corrections.correction import Correction
from transforms.extraction import Extraction
from transforms.normalize import AlignedText

SLIPS = "秋天到了"
WHERE = {"sentence": "开展法治宣传活动23场", "expected": "23场", "indicator": "publicity_events"}


@pytest.fixture
def batch(tmp_path: Path) -> Sequence[Candidate]:
    return discover(make_source(tmp_path / "s"), {}).to_read


def one_by_one(batch: Sequence[Candidate]) -> list[Extraction | Unread]:
    return [read_through(c.found, c.line, c.corrections) for c in batch]


def test_what_is_read_together_is_what_each_gives(batch: Sequence[Candidate]) -> None:
    read = list(read_together(batch))
    assert read == one_by_one(batch)
    assert {type(r) for r in read} == {Extraction, Unread}


@pytest.mark.parametrize(("most", "characters"), [(1, 100_000), (2, 100_000), (16, 300), (16, 1)])
def test_however_many_go_together(
    batch: Sequence[Candidate], monkeypatch: pytest.MonkeyPatch, most: int, characters: int
) -> None:
    monkeypatch.setattr(together, "TOGETHER", most)
    monkeypatch.setattr(together, "CHARACTERS", characters)
    assert list(read_together(batch)) == one_by_one(batch)


def test_a_slip_in_one_is_told_of_that_one_alone(
    batch: Sequence[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, normalize = one_by_one(batch), extraction.normalize

    def slipping(text: str) -> AlignedText:
        if text.startswith(SLIPS):
            raise ZeroDivisionError
        return normalize(text)

    monkeypatch.setattr(extraction, "normalize", slipping)
    read = list(read_together(batch))
    (lost,) = (n for n, (now, before) in enumerate(zip(read, plain, strict=True)) if now != before)
    assert batch[lost].found.relative_path == "essay.txt"
    assert isinstance(read[lost], Unread)
    assert read[lost].problem.code == "internal_error"


def test_a_corrected_report_stands_among_the_others(batch: Sequence[Candidate]) -> None:
    dropped = Correction("drop", "told by the office", "Li Na", date(2026, 11, 20), **WHERE)
    mixed = [
        replace(c, corrections=Corrections((dropped,))) if c.found.relative_path == "1.txt" else c
        for c in batch
    ]
    read = list(read_together(mixed))
    assert read == one_by_one(mixed)
    assert [r.uses[0].outcome for r in read if isinstance(r, Extraction) and r.uses] == ["applied"]
