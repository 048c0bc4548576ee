"""A PostgreSQL server for the tests of a DuckLake, and a new catalog for each."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest

from tests.scale.servers import postgres, postgres_binary

Catalog = Callable[[], str]


@pytest.fixture(scope="session")
def catalog() -> Iterator[Catalog]:
    """Makes the address of an empty catalog."""
    if find_spec("duckdb_extension_ducklake") is None:
        _miss("the extra ducklake is not installed (make test-scale installs it)")
    if postgres_binary("initdb") is None:
        _miss("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    numbers = count(1)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with postgres(Path(folder) / "pg") as port:

            def make() -> str:
                name = f"lake{next(numbers)}"
                address = ["-h", "127.0.0.1", "-p", str(port), "-U", "townfacts"]
                subprocess.run([str(postgres_binary("createdb")), *address, name], check=True)
                return f"ducklake:postgres://townfacts@127.0.0.1:{port}/{name}"

            yield make


@pytest.fixture(scope="session")
def dask() -> None:
    """Skips where the extra is missing."""
    if find_spec("distributed") is None:
        _miss("the extra dask is not installed (make test-scale installs it)")


def _miss(what: str) -> NoReturn:
    """Skips, but where SCALE_REQUIRED is set (.ci/run) a missing extra or server is a failure."""
    if os.environ.get("SCALE_REQUIRED"):
        pytest.fail(what)
    pytest.skip(what)
