"""What a load holds in memory is bounded by files and by numerals: a file may be nothing but numbers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import FirstRun
from tests.flows.reports import make_many
from tests.flows.townfacts_process import run_script, seed

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
    script = SCRIPT.format(bound=bound, value=value)
    done = run_script(tmp_path / "parts.py", script, "run", source, "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    assert "78 accepted" in done.stdout
    with duckdb.connect(str(warehouse / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM load").fetchone() == (loads,)
        reports = "SELECT count(*), count(DISTINCT load_id) FROM report"
        assert connection.execute(reports).fetchone() == (78, loads)
