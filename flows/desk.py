"""Where the tasks of a run hand each other what they read and load, past Prefect."""

from __future__ import annotations

import threading
from datetime import datetime

from flows.batches import Packed
from flows.candidate import Candidate
from flows.progress import Progress
from flows.workers import Batch, Reader
from warehouse import SourceFile, Warehouse


class Desk:
    """What the tasks of one run share. A plain class: Prefect looks into the lists and dataclasses it is
    handed.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        reader: Reader,
        progress: Progress,
        started_at: datetime,
        least_confidence_reading: float,
    ) -> None:
        self.warehouse = warehouse
        self.reader = reader
        self.progress = progress
        self.started_at = started_at
        self.least_confidence_reading = least_confidence_reading
        self.to_read: Packed[Candidate] = Packed((), 1)
        self.ahead = 1  # batches that may be read before the flow takes them over
        self._read: dict[int, Batch] = {}
        self._taken = 0
        self._turn = threading.Condition()
        self._is_over = False
        self.to_load: list[Batch] = []
        self.rest: list[SourceFile] = []

    def wait_for_turn(self, number: int) -> None:
        """Reading does not run away from loading; the batch that is loaded next may always be read."""
        with self._turn:
            self._turn.wait_for(lambda: self._is_over or number <= self._taken + self.ahead)
        if self._is_over:
            raise InterruptedError("the run was stopped")

    def close(self) -> None:
        """Nobody waits for a turn any more."""
        with self._turn:
            self._is_over = True
            self._turn.notify_all()
        self.reader.close()

    def put(self, number: int, batch: Batch) -> None:
        """A batch that was read."""
        self._read[number] = batch
        self.progress.advance(batch)

    def take(self, number: int) -> None:
        """A batch goes to those that are loaded together."""
        with self._turn:
            self.to_load.append(self._read.pop(number))
            self.to_read.let_go(number)
            self._taken = number + 1
            self._turn.notify_all()
