"""Quarantine: what waits is read again when something changed for it, and leaves a trace when it leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows import replay as replaying
from flows.cli import main
from flows.replay import replay
from flows.settings import Settings
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.test_corrections import ask, decision
from warehouse import open_warehouse
from warehouse.quarantine import quarantine_history, quarantine_statistics, repairs, suggested_repair

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = "path,url,town,county,province,year,published_on\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(report(TOWNS[0]), "utf-8")
    (folder / "nameless.txt").write_text(report("太平镇", 2021), "utf-8")
    (folder / "second.txt").write_text(report("太平镇", 2020), "utf-8")
    (folder / "empty.txt").touch()
    run_directly(folder, tmp_path)
    return folder


def again(warehouse: Path, *wanted: str) -> list[tuple[str, str, str]]:
    with open_warehouse(warehouse) as house:
        done = replay(house, Settings(warehouse=warehouse), wanted)
    return [(row["file"], row["because"], row["now"]) for row in done.rows]


def test_only_what_changed_is_read(source: Path, tmp_path: Path) -> None:
    assert again(tmp_path) == []
    assert ask(tmp_path, "SELECT count(*) FROM load") == [(1,)]
    (source / "manifest.csv").write_text(MANIFEST + "nameless.txt,,,古蔺县,四川省,,\n", "utf-8")
    assert again(tmp_path) == [("nameless.txt", "manifest", "resolved by manifest")]
    (source / "corrections.toml").write_text(
        decision(
            'action = "set_town"',
            'report = "second.txt"',
            'value = "太平镇"',
            'new_county = "古蔺县"',
            'new_province = "四川省"',
        ),
        "utf-8",
    )
    assert again(tmp_path) == [("second.txt", "correction", "resolved by correction")]
    (source / "empty.txt").write_text(report(TOWNS[1]), "utf-8")
    assert again(tmp_path) == [("empty.txt", "file", "resolved by replaced")]
    assert ask(tmp_path, "SELECT count(*) FROM report") == [(4,)]
    assert run_directly(source, tmp_path).read == []  # the run finds nothing left to do


def test_new_rules_and_new_extras(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_warehouse(tmp_path) as house:
        house.connection.execute(
            "UPDATE source_file SET rulebook_version = 'older' WHERE status = 'quarantined'"
        )
    assert {row[1:] for row in again(tmp_path)} == {("rule", "still waits")}
    with open_warehouse(tmp_path) as house:
        house.connection.execute(
            "UPDATE source_file SET rulebook_version = '' WHERE relative_path = 'empty.txt'"
        )
        [case] = house.quarantine_list(code="empty_file")  # as if it had been a scan
        for table in ("quarantine", "quarantine_event"):
            house.connection.execute(
                f"UPDATE {table} SET quarantine_id = 'q0' WHERE quarantine_id = ?", [case["quarantine_id"]]
            )
        house.connection.execute("UPDATE quarantine SET code = 'needs_extra_ocr' WHERE quarantine_id = 'q0'")
    monkeypatch.setattr(replaying, "find_spec", lambda name: None)
    assert again(tmp_path) == []
    monkeypatch.setattr(replaying, "find_spec", lambda name: name)
    assert ("empty.txt", "extra", "resolved by extra") in again(tmp_path)


def test_replay_reads_under_the_limits_that_are_set(source: Path, tmp_path: Path) -> None:
    """A text over one MiB: refused where one is allowed, in the run and again in the replay."""
    (source / "large.txt").write_text(report(TOWNS[2]) + "。" * 400_000, "utf-8")
    small = Settings(warehouse=tmp_path, limit_text_mib=1)
    run_directly(source, tmp_path, small)
    with open_warehouse(tmp_path) as house:
        [case] = house.quarantine_list(code="too_large")
        [row] = replay(house, small, [case["quarantine_id"]]).rows
        assert row["now"] == "still waits"
        [row] = replay(house, Settings(warehouse=tmp_path), [case["quarantine_id"]]).rows
        assert row["now"].startswith("resolved")


def test_history_and_statistics(source: Path, tmp_path: Path) -> None:
    page = source / "nameless.txt"
    manifest = source / "manifest.csv"
    for line in ("nameless.txt,,,古蔺县,四川省,,\n", "", "nameless.txt,,,古蔺县,四川省,,\n"):
        manifest.write_text(MANIFEST + line, "utf-8")
        run_directly(source, tmp_path)
    page.unlink()
    with open_warehouse(tmp_path, read_only=True) as house:
        [case] = [r for r in house.quarantine_list(open_only=False) if r["relative_path"] == "nameless.txt"]
        history = quarantine_history(house.connection, case["quarantine_id"])
        told = [(row["load_id"], row["event"], row["cause"]) for row in history]
        assert told == [(1, "opened", None), (2, "resolved", "manifest"), (3, "reopened", None)] + [
            (4, "resolved", "manifest")
        ]
        by_code = {row["code"]: row for row in quarantine_statistics(house.connection)}
        one = by_code["town_ambiguous"]
        assert (one["open"], one["files"], one["resolved"], one["resolved_by"]) == (1, 1, 1, "manifest 2")


def test_the_commands(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--warehouse", str(tmp_path)]
    assert main(["quarantine", "list", "--causes", *at]) == 0
    assert main(["quarantine", "list", "--format", "jsonl", *at]) == 0
    [(case,)] = ask(tmp_path, "SELECT quarantine_id FROM quarantine WHERE relative_path = 'second.txt'")
    assert main(["quarantine", "show", case[:9], *at]) == 0
    out = capsys.readouterr().out
    assert "\n  四川省 泸州市 古蔺县 太平镇\n" in out
    assert 'report = "second.txt"\naction = "set_town"\nvalue = "太平镇"\nnew_county = "…"\n' in out
    shown = out[out.rindex("quarantine_id") :]  # of fifty towns of that name
    assert shown.count("[[correction]]") == 1
    assert "town_candidates" not in shown
    assert main(["quarantine", "replay", *at]) == 0
    assert "nothing was read again" in (out := capsys.readouterr().out)
    assert "2 files wait on: town_ambiguous" in out
    assert main(["quarantine", "replay", "q0000", *at]) == 2
    assert main(["quarantine", "replay", case[:9], *at]) == 0
    assert "asked for  still waits" in capsys.readouterr().out


def test_a_few_candidates_have_a_correction_each() -> None:
    towns = [{"town": "和平镇", "county": county, "province": "某省"} for county in ("甲县", "乙县")]
    row = {"code": "town_ambiguous", "subject": "", "relative_path": "a.txt"}
    told = suggested_repair({**row, "payload": json.dumps({"town_candidates": towns})})
    assert told.count("[[correction]]") == 2
    assert 'value = "和平镇"\nnew_county = "乙县"\nnew_province = "某省"' in told


def test_every_reason_of_a_file_has_a_repair() -> None:
    page = (ROOT / "docs" / "reason-codes.md").read_text("utf-8")
    rows = [[cell.strip(" `") for cell in line.split("|")] for line in page.splitlines()]
    codes = {row[1] for row in rows if len(row) == 6 and row[2] == "quarantine"}
    codes |= {row[2] for row in rows if len(row) == 6 and row[1] == "report"}
    known = {code for kind, found in repairs().items() if kind != "row" for code in found}
    assert codes == known
