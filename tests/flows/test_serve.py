"""`townfacts serve` for real: the schedule fires, a new file is loaded by the next run, the UI shows it, and
nothing is left when it ends, however it ends.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from flows.history import ask
from tests.flows.conftest import FirstRun
from tests.flows.reports import TOWNS, make_source, report
from tests.flows.test_kill import assert_nothing_is_left, states_of_runs
from tests.flows.townfacts_process import Townfacts, clean_environment, command, seed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET_BROWSER = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--hide-scrollbars", "--window-size=1400,1200", "--virtual-time-budget=20000", "--timeout=60000"),
)


class Served:
    """A process that serves, and all it has said."""

    def __init__(self, *arguments: str | Path) -> None:
        self.process = subprocess.Popen(
            command("serve", *arguments),
            env=clean_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr
        self.said.extend(iter(self.process.stderr.readline, ""))

    def close(self) -> None:
        """Ends it at once; what it started holds the pipe until it has seen that and ended too."""
        self.process.kill()
        self.process.wait()
        self._listener.join(60)
        assert not self._listener.is_alive(), "something still runs that was started here"
        assert self.process.stderr
        self.process.stderr.close()

    def until(self, is_so: Callable[[str], bool], seconds: float = 180) -> str:
        """The first line of which that is so."""
        deadline, seen = time.monotonic() + seconds, 0
        while time.monotonic() < deadline:
            for line in self.said[seen:]:
                seen += 1
                if is_so(line):
                    return line
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        pytest.fail(f"never said it: {self.said}")


@contextmanager
def serving(*arguments: str | Path) -> Iterator[Served]:
    served = Served(*arguments)
    try:
        yield served
    finally:
        served.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cron", "每天"], "cron '每天'"),
        (["--cron", "99 * * * *"], "cron '99"),
        (["--timezone", "Asia/Atlantis"], "timezone Asia/Atlantis"),
        (["--every", "0"], "--every"),
        (["--every", "5m"], "--every"),
        (["--port", "x"], "--port"),
        (["--years", "x"], "--years"),
    ],
)
@pytest.mark.slow
def test_a_slip_is_told_before_anything_is_started(
    townfacts: Townfacts, tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = townfacts("serve", tmp_path, "--warehouse", tmp_path / "w", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert words in done.stderr


@pytest.mark.slow
def test_a_new_file_is_loaded_by_the_next_run_and_seen_in_the_ui(first_run: FirstRun, tmp_path: Path) -> None:
    source, warehouse = make_source(tmp_path / "s"), tmp_path / "w"
    seed(first_run.warehouse, warehouse)
    with serving(source, "--warehouse", warehouse, "--every", "10", "--port", "0") as served:
        said = served.until(lambda line: "/deployments/" in line)
        served.until(lambda line: "3 accepted" in line)
        (source / "new.txt").write_text(report(TOWNS[0], year=2021), "utf-8")
        served.until(lambda line: "1 accepted" in line)
        if CHROMIUM:
            base = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert base
            page = looked_at(f"{base[0]}/runs", tmp_path, f"ingest {source}")
            assert "Completed" in page
            wanted = {"artifacts": {"key": {"any_": ["ingest-summary"]}}}
            (latest,) = ask(f"{base[0]}/api/artifacts/latest/filter", wanted)
            place = f"{base[0]}/artifacts/artifact/{latest['latest_id']}"
            looked_at(place, tmp_path, "up to date, with warnings")
        (source / "manifest.csv").write_text("nonsense\n", "utf-8")
        served.until(lambda line: "did not bring the warehouse up to date: " in line)
        os.kill(served.process.pid, signal.SIGTERM)
        assert served.process.wait(60) == 0
    assert not any("Traceback" in line or "Warning" in line for line in served.said), served.said
    assert served.said[-1] == "townfacts: stopped\n"
    assert_nothing_is_left(warehouse)
    with duckdb.connect(str(warehouse / "published" / "townfacts.duckdb"), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM report WHERE year = 2021").fetchall() == [(1,)]


def looked_at(url: str, folder: Path, words: str) -> str:
    """The page as headless Chromium has it when its scripts have run; looks again if need be."""
    for _ in range(4):
        page = dom(url, folder)
        if words in page:
            return page
    pytest.fail(f"{url} does not show {words!r}")


def dom(url: str, folder: Path) -> str:
    profile = folder / "profile"
    done = subprocess.run(
        [str(CHROMIUM), *QUIET_BROWSER, f"--user-data-dir={profile}", "--dump-dom", url],
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=True,
    )
    return done.stdout


@pytest.mark.slow
def test_killed_in_the_middle_it_leaves_nothing_and_goes_on_when_started_again(
    first_run: FirstRun, tmp_path: Path
) -> None:
    source, warehouse = make_source(tmp_path / "s"), tmp_path / "w"
    seed(first_run.warehouse, warehouse)
    arguments = (source, "--warehouse", warehouse, "--every", "10", "--port", "0")
    with serving(*arguments, "--runner", "processes") as served:
        served.until(lambda line: "files," in line)  # read, not yet loaded
        os.kill(served.process.pid, signal.SIGKILL)
    assert_nothing_is_left(warehouse)
    with serving(*arguments) as served:
        served.until(lambda line: "files in = " in line)
        os.kill(served.process.pid, signal.SIGTERM)
        assert served.process.wait(60) == 0
    assert_nothing_is_left(warehouse)
    assert "RUNNING" not in states_of_runs(warehouse)


@pytest.mark.slow
def test_two_schedules_on_one_warehouse_one_waits(first_run: FirstRun, tmp_path: Path) -> None:
    sources = [make_source(tmp_path / name) for name in ("a", "b")]
    for town, source in zip(TOWNS, sources, strict=False):
        (source / "own.txt").write_text(report(town, year=2019), "utf-8")
    warehouse = tmp_path / "w"
    seed(first_run.warehouse, warehouse)
    common = ("--warehouse", warehouse, "--every", "10", "--port", "0")
    with serving(sources[0], *common) as one, serving(sources[1], *common) as other:
        for served in (one, other):
            served.until(lambda line: "files in = " in line and "0 unchanged" in line)
            served.until(lambda line: "files in = " in line and " 0 unchanged" not in line)
        for served in (one, other):
            os.kill(served.process.pid, signal.SIGTERM)
        assert [served.process.wait(60) for served in (one, other)] == [0, 0]
    assert_nothing_is_left(warehouse)
    with duckdb.connect(str(warehouse / "published" / "townfacts.duckdb"), read_only=True) as reader:
        rows = reader.execute(
            "SELECT town.name, year FROM report JOIN town USING (town_id) WHERE year = 2019 ORDER BY ALL"
        ).fetchall()
    assert rows == sorted((town, 2019) for town in TOWNS[:2])
