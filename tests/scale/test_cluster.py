"""Everything at once, with a Prefect server, a Dask cluster of two workers and PostgreSQL, each of which is a
process of its own: the rows are those of a serial run into one file, also when a worker and the run itself
are killed midway.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

from tests.flows.reports import report
from tests.flows.townfacts_process import clean_environment, command
from tests.scale.comparing import held
from tests.scale.conftest import Catalog
from tests.scale.servers import dask_cluster, prefect_server
from transforms.tabulate.identity.gazetteer import gazetteer
from warehouse import open_warehouse
from warehouse.lake_warehouse import open_lake

pytestmark = [pytest.mark.slow, pytest.mark.scale]
REPORTS = int(os.environ.get("SCALE_REPORTS", "2000"))
YEARS = range(2004, 2024)


def towns() -> Iterator[str]:
    """Names that are no other town's."""
    seen: set[str] = set()
    for unit in gazetteer().units():
        name = unit.name_in(None)
        if name not in seen and len(gazetteer().find(name)) == 1:
            seen.add(name)
            yield name


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    some = islice(towns(), -(-REPORTS // len(YEARS)))
    for number, (town, year) in enumerate(islice(product(list(some), YEARS), REPORTS)):
        words = report(town, year, meetings=2 + number % 9, disputes=100 + number)
        (folder / f"{number:05}.txt").write_text(words, "utf-8")
    return folder


def started(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=clean_environment() | environment,
    )


def until(process: subprocess.Popen[str], words: str) -> None:
    """Reads what the run tells of itself up to a line that has these words."""
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if words in line:
            return
    raise AssertionError(f"ended without {words!r}: {lines}")


def test_a_cluster_and_a_lake_hold_what_one_process_and_one_file_hold(
    source: Path, catalog: Catalog, dask: None, tmp_path: Path
) -> None:
    serial = started("run", source, "--warehouse", tmp_path / "file", "--runner", "serial")
    _, errors = serial.communicate(timeout=600)
    assert serial.returncode == 0, errors
    address, folder = catalog(), tmp_path / "lake"
    with prefect_server(tmp_path) as api, dask_cluster(tmp_path, 2) as (scheduler, workers):
        everywhere = {"TOWNFACTS_LAKE_FOLDER": str(folder), "PREFECT_API_URL": api}
        everywhere["TOWNFACTS_DASK_ADDRESS"] = scheduler
        run = ("run", source, "--warehouse", address, "--runner", "dask")
        killed = started(*run, **everywhere)
        until(killed, f"/{REPORTS} files")  # the first batch is read, the others are on their way
        killed.kill()
        killed.communicate()
        again = started(*run, **everywhere)
        until(again, f"/{REPORTS} files")
        workers[0].kill()
        _, errors = again.communicate(timeout=600)
        assert again.returncode == 0, errors
        assert workers[1].poll() is None
    with open_warehouse(tmp_path / "file", read_only=True) as house:
        expected = held(house)
    assert len(expected["report"]) == REPORTS
    with open_lake(address, folder, read_only=True) as lake:
        assert held(lake) == expected
    assert (folder / "published" / "townfacts.duckdb").is_file()
