"""Prefect's database of a new PREFECT_HOME: copied from an empty one that is made once on a machine for each
version of Prefect.

Its migrations take five of the nine seconds that its server needs to come up for the first time. What is kept
holds its tables and its own kinds of blocks, nothing of any run.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from importlib.metadata import version
from pathlib import Path

from transforms.kept import Kind, keep, kept, write

EMPTY = Kind("prefect", ".db")
DATABASE = "prefect.db"


def lay_down(home: Path) -> bool:
    """Put the kept database where this home has none; whether one is still to be made, and worth keeping.
    The caller holds the home's lock, and its server is not up. Raises OSError.
    """
    database = home / DATABASE
    if database.exists() or not _is_used(database):
        return False
    empty = kept(EMPTY, version("prefect"))
    if empty is None:
        return True
    beside = home / f".{DATABASE}.{os.getpid()}"
    write(beside, empty)
    os.replace(beside, database)
    return False


def keep_for_others(home: Path) -> None:
    """Keep this home's database, which its server has just made."""
    keep(EMPTY, version("prefect"), _content(home / DATABASE))


def _is_used(database: Path) -> bool:
    """Whether it is where Prefect keeps its history: a user may have set another place."""
    from prefect.settings import get_current_settings  # takes seconds, and must find its environment set

    url = get_current_settings().server.database.connection_url
    place = url.get_secret_value().partition("///")[2] if url else ""
    return Path(place).absolute() == database.absolute()


def _content(database: Path) -> bytes:
    """All of it, also what is only in the log beside it yet."""
    with (
        contextlib.closing(sqlite3.connect(database)) as source,
        contextlib.closing(sqlite3.connect(":memory:")) as copy,
    ):
        source.backup(copy)
        return copy.serialize()
