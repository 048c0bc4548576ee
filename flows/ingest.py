"""The one flow: a folder of reports becomes a warehouse brought up to date.

    find what changed -> read it in batches -> check the rows -> load them -> publish -> tell what happened

One Prefect task a batch, never one a report. The tasks run in threads of the flow and hand the work to
the reader (this process, or spawned ones); one writer, the flow itself, loads while reading goes on.
Nothing large passes through Prefect: batches and rows stay on the `Desk`, tasks return counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows.alerts import alert_of_causes, alert_of_failure
from flows.artifacts import publish_artifacts, shown_to_prefect
from flows.batches import Packed, batch_size, chosen_runner, read_ahead, worker_count
from flows.corrections import take_corrections, with_corrections
from flows.dask_reader import dask_reader
from flows.desk import Desk
from flows.discover import Discovery, discover
from flows.history import leave_mark
from flows.opening import open_as_writer
from flows.output import say
from flows.progress import progress_of
from flows.selection import Selection, selection_of
from flows.settings import Settings, load_settings
from flows.stopping import end_when_parent_ends, noting_signals
from flows.summary import Summary, rows_line, summarise
from flows.versions import rulebook_version, versions
from flows.workers import ProcessReader, Reader, SerialReader, patience, read_in_halves
from validation.frames import concat
from validation.gates import gate
from warehouse import LoadResult, RunInfo, Warehouse, WarehouseError, WarehouseLocked
from warehouse.pages import write_pages

# Files whose rows a load may hold in memory (about 25 kB each); a smaller run is one load, that is one
# transaction. Memory is that of so many files and of the batches read ahead, however many files there are:
# over 100,000 reports 774 MB, with twice as many files a load 820.
LOAD_EVERY = 1000
# Numerals that 1,000 reports do not come near, but ten files of nothing but numbers do.
LOAD_NUMERALS = 400_000
SECONDS_AN_ATTEMPT = 30
OTHER_TASKS = 3  # open warehouse, find changes, publish
WISHES = ("full", "only", "since", "years", "keep_stale", "prune")


def run_name() -> str:
    """What is run, with the wishes that make it other than a plain one."""
    given = flow_run.parameters
    wishes = str(selection_of(**{name: given[name] for name in WISHES if given.get(name)}))
    return f"ingest {given['source']}" + (f" ({wishes})" if wishes else "")


@flow(
    name="ingest",
    flow_run_name=run_name,
    validate_parameters=False,
    on_failure=[alert_of_failure],
    on_crashed=[alert_of_failure],
)
def ingest(
    source: str,
    warehouse: str | None = None,
    runner: str | None = None,
    workers: int | None = None,
    lock_wait: int | None = None,
    full: bool = False,
    only: Sequence[str] = (),
    since: str | None = None,
    years: str | None = None,
    keep_stale: bool = False,
    prune: int = 0,
    corrections: str | None = None,
    pages: bool | None = None,
) -> Summary:
    """Bring the warehouse up to date with the reports below `source`; raises only where that was not
    possible, so that a failed flow means a warehouse as it was before.

    Settings that are None come from the environment, townfacts.toml or the defaults; the wishes from
    `full` on are those of flows/selection.py.
    """
    is_scheduled = end_when_parent_ends()
    if is_scheduled:
        leave_mark(str(flow_run.id))
    flags = {"warehouse": warehouse, "runner": runner, "workers": workers, "lock_wait": lock_wait}
    flags |= {"corrections": corrections, "pages": pages}
    settings = load_settings(flags, os.environ, Path.cwd())
    selection = selection_of(full, only, since, years, keep_stale, prune)
    started_at = datetime.now(UTC).replace(tzinfo=None)
    with noting_signals(), opened(settings) as house:
        summary = _bring_up_to_date(house, Path(source), settings, selection, started_at)
    try:
        publish_artifacts(summary)
    except Exception as error:  # the warehouse is up to date, and that is what the state of the flow says
        say(f"the summary did not reach Prefect: {error}")
    get_run_logger().info("%s; %s", summary.verdict, summary.equation)
    if is_scheduled:
        say(f"{flow_run.name}: {summary.equation}; {rows_line(summary)}")
    alert_of_causes(settings, summary)
    return summary


def _bring_up_to_date(
    house: Warehouse, source: Path, settings: Settings, selection: Selection, started_at: datetime
) -> Summary:
    in_force = take_corrections(source, settings, house)
    found = find_changes(str(source), house, selection, settings)
    discovery = with_corrections(found, in_force, source, house)
    files = len(discovery.to_read)
    with progress_of(files) as progress, shown_to_prefect(progress):
        reader = _reader(settings, files)
        readers = 1 if isinstance(reader, SerialReader) else worker_count(settings)
        size = batch_size(files, readers)
        desk = Desk(house, reader, progress, started_at, settings.least_confidence_reading)
        desk.to_read = Packed(discovery.to_read, size)
        desk.ahead = read_ahead(size, readers)
        discovery = replace(discovery, to_read=())
        results = _read_and_load(desk, discovery)
    publish(house)
    if settings.pages:
        write_review_pages(house)
    task_runs = OTHER_TASKS + settings.pages + len(desk.to_read) + len(results)
    return summarise(house, source, settings, discovery, results, task_runs)


def _reader(settings: Settings, files: int) -> Reader:
    match chosen_runner(settings, files):
        case "processes":
            return ProcessReader(worker_count(settings))
        case "dask":
            return dask_reader(settings)
    return SerialReader()


def _read_and_load(desk: Desk, discovery: Discovery) -> list[LoadResult]:
    """All batches read, and loaded in their order. The first load also says what is no longer where it was,
    so that no later one takes its place for one that still speaks; the last, what else was not read.
    """
    results = []
    left = [*discovery.gone, *discovery.moved]
    desk.rest = [file for file in left if file.outcome == "gone"]
    try:
        futures = [_submitted(desk, number) for number in range(len(desk.to_read))]
        for number, future in enumerate(futures):
            if isinstance(future.result(raise_on_failure=False), BaseException):
                _read_carefully(desk, number)
            desk.take(number)
            desk.progress.tell()
            if number + 1 < len(futures) and _is_enough(desk):
                results.append(load_rows(desk))
    finally:
        desk.close()
    desk.rest += [*discovery.unchanged, *discovery.ignored]
    desk.rest += [file for file in left if file.outcome == "pruned"]
    return [*results, load_rows(desk)]


def _is_enough(desk: Desk) -> bool:
    """Whether what was read should be loaded before more is read."""
    files = sum(len(batch.files) for batch in desk.to_load)
    return files >= LOAD_EVERY or sum(batch.frames.ledger.height for batch in desk.to_load) >= LOAD_NUMERALS


def _submitted(desk: Desk, number: int) -> Any:
    """Reading ends by itself; the timeout is for a hang that nobody thought of."""
    if not isinstance(desk.reader, SerialReader):  # which has a clock of its own, and can end what hangs
        return read_files.submit(desk, number)
    seconds = len(desk.to_read) * patience(desk.to_read[number])  # one reads, the others wait
    return read_files.with_options(timeout_seconds=seconds).submit(desk, number)


def _read_carefully(desk: Desk, number: int) -> None:
    """A batch that hung or failed in a way nobody thought of: again, in processes that can be ended."""
    say(f"batch {number} took too long or failed; its files are read again one by one")
    desk.put(number, read_in_halves(desk.to_read[number], rulebook_version()))


@contextmanager
def opened(settings: Settings) -> Iterator[Warehouse]:
    """The warehouse as its one writer; while another run holds it the task is tried again and again."""
    attempts = -(-settings.lock_wait // SECONDS_AN_ATTEMPT)
    open_it = open_for_writing.with_options(retries=max(attempts - 1, 0))
    with open_it(settings) as house:
        yield house


def _is_locked(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), WarehouseLocked)


@task(
    name="open warehouse",
    retry_delay_seconds=1,
    retry_condition_fn=_is_locked,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def open_for_writing(settings: Settings) -> Warehouse:
    """Waits some seconds for the run that holds it; an attempt that waited in vain is tried again."""
    return open_as_writer(replace(settings, lock_wait=min(settings.lock_wait, SECONDS_AN_ATTEMPT)))


def _is_disk_trouble(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether trying again may help: a share that went away, not a manifest with a slip in it."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and not isinstance(error, InterruptedError)


@task(
    name="find changes",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=_is_disk_trouble,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def find_changes(source: str, house: Warehouse, selection: Selection, settings: Settings) -> Discovery:
    """New and changed files, told from known ones by a walk through the folder."""
    return discover(Path(source), house.known_files(), selection, settings.limits, settings.warehouse)


@task(
    name="read files",
    task_run_name="read files {number}",
    retries=1,
    retry_delay_seconds=1,
    retry_condition_fn=_is_disk_trouble,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def read_files(desk: Desk, number: int) -> int:
    """One batch through all stages up to rows; returns the number of files."""
    desk.wait_for_turn(number)
    batch = desk.reader.read(desk.to_read[number], rulebook_version())
    desk.put(number, batch)
    return len(batch.files)


@task(name="load rows", cache_policy=NO_CACHE, persist_result=False)
def load_rows(desk: Desk) -> LoadResult:
    """Check what was read so far and load it in one transaction."""
    gated = gate(concat([batch.frames for batch in desk.to_load]))
    files = [file for batch in desk.to_load for file in batch.files] + desk.rest
    desk.to_load, desk.rest = [], []
    run = RunInfo(
        run=str(flow_run.name),
        started_at=desk.started_at,
        files=files,
        versions=versions(),
        least_confidence_reading=desk.least_confidence_reading,
    )
    return desk.warehouse.load(gated, run)


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(house: Warehouse) -> bool:
    """Replace the published copy where the warehouse is newer; whether it was."""
    return house.publish() is not None


@task(name="write review pages", cache_policy=NO_CACHE, persist_result=False)
def write_review_pages(house: Warehouse) -> int:
    """Write the pages that changed; how many. Pages that cannot be written leave the load as it is."""
    try:
        with house.snapshot() as connection:
            return write_pages(connection, house.path.parent / "pages").written
    except WarehouseError as error:
        say(f"{error}; the warehouse is up to date, townfacts review writes the pages when this is mended")
        return 0
