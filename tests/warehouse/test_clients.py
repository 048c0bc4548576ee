"""The published copy, also one brought up to date in place, opened by every client people may have."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.old_clients import CLIENTS, installed, opened
from tests.warehouse.told_reports import stated, told_report
from warehouse import open_warehouse


@pytest.mark.slow
def test_every_client_opens_it(batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "data") as warehouse:
        for first, last in ((0, 40), (38, 43)):
            facts = [stated("leaflets", f"{n}00余份", f"{n}00", None) for n in range(last)]
            reports = [
                told_report(facts[n], name=f"{n}.txt", words=str(n), town_id=f"t{n:012}")
                for n in range(first, last)
            ]
            warehouse.load(*batch(reports))
            published = warehouse.publish()
    assert published
    if not installed(CLIENTS["1.0.0"], tmp_path / "1.0.0"):
        pytest.skip("no package index: clients cannot be installed")
    for name, client in CLIENTS.items():
        assert installed(client, tmp_path / name), name
        run = opened(client, tmp_path / name, published)
        assert run.returncode == 0, (name, run.stderr)
        assert run.stdout.startswith("(43,)"), (name, run.stdout)
