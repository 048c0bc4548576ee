"""Starting the command as a person does: a process of its own, output and exit code as they come."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Townfacts = Callable[..., "subprocess.CompletedProcess[str]"]


def clean_environment() -> dict[str, str]:
    """The environment without settings that a developer may have exported, with UTF-8 left to the program."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TOWNFACTS_", "PREFECT_"))}
    return kept | {"PYTHONPATH": str(ROOT)}


def command(*arguments: str | Path) -> Sequence[str]:
    """What to start for `townfacts ARGUMENTS`."""
    return [sys.executable, "-m", "flows", *map(str, arguments)]


def run_script(
    script: Path, text: str, *arguments: str | Path, seconds: float = 300
) -> subprocess.CompletedProcess[str]:
    """`townfacts ARGUMENTS` in a program that changes something of it first: `text`, which calls main."""
    script.write_text(text, "utf-8")
    return subprocess.run(
        [sys.executable, script, *arguments],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )


def seed(from_warehouse: Path, warehouse: Path) -> None:
    """Give a warehouse to be the Prefect database of another one: making it takes seconds of CPU."""
    warehouse.mkdir(parents=True, exist_ok=True)
    shutil.copytree(from_warehouse / ".prefect", warehouse / ".prefect")


def ended(process: subprocess.Popen[str], seconds: float = 120) -> subprocess.CompletedProcess[str]:
    """What a process said by its end."""
    out, err = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def servers_of(warehouse: Path) -> list[int]:
    """Process ids of API servers, and of workers, that belong to runs on this warehouse (Linux)."""
    mark = str(warehouse / ".prefect").encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes() and int(folder.name) != os.getpid():
                found.append(int(folder.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return found
