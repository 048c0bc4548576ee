"""A published copy of three small reports with private persons in them, and its package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows.reports import TOWNS, report
from tests.pages.conftest import load_folder
from warehouse import open_warehouse
from warehouse.data_package import write_package

PRIVATE = (
    "（三）化解矛盾纠纷。调解村民李明与王小强等邻里纠纷6件，"
    "镇长赵国庆走访当事人张桂芳（电话13912345678）等12户。"
)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """published/townfacts.duckdb of a new warehouse; one of its files has a name a spreadsheet would run, one
    is an older version of another.
    """
    folder = tmp_path_factory.mktemp("packaged")
    source = folder / "reports"
    source.mkdir()
    for number, town in enumerate(TOWNS):
        text = report(town, meetings=3 + number).replace("（三）化解矛盾纠纷。", PRIVATE)
        name = "=1+1" if number == 0 else str(number)
        (source / f"{name}.txt").write_text(text, "utf-8")
    older = report(TOWNS[1]).replace("2023年1月10日", "2023年1月3日")
    (source / "older.txt").write_text(older, "utf-8")
    with open_warehouse(folder / "data") as warehouse:
        load_folder(warehouse, source)
        made = warehouse.publish()
    assert made is not None
    return made


@pytest.fixture(scope="session")
def package(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of that copy."""
    return write_package(published, tmp_path_factory.mktemp("package") / "made").folder
