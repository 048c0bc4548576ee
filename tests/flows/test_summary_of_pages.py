"""A run says where the review pages lie, and where they show another state than the warehouse."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.cli import main
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from warehouse import open_warehouse
from warehouse.pages import charts, is_of_now


def are_of_now(house: Path) -> bool:
    with open_warehouse(house, read_only=True) as warehouse:
        return is_of_now(warehouse.connection, house / "pages")


def test_pages_are_old_where_what_they_show_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not by the clock: a copy published anew or a load that changed nothing leaves them as they were."""
    monkeypatch.setattr(charts, "_vega", lambda: None)
    house, source = tmp_path / "w", tmp_path / "s"
    source.mkdir()
    (source / "0.txt").write_text(report(TOWNS[0]), "utf-8")
    run_directly(source, house)
    assert main(["review", "--warehouse", str(house)]) == 0
    assert main(["publish", "--force", "--warehouse", str(house)]) == 0
    run_directly(source, house)
    os.utime(house / "pages" / "index.html", (0, 0))
    assert are_of_now(house)
    (source / "1.txt").write_text(report(TOWNS[1]), "utf-8")
    run_directly(source, house)
    assert not are_of_now(house)
    assert main(["review", "--warehouse", str(house)]) == 0
    assert are_of_now(house)
