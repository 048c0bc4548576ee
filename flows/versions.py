"""Which code and data made a fact: a change to any of it makes the next run read every file again."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAKERS = ("transforms", "validation")
LIBRARIES = ("duckdb", "polars", "prefect", "pandera")


@cache
def rulebook_version() -> str:
    """Digest over every file of the packages that make facts: rules, grammar, readers, gazetteer, gate.

    Derived rather than declared, so that nobody can change a rule and forget to raise a number.
    """
    digest = hashlib.sha256()
    for package in MAKERS:
        for path in sorted((ROOT / package).rglob("*"), key=lambda p: p.relative_to(ROOT).as_posix()):
            if path.is_file() and path.suffix != ".pyc":
                name = path.relative_to(ROOT).as_posix().encode()
                digest.update(name + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def versions() -> dict[str, str]:
    """What goes into the row of `load`."""
    own = {
        "townfacts": package_version("townfacts"),
        "rulebook": rulebook_version(),
        "python": platform.python_version(),
    }
    return own | {name: package_version(name) for name in LIBRARIES}


def package_version(package: str) -> str:
    """Of an installed distribution."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:  # a checkout that was never installed
        return "unknown"
