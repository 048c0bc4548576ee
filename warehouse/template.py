"""A new warehouse: copied from an empty one that is made once on a machine for each version of the schema.

Making one takes a third of a second, nearly all of it for the comments: DuckDB sets one at a time and copies
the whole table or view for each. PostgreSQL makes its databases in this way too, from template1. Where
none is kept, the warehouse is made as if there were no template (transforms/kept.py).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import duckdb

from transforms.kept import Kind, clear, digest, keep, kept, write
from transforms.tabulate.catalogue import catalogue
from warehouse.connect import STORAGE_VERSION, connect
from warehouse.migrate import create_all
from warehouse.schema import read
from warehouse.views import fingerprint

# Code and data of this package that an empty warehouse comes from, beside those of `fingerprint`.
MAKERS = ("template.py", "migrate.py", "schema.py", "views.py", "accuracy.py", "tables.sql")
# A load begins two blocks for each column it writes to, some 700 columns, and clears them: with DuckDB's
# usual 256 kB a COMMIT of ten reports took 45 ms, with these 13. A warehouse of 1,000 reports is a quarter
# smaller for it, one of a million like facts a third larger. The published copy keeps to what old clients
# can open.
BLOCK_BYTES = 65_536
EMPTY = Kind("empty", ".duckdb")


def create_file(path: Path) -> None:
    """A new warehouse appears whole or not at all: made beside, then given its name unless another run
    was first. Raises OSError and WarehouseError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    clear(path.parent, f".{path.name}.")
    key = _key()
    template = kept(EMPTY, key)
    if template is None:
        _make(beside)
        keep(EMPTY, key, beside.read_bytes())
    else:
        write(beside, template)
    with contextlib.suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()


def _make(path: Path) -> None:
    connection = connect(path, 0, read_only=False, block_bytes=BLOCK_BYTES)
    try:
        connection.execute("SET threads = 1")  # nothing here is large enough for two
        connection.execute("BEGIN TRANSACTION")
        create_all(connection)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _key() -> str:
    """Another one as soon as anything is that a new warehouse is made from, DuckDB included."""
    told = (fingerprint(), repr(list(catalogue().values())), duckdb.__version__, STORAGE_VERSION)
    return digest("\0".join((*map(read, MAKERS), *told)).encode())[:16]
