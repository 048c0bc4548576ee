"""The command as tests start it, and one run that all tests share which only look."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.flows.reports import make_source
from tests.flows.townfacts_process import Townfacts, clean_environment, command


@pytest.fixture(scope="session")
def townfacts() -> Townfacts:
    """Runs `townfacts ARGUMENTS` to its end; whatever happens, no traceback may reach the output."""

    def call(
        *arguments: str | Path, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command(*arguments),
            cwd=cwd,
            env=clean_environment() | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert "Warning" not in done.stderr, done.stderr
        return done

    return call


@dataclass(frozen=True)
class FirstRun:
    """The folder, its warehouse after one run, what the machine kept, and what the run said."""

    source: Path
    warehouse: Path
    cache: Path
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory, townfacts: Townfacts) -> FirstRun:
    """The one cold start of the suite, with nothing kept on the machine."""
    folder = tmp_path_factory.mktemp("first")
    source, warehouse, cache = make_source(folder / "reports"), folder / "仓 库", folder / "cache"
    done = townfacts("run", source, "--warehouse", warehouse, XDG_CACHE_HOME=str(cache))
    return FirstRun(source, warehouse, cache, done)
