"""How a load goes about its work decides how long it takes, and nothing of what it says."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import validation.gates as gates
import warehouse.load as loading
from tests.warehouse.dump import dump
from tests.warehouse.test_resolution import CASES
from tests.warehouse.told_reports import told_report
from validation.frames import Frames, concat
from warehouse import open_warehouse
from warehouse.effort import leave_room
from warehouse.template import BLOCK_BYTES

ROOM_IS_LEFT = "SELECT current_setting('max_vacuum_tasks')::BIGINT = 0"
BLOCKS = "SELECT block_size FROM pragma_database_size() WHERE database_name NOT IN ('temp', 'system')"


def told(version: str, step: int = 1) -> list:
    """Every case of rival mentions as the report of a town of its own; `version` makes them other bytes."""
    cases = list(enumerate(CASES.values()))[::step]
    return [
        told_report(*facts, name=f"{n}.txt", words=f"{n}{version}", town_id=f"t{n:012}")
        for n, (facts, *_) in cases
    ]


def loaded(folder: Path, batch) -> dict[str, list[str]]:
    with open_warehouse(folder) as warehouse:
        warehouse.load(*batch(told("甲")))
        warehouse.load(*batch(told("乙", step=3)))
    return dump(folder / "warehouse.duckdb")


def test_kept_or_looked_at_anew_cells_are_resolved_alike(
    batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = loaded(tmp_path / "small", batch)
    for bound in ("SMALL", "FEW"):
        monkeypatch.setattr(loading, bound, -1)
    assert loaded(tmp_path / "large", batch) == small
    assert small["resolution_history"]


def test_small_and_large_loads_follow_each_other(
    batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_warehouse(tmp_path) as warehouse:
        for number, few in enumerate((-1, 10**6, -1)):
            monkeypatch.setattr(loading, "FEW", few)
            result = warehouse.load(*batch(told(str(number), step=3)))
            assert result.facts_added > 0


def test_room_of_rows_that_went_is_left_until_they_are_many_or_the_eighth_load(batch, tmp_path: Path) -> None:
    def after_load(*load) -> bool:
        warehouse.load(*load)
        return warehouse.connection.execute(ROOM_IS_LEFT).fetchall() == [(True,)]

    with open_warehouse(tmp_path) as warehouse:
        assert after_load(*batch(told("甲")))
        assert not after_load(*batch(told("乙", step=2)))
    nothing = batch([])
    with open_warehouse(tmp_path) as warehouse:
        assert [after_load(*nothing) for _ in range(3, 8)] == [True] * 5
        assert not after_load(*nothing)
        assert not after_load(*nothing)  # nor as long as it is open: the gaps are still to be closed


def test_once_gaps_are_to_be_closed_they_are() -> None:
    with duckdb.connect() as connection:
        for is_wished, is_left in ((True, True), (False, False), (True, False)):
            leave_room(connection, is_wished)
            assert connection.execute(ROOM_IS_LEFT).fetchall() == [(is_left,)]


def test_old_clients_read_the_blocks_of_the_published_copy(batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(told("甲")))
        published = warehouse.publish()
        assert warehouse.connection.execute(BLOCKS).fetchall() == [(BLOCK_BYTES,)]
    with duckdb.connect(str(published), read_only=True) as reader:
        assert reader.execute(BLOCKS).fetchall() == [(262_144,)]


def test_nothing_passes_the_gate_in_the_form_of_something(monkeypatch: pytest.MonkeyPatch) -> None:
    def schemas() -> list:
        gated = gates.gate(concat([]))
        frames = [getattr(gated.accepted, name) for name in Frames.__dataclass_fields__]
        return [frame.schema for frame in (*frames, gated.quarantined, gated.warnings, gated.checks)]

    at_once = schemas()
    monkeypatch.setattr(Frames, "is_empty", lambda frames: False)
    assert schemas() == at_once
