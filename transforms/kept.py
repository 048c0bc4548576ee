"""What costs time to make and can be made again, kept on this machine for the runs to come.

A file has the digest of its content in its name: one that is not as it was written is as good as none. A
folder that cannot be read or written to costs time, nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import NamedTuple

KEPT = 4  # files of one kind, of 1 to 3 MB each: several versions may be in use on one machine


class Kind(NamedTuple):
    """Files that are kept for one purpose: `name`-KEY-DIGEST`suffix`."""

    name: str
    suffix: str


def kept_folder() -> Path:
    """Where users keep what can be made again: $XDG_CACHE_HOME/townfacts, by default ~/.cache/townfacts."""
    named, home = os.environ.get("XDG_CACHE_HOME", ""), os.path.expanduser("~")
    # a relative one is to be passed over, and who has no home has "~" for it: nothing can lie below this file
    folder = (
        named if os.path.isabs(named) else os.path.join(home if os.path.isabs(home) else __file__, ".cache")
    )
    return Path(folder) / "townfacts"


def kept(kind: Kind, key: str) -> bytes | None:
    """What was kept under this key, where its bytes have the digest in its name."""
    try:
        for path in sorted(kept_folder().glob(f"{kind.name}-{key}-*{kind.suffix}")):
            content = path.read_bytes()
            if path.name.endswith(f"-{digest(content)}{kind.suffix}"):
                return content
    except OSError:  # not ours to read
        return None
    return None


def keep(kind: Kind, key: str, content: bytes) -> None:
    """For runs to come, whole or not at all; the oldest make room."""
    with contextlib.suppress(OSError):  # as the module says
        _keep(kept_folder(), kind, key, content)


def _keep(folder: Path, kind: Kind, key: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    beginning = f".{kind.name}."
    clear(folder, beginning)
    beside = folder / f"{beginning}{os.getpid()}"
    try:
        write(beside, content)
        os.replace(beside, folder / f"{kind.name}-{key}-{digest(content)}{kind.suffix}")
    finally:
        beside.unlink(missing_ok=True)
    by_age = sorted(folder.glob(f"{kind.name}-*{kind.suffix}"), key=lambda path: path.stat().st_mtime_ns)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def write(path: Path, content: bytes) -> None:
    """To the disk before it returns. Raises OSError."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def clear(folder: Path, beginning: str) -> None:
    """Remove files whose name goes on with the number of a process that no longer makes them."""
    for left_over in folder.glob(f"{beginning}*"):
        if not _is_at_work(left_over.name.removeprefix(beginning).split(".")[0]):
            left_over.unlink(missing_ok=True)


def _is_at_work(pid: str) -> bool:
    """Whether another process that still lives makes this file; a killed run leaves its own behind."""
    if not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
