"""Reading in processes: the same rows as in one; a file that kills or hangs its reader costs itself alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows import workers
from flows.candidate import Candidate
from flows.discover import discover
from flows.workers import Batch, ProcessReader, read_batch
from tests.flows.reports import make_source
from transforms.decode import DEFAULT_LIMITS, FoundFile, Limits, Report


@dataclass(frozen=True, slots=True)
class Deadly(FoundFile):
    """A file on which a library of C gives up, as far as the operating system can tell."""

    def read(self, limits: Limits = DEFAULT_LIMITS) -> Report:
        """Ends the process."""
        os._exit(9)


@dataclass(frozen=True, slots=True)
class Endless(FoundFile):
    """A file whose reader never comes back."""

    def read(self, limits: Limits = DEFAULT_LIMITS) -> Report:
        """Sleeps for longer than anybody waits."""
        time.sleep(600)
        raise AssertionError("woken up")


@dataclass(frozen=True, slots=True)
class Slipping(FoundFile):
    """A file on which our own code fails."""

    def read(self, limits: Limits = DEFAULT_LIMITS) -> Report:
        """Fails."""
        raise ZeroDivisionError


@pytest.fixture
def batch(tmp_path: Path) -> Sequence[Candidate]:
    return discover(make_source(tmp_path / "s"), {}).to_read


@pytest.fixture
def reader() -> Iterator[ProcessReader]:
    made = ProcessReader(1)
    yield made
    made.close()


def replaced(candidate: Candidate, kind: type[FoundFile]) -> Candidate:
    found = kind(candidate.found.path, candidate.found.relative_path)
    return Candidate(found, candidate.path, candidate.size, candidate.mtime_ns, None)


def assert_only_one_is_lost(read: Batch, plain: Batch, lost: str) -> None:
    """All files are accounted for, and the facts are those of the others."""
    assert [f.relative_path for f in read.files] == [f.relative_path for f in plain.files]
    codes = dict(read.frames.problem.select("relative_path", "code").rows())
    assert codes.pop(lost) == "reader_crashed"
    assert "reader_crashed" not in codes.values()
    ids = dict(plain.frames.report.select("relative_path", "report_id").rows())
    others = plain.frames.fact.filter(plain.frames.fact["report_id"] != ids[lost])
    assert read.frames.fact.equals(others)
    assert 0 < others.height < plain.frames.fact.height


def test_processes_give_the_rows_of_one(reader: ProcessReader, batch: Sequence[Candidate]) -> None:
    read, plain = reader.read(batch, "v"), read_batch(batch, "v")
    assert read.files == plain.files
    for name in ("report", "fact", "ledger", "ledger_fact", "mention", "problem"):
        assert getattr(read.frames, name).equals(getattr(plain.frames, name)), name


@pytest.mark.slow
def test_a_file_that_kills_its_reader_is_set_aside_alone(
    reader: ProcessReader, batch: Sequence[Candidate]
) -> None:
    plain = read_batch(batch, "v")
    lost = batch[1]
    read = reader.read([replaced(c, Deadly) if c is lost else c for c in batch], "v")
    assert_only_one_is_lost(read, plain, lost.found.relative_path)


@pytest.mark.slow
@pytest.mark.timed
def test_a_file_that_hangs_its_reader_is_set_aside_alone(
    reader: ProcessReader, batch: Sequence[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE_SECONDS", 8.0)
    monkeypatch.setattr(workers, "SECONDS_PER_FILE", 0.0)
    monkeypatch.setattr(workers, "TIMES_THE_LIMIT", 0)
    lost = batch[0]
    few = [lost, batch[1]]
    read = reader.read([replaced(lost, Endless), batch[1]], "v")
    assert_only_one_is_lost(read, read_batch(few, "v"), lost.found.relative_path)


def test_a_slip_of_our_own_sets_one_file_aside_and_names_its_place(batch: Sequence[Candidate]) -> None:
    read = read_batch([replaced(batch[0], Slipping), batch[1]], "v")
    assert len(read.files) == 2
    assert read.frames.report.height == 1
    ((code, message),) = read.frames.problem.select("code", "message").rows()
    assert code == "internal_error"
    assert "ZeroDivisionError at test_workers.py" in message


def test_a_file_that_may_not_be_opened_is_tried_in_every_run(batch: Sequence[Candidate]) -> None:
    link = next(c for c in batch if c.found.relative_path == "nowhere.txt")
    (file,) = read_batch([link], "v").files
    assert file.rulebook_version == ""


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.3, 0.4, 0.5])
def test_a_pool_ended_while_a_worker_sends_holds_nobody_up(seconds: float) -> None:
    """Somewhere in between the worker dies in the middle of a message of 300 MB."""
    pool = workers._pool(1)
    assert pool.submit(int).result() == 0
    keeper = pool._executor_manager_thread
    assert keeper is not None
    pool.submit(bytes, 300_000_000)
    time.sleep(seconds)
    workers._end(pool)
    keeper.join(20)
    assert not keeper.is_alive()
