"""A new warehouse: copied from an empty one that is made once on a machine for each version of the schema.

Making one takes a third of a second, nearly all of it for the comments: DuckDB sets one at a time and copies
the whole table or view for each. PostgreSQL makes its databases in this way too, from template1. Where
nothing can be kept, or what was kept is not as it was written, the warehouse is made as if there were no
template.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

import duckdb

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
KEPT = 4  # templates, of 3 MB each: several versions may be in use on one machine


def create_file(path: Path) -> None:
    """A new warehouse appears whole or not at all: made beside, then given its name unless another run
    was first. Raises OSError and WarehouseError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    _clear(path.parent, f".{path.name}.")
    key, folder = _key(), template_folder()
    kept = _kept(folder, key)
    if kept is None:
        _make(beside)
        with contextlib.suppress(OSError):  # a folder that cannot be written to costs time, nothing else
            _keep(folder, key, beside.read_bytes())
    else:
        _write(beside, kept)
    with contextlib.suppress(FileExistsError):
        os.link(beside, path)
    beside.unlink()


def template_folder() -> Path:
    """Where users keep what can be made again: $XDG_CACHE_HOME/townfacts, by default ~/.cache/townfacts."""
    named, home = os.environ.get("XDG_CACHE_HOME", ""), os.path.expanduser("~")
    # a relative one is to be passed over, and who has no home has "~" for it: nothing can lie below this file
    folder = (
        named if os.path.isabs(named) else os.path.join(home if os.path.isabs(home) else __file__, ".cache")
    )
    return Path(folder) / "townfacts"


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
    return _digest("\0".join((*map(read, MAKERS), *told)).encode())[:16]


def _kept(folder: Path, key: str) -> bytes | None:
    """The template, where its bytes have the digest in its name."""
    try:
        for path in sorted(folder.glob(f"empty-{key}-*.duckdb")):
            kept = path.read_bytes()
            if path.stem.endswith(f"-{_digest(kept)}"):
                return kept
    except OSError:  # not ours to read
        return None
    return None


def _keep(folder: Path, key: str, made: bytes) -> None:
    """Whole or not at all; the oldest make room."""
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder, ".empty.")
    beside = folder / f".empty.{os.getpid()}"
    try:
        _write(beside, made)
        os.replace(beside, folder / f"empty-{key}-{_digest(made)}.duckdb")
    finally:
        beside.unlink(missing_ok=True)
    by_age = sorted(folder.glob("empty-*.duckdb"), key=lambda path: path.stat().st_mtime_ns)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _clear(folder: Path, beginning: str) -> None:
    """Removes files whose name goes on with the number of a process that no longer makes them."""
    for left_over in folder.glob(f"{beginning}*"):
        if not _is_at_work(left_over.name.removeprefix(beginning).split(".")[0]):
            left_over.unlink(missing_ok=True)


def _is_at_work(pid: str) -> bool:
    """Whether another process that still lives makes this file; a killed run leaves its own behind."""
    if not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
