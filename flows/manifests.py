"""The manifests of a source: what a person filled in about its files, by their place below the source."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path, PurePosixPath

from flows.failures import UsageFailure
from transforms.decode import FoundFiles
from transforms.tabulate.identity.manifest import (
    BadManifest,
    ManifestLine,
    is_manifest,
    read_manifest,
)

MANIFEST = "manifest.csv"


def manifest_lines(source: Path, found: FoundFiles) -> Mapping[str, ManifestLine]:
    """Lines of every manifest.csv below `source` and above it, by the report's relative path; a deeper
    manifest outranks.

    Those above count so that a folder of a folder, or one file of it, reads as the whole does. Raises
    UsageFailure for a manifest that cannot be used: reading on without it could name wrong towns.
    """
    lines = _lines_from_above(source)
    for name in sorted(_manifests(found), key=lambda n: (n.count("/"), n)):
        folder = PurePosixPath(name).parent
        lines |= {str(folder / path): line for path, line in _read(source / name).items()}
    return lines


def _read(path: Path) -> Mapping[str, ManifestLine]:
    try:
        return read_manifest(path)
    except BadManifest as error:
        raise UsageFailure(str(path.parent / str(error))) from error
    except OSError as error:
        raise UsageFailure(f"{path}: cannot be read: {error.strerror}") from error


def _lines_from_above(source: Path) -> dict[str, ManifestLine]:
    """What manifests above say of files below `source` (or of it, where it is a file)."""
    place = Path(os.path.realpath(source))
    folder = place if source.is_dir() else place.parent
    lines: dict[str, ManifestLine] = {}
    for above in reversed(folder.parents if folder == place else (folder, *folder.parents)):
        if not is_manifest(above / MANIFEST):
            continue
        for path, line in _read(above / MANIFEST).items():
            file = above / path
            if file == place or place in file.parents:
                lines[str(file.relative_to(folder))] = line
    return lines


def unknown_paths(lines: Mapping[str, ManifestLine], found: FoundFiles) -> list[str]:
    """Files a manifest names that are not there."""
    return sorted(set(lines) - {file.relative_path for file in found})


def said_of(line: ManifestLine | None) -> str:
    """Digest of what the manifest says of a file, not of where it says it; empty where it says nothing."""
    if line is None:
        return ""
    said = repr(astuple(line)[2:]).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:6]


def _manifests(found: FoundFiles) -> list[str]:
    return [name for name in found.ignored if PurePosixPath(name).name.lower() == MANIFEST]
