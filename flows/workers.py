"""Reading batches of files: in this process, or in spawned ones that cannot outlive it.

A worker takes paths and gives frames back (columns travel, not objects). Forking after polars has started
its threads deadlocks, so workers are spawned; a worker whose run is gone, however it went, ends itself.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from flows.batches import batches
from flows.candidate import Candidate
from flows.collector import collector_waits
from flows.reading import Unread, sha256_of
from flows.stopping import end_when_parent_ends
from flows.together import read_together
from flows.versions import file_version
from transforms.decode import Problem
from transforms.extraction import Extraction
from validation.frames import Frames, Refusal, concat, frames_of
from warehouse import SourceFile

# A report takes milliseconds, a scanned page (100 kB or more) takes two seconds. Risky formats have limits
# of their own (transforms/decode/sandbox.py), so these are for a hang nobody thought of.
PATIENCE_SECONDS = 300.0
SECONDS_PER_FILE = 1.0
SECONDS_PER_MIB = 30.0
# A reader in its own process is ended at its limit; what reads it waits a few of those.
TIMES_THE_LIMIT = 4
SECONDS_TO_END = 2.0  # a pool without workers ends in milliseconds
_OUR_ENDS = (("_result_queue", "_writer"), ("_call_queue", "_reader"))

# Reasons that an installation or a raised limit takes away, and that cost next to nothing to find again.
WAITING = frozenset(
    {"needs_extra_legacy", "needs_extra_ocr", "too_large", "too_many_pages", "too_many_members"}
)

# Files whose rows are lists of Python's at one time, which take many times what they take in a frame.
PIECE = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of files yielded: their rows, and each file as the warehouse will remember it."""

    frames: Frames
    files: Sequence[SourceFile]


class Seen(NamedTuple):
    """What is noted of a file that was read; no `media_type` where it gave no text.

    A file `waits` for what a permission, an installation or a setting may change without changing the file:
    it is tried in every run.
    """

    sha256: str
    media_type: str | None
    waits: bool = False


class Reader(Protocol):
    """Turns a batch of files into rows."""

    def read(self, batch: Sequence[Candidate], rulebook_version: str) -> Batch:
        """Same rows whoever reads; never raises for what a file holds."""

    def close(self) -> None:
        """End what was started for reading."""


def read_batch(batch: Sequence[Candidate], rulebook_version: str) -> Batch:
    """All files of the batch, in order, in this process."""
    parts = [_read_piece(piece, rulebook_version) for piece in batches(batch, PIECE)]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _read_piece(batch: Sequence[Candidate], rulebook_version: str) -> Batch:
    seen: list[Seen] = []
    refusals: list[Refusal] = []

    def extractions() -> Iterator[Extraction]:
        """A few at a time: what was read of a report is let go once its rows are made."""
        for read in read_together(batch):
            seen.append(_seen(read))
            if isinstance(read, Extraction):
                yield read
            else:
                refusals.append(_refusal(read))

    with collector_waits():
        # which asks for the refusals at the end
        frames = frames_of(extractions(), rulebook_version, refusals)
    return Batch(frames, list(map(_source, batch, seen)))


class SerialReader:
    """Reads in the process of the run, one batch at a time whatever the number of threads.

    The stages build what they need when they first need it; two threads could meet one of them half built.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def read(self, batch: Sequence[Candidate], rulebook_version: str) -> Batch:
        """See `read_batch`."""
        with self._lock:
            return read_batch(batch, rulebook_version)

    def close(self) -> None:
        """Nothing to end."""


class ProcessReader:
    """Reads in one pool of spawned processes, shared by all tasks of the run.

    A batch that kills its worker (out of memory, a fault in a C library) or hangs is read again in halves,
    each in a process of its own, down to the one file that does it, which is set aside as `reader_crashed`.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.Lock()
        self._closed = False
        self._pool = _pool(workers)

    def read(self, batch: Sequence[Candidate], rulebook_version: str) -> Batch:
        """As `read_batch`, in a worker."""
        for _attempt in (1, 2):  # the first failure may have been the fault of another batch
            pool = self._pool
            try:
                return _within_time(pool, batch, rulebook_version)
            except (BrokenProcessPool, TimeoutError):
                self._replace(pool)
        return read_in_halves(batch, rulebook_version)

    def close(self) -> None:
        """End the workers, also in the middle of a batch: what they read has not been loaded."""
        with self._lock:
            self._closed = True
            _end(self._pool)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._closed:
                raise InterruptedError("the run was stopped")
            if self._pool is broken:
                _end(broken)
                self._pool = _pool(self._workers)


