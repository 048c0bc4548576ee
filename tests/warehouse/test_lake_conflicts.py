"""Which errors of a DuckLake say that another writer was first, and are tried again."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.lake import in_turn, is_conflict

# As DuckLake 1.5.5 and PostgreSQL word them.
FIRST = (
    "TransactionContext Error: Failed to commit: Transaction conflict - attempting to insert into table",
    'duplicate key value violates unique constraint "ducklake_snapshot_pkey"',
    'Failed to initialize DuckLake: ERROR:  relation "ducklake_metadata" already exists',
)


@pytest.mark.parametrize("words", FIRST)
def test_another_writer_was_first(words: str) -> None:
    tries: list[int] = []

    def attempt() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise duckdb.Error(words)
        return "done"

    assert in_turn(attempt) == ("done", 2)


@pytest.mark.parametrize("words", ['relation "ducklake_metadata" does not exist', "No space left on device"])
def test_what_does_not_pass_is_not_tried_again(words: str) -> None:
    assert not is_conflict(duckdb.Error(words))
