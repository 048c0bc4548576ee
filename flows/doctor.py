"""What a run needs, checked one by one: each finding says what was found and what to do about it."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import socket
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Literal, NamedTuple

from packaging.requirements import Requirement

from flows.failures import UsageFailure
from flows.opening import open_house
from flows.settings import Settings
from flows.versions import package_version, rulebook_version
from warehouse import WarehouseError, WarehouseLocked, WarehouseMissing, open_warehouse

DATABASE = "warehouse.duckdb"
LEAST_FREE = 1 << 30
ROOM_TIMES = 3  # the published copy is built beside the old one, and an upgrade lays a copy beside the file
EXTRAS = {
    "ocr": ("rapidocr", "scans and pictures are set aside (needs_extra_ocr)"),
    "legacy": ("office_oxide", ".doc and .wps are set aside (needs_extra_legacy)"),
    "ducklake": ("duckdb_extension_ducklake", "no --warehouse ducklake:… (docs/scale.md)"),
    "dask": ("distributed", "no --runner dask (docs/scale.md)"),
}


class Finding(NamedTuple):
    """`mend`: a run could not succeed. `note`: it could, with less."""

    mark: Literal["ok", "note", "mend"]
    what: str
    found: str
    remedy: str = ""


def findings(settings: Settings) -> Iterator[Finding]:
    """All checks, cheap ones first; none changes anything."""
    yield Finding("ok", "townfacts", f"{package_version('townfacts')}, rules {rulebook_version()}")
    yield _python()
    yield from _packages()
    yield from _extras()
    yield _folder(settings.warehouse)
    yield _room(settings.warehouse)
    yield _lake(settings) if settings.catalog else _warehouse(settings.warehouse)
    yield from _left_behind(settings.warehouse)
    yield _port(settings.port)
    yield _alert(settings.alert)
    yield _schedule(settings)


def _python() -> Finding:
    found = platform.python_version()
    if (3, 11) <= tuple(map(int, platform.python_version_tuple()[:2])) < (3, 15):
        return Finding("ok", "python", found)
    return Finding("mend", "python", found, "use Python 3.11 to 3.14")


def _packages() -> Iterator[Finding]:
    """Every dependency that is declared, against what is installed."""
    try:
        declared = [Requirement(line) for line in metadata.requires("townfacts") or ()]
    except metadata.PackageNotFoundError:
        yield Finding("note", "packages", "a checkout that is not installed", "make run installs it")
        return
    wrong = []
    for one in declared:
        if one.marker is not None and not one.marker.evaluate({"extra": ""}):
            continue
        version = package_version(one.name)
        if version == "unknown" or not one.specifier.contains(version, prereleases=True):
            wrong.append(f"{one.name} {version} (asked {one.specifier or 'any'})")
    if wrong:
        remedy = "pip install -c constraints.txt townfacts"
        yield Finding("mend", "packages", ", ".join(wrong), remedy)
    else:
        shown = ", ".join(f"{name} {package_version(name)}" for name in ("prefect", "duckdb", "polars"))
        yield Finding("ok", "packages", shown)


def _extras() -> Iterator[Finding]:
    for extra, (module, without) in EXTRAS.items():
        if importlib.util.find_spec(module):
            yield Finding("ok", f"extra {extra}", "installed")
        else:
            yield Finding(
                "note", f"extra {extra}", f"not installed: {without}", f"pip install 'townfacts[{extra}]'"
            )


def _folder(folder: Path) -> Finding:
    """The nearest folder that is there decides whether the warehouse can be made."""
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    if not there.is_dir():
        return Finding("mend", "folder", f"{there} is no folder", "choose another --warehouse")
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding("mend", "folder", f"{there} cannot be written", "grant write permission to this user")
    return Finding("ok", "folder", str(folder.absolute()))


def _room(folder: Path) -> Finding:
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    file = folder / DATABASE
    needed = max(LEAST_FREE, ROOM_TIMES * file.stat().st_size if file.is_file() else 0)
    words = f"{free / (1 << 30):.1f} GiB free"
    if free >= needed:
        return Finding("ok", "disk", words)
    return Finding(
        "mend", "disk", words, f"a load and its published copy may need {needed / (1 << 30):.1f} GiB"
    )


def _warehouse(folder: Path) -> Finding:
    """Opened for reading, so that an older schema is found and not upgraded."""
    file = folder / DATABASE
    if not file.exists():
        return Finding("note", "warehouse", f"none in {folder} yet", "townfacts run SOURCE makes it")
    try:
        with open_warehouse(folder, read_only=True) as house:
            row = house.connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
            known = house.known_files()
    except WarehouseLocked as locked:
        holder = f"process {locked.pid}" if locked.pid else "another process"
        return Finding("note", "warehouse", f"held by {holder}", "a run waits for it (lock_wait)")
    except WarehouseError as error:
        return Finding("mend", "warehouse", type(error).__name__, str(error))
    gone = sum(one.is_gone for one in known.values())
    words = f"schema {row[0] if row else '?'}, {len(known)} files" + (
        f", {gone} of them gone" if gone else ""
    )
    return _writable(file) or Finding("ok", "warehouse", words)


def _lake(settings: Settings) -> Finding:
    try:
        with open_house(settings, read_only=True) as house:
            return Finding("ok", "warehouse", f"{settings.catalog}, {len(house.known_files())} files")
    except WarehouseMissing:
        return Finding(
            "note", "warehouse", f"none in {settings.catalog} yet", "townfacts run SOURCE makes it"
        )
    except WarehouseError as error:
        return Finding("mend", "warehouse", type(error).__name__, str(error))


def _writable(file: Path) -> Finding | None:
    """A file of another user is found only by the next run, unless somebody looks."""
    locked = [one for one in (file, file.parent) if not os.access(one, os.W_OK)]
    if not locked:
        return None
    return Finding(
        "mend", "warehouse", f"{locked[0]} cannot be written", "grant write permission to this user"
    )


def _left_behind(folder: Path) -> Iterator[Finding]:
    """Servers of runs that are no more; Linux only, where /proc tells whose they are."""
    if not Path("/proc/self/environ").exists():
        return
    orphans = sorted(_orphans(folder))
    if orphans:
        numbers = " ".join(map(str, orphans))
        yield Finding("mend", "servers", f"left behind by a run that is gone: {numbers}", f"kill {numbers}")
    else:
        yield Finding("ok", "servers", "none left behind")


def _orphans(folder: Path) -> Iterator[int]:
    """Prefect servers on this warehouse whose parent is gone."""
    mark = b"PREFECT_HOME=" + os.fsencode(folder.absolute() / ".prefect")
    for place in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = mark in (place / "environ").read_bytes().split(b"\0")
            command = (place / "cmdline").read_bytes()
            parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
        except (OSError, IndexError):  # it ended meanwhile, or is somebody else's
            continue
        is_server = b"flows.api_server" in command or b"prefect.server" in command
        if is_ours and is_server and parent == "1":
            yield int(place.name)


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            words = f"port {port}: {error}"
            return Finding("note", "serve", words, "townfacts serve --port N, unless it is serving already")
    return Finding("ok", "serve", f"port {port} is free")


def _alert(command: str) -> Finding:
    if not command:
        return Finding("note", "alert", "none is set", "set alert (docs/settings.md) to be called")
    program = command.split()[0]
    if shutil.which(program):
        return Finding("ok", "alert", command)
    return Finding("mend", "alert", f"{program} is no program on this machine", "correct the setting alert")


def _schedule(settings: Settings) -> Finding:
    """What `townfacts serve` would refuse, said before the night."""
    from flows.serving import schedule_of  # Prefect takes a second to import

    try:
        schedule = schedule_of(settings.cron, None, settings.timezone)
    except UsageFailure as refused:
        return Finding("mend", "schedule", str(refused), "correct the setting cron or timezone")
    return Finding("ok", "schedule", f"{schedule.cron}, {schedule.timezone} time")
