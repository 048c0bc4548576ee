"""Shared fixtures of the whole suite."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine, so that a change is judged by itself and not by chance.
# No clock in it either: a machine that is busy with other work is no fault of what is tested.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag rewrites every golden file and every generated table in the docs; the review is the diff."""
    parser.addoption(
        "--refresh", action="store_true", help="rewrite golden files instead of comparing with them"
    )


@pytest.fixture(scope="session")
def refresh(request: pytest.FixtureRequest) -> bool:
    """True when golden files are to be rewritten."""
    return bool(request.config.getoption("--refresh"))


ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, gold and case banks beside the checkout; without it, skip."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with real reports and case banks is not beside this checkout")
    return SHARED
