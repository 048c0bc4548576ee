"""Where output goes: closed streams, full disks and readers who have seen enough."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.flows.reports import report
from tests.flows.townfacts_process import clean_environment, command


def started(line: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """`line` of the shell, in which $@ is the command."""
    return subprocess.run(
        ["bash", "-c", line, "bash", *command(*arguments)],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "reports" / "a.txt"
    path.parent.mkdir()
    path.write_text(report("赵化镇"), "utf-8")
    return path


@pytest.mark.parametrize("how", ["jsonl", "table"])
def test_a_full_disk_under_the_output_is_one_line(file: Path, how: str) -> None:
    done = started('"$@" > /dev/full', "extract", file, "--format", how)
    assert done.returncode == 4
    [said] = done.stderr.splitlines()
    assert said.startswith("townfacts: what was to be printed cannot be written: No space left")


def test_help_into_a_full_disk_leaves_no_traceback() -> None:
    assert "Traceback" not in started('"$@" > /dev/full', "--help").stderr


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-", "> /dev/null 2> /dev/full"])
def test_streams_that_are_closed_or_full_end_nothing(file: Path, closed: str) -> None:
    assert started(f'"$@" {closed}', "extract", file, file.parent / "none").returncode == 2
    assert started(f'"$@" {closed}', "extract", file).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "elsewhere", ["< /dev/null >&- 2>&-", "> /dev/full", "2> /dev/full | true", "2>&1 | true", "| head -n 1"]
)
def test_a_run_is_done_and_says_so_by_its_code(file: Path, tmp_path: Path, elsewhere: str) -> None:
    """Whoever stops listening changes neither what is loaded nor what --strict found."""
    (file.parent / "b.txt").write_bytes(b"")
    run = ("run", file.parent, "--warehouse", tmp_path, "--strict")
    done = started(f'"$@" {elsewhere}; exit ${{PIPESTATUS[0]}}', *run)
    assert (done.returncode, (tmp_path / "published" / "townfacts.duckdb").exists()) == (1, True)
    assert "Traceback" not in done.stderr
