"""The command as tests start it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

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
