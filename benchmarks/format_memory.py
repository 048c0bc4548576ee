"""How much memory a process takes that reads documents of one format, beside one with the bare library.

    python -m benchmarks.format_memory KIND ours|bare FILE TIMES   prints the peak in MB

Each is a new process that holds one reader and reads one document over and over, as a child of a run does.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import bare_readers
from benchmarks.timing import Goal

ROOT = Path(__file__).resolve().parents[1]
TIMES, TIMES_OF_SCANS = 100, 2
READERS: Mapping[str, tuple[str, str, str]] = {  # kind -> module and function of ours, the bare one
    "txt UTF-8": ("plain", "read_plain", "txt"),
    "html": ("html", "read_html", "html"),
    "docx": ("docx", "read_docx", "docx"),
    "ofd": ("ofd", "read_ofd", "ofd"),
    "xlsx": ("xlsx", "read_xlsx", "sheet"),
    "xls": ("xls", "read_xls", "sheet"),
    "doc": ("legacy", "read_doc", "doc"),
    "pdf": ("pdf", "read_pdf", "pdf"),
    "scan": ("recognizer", "recognized_page", "scan"),
}


def peak(kind: str, whose: str, data: bytes, times: int) -> float:
    """MB of a process that reads a document so many times, the interpreter and its imports included."""
    module, function, bare = READERS[kind]
    if whose == "bare":
        read = getattr(bare_readers, bare)
        arguments: tuple[object, ...] = ()
    else:
        read = getattr(import_module(f"transforms.decode.{module}"), function)
        limits = import_module("transforms.decode.limits").DEFAULT_LIMITS
        arguments = (limits, 0) if kind == "scan" else (limits,)
    for _ in range(times):
        read(data, *arguments)
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) * 1024 / 1e6


def goals(documents: Mapping[str, bytes]) -> Iterator[Goal]:
    """Of each document by its kind; nothing is asked of them, they are shown."""
    if not Path("/proc/self/status").exists():
        return
    with TemporaryDirectory() as folder:
        for kind in [kind for kind in READERS if kind in documents]:
            if kind == "scan" and find_spec("rapidocr") is None:
                continue
            file = Path(folder) / "document"
            file.write_bytes(documents[kind])
            times = TIMES_OF_SCANS if kind == "scan" else TIMES
            ours, bare, once = (
                _asked(kind, *of, file) for of in (("ours", times), ("bare", times), ("ours", 1))
            )
            added = (ours - once) / (times - 1)
            measured = f"{ours:.0f} MB, bare {bare:.0f} MB; {max(added, 0.0):.2g} MB a document more"
            yield Goal(f"{kind}, memory of a process that reads {times}", "", measured, None)


def _asked(kind: str, whose: str, times: int, file: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.format_memory", kind, whose, str(file), str(times)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


if __name__ == "__main__":
    print(peak(sys.argv[1], sys.argv[2], Path(sys.argv[3]).read_bytes(), int(sys.argv[4])))
