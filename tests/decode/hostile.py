"""A folder of files made to harm whoever reads them, with good files among them.

`python -m tests.decode.hostile FOLDER make` (or `quick`, without the large ones) writes it; `... FOLDER read`
reads it as a run would and prints one JSON object: what became of each file, the seconds it took and the peak
memory of the process and its children.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from pathlib import Path

from tests.decode.hostile_files import (
    damaged_files,
    good_and_odd,
    good_files,
    other_files,
    text_files,
    xml_files,
    zip_files,
)
from tests.decode.hostile_pdf import pdf_files
from transforms.decode import FoundFile, Limits, UnreadableFile, find_files
from transforms.decode.sandbox import close_children


def make(folder: Path, *, is_whole: bool = True) -> None:
    """All files below `folder`, which must not exist; else those that are quick to make and to refuse."""
    good = good_files()
    sources = [damaged_files(good), good_and_odd(good), other_files()]
    if is_whole:
        sources += [pdf_files(), xml_files(good), zip_files(good), text_files()]
    for name, data in (pair for source in sources for pair in source):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for kind in ("txt", "pdf", "zip", "xlsx"):
        with (folder / f"sparse.{kind}").open("wb") as sparse:
            sparse.write(good.get(kind, b"PK\x03\x04"))
            sparse.truncate(1 << 30)
    (folder / "outside.txt").symlink_to("/etc/passwd")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "folder.txt").mkdir()
    (folder / "up").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")


def read_all(folder: Path, limits: Limits) -> dict[str, object]:
    """What became of each file ("read", "read otherwise" without the figures, or the code of the reason)."""
    outcomes, seconds = {}, {}
    for found in find_files(folder, limits):
        begin = time.monotonic()
        outcomes[found.relative_path] = outcome(found, limits)
        seconds[found.relative_path] = round(time.monotonic() - begin, 2)
    close_children()
    peaks = [own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]
    return {"outcomes": outcomes, "seconds": seconds, "peak_bytes": sum(peaks), "peaks": peaks}


def own_peak() -> int:
    """Bytes; `getrusage` would count what the process that started this one held at that time."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [kilobytes] = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.M)
    return int(kilobytes) * 1024


def outcome(found: FoundFile, limits: Limits) -> str:
    try:
        return "read" if "126" in found.read(limits).text else "read otherwise"
    except UnreadableFile as refused:
        return refused.problem.code
    except Exception as error:  # what must never happen; counted by the caller
        return f"crash: {type(error).__name__}: {error}"[:200]


if __name__ == "__main__":
    target, task = Path(sys.argv[1]), sys.argv[2]
    if task == "read":
        json.dump(read_all(target, Limits()), sys.stdout, indent=1)
    else:
        make(target, is_whole=task == "make")
