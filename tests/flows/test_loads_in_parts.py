"""What a load holds in memory is bounded by files and by numerals: a file may be nothing but numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import FirstRun
from tests.flows.reports import make_many
from tests.flows.townfacts_process import clean_environment, seed

pytestmark = pytest.mark.slow

SCRIPT = """
import sys
from flows import ingest
from flows.cli import main

ingest.{bound} = {value}
if __name__ == "__main__":
    sys.exit(main())
"""


@pytest.mark.parametrize(("bound", "value", "loads"), [("LOAD_EVERY", 40, 2), ("LOAD_NUMERALS", 50, 4)])
def test_a_run_is_loaded_in_parts(
    first_run: FirstRun, tmp_path: Path, bound: str, value: int, loads: int
) -> None:
    """78 reports, read in four batches of twenty."""
    source, warehouse = make_many(tmp_path / "s"), tmp_path / "w"
    seed(first_run.warehouse, warehouse)
    script = tmp_path / "parts.py"
    script.write_text(SCRIPT.format(bound=bound, value=value), "utf-8")
    done = subprocess.run(
        [sys.executable, script, "run", source, "--warehouse", warehouse],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "78 accepted" in done.stdout
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM load").fetchone() == (loads,)
        reports = "SELECT count(*), count(DISTINCT load_id) FROM report"
        assert connection.execute(reports).fetchone() == (78, loads)
