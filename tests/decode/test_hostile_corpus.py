"""The hostile folder: no crash, no hang, bounded memory, a known reason each, and every good file read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 60.0  # of one file on a busy machine; the limit is 30 of processor time
MOST_BYTES = 1.5e9
READ = ("read", "read otherwise")


def outcomes_of(folder: Path, size: str) -> dict[str, Any]:
    """Read in a process of its own, whose memory is counted."""
    command = [sys.executable, "-m", "tests.decode.hostile", str(folder)]
    subprocess.run([*command, size], cwd=ROOT, check=True)
    done = subprocess.run([*command, "read"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(found: dict[str, Any]) -> None:
    listed = (ROOT / "docs/reason-codes.md").read_text(encoding="utf-8")
    outcomes = found["outcomes"]
    assert not {name: what for name, what in outcomes.items() if what.startswith("crash")}
    assert not {what for what in outcomes.values() if what not in READ and f"`{what}`" not in listed}
    assert not {name: s for name, s in found["seconds"].items() if s > LONGEST_SECONDS}
    assert found["peak_bytes"] < MOST_BYTES
    good = {name: what for name, what in outcomes.items() if name.startswith("good/")}
    assert len(good) > 30
    assert not {name: what for name, what in good.items() if what != "read"}


def test_the_quick_part_of_the_hostile_folder(tmp_path: Path) -> None:
    found = outcomes_of(tmp_path / "in", "quick")
    assert len(found["outcomes"]) >= 200
    check(found)


@pytest.mark.slow
def test_the_whole_hostile_folder(tmp_path: Path) -> None:
    found = outcomes_of(tmp_path / "in", "make")
    outcomes = found["outcomes"]
    assert len(outcomes) >= 350
    check(found)
    wanted = {
        "bomb.docx": "archive_bomb",
        "bomb.xlsx": "archive_bomb",
        "bomb.ofd": "archive_bomb",
        "bomb.zip/a.txt": "archive_bomb",
        "bomb-in-zip.zip/b.zip/c.zip": "nested_too_deep",
        "many.zip": "too_many_members",
        "crowd.zip": "too_many_members",
        "crowd.docx": "too_many_members",
        "locked.zip/a.txt": "password_protected",
        "locked.docx": "password_protected",
        "locked.xlsx": "password_protected",
        "locked.ofd": "password_protected",
        "locked.doc": "password_protected",
        "remote.docx": "forbidden_xml",
        "remote.ofd": "forbidden_xml",
        "pages.pdf": "too_many_pages",
        "pages.ofd": "too_many_pages",
        "rows.xlsx": "too_large",
        "sparse.pdf": "too_large",
        "outside.txt": "symlink_outside",
        "up": "symlink_folder",
        "pipe.txt": "not_a_file",
        "nested.mht": "damaged_file",
        "tree-loop.pdf": "damaged_file",
    }
    assert {name: outcomes[name] for name in wanted} == wanted
