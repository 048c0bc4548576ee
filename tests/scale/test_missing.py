"""Where an extra, a server or a setting is wrong: one line that says what to do, and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import cli, dask_reader
from flows.failures import UsageFailure
from flows.settings import load_settings
from warehouse import lake
from warehouse.errors import LakeUnreachable

ADDRESS = "ducklake:postgres://townfacts@127.0.0.1:1/townfacts"


def test_the_address_chooses_the_lake_and_its_folder(tmp_path: Path) -> None:
    (tmp_path / "townfacts.toml").write_text(f"warehouse = '{ADDRESS}'\nlake_folder = 'shared'\n", "utf-8")
    chosen = load_settings({}, {}, tmp_path)
    assert (chosen.catalog, chosen.warehouse, chosen.place) == (ADDRESS, tmp_path / "shared", ADDRESS)
    assert load_settings({"warehouse": "data"}, {}, tmp_path).catalog == ""  # which outranks the file


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("ducklake:postgres://me:secret@host/db", "PGPASSWORD"),
        ("ducklake:sqlite:catalog.db", "several writers"),
        ("ducklake:postgres://host/db' (READ_ONLY); DROP TABLE x; --", "several writers"),
    ],
)
def test_other_addresses_are_refused(tmp_path: Path, address: str, word: str) -> None:
    with pytest.raises(UsageFailure, match=word) as told:
        load_settings({"warehouse": address}, {}, tmp_path)
    assert "me:secret" not in str(told.value)


def test_without_the_extra_ducklake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lake, "find_spec", lambda name: None)
    with pytest.raises(LakeUnreachable, match=r"pip install 'townfacts\[ducklake\]'") as told:
        lake.connect_lake(ADDRESS, tmp_path)
    assert told.value.exit_code == 2


def test_without_the_extra_dask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageFailure, match=r"pip install 'townfacts\[dask\]'"):
        dask_reader.with_cluster(load_settings({"runner": "dask"}, {}, tmp_path))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["tidy", "--warehouse", "data"], "one file"),
        (["tidy", "--keep", "x", "--warehouse", ADDRESS], "--keep"),
        (["backup", "copy", "--warehouse", ADDRESS], "pg_dump"),
        (["move", "here", "there"], "one must be a folder"),
        (["move", "nowhere", ADDRESS], "no warehouse here"),
    ],
)
def test_commands_say_what_they_are_for(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    assert word in capsys.readouterr().err
