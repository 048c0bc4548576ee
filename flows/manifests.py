"""The manifests of a source: what a person filled in about its files, by their place below the source."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path, PurePosixPath

from flows.failures import UsageFailure
from transforms.decode import FoundFiles
from transforms.tabulate.identity.manifest import BadManifest, ManifestLine, read_manifest

MANIFEST = "manifest.csv"


def manifest_lines(source: Path, found: FoundFiles) -> Mapping[str, ManifestLine]:
    """Lines of every manifest.csv below `source`, by the report's relative path; a deeper manifest outranks.

    Raises UsageFailure for a manifest that cannot be used: reading on without it could name wrong towns.
    """
    lines: dict[str, ManifestLine] = {}
    for name in sorted(_manifests(found), key=lambda n: (n.count("/"), n)):
        folder = PurePosixPath(name).parent
        try:
            read = read_manifest(source / name)
        except BadManifest as error:
            raise UsageFailure(f"{source / name}: {error}") from error
        except OSError as error:
            raise UsageFailure(f"{source / name}: cannot be read: {error.strerror}") from error
        lines |= {str(folder / path): line for path, line in read.items()}
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
