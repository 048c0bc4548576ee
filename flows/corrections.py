"""The corrections a run carries out: from their file into the warehouse, and on to those who read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows.discover import Discovery
from flows.failures import UsageFailure
from flows.settings import Settings
from transforms.corrections import BadCorrections, Correction, Corrections, read_corrections
from warehouse import Warehouse

FILE = "corrections.toml"


def corrections_file(source: Path, settings: Settings) -> Path:
    """As set, else beside the reports."""
    if settings.corrections:
        return settings.corrections
    return (source if source.is_dir() else source.parent) / FILE


def written_in(path: Path) -> tuple[Correction, ...]:
    """Corrections of a file; raises UsageFailure naming file, line and remedy."""
    try:
        return read_corrections(path)
    except BadCorrections as error:
        raise UsageFailure(str(error)) from error
    except OSError as error:
        raise UsageFailure(f"{path}: cannot be read: {error.strerror}") from error


def take_corrections(source: Path, settings: Settings, house: Warehouse) -> Corrections:
    """All corrections in force; the warehouse then knows which files they ask to be read again.

    A file that is gone takes no decision back: that would be a mistake far more often than a wish.
    """
    path = corrections_file(source, settings)
    if path.is_file():
        return house.take_corrections(path, written_in(path))
    held = house.corrections_of(path)
    if held or settings.corrections:
        raise UsageFailure(
            f"{path}: no such corrections file, but the warehouse holds {held} corrections from it; bring it"
            " back, or put an empty file there to withdraw them"
            if held
            else f"{path}: no such corrections file; correct the setting corrections"
        )
    return house.take_corrections(path, ())


def with_corrections(found: Discovery, corrections: Corrections) -> Discovery:
    """What is to be read, with what people decided about it."""
    return replace(found, to_read=[replace(c, corrections=corrections) for c in found.to_read])
