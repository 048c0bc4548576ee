"""The published copy, database and Parquet files, opened by every minor release of the DuckDB client since
1.0, each in a folder of its own, and through SQLAlchemy and ADBC.

    .venv/bin/python -m benchmarks.old_clients data/published/townfacts.duckdb [CLIENT ...]

Installs the clients with pip (network) into a temporary folder. `as_of` needs 1.1, everything else 1.0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

QUERIES = (
    "SELECT count(*) FROM town_year",
    "SELECT count(*) FROM town_year_zh",
    "SELECT count(*) FROM indicator_long",
    "SELECT count(*) FROM coverage",
    "SELECT sum_low(leaflets_low), sum_high(leaflets_high) FROM town_year",
    "SELECT bound_text(2000, 2000, NULL)",
    "SELECT count(comment) FROM duckdb_tables()",
    "SELECT count(*) FROM as_of('fact_indicator', 1)",
    "SELECT count(*), sum(value), min(confidence), count(DISTINCT clause) FROM read_parquet('{parquet}')",
)
NATIVE = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for query in sys.argv[2:]:
    if "as_of" in query and duckdb.__version__.startswith("1.0."):
        continue
    print(connection.execute(query).fetchone(), end=" ")
"""
SQLALCHEMY = """
import sys
from sqlalchemy import create_engine, inspect, text
engine = create_engine("duckdb:///" + sys.argv[1], connect_args={"read_only": True})
with engine.connect() as connection:
    for query in sys.argv[2:]:
        print(connection.execute(text(query)).fetchone(), end=" ")
names = inspect(engine).get_view_names()
assert any(name.endswith("town_year") for name in names), names
"""
ADBC = """
import sys
import _duckdb
from adbc_driver_manager import dbapi
entry, options = "duckdb_adbc_init", {"path": sys.argv[1], "access_mode": "READ_ONLY"}
with dbapi.connect(driver=_duckdb.__file__, entrypoint=entry, db_kwargs=options) as connection:
    for query in sys.argv[2:]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            print(cursor.fetchone(), end=" ")
"""


class Client(NamedTuple):
    """What pip installs (each alone, nothing it asks for), and the script that asks all queries."""

    packages: tuple[str, ...]
    script: str


VERSIONS: Final = ("1.0.0", "1.1.3", "1.2.2", "1.3.2", "1.4.4", "1.5.5", "2.0.0")
CLIENTS: Final = {
    **{version: Client((f"duckdb=={version}",), NATIVE) for version in VERSIONS},
    "sqlalchemy": Client(("duckdb==1.5.5", "duckdb-engine==0.17.0", "SQLAlchemy==2.0.58"), SQLALCHEMY),
    "adbc": Client(("duckdb==1.5.5", "adbc-driver-manager==1.13.0"), ADBC),
}


def installed(client: Client, target: Path) -> bool:
    """False where the index cannot be reached."""
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
    run = subprocess.run([*pip, "--target", str(target), *client.packages], capture_output=True)
    return run.returncode == 0


def opened(client: Client, target: Path, database: Path) -> subprocess.CompletedProcess[str]:
    """All queries asked by the client that stands in `target`."""
    parquet = database.parent / "parquet" / "*" / "*.parquet"
    queries = [query.replace("{parquet}", str(parquet)) for query in QUERIES]
    return subprocess.run(
        [sys.executable, "-c", client.script, str(database), *queries],
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
    )


def main(database: Path, names: tuple[str, ...]) -> int:
    good = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            target = Path(folder) / name
            if not installed(CLIENTS[name], target):
                print(f"{name:10} cannot be installed")
                continue
            run = opened(CLIENTS[name], target, database)
            good += run.returncode == 0
            print(f"{name:10} {run.stdout or run.stderr.splitlines()[-1]}", flush=True)
    print(f"{good}/{len(names)} clients open it")
    return good != len(names)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), tuple(sys.argv[2:]) or tuple(CLIENTS)))
