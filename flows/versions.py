"""Which code and data made a fact: a change to any of it makes the next run read every file again."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

import transforms

LIBRARIES = ("duckdb", "polars", "prefect", "pandera")


@cache
def rulebook_version() -> str:
    """Digest over rules, grammar, readers and gazetteer: every file of the package that turns bytes into
    facts.

    Derived rather than declared, so that nobody can change a rule and forget to raise a number.
    """
    root = Path(transforms.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*"), key=lambda p: p.relative_to(root).as_posix()):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def versions() -> dict[str, str]:
    """What goes into the row of `load`."""
    own = {
        "townfacts": _version("townfacts"),
        "rulebook": rulebook_version(),
        "python": platform.python_version(),
    }
    return own | {name: _version(name) for name in LIBRARIES}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a checkout that was never installed
        return "unknown"
