"""How a run is going: a bar on a terminal, one line a batch in a log. On standard error, so that output
stays output.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows.output import say

if TYPE_CHECKING:
    from flows.workers import Batch


class Progress:
    """Counts of what was read so far; `show` is called with them after every batch, from the threads that
    read.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.files = self.facts = self.set_aside = 0
        self.on_advance: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._started = time.monotonic()

    def advance(self, batch: Batch) -> None:
        """Count one batch and show the new state."""
        refused = batch.frames.problem.filter(batch.frames.problem["severity"] == "quarantine")
        with self._lock:
            self.files += len(batch.files)
            self.facts += batch.frames.fact.height
            self.set_aside += refused["relative_path"].n_unique()
            self.show()

    @property
    def rate(self) -> float:
        """Files a second since the start."""
        return self.files / max(time.monotonic() - self._started, 1e-6)

    @property
    def line(self) -> str:
        """The counts and the time left."""
        left = (self.total - self.files) / max(self.rate, 1e-6)
        return (
            f"{self.files}/{self.total} files, {self.facts} facts, {self.set_aside} set aside,"
            f" {self.rate:.0f} files/s, {left:.0f} s left"
        )

    def show(self) -> None:
        """One line a batch."""
        say(self.line)

    def tell(self) -> None:
        """Called by the flow after each batch it took over."""
        if self.on_advance:
            self.on_advance()


class Bar(Progress):
    """The same as a bar that stays on one line."""

    def __init__(self, total: int, bar: Any) -> None:
        super().__init__(total)
        self._bar = bar
        self._task = bar.add_task("reading", total=total, facts=0, aside=0, rate=0.0)

    def show(self) -> None:
        """Redraw."""
        self._bar.update(
            self._task, completed=self.files, facts=self.facts, aside=self.set_aside, rate=self.rate
        )


@contextmanager
def progress_of(total: int) -> Iterator[Progress]:
    """A bar where a person watches, lines elsewhere; nothing where there is nothing to read."""
    if not (total and sys.stderr.isatty()):
        yield Progress(total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Columns

    columns = Columns(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.0f}/s  {task.fields[facts]} facts  {task.fields[aside]} set aside"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with columns as bar:
        yield Bar(total, bar)
