"""Quarantine again, but only where something changed: file, manifest line, correction, extra or rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flows.batches import batch_size, batches, chosen_runner, worker_count
from flows.candidate import Candidate
from flows.corrections import as_read_below, take_corrections
from flows.discover import candidates_of, files_below
from flows.manifests import manifest_lines
from flows.reading import sha256_of
from flows.settings import Settings
from flows.versions import is_current, rulebook_version, versions
from flows.workers import ProcessReader, Reader, SerialReader
from transforms.corrections import NO_CORRECTIONS, Corrections
from validation.frames import concat
from validation.gates import gate
from warehouse import LoadResult, RunInfo, Warehouse
from warehouse.quarantine import waiting_files

# What the reader behind each extra is imported as.
EXTRAS = {"needs_extra_ocr": "rapidocr", "needs_extra_legacy": "office_oxide"}
LOAD_EVERY = 10_000  # files; a smaller replay is one load


@dataclass(frozen=True, slots=True)
class Again:
    """A file to be read again, and why."""

    candidate: Candidate
    why: str
    cases: Sequence[str]


@dataclass(frozen=True, slots=True)
class Replay:
    """What was read again with what came of it, and how many files wait on for which codes."""

    rows: Sequence[Mapping[str, Any]]
    left: Mapping[str, int]
    missing: Sequence[str]
    results: Sequence[LoadResult]


def replay(house: Warehouse, settings: Settings, wanted: Sequence[str] = ()) -> Replay:
    """Reads again what there is a reason to; `wanted`: beginnings of ids of cases that need none."""
    started_at = datetime.now(UTC).replace(tzinfo=None)
    roots = sorted({_root(row) for row in waiting_files(house.connection)})
    corrections = NO_CORRECTIONS
    for root in roots:
        if root.is_dir():
            corrections = take_corrections(root, settings, house)
    waiting = waiting_files(house.connection)  # as the corrections have marked them
    again, left, missing = _to_read(waiting, roots, corrections, wanted, settings, house)
    results = _read_and_load(house, settings, again, started_at) if again else []
    return Replay(_told(house, again), left, missing, results)


def _root(row: Mapping[str, Any]) -> Path:
    """The folder given to the run that met the file."""
    path, relative = row["path"], row["relative_path"]
    return Path(path.removesuffix(relative)) if path.endswith("/" + relative) else Path(path).parent


def _to_read(
    waiting: Iterable[Mapping[str, Any]],
    roots: Iterable[Path],
    corrections: Corrections,
    wanted: Sequence[str],
    settings: Settings,
    house: Warehouse,
) -> tuple[list[Again], Counter[str], list[str]]:
    there: dict[str, Candidate] = {}
    for root in filter(Path.is_dir, roots):
        found = files_below(root, settings.limits, settings.warehouse)
        candidates = candidates_of(root, found, manifest_lines(root, found))
        fitted = as_read_below(root, corrections, [one.path for one in candidates], house)
        there |= {one.path: replace(one, corrections=fitted) for one in candidates}
    again, left, missing = [], Counter[str](), []
    for row in waiting:
        candidate = there.get(row["path"])
        if candidate is None:
            missing.append(row["relative_path"])
        elif why := _why(row, candidate, wanted):
            again.append(Again(candidate, why, row["cases"]))
        else:
            left.update(set(row["codes"]))
    return again, left, missing


def _why(row: Mapping[str, Any], candidate: Candidate, wanted: Sequence[str]) -> str:
    """What changed since the file was last read; nothing where reading it again could change nothing."""
    if any(case.startswith(one) for one in wanted for case in row["cases"]):
        return "asked for"
    if row["sha256"].startswith("unread-"):
        return "file" if sha256_of(candidate.found.path) else ""
    if candidate.size != row["size"] or (
        candidate.mtime_ns != row["mtime_ns"] and sha256_of(candidate.found.path) != row["sha256"]
    ):
        return "file"
    extras = [code for code in row["codes"] if code in EXTRAS]
    if extras:
        return "extra" if any(find_spec(EXTRAS[code]) for code in extras) else ""
    if not row["rulebook_version"]:
        return "correction"
    if is_current(row["rulebook_version"], candidate.line):
        return ""
    rules, _, _ = row["rulebook_version"].partition("+")
    return "manifest" if is_current(rules, None) else "rule"


def _read_and_load(
    house: Warehouse, settings: Settings, again: Sequence[Again], started_at: datetime
) -> list[LoadResult]:
    reader: Reader = SerialReader()
    if chosen_runner(settings, len(again)) == "processes":
        reader = ProcessReader(worker_count(settings))
    results = []
    try:
        for part in batches([one.candidate for one in again], LOAD_EVERY):
            size = batch_size(len(part), worker_count(settings))
            read = [reader.read(batch, rulebook_version()) for batch in batches(part, size)]
            files = [file for batch in read for file in batch.files]
            run = RunInfo("quarantine replay", started_at, files, versions())
            results.append(house.load(gate(concat([batch.frames for batch in read])), run))
    finally:
        reader.close()
    return results


def _told(house: Warehouse, again: Sequence[Again]) -> list[dict[str, Any]]:
    """One row a case that was open and a file without one."""
    rows: list[dict[str, Any]] = []
    for one in again:
        name = one.candidate.found.relative_path
        if not one.cases:
            rows.append({"case": "", "file": name, "code": "", "because": one.why, "now": "read again"})
        for case in one.cases:
            row = house.quarantine_show(case) or {}
            now = f"resolved by {row['resolved_by']}" if row.get("resolved_by") else "still waits"
            rows.append({"case": case, "file": name, "code": row.get("code"), "because": one.why, "now": now})
    return rows
