"""Shared fixtures of the whole suite."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, gold and case banks beside the checkout; without it, skip."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with real reports and case banks is not beside this checkout")
    return SHARED
