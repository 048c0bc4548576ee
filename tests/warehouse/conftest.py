"""Fixtures of the warehouse tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.warehouse.told_reports import files_of, gold_extraction, lines
from transforms.extraction import Extraction
from validation.frames import Refusal, frames_of
from validation.gates import Gated, gate
from warehouse import RunInfo, SourceFile

STARTED = datetime(2026, 1, 5, 8, 0, 0)


@pytest.fixture(scope="session")
def five(shared: Path) -> list[Extraction]:
    """The five real reports with their gold facts."""
    facts = lines(shared / "gold" / "facts.jsonl")
    return [
        gold_extraction(shared, row, [fact for fact in facts if fact["report"] == row["report"]])
        for row in lines(shared / "gold" / "reports.jsonl")
    ]


Batch = tuple[Gated, RunInfo]


@pytest.fixture(scope="session")
def batch() -> Callable[..., Batch]:
    """Makes what a run hands to `load` from extractions."""

    def make(
        extractions: list[Extraction],
        files: list[SourceFile] | None = None,
        refusals: tuple[Refusal, ...] = (),
        version: str = "1",
    ) -> Batch:
        gated = gate(frames_of(extractions, version, refusals))
        seen = files_of([e.report for e in extractions]) if files is None else files
        return gated, RunInfo("test", STARTED, seen, {"townfacts": "test"})

    return make
