"""A new warehouse is copied from the machine's template, which never decides what is in it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import warehouse.template as template
from warehouse import open_warehouse
from warehouse.schema import read

DEFINED = (
    "SELECT * EXCLUDE (database_name, database_oid, table_oid) FROM duckdb_columns() WHERE NOT internal",
    "SELECT view_name, sql, comment FROM duckdb_views() WHERE NOT internal",
    "SELECT table_name, comment FROM duckdb_tables()",
    "SELECT function_name, comment, macro_definition FROM duckdb_functions() WHERE NOT internal",
    *(f"FROM {name}" for name in ("indicator", "accuracy", "meta")),
)


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "townfacts"


def defined(folder: Path) -> list[list[str]]:
    with open_warehouse(folder) as opened:
        return [sorted(map(repr, opened.connection.execute(query).fetchall())) for query in DEFINED]


def test_a_copy_is_what_would_have_been_made(
    tmp_path: Path, kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = defined(tmp_path / "made")
    [kept] = kept_in.iterdir()
    monkeypatch.setattr(template, "_make", lambda path: pytest.fail("made again"))
    assert defined(tmp_path / "copied") == made
    assert all(made)
    assert list(kept_in.iterdir()) == [kept]


@pytest.mark.parametrize("content", [b"", b"not a database"])
def test_a_damaged_template_is_made_anew(tmp_path: Path, kept_in: Path, content: bytes) -> None:
    made = defined(tmp_path / "made")
    [kept] = kept_in.iterdir()
    kept.write_bytes(content)
    assert defined(tmp_path / "next") == made
    sound = [path for path in kept_in.iterdir() if path.stat().st_size > len(content)]
    assert len(sound) == 1


@pytest.mark.parametrize("place", ["/dev/null", "not/absolute"])
def test_without_a_place_for_it_every_warehouse_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    monkeypatch.setenv("HOME", "~")
    assert all(defined(tmp_path / "made"))
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_whatever_a_warehouse_is_made_from_asks_for_another_template(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {template._key()}
    for changed in template.MAKERS:
        monkeypatch.setattr(template, "read", lambda name, c=changed: read(name) + " " * (name == c))
        keys.add(template._key())
    monkeypatch.setattr(template, "read", read)
    monkeypatch.setattr(template, "STORAGE_VERSION", "v9")
    keys.add(template._key())
    monkeypatch.setattr(template, "catalogue", dict)
    keys.add(template._key())
    monkeypatch.setattr(template, "fingerprint", lambda: "another")
    keys.add(template._key())
    monkeypatch.setattr(duckdb, "__version__", "0")
    keys.add(template._key())
    assert len(keys) == 1 + len(template.MAKERS) + 4
