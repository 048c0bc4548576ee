"""The corrections a run carries out: from their file into the warehouse, and on to those who read."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flows.discover import Discovery
from flows.failures import UsageFailure
from flows.settings import Settings
from transforms.corrections import (
    BadCorrections,
    Correction,
    Corrections,
    block,
    parse_corrections,
    read_corrections,
)
from warehouse import Warehouse
from warehouse.corrections import folders_of_files, key_of_real

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


def with_corrections(found: Discovery, corrections: Corrections, source: Path, house: Warehouse) -> Discovery:
    """What is to be read, with what people decided about it."""
    fitted = as_read_below(source, corrections, [c.path for c in found.to_read], house)
    return replace(found, to_read=[replace(c, corrections=fitted) for c in found.to_read])


def as_read_below(
    source: Path, corrections: Corrections, files: Iterable[str], house: Warehouse
) -> Corrections:
    """The corrections as they hold in a run over `source`, of which `files` are read.

    A path is meant from the folder of the corrections.toml that names it, so that a run over another folder
    with files of the same names, or over a part of this one, changes nothing. In a file elsewhere (the
    setting `corrections`) a path is meant from the folder of the run.
    """
    if not any(one.report for one in corrections.all):
        return corrections
    root = os.path.realpath(source if source.is_dir() else source.parent)
    near = {key_of_real(os.path.join(folder, FILE)): folder for folder in _folders_around(root, files)}
    named = {one.file_key for one in corrections.all if one.report}
    others = folders_of_files(house.connection) if named - near.keys() else ()
    far = {key_of_real(os.path.join(folder, FILE)) for folder in others} - near.keys()
    placed = (_placed(root, one, near, far) for one in corrections.all)
    return Corrections(tuple(one for one in placed if one))


def _placed(root: str, one: Correction, near: Mapping[str, str], far: Container[str]) -> Correction | None:
    """With its report as it lies below `root`; None for a report that lies elsewhere."""
    if one.report is None:
        return one
    if one.file_key in far:
        return None
    if one.file_key not in near:
        return one
    below = os.path.relpath(os.path.join(near[one.file_key], one.report), root)
    return None if below.startswith("../") else replace(one, below=below)


def _folders_around(root: str, files: Iterable[str]) -> set[str]:
    """`root`, those above it and those between it and the files."""
    found: set[str] = set()
    for folder in (root, *map(os.path.dirname, files)):
        while folder not in found:
            found.add(folder)
            folder = os.path.dirname(folder)
    return found


def append_corrections(path: Path, added: Sequence[Correction]) -> int:
    """Appends what the file does not hold yet and returns how many that were; the file is replaced at once.

    Raises UsageFailure where the file as it would be cannot be used; it is then as it was.
    """
    try:
        with _held(path.parent):
            before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
            known = {one.correction_id for one in parse_corrections(before, str(path))}
            new = [one for one in added if one.correction_id not in known]
            text = before + ("" if before.endswith("\n") or not before else "\n") + "".join(map(block, new))
            parse_corrections(text, str(path))
            if new:
                _replace(path, text.lstrip("\n"))
            return len(new)
    except BadCorrections as error:
        raise UsageFailure(str(error)) from error
    except UnicodeDecodeError as error:
        raise UsageFailure(f"{path}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise UsageFailure(f"{path}: cannot be written: {error.strerror}") from error


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One writer at a time: what another appends in between would be lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