def _within_time(pool: ProcessPoolExecutor, batch: Sequence[Candidate], rulebook_version: str) -> Batch:
    return pool.submit(read_batch, batch, rulebook_version).result(timeout=patience(batch))


def patience(batch: Sequence[Candidate]) -> float:
    """Seconds after which reading the batch is taken for a hang."""
    mib = sum(candidate.size for candidate in batch) / (1 << 20)
    allowed = max((TIMES_THE_LIMIT * candidate.found.limits.seconds for candidate in batch), default=0.0)
    return max(PATIENCE_SECONDS, allowed) + SECONDS_PER_FILE * len(batch) + SECONDS_PER_MIB * mib


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end(pool: ProcessPoolExecutor) -> None:
    """At once: `shutdown` alone would wait for a worker that hangs.

    A worker killed while it sends what it read leaves half a message in the pipe. The pool waits for the
    other half for ever, and Python for the pool, as long as this process holds an end to write to itself;
    and the like with a batch that is being handed to a worker. So our ends are closed, each only where the
    pool does not come to its end: it may be closing the others just now.
    """
    keeper: threading.Thread | None = getattr(pool, "_executor_manager_thread", None)
    processes = list((pool._processes or {}).values())
    ours = [(getattr(pool, name, None), end) for name, end in _OUR_ENDS]
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
    for queue, end in ours:
        if keeper is None or queue is None:
            return
        keeper.join(SECONDS_TO_END)
        if not keeper.is_alive():
            return
        getattr(queue, end).close()


def _end_with_parent() -> None:
    """In a worker: Ctrl-C is for the run; when the run is gone there is nobody to give rows to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_when_parent_ends()


def read_in_halves(batch: Sequence[Candidate], rulebook_version: str) -> Batch:
    """As `read_batch`, in a process of its own, and in ever smaller parts where that dies or hangs."""
    pool = _pool(1)
    try:
        return _within_time(pool, batch, rulebook_version)
    except (BrokenProcessPool, TimeoutError):
        if len(batch) == 1:
            return _crashed(batch[0], rulebook_version)
    finally:
        _end(pool)
    middle = len(batch) // 2
    return _joined([read_in_halves(part, rulebook_version) for part in (batch[:middle], batch[middle:])])


def _crashed(candidate: Candidate, rulebook_version: str) -> Batch:
    found = candidate.found
    message = "reading this file ended or hung its process each time it was tried; open it by hand"
    sha256 = sha256_of(found.path)
    unread = Unread(found.source, found.relative_path, sha256, Problem("reader_crashed", message))
    return Batch(frames_of((), rulebook_version, [_refusal(unread)]), [_source(candidate, _seen(unread))])


def _joined(parts: Sequence[Batch]) -> Batch:
    return Batch(concat([part.frames for part in parts]), [file for part in parts for file in part.files])


def _refusal(unread: Unread) -> Refusal:
    sha256 = unread.sha256 or _in_place_of_sha256(unread.relative_path)
    return Refusal(unread.source, unread.relative_path, sha256, unread.problem)


def _seen(read: Extraction | Unread) -> Seen:
    if isinstance(read, Extraction):
        return Seen(read.report.sha256, read.report.media_type)
    return Seen(read.sha256, None, not read.sha256 or read.problem.code in WAITING)


def _in_place_of_sha256(relative_path: str) -> str:
    """For a file whose bytes the system keeps from us; recognisable, and not the same for two files."""
    return "unread-" + hashlib.sha256(relative_path.encode("utf-8", "surrogatepass")).hexdigest()


def _source(candidate: Candidate, seen: Seen) -> SourceFile:
    return SourceFile(
        path=candidate.path,
        relative_path=candidate.found.relative_path,
        outcome="read",
        size=candidate.size,
        mtime_ns=candidate.mtime_ns,
        sha256=seen.sha256 or _in_place_of_sha256(candidate.found.relative_path),
        rulebook_version="" if seen.waits else file_version(seen.media_type, candidate.line),
    )
