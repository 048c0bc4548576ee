"""DuckDB's memory is bounded by what is loaded; where that is too narrow the work is done all the same."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.batches import Packed
from tests.warehouse.dump import dump
from validation.gates import Gated
from warehouse import LoadRefused, RunInfo, load, memory, open_warehouse
from warehouse.effort import FEW
from warehouse.looking import example_facts
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


def test_promises_one_by_one_or_together_let_the_same_in(
    five, batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, few in (("together", FEW), ("each", 0)):
        monkeypatch.setattr(load, "FEW", few)
        with open_warehouse(tmp_path / folder) as warehouse:
            warehouse.load(*batch(five[:3]))
            warehouse.load(*batch(five))
            with pytest.raises(LoadRefused, match="names no row of indicator"):
                warehouse.load(*_with_unknown_indicator(batch(five[:1], version="2")))
    both = [dump(tmp_path / folder / "warehouse.duckdb") for folder in ("together", "each")]
    assert both[0] == both[1]


def _with_unknown_indicator(given: tuple[Gated, RunInfo]) -> tuple[Gated, RunInfo]:
    gated, run = given
    fact = gated.accepted.fact.with_columns(indicator=pl.lit("no_such_indicator"))
    return replace(gated, accepted=replace(gated.accepted, fact=fact)), run


def test_what_was_read_is_let_go_and_still_counts() -> None:
    packed = Packed(["a", "b", "c"], 2)
    held = len(pickle.dumps(packed))
    packed.let_go(0)
    assert (len(packed), packed[1]) == (2, ["c"])
    assert len(pickle.dumps(packed)) < held


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


def test_three_examples_do_not_take_the_memory_of_all_statements(tmp_path: Path) -> None:
    """With nowhere to put what does not fit, a sort of all of them fails."""
    with duckdb.connect(str(tmp_path / "d.duckdb")) as connection:
        _made_up(connection, reports=20_000)
        connection.execute("CHECKPOINT")
        connection.execute("SET threads = 1")
        connection.execute("SET temp_directory = ''")
        connection.execute("SET memory_limit = '48MiB'")
        assert _examples(connection) == [("甲镇", "b"), ("乙镇", "b"), ("乙镇", "b")]


def test_of_two_reports_one_gives_a_second_example(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "d.duckdb")) as connection:
        _made_up(connection, reports=3)
        assert _examples(connection) == [("甲镇", "b"), ("乙镇", "b"), ("甲镇", "a")]


def _examples(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [(row["town"], row["indicator"]) for row in example_facts(connection, 3)]


def _made_up(connection: duckdb.DuckDBPyConnection, reports: int) -> None:
    """Twenty statements a report, of which the one of indicator b is the surest; the second report is not
    current.
    """
    connection.execute(
        "CREATE TABLE town AS FROM (VALUES (0, '甲镇', '县'), (1, '乙镇', '县')) t(town_id, name, county)"
    )
    connection.execute(
        "CREATE TABLE report AS SELECT lpad(n::VARCHAR, 16, '0') AS report_id, n <> 1 AS is_current"
        f" FROM range({reports}) t(n)"
    )
    connection.execute(
        "CREATE TABLE fact_indicator AS SELECT report_id, md5(report_id || k) AS fact_id,"
        " report_id::INT // 2 % 2 AS town_id, 2024 AS year,"
        " if(k = 7, 'b', 'a') AS indicator, k AS value, k AS low, k AS high,"
        " 'exact' AS bound, '次' AS unit, repeat(md5(k || report_id), 3) AS clause, 'reported' AS status,"
        " k AS span_start, if(k = 7, 1.0, 0.9) AS confidence FROM report, range(20) t(k)"
    )
