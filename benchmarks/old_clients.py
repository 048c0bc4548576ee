"""The published copy opened by every minor release of the DuckDB client since 1.0, each in a folder of its
own.

    .venv/bin/python -m benchmarks.old_clients data/published/townfacts.duckdb [VERSION ...]

Installs the clients with pip (network) into a temporary folder. `as_of` needs 1.1, everything else 1.0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

VERSIONS = ("1.0.0", "1.1.3", "1.2.2", "1.3.2", "1.4.4", "1.5.5", "2.0.0")
QUERIES = (
    "SELECT count(*) FROM town_year",
    "SELECT count(*) FROM town_year_zh",
    "SELECT count(*) FROM indicator_long",
    "SELECT count(*) FROM coverage",
    "SELECT sum_low(leaflets_low), sum_high(leaflets_high) FROM town_year",
    "SELECT bound_text(2000, 2000, NULL)",
    "SELECT count(comment) FROM duckdb_tables()",
    "SELECT count(*) FROM as_of('fact_indicator', 1)",
)
SCRIPT = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for query in sys.argv[2:]:
    if "as_of" in query and duckdb.__version__.startswith("1.0."):
        continue
    print(connection.execute(query).fetchone(), end=" ")
"""


def main(database: Path, versions: tuple[str, ...]) -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        for version in versions:
            target = Path(name) / version
            pip = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "-q",
                "--no-deps",
                "--target",
                str(target),
                f"duckdb=={version}",
            ]
            subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
            run = subprocess.run(
                [sys.executable, "-c", SCRIPT, str(database), *QUERIES],
                env={**os.environ, "PYTHONPATH": str(target)},
                capture_output=True,
                text=True,
            )
            failed += run.returncode != 0
            print(f"{version:6} {run.stdout or run.stderr.splitlines()[-1]}", flush=True)
    print(f"{len(versions) - failed}/{len(versions)} clients open it")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), tuple(sys.argv[2:]) or VERSIONS))
