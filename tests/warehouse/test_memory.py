"""DuckDB's memory is bounded by what is loaded; where that is too narrow the work is done all the same."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.dump import dump
from warehouse import memory, open_warehouse
from warehouse.memory import BASE_MB, TIMES_THE_ROWS, WIDER, within_memory

LIMIT = "SELECT current_setting('memory_limit')"


def test_bounded_by_the_rows_and_only_for_the_work(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "d.duckdb")) as connection:
        within_memory(connection, lambda: None)  # the limit is told in rounded figures from here on
        before = connection.execute(LIMIT).fetchone()
        for rows in (0, 50 * 2**20):
            (said,) = within_memory(connection, lambda: connection.execute(LIMIT).fetchone() or (), rows)
            assert said == f"{BASE_MB + TIMES_THE_ROWS * rows // 2**20}.0 MiB"
        assert connection.execute(LIMIT).fetchone() == before


def test_too_narrow_a_bound_is_lifted(five, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, base in (("wide", BASE_MB), ("narrow", 1)):
        monkeypatch.setattr(memory, "BASE_MB", base)
        with open_warehouse(tmp_path / folder) as warehouse:
            warehouse.load(*batch(five))
            warehouse.publish()
    for copy in ("warehouse.duckdb", "published/townfacts.duckdb"):
        assert dump(tmp_path / "narrow" / copy) == dump(tmp_path / "wide" / copy)


def test_it_is_done_again_where_memory_was_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "BASE_MB", 1)
    limits: list[str] = []
    with duckdb.connect(str(tmp_path / "d.duckdb")) as connection:

        def work() -> int:
            limits.append(str((connection.execute(LIMIT).fetchone() or ("",))[0]))
            row = connection.execute("SELECT len(list(n::VARCHAR)) FROM range(200_000) t(n)").fetchone()
            return int((row or (0,))[0])

        assert within_memory(connection, work) == 200_000
    assert limits[:2] == ["1.0 MiB", f"{WIDER}.0 MiB"]
    assert len(limits) == 3
    assert limits[2] not in limits[:2]


def test_other_failures_are_not_tried_again(tmp_path: Path) -> None:
    tried = 0
    with duckdb.connect(str(tmp_path / "d.duckdb")) as connection:

        def work() -> None:
            nonlocal tried
            tried += 1
            connection.execute("SELECT no_such_column")

        with pytest.raises(duckdb.BinderException):
            within_memory(connection, work)
    assert tried == 1
