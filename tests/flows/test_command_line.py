"""The command line as a whole: help on everything, one line and a code for whatever goes wrong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from flows import cli
from flows.cli import COMMANDS
from flows.summary import _first
from tests.flows.townfacts_process import Townfacts

ROOT = Path(__file__).resolve().parents[2]
HELPFUL = [[], *([name] for name in COMMANDS), ["quarantine", "list"], ["quarantine", "show"]]


@pytest.mark.parametrize("words", HELPFUL, ids=" ".join)
def test_help_on_everything(townfacts: Townfacts, words: list[str]) -> None:
    done = townfacts(*words, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("usage: townfacts")
    assert done.stderr == ""


def test_the_first_page_names_every_command_and_exit_code(townfacts: Townfacts) -> None:
    shown = townfacts("--help").stdout
    assert set(COMMANDS) <= set(shown.split())
    assert all(f"  {code}  " in shown for code in range(5))


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["extract"],
        ["extract", "--format", "xml", "x"],
        ["run"],
        ["run", "/nowhere/at/all"],
        ["run", ".", "--runner", "ray"],
        ["run", ".", "--workers", "many"],
        ["evaluate", "/nowhere"],
        ["cases", "/nowhere"],
        ["quarantine"],
        ["quarantine", "list", "--warehouse", "/nowhere"],
        ["unmatched", "--warehouse", "/nowhere"],
        ["run", ".", "--config", "/nowhere.toml"],
        ["run", ""],
        ["extract", ""],
        ["backup", ""],
        ["diff", ".", ".", "--cause", "weather"],
        ["unmatched", "--limit", "0"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_ends_with_2(townfacts: Townfacts, words: list[str], tmp_path: Path) -> None:
    done = townfacts(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "townfacts" in done.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_setting_is_refused_before_anything_is_made(townfacts: Townfacts, tmp_path: Path) -> None:
    done = townfacts("run", ".", cwd=tmp_path, TOWNFACTS_WAREHOSE="x")
    assert done.returncode == 2
    assert "TOWNFACTS_WAREHOSE" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_warehouse_folder_that_cannot_be_made(townfacts: Townfacts, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = townfacts("run", ".", "--warehouse", tmp_path / "file" / "w", cwd=tmp_path)
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1


def test_an_error_nobody_expected_is_one_line_and_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(_: object) -> int:
        raise RuntimeError("something\nodd")

    monkeypatch.setattr(COMMANDS["extract"], "execute", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cli.main(["extract", "x"]) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert "RuntimeError: something odd" in line
    (crash,) = tmp_path.iterdir()
    assert crash.name in line
    assert "Traceback" in crash.read_text("utf-8")


def test_with_debug_the_traceback_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise RuntimeError("odd")

    monkeypatch.setattr(COMMANDS["extract"], "execute", fail)
    assert cli.main(["extract", "x", "--debug"]) == 4
    assert "Traceback" in capsys.readouterr().err


def imports_of(path: Path) -> set[str]:
    """First part of the name of every module a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("transforms", {"prefect", "duckdb", "pandera", "validation", "warehouse", "flows"}),
        ("validation", {"prefect", "duckdb", "warehouse", "flows"}),
        ("warehouse", {"prefect", "pandera", "flows"}),
        ("flows", {"duckdb", "pandera", "opencc"}),
    ],
)
def test_each_library_has_one_home_and_stages_look_only_back(package: str, forbidden: set[str]) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        assert not imports_of(path) & forbidden, path


def test_a_note_names_the_first_three() -> None:
    assert _first(["a", "b", "c"]) == "a, b, c"
    assert _first(["a", "b", "c", "d"]) == "a, b, c …"
