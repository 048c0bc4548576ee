"""Every query of the cookbook and of the README runs over the samples and answers what the page says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from transforms import extract
from transforms.decode import find_files
from validation.frames import frames_of
from validation.gates import gate
from warehouse import RunInfo, SourceFile, open_warehouse

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "sql-cookbook.md"
README = ROOT / "README.md"
QUERY = re.compile(r"```sql\n(.*?)```\n(?:\n((?:\|[^\n]*\n)+))?", re.S)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("samples")
    read = [found.read() for found in find_files(ROOT / "samples")]
    extractions = [extract(replace(report, source=report.relative_path)) for report in read]
    files = [
        SourceFile(r.relative_path, r.relative_path, "read", 1, 1, r.sha256, "1")
        for r in (e.report for e in extractions)
    ]
    with open_warehouse(folder) as warehouse:
        warehouse.load(gate(frames_of(extractions, "1")), RunInfo("samples", datetime(2026, 1, 5), files))
        target = warehouse.publish()
    return duckdb.connect(str(target), read_only=True)


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    rows = [names, ["---"] * len(names), *found.fetchall()]
    return "".join("| " + " | ".join(cell(value) for value in row) + " |\n" for row in rows)


def cell(value: object) -> str:
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text.replace("|", "\\|").replace("\n", "⏎")


@pytest.mark.parametrize(("path", "least"), [(PAGE, 10), (README, 1)], ids=["cookbook", "readme"])
def test_answers(published: duckdb.DuckDBPyConnection, refresh: bool, path: Path, least: int) -> None:
    page = path.read_text(encoding="utf-8")
    queries = QUERY.findall(page)
    assert len(queries) >= least
    if refresh:
        path.write_text(QUERY.sub(lambda m: told_anew(published, m), page), encoding="utf-8")
        return
    for query, told in queries:
        assert answer(published, query) == told, query


def told_anew(published: duckdb.DuckDBPyConnection, found: re.Match[str]) -> str:
    return f"```sql\n{found[1]}```\n\n{answer(published, found[1])}" + ("" if found[2] else "\n")


def test_every_macro_has_an_example() -> None:
    macros = re.findall(
        r"CREATE OR REPLACE MACRO (\w+)", (ROOT / "warehouse" / "macros.sql").read_text(encoding="utf-8")
    )
    queries = " ".join(query for query, _ in QUERY.findall(PAGE.read_text(encoding="utf-8")))
    assert [name for name in macros if f"{name}(" not in queries] == []
