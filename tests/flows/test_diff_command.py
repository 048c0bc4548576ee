"""`townfacts diff`: two loads or two warehouses of real files, each difference with its cause."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from flows.cli import main
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import EXACT, decision
from warehouse.diff import State, diff


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load 1 as read, load 2 with corrections, load 3 with another page."""
    tmp_path = tmp_path_factory.mktemp("told")
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, town in enumerate(TOWNS):
        (folder / f"{number}.txt").write_text(report(town, meetings=3 + number), "utf-8")
    run_directly(folder, tmp_path)
    dropped = decision(
        'action = "drop"', 'report = "0.txt"', 'expected = "7项"', 'indicator = "issues_resolved"'
    )
    moved = decision('action = "set_year"', 'report = "2.txt"', "value = 2021")
    (folder / "corrections.toml").write_text(EXACT + dropped + moved, "utf-8")
    run_directly(folder, tmp_path)
    (folder / "1.txt").write_text(report(TOWNS[1], meetings=9), "utf-8")
    run_directly(folder, tmp_path)
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert main(["diff", *arguments, "--format", "jsonl"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_causes(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = lines(capsys, str(told), "--load", "1", "--load", "2")
    assert {row["cause"] for row in rows} == {"correction"}
    here = [
        (r["change"], r["indicator"], r["old_value"], r["new_value"]) for r in rows if r["town"] == TOWNS[0]
    ]
    assert here == [("removed", "issues_resolved", 7, None), ("changed", "leaflets", 4600, 4612)]
    assert {row["year"] for row in rows if row["town"] == TOWNS[2]} == {2021, 2022}
    rows = lines(capsys, f"{told}@2", f"{told}@3")
    assert [(r["change"], r["cause"], r["indicator"], r["old_value"], r["new_value"]) for r in rows] == [
        ("changed", "source", "rule_of_law_meetings", 4, 9)
    ]


def test_table_and_what_cannot_be_used(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(told), "--load", "2", "--load", "3"]) == 0
    out = capsys.readouterr().out
    assert "0 added, 0 removed, 1 changed; by cause: source 1" in out
    assert main(["diff", str(told), str(told)]) == 0
    assert "no fact differs" in capsys.readouterr().out
    assert main(["diff", str(told)]) == 2
    assert main(["diff", str(told), "--load", "x", "--load", "2"]) == 2
    assert main(["diff", str(told), str(told / "none")]) == 2
    assert "no such file; name a folder with a warehouse" in capsys.readouterr().err


def test_a_copy_from_before_corrections(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = told / "old.duckdb"
    old.write_bytes((told / "warehouse.duckdb").read_bytes())
    with duckdb.connect(str(old)) as connection:
        for name in ("correction_use", "correction_use_history"):
            connection.execute(f"DROP TABLE {name}")
    assert lines(capsys, str(old), str(told)) == []


def test_published_by_hand(told: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--warehouse", str(told)]
    assert main(["publish", *at]) == 0
    assert main(["publish", *at]) == 0
    assert "shows the warehouse as it is already" in capsys.readouterr().out
    copy = told / "published" / "townfacts.duckdb"
    with copy.open("r+b") as stream:  # damaged where nobody looks for its state
        stream.seek(copy.stat().st_size // 2)
        stream.write(b"damage" * 50_000)
    parquet = next((told / "published" / "parquet").glob("*/*.parquet"))
    parquet.write_bytes(b"damage")
    assert main(["publish", "--force", *at]) == 0
    assert parquet.read_bytes()[:4] == b"PAR1"
    with duckdb.connect(str(copy), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        assert tables
        assert all(connection.execute(f"FROM {name}").fetchall() is not None for (name,) in tables)
        states = connection.execute("SELECT state, count(*) FROM correction GROUP BY ALL").fetchall()
        assert states == [("applied", 3)]
    assert main(["backup", str(told / "b.duckdb"), *at]) == 0
    assert main(["restore", str(told / "b.duckdb"), *at]) == 0
    assert "3 reports" in capsys.readouterr().out
    assert main(["publish", "--warehouse", str(told / "none")]) == 2


def test_a_second_report_of_a_town_and_year_is_the_source_of_what_it_adds(tmp_path: Path) -> None:
    """Also where it says what the first one says: no rule changed."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "0.txt").write_text(report(TOWNS[0]), "utf-8")
    run_directly(folder, tmp_path / "w")
    (folder / "1.txt").write_text(report(TOWNS[0]).replace("一、主要做法", "一、做法"), "utf-8")
    run_directly(folder, tmp_path / "w")
    rows = diff(State.named(f"{tmp_path}/w@1"), State.named(f"{tmp_path}/w@2"))
    assert {(row["change"], row["cause"]) for row in rows} == {("added", "source")}


def test_a_figure_a_person_set_is_a_correction_also_where_the_file_changed(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "0.txt").write_text(report(TOWNS[0], disputes=120), "utf-8")
    run_directly(folder, tmp_path / "w")
    (folder / "0.txt").write_text(report(TOWNS[0], disputes=130), "utf-8")
    said = ('action = "set"', 'sentence = "全年召开法治建设专题会议4次"', 'expected = "4次"')
    (folder / "corrections.toml").write_text(
        decision(*said, 'indicator = "rule_of_law_meetings"', "value = 9"), "utf-8"
    )
    run_directly(folder, tmp_path / "w")
    rows = diff(State.named(f"{tmp_path}/w@1"), State.named(f"{tmp_path}/w@2"))
    assert {row["indicator"]: row["cause"] for row in rows} == {
        "disputes_mediated": "source",
        "rule_of_law_meetings": "correction",
    }
