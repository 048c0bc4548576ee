"""How the files of a run are cut into tasks, and which runner reads them."""

from __future__ import annotations

import pytest

from flows.batches import batch_size, batches, chosen_runner
from flows.settings import Settings


def test_batches_hold_every_file_once_in_order() -> None:
    items = list(range(1234))
    cut = list(batches(items, batch_size(len(items), 2)))
    assert [item for batch in cut for item in batch] == items
    assert len(cut) <= 8 * 2
    assert list(batches([], batch_size(0, 2))) == []


@pytest.mark.parametrize(
    ("runner", "workers", "files", "chosen"),
    [
        ("auto", 2, 10, "serial"),
        ("auto", 2, 100_000, "processes"),
        ("auto", 1, 100_000, "serial"),
        ("serial", 2, 100_000, "serial"),
        ("processes", 2, 1, "processes"),
    ],
)
def test_processes_are_chosen_where_they_pay(runner: str, workers: int, files: int, chosen: str) -> None:
    settings = Settings(runner=runner, workers=workers)  # type: ignore[arg-type]
    assert chosen_runner(settings, files) == chosen
