"""A run without Prefect, for tests of what is read and loaded: the same pieces in the same order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.corrections import take_corrections, with_corrections
from flows.discover import discover
from flows.settings import Settings
from flows.versions import rulebook_version
from flows.workers import read_batch
from validation.frames import concat
from validation.gates import gate
from warehouse import LoadResult, RunInfo, open_warehouse


@dataclass(frozen=True)
class DirectRun:
    """What was read, what the load counted, and the corrections that hold no longer."""

    read: list[str]
    result: LoadResult
    wrong: list[dict]


def run_directly(source: Path, warehouse: Path, settings: Settings | None = None) -> DirectRun:
    settings = settings or Settings(warehouse=warehouse)
    with open_warehouse(warehouse) as house:
        in_force = take_corrections(source, settings, house)
        met = discover(source, house.known_files(), limits=settings.limits, warehouse=warehouse)
        found = with_corrections(met, in_force, source, house)
        read = read_batch(found.to_read, rulebook_version())
        files = [*read.files, *found.unchanged, *found.ignored, *found.gone, *found.moved]
        run = RunInfo("direct", datetime.now(UTC).replace(tzinfo=None), files, {"townfacts": "test"})
        result = house.load(gate(concat([read.frames])), run)
        return DirectRun([c.found.relative_path for c in found.to_read], result, house.corrections(True))
