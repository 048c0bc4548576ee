"""The one flow: a folder of reports becomes a warehouse brought up to date.

    find what changed -> read it in batches -> check the rows -> load them -> publish -> tell what happened

One Prefect task a batch, never one a report. The tasks run in threads of the flow and hand the work to
the reader (this process, or spawned ones); one writer, the flow itself, loads while reading goes on.
Nothing large passes through Prefect: batches and rows stay on the `Desk`, tasks return counts.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.artifacts import publish_artifacts
from flows.batches import batch_size, batches, chosen_runner, worker_count
from flows.discover import Candidate, Discovery, discover
from flows.opening import open_as_writer
from flows.progress import Progress, progress_of, say
from flows.settings import Settings, load_settings
from flows.stopping import noting_signals
from flows.summary import Summary, summarise
from flows.versions import rulebook_version, versions
from flows.workers import Batch, ProcessReader, Reader, SerialReader
from validation.frames import concat
from validation.gates import gate
from warehouse import LoadResult, RunInfo, SourceFile, Warehouse

# Files whose rows a load may hold in memory (about 25 kB each); a smaller run is one load, that is one
# transaction.
LOAD_EVERY = 10_000


class Desk:
    """What the tasks of one run share. A plain class: Prefect looks into the lists and dataclasses it is
    handed.
    """

    def __init__(
        self, warehouse: Warehouse, reader: Reader, progress: Progress, started_at: datetime
    ) -> None:
        self.warehouse = warehouse
        self.reader = reader
        self.progress = progress
        self.started_at = started_at
        self.to_read: list[Sequence[Candidate]] = []
        self.read: dict[int, Batch] = {}
        self.to_load: list[Batch] = []
        self.rest: list[SourceFile] = []


@flow(name="ingest", flow_run_name="ingest {source}", validate_parameters=False)
def ingest(
    source: str,
    warehouse: str | None = None,
    runner: str | None = None,
    workers: int | None = None,
    lock_wait: int | None = None,
) -> Summary:
    """Bring the warehouse up to date with the reports below `source`; raises only where that was not
    possible.

    What is None comes from the environment, townfacts.toml or the defaults.
    """
    flags = {"warehouse": warehouse, "runner": runner, "workers": workers, "lock_wait": lock_wait}
    settings = load_settings(flags, os.environ, Path.cwd())
    started_at = datetime.now(UTC).replace(tzinfo=None)
    with noting_signals(), open_as_writer(settings) as house:
        discovery = find_changes(source, house)
        with progress_of(len(discovery.to_read)) as progress:
            desk = Desk(house, _reader(settings, discovery), progress, started_at)
            results = _read_and_load(desk, discovery, worker_count(settings))
        publish(house)
        task_runs = 2 + len(desk.to_read) + len(results)
        summary = summarise(house, Path(source), settings, discovery, results, task_runs)
    try:
        publish_artifacts(summary)
    except Exception as error:  # the warehouse is up to date, and that is what the state of the flow says
        say(f"the summary did not reach Prefect: {error}")
    return summary


def _reader(settings: Settings, discovery: Discovery) -> Reader:
    if chosen_runner(settings, len(discovery.to_read)) == "processes":
        return ProcessReader(worker_count(settings))
    return SerialReader()


def _read_and_load(desk: Desk, discovery: Discovery, workers: int) -> list[LoadResult]:
    """All batches read, and loaded in their order; the last load also carries the files that were not
    read.
    """
    desk.to_read = list(batches(discovery.to_read, batch_size(len(discovery.to_read), workers)))
    results = []
    try:
        futures = [read_files.submit(desk, number) for number in range(len(desk.to_read))]
        for number, future in enumerate(futures):
            future.result()
            desk.to_load.append(desk.read.pop(number))
            if number + 1 < len(futures) and sum(len(b.files) for b in desk.to_load) >= LOAD_EVERY:
                results.append(load_rows(desk))
    finally:
        desk.reader.close()
    desk.rest = [*discovery.unchanged, *discovery.ignored]
    return [*results, load_rows(desk)]


def _is_disk_trouble(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether trying again may help: a share that went away, not a manifest with a slip in it."""
    return isinstance(state.result(raise_on_failure=False), OSError)


@task(
    name="find changes",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=_is_disk_trouble,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def find_changes(source: str, house: Warehouse) -> Discovery:
    """New and changed files, told from known ones by a walk through the folder."""
    return discover(Path(source), house.known_files(), rulebook_version())


@task(name="read files", task_run_name="read files {number}", cache_policy=NO_CACHE, persist_result=False)
def read_files(desk: Desk, number: int) -> int:
    """One batch through all stages up to rows; returns the number of files."""
    batch = desk.reader.read(desk.to_read[number], rulebook_version())
    desk.read[number] = batch
    desk.progress.advance(batch)
    return len(batch.files)


@task(name="load rows", cache_policy=NO_CACHE, persist_result=False)
def load_rows(desk: Desk) -> LoadResult:
    """Check what was read so far and load it in one transaction."""
    gated = gate(concat([batch.frames for batch in desk.to_load]))
    files = [file for batch in desk.to_load for file in batch.files] + desk.rest
    desk.to_load, desk.rest = [], []
    run = RunInfo(run=str(flow_run.name), started_at=desk.started_at, files=files, versions=versions())
    return desk.warehouse.load(gated, run)


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(house: Warehouse) -> bool:
    """Replace the published copy where the warehouse is newer; whether it was."""
    return house.publish() is not None
