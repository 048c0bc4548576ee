"""What waits for an installation or for a setting is picked up by the next run, without touching the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.decode.office_files import written_pdf
from tests.flows.conftest import FirstRun
from tests.flows.reports import TOWNS, report
from tests.flows.townfacts_process import ROOT, Townfacts, seed

FILES = ROOT / "tests" / "decode" / "files"
EXTRAS = {"office_oxide": "needs_extra_legacy", "rapidocr": "needs_extra_ocr"}


@pytest.fixture
def place(first_run: FirstRun, tmp_path: Path) -> Path:
    """An empty source `s` and a warehouse `w` beside it."""
    (tmp_path / "s").mkdir()
    seed(first_run.warehouse, tmp_path / "w")
    return tmp_path


def without(module: str, folder: Path) -> str:
    """A PYTHONPATH on which the module cannot be imported, as where its extra is not installed."""
    folder.mkdir()
    (folder / f"{module}.py").write_text(f"raise ModuleNotFoundError({module!r})\n", "utf-8")
    return f"{folder}:{ROOT}"


def waiting(place: Path) -> list[tuple[str, str]]:
    with duckdb.connect(str(place / "w" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(
            "SELECT code, message FROM quarantine WHERE resolved_by IS NULL ORDER BY code"
        ).fetchall()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "file"),
    [("office_oxide", "tuocheng-2023.wps"), pytest.param("rapidocr", "scan.png", marks=pytest.mark.ocr)],
)
def test_a_file_waits_for_its_extra(place: Path, townfacts: Townfacts, module: str, file: str) -> None:
    pytest.importorskip(module, reason="the extra is not installed")
    shutil.copy(FILES / file, place / "s")
    run = ("run", place / "s", "--warehouse", place / "w")
    townfacts(*run, PYTHONPATH=without(module, place / "hidden"))
    ((code, message),) = waiting(place)
    assert code == EXTRAS[module]
    assert f"pip install 'townfacts[{code.removeprefix('needs_extra_')}]'" in message
    townfacts(*run)
    assert EXTRAS[module] not in dict(waiting(place))


@pytest.mark.slow
def test_a_file_waits_for_a_raised_limit(place: Path, townfacts: Townfacts) -> None:
    (place / "s" / "a.pdf").write_bytes(written_pdf(report(TOWNS[0]).split("\n") + ["此页无正文。"] * 40))
    (place / "own.toml").write_text("limit_pages = 1\n", "utf-8")
    run = ("run", place / "s", "--warehouse", place / "w")
    townfacts(*run, "--config", place / "own.toml")
    assert [code for code, _ in waiting(place)] == ["too_many_pages"]
    assert "1 accepted" in townfacts(*run).stdout
    assert waiting(place) == []
