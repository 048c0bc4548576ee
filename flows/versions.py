"""Which code and data made a fact, derived from the files themselves, so that nobody can change a rule and
forget to raise a number.

What changed decides what is read again: rules, grammar, gazetteer and the reader of text and pages touch
every file; the reader of a format of its own (PDF, Word …) only files of that format; a manifest line only
its file.
"""

from __future__ import annotations

import ast
import hashlib
import platform
from collections.abc import Iterator, Set
from functools import cache
from importlib import metadata
from pathlib import Path

from flows.manifests import said_of
from transforms.tabulate.identity.manifest import ManifestLine

ROOT = Path(__file__).resolve().parent.parent
MAKERS = ("transforms", "validation")
LIBRARIES = ("duckdb", "polars", "prefect", "pandera")
DECODE = ROOT / "transforms" / "decode"
# Formats that are read in a child process by a module no other format needs. A format that is not listed
# here is read again after any change, which is never wrong.
OWN_READER = {
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "application/msword": "legacy",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
SHARED_READERS = ("text/plain", "text/html")


def file_version(media_type: str | None, line: ManifestLine | None) -> str:
    """What a file of this type is read with: rules, its reader, and what the manifest says of it."""
    return "+".join(filter(None, (reading_version(media_type), said_of(line))))


def is_current(version: str, line: ManifestLine | None) -> bool:
    """Whether a file that was read with `version` would be read with the same now, whatever its type.

    The digest of a type covers all that type needs, so it still stands as long as it is among today's.
    """
    read_with, _, said = version.partition("+")
    return read_with in _current_versions() and said == said_of(line)


@cache
def _current_versions() -> frozenset[str]:
    return frozenset(map(reading_version, (None, *SHARED_READERS, *OWN_READER)))


@cache
def rulebook_version() -> str:
    """Digest over every file of the packages that make facts: rules, grammar, readers, gazetteer, gate."""
    return _digest(frozenset())


@cache
def reading_version(media_type: str | None) -> str:
    """The same without the readers of other formats; `rulebook_version` where the type is not known."""
    if media_type not in OWN_READER and media_type not in SHARED_READERS:
        return rulebook_version()
    own = OWN_READER.get(media_type or "")
    needed = _imported("read") | (_imported(own) if own else set())
    others = {name for module in OWN_READER.values() for name in _imported(module)}
    return _digest(frozenset(DECODE / f"{name}.py" for name in others - needed))


def _digest(left_out: Set[Path]) -> str:
    digest = hashlib.sha256()
    for path, content in _makers():
        if path not in left_out:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12]


@cache
def _makers() -> tuple[tuple[Path, bytes], ...]:
    """Every file of the packages, with the digest of its bytes."""
    paths = (p for package in MAKERS for p in (ROOT / package).rglob("*") if p.suffix != ".pyc")
    files = sorted((p for p in paths if p.is_file()), key=lambda p: p.relative_to(ROOT).as_posix())
    return tuple((path, hashlib.sha256(path.read_bytes()).digest()) for path in files)


@cache
def _imported(module: str) -> set[str]:
    """Modules of `transforms.decode` that importing this one of them brings in, itself among them."""
    found, to_do = {module}, [module]
    while to_do:
        for name in _imports(DECODE / f"{to_do.pop()}.py"):
            if name not in found:
                found.add(name)
                to_do.append(name)
    return found


def _imports(path: Path) -> Iterator[str]:
    prefix = "transforms.decode."
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            part = name.removeprefix(prefix).split(".")[0] if name.startswith(prefix) else ""
            if part and (DECODE / f"{part}.py").is_file():
                yield part


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
