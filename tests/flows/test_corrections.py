"""Corrections on real files: carried out, kept through re-runs, loud when their sentence is gone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.failures import UsageFailure
from tests.flows.direct import run_directly
from tests.flows.reports import TOWNS, report
from tests.flows.townfacts_process import Townfacts

ROOT = Path(__file__).resolve().parents[2]
WHO = 'reason = "told by the office"\nauthor = "Li Na"\ndate = 2026-11-20\n'
LEAFLETS = 'sentence = "发放宣传资料4600余份"\nexpected = "4600余份"\nindicator = "leaflets"\n'


def decision(*lines: str) -> str:
    return "[[correction]]\n" + "\n".join(lines) + "\n" + WHO


EXACT = decision('action = "set"', LEAFLETS, "value = 4612")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Three towns with the same sentences and one page that names no county."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, town in enumerate(TOWNS):
        (folder / f"{number}.txt").write_text(report(town, meetings=3 + number), "utf-8")
    (folder / "nameless.txt").write_text(report("太平镇", 2021), "utf-8")
    return folder


def ask(folder: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


FIGURES = (
    "SELECT value, low, high, bound, rule, confidence FROM fact_indicator WHERE indicator = '{}' ORDER BY ALL"
)


def test_set_holds_wherever_the_sentence_stands(source: Path, tmp_path: Path) -> None:
    first = run_directly(source, tmp_path)
    assert (first.result.accepted, first.result.quarantined) == (3, 1)
    (source / "corrections.toml").write_text(EXACT, "utf-8")
    second = run_directly(source, tmp_path)
    assert second.read == ["0.txt", "1.txt", "2.txt"]  # the page in quarantine is not touched
    assert (second.result.facts_added, second.result.facts_removed, second.wrong) == (3, 3, [])
    assert ask(tmp_path, FIGURES.format("leaflets")) == [(4612, 4612, 4612, "exact", "correction", 1.0)] * 3
    assert ask(tmp_path, "SELECT DISTINCT value, bound, valid_to_load FROM fact_indicator_history") == [
        (4600, "at_least", 2)
    ]
    [row] = ask(tmp_path, "SELECT state, reports, author, expected_text FROM correction")
    assert row == ("applied", 3, "Li Na", "4600余份")
    assert ask(tmp_path, "SELECT DISTINCT extracted_value, extracted_bound FROM correction_use") == [
        (4600, "at_least")
    ]
    third = run_directly(source, tmp_path)
    assert (third.read, third.result.has_changed) == ([], False)


def test_a_reworded_reason_reads_nothing_again_and_a_withdrawn_decision_is_undone(
    source: Path, tmp_path: Path
) -> None:
    file = source / "corrections.toml"
    file.write_text(EXACT, "utf-8")
    run_directly(source, tmp_path)
    file.write_text("# looked at again\n" + EXACT.replace("told by", "confirmed by"), "utf-8")
    assert run_directly(source, tmp_path).read == []
    assert ask(tmp_path, "SELECT reason FROM correction") == [("confirmed by the office",)]
    file.write_text("", "utf-8")
    assert run_directly(source, tmp_path).read == ["0.txt", "1.txt", "2.txt"]
    assert {row[0] for row in ask(tmp_path, FIGURES.format("leaflets"))} == {4600}
    assert ask(tmp_path, "SELECT state, reports FROM correction") == [("withdrawn", 0)]
    file.write_text(EXACT, "utf-8")
    run_directly(source, tmp_path)
    assert ask(tmp_path, "SELECT state, reports FROM correction") == [("applied", 3)]


def test_a_sentence_that_changed_is_told_and_the_decision_kept(source: Path, tmp_path: Path) -> None:
    only_here = decision('action = "set"', 'report = "1.txt"', LEAFLETS, "value = 4612")
    (source / "corrections.toml").write_text(only_here + EXACT.replace("4612", "4613"), "utf-8")
    run_directly(source, tmp_path)
    assert sorted(r[0] for r in ask(tmp_path, FIGURES.format("leaflets"))) == [4612, 4613, 4613]
    page = source / "1.txt"
    page.write_text("导航 首页\n" + page.read_text("utf-8").replace("4600余份", "5200余份"), "utf-8")
    after = run_directly(source, tmp_path)
    told = {(row["report_path"], row["state"]): row["note"] for row in after.wrong}
    assert "does not stand in the report" in told["1.txt", "stale"]
    assert "holds no longer in 1.txt" in told[None, "applied"]
    assert sorted(r[0] for r in ask(tmp_path, FIGURES.format("leaflets"))) == [4613, 4613, 5200]
    page.write_text(
        "导航\n" + report(TOWNS[1], meetings=4), "utf-8"
    )  # the sentence is back, at another place
    assert run_directly(source, tmp_path).wrong == []


def test_drop_confirm_and_a_number_no_rule_reads(source: Path, tmp_path: Path) -> None:
    (source / "corrections.toml").write_text(
        decision('action = "drop"', 'report = "0.txt"', 'expected = "7项"', 'indicator = "issues_resolved"')
        + decision(
            'action = "confirm"',
            'sentence = "调解成功率达98%以上"',
            'expected = "98%以上"',
            'indicator = "mediation_success_rate"',
            "low = 98",
        )
        + decision(
            'action = "set"',
            'report = "2.txt"',
            'expected = "23场"',
            'indicator = "law_lectures"',
            "value = 23",
        )
        + decision(
            'action = "confirm"',
            'report = "1.txt"',
            'expected = "120件"',
            'indicator = "disputes_mediated"',
            "value = 121",
        ),
        "utf-8",
    )
    after = run_directly(source, tmp_path)
    assert len(ask(tmp_path, FIGURES.format("issues_resolved"))) == 2
    assert ask(tmp_path, "SELECT role, rule FROM ledger WHERE text = '7' OR text = '7项' ORDER BY ALL")[
        -1
    ] == (
        "unmatched",
        "correction",
    )
    rates = ask(tmp_path, FIGURES.format("mediation_success_rate"))
    assert {(row[0], row[4] == "correction", row[5]) for row in rates} == {(98, False, 1.0)}
    assert ask(tmp_path, FIGURES.format("law_lectures")) == [(23, 23, 23, "exact", "correction", 1.0)]
    assert ask(tmp_path, "SELECT span_text FROM fact_indicator WHERE indicator = 'law_lectures'") == [
        ("23场",)
    ]
    [wrong] = after.wrong
    assert (wrong["state"], wrong["report_path"]) == ("stale", "1.txt")
    assert "read as exact 120 now, which is not what was confirmed" in wrong["note"]


def test_town_and_year_let_a_report_out_of_quarantine(source: Path, tmp_path: Path) -> None:
    run_directly(source, tmp_path)
    where = 'report = "nameless.txt"\nexpected = "太平镇2021年度"'
    (source / "corrections.toml").write_text(
        decision('action = "set_town"', where, 'value = "太平镇"', 'new_county = "古蔺县"')
        + decision('action = "set_year"', where, "value = 2022"),
        "utf-8",
    )
    after = run_directly(source, tmp_path)
    assert (after.read, after.result.accepted, after.wrong) == (["nameless.txt"], 1, [])
    query = (
        "SELECT t.name, t.county, r.year FROM report r JOIN town t USING (town_id) WHERE t.name = '太平镇'"
    )
    assert ask(tmp_path, query) == [("太平镇", "古蔺县", 2022)]
    assert ask(tmp_path, "SELECT resolved_by, resolved_load FROM quarantine") == [("correction", 2)]
    assert ask(tmp_path, "SELECT event, cause FROM quarantine_event ORDER BY load_id") == [
        ("opened", None),
        ("resolved", "correction"),
    ]


@pytest.mark.slow
def test_a_file_that_is_gone_takes_nothing_back(source: Path, tmp_path: Path) -> None:
    (source / "corrections.toml").write_text(EXACT, "utf-8")
    run_directly(source, tmp_path)
    (source / "corrections.toml").unlink()
    with pytest.raises(UsageFailure, match="holds 1 corrections from it; bring it back"):
        run_directly(source, tmp_path)


@pytest.mark.slow
def test_reports_named_by_town_and_year(source: Path, tmp_path: Path) -> None:
    run_directly(source, tmp_path)
    where = f'town = "{TOWNS[1]}"\nyear = 2022\nexpected = "7项"'
    dropped = decision('action = "drop"', where, 'indicator = "issues_resolved"')
    (source / "corrections.toml").write_text(dropped, "utf-8")
    assert run_directly(source, tmp_path).read == ["1.txt"]
    assert len(ask(tmp_path, FIGURES.format("issues_resolved"))) == 2


def test_the_command(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from flows.cli import main

    run_directly(source, tmp_path)
    [(fact,)] = ask(
        tmp_path,
        "SELECT fact_id FROM fact_indicator JOIN report USING (report_id)"
        " WHERE indicator = 'leaflets' AND relative_path = '1.txt'",
    )
    said = ["--reason", "counted", "--author", "Li Na", "--warehouse", str(tmp_path)]
    assert main(["correct", str(source), "--fact", fact, "--action", "confirm", *said]) == 0
    assert "the same sentence stands in 2 more, for example 0.txt" in capsys.readouterr().err
    here = [str(tmp_path / "here.toml"), "--fact", fact, "--action", "drop", "--only-here"]
    assert main(["correct", *here, *said]) == 0
    assert "stands in" not in capsys.readouterr().err
    assert main(["correct", str(source), "--fact", "f0", "--action", "drop", *said]) == 2
    assert main(["correct", str(source), "--fact", fact, "--action", "set", "--value", "x", *said]) == 2
    assert "no fact of the warehouse has this id" in (err := capsys.readouterr().err)
    assert "value = 'x' is not a number" in err
    shutil.copy(source / "corrections.toml", tmp_path / "other.toml")
    assert main(["correct", str(source), "--add", str(tmp_path / "other.toml")]) == 0
    assert main(["correct", str(source), "--check"]) == 0
    assert run_directly(source, tmp_path).wrong == []
    assert main(["correct", "--list", "--warehouse", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "0 corrections added" in out
    assert "1 corrections, all can be used" in out
    assert "applied  confirm leaflets  发放宣传资料4600余份" in out


def test_the_examples_of_the_page(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "corrections.md").read_text("utf-8")
    [text] = re.findall(r"\n(全年召开.+)\n", page)
    [examples] = re.findall(r"```toml\n(.*?)```", page, re.S)
    folder = tmp_path / "reports"
    folder.mkdir()
    head, tail = "太平镇2022年度法治政府建设工作报告\n\n", "\n\n太平镇人民政府\n2024年1月10日\n"
    (folder / "report.txt").write_text(head + "一、主要做法\n" + text + tail, "utf-8")
    (folder / "corrections.toml").write_text(examples, "utf-8")
    done = run_directly(folder, tmp_path)
    assert (done.result.accepted, done.wrong) == (1, [])
    assert ask(tmp_path, "SELECT county, year FROM report JOIN town USING (town_id)") == [("古蔺县", 2023)]
    query = "SELECT indicator, value, bound, rule, confidence FROM fact_indicator"
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        found = {row[0]: row[1:] for row in connection.execute(query).fetchall()}
        assert connection.execute("SELECT count(*) FROM correction WHERE state = 'applied'").fetchone() == (
            6,
        )
    assert found["leaflets"] == (4612, "exact", "correction", 1.0)
    assert found["law_lectures"] == (23, "exact", "correction", 1.0)
    assert found["mediation_success_rate"][:2] == (98, "at_least")
    assert "publicity_events" not in found


@pytest.mark.slow
def test_the_run_carries_them_out_and_is_loud(source: Path, tmp_path: Path, townfacts: Townfacts) -> None:
    gone = EXACT.replace("4600", "4700").replace("发放", "分发")
    (source / "corrections.toml").write_text(EXACT + gone, "utf-8")
    for runner in ("serial", "processes"):
        done = townfacts("run", source, "--warehouse", tmp_path / runner, "--runner", runner)
        assert done.returncode == 0, done.stderr
        assert "WARNING: 1 corrections hold no longer" in done.stdout
        assert "the sentence stands in no report" in done.stdout
        assert ask(tmp_path / runner, FIGURES.format("leaflets"))[0][0] == 4612
    (source / "corrections.toml").write_text(EXACT.replace("value", "valeu"), "utf-8")
    done = townfacts("run", source, "--warehouse", tmp_path / "serial")
    assert done.returncode == 2
    assert "corrections.toml, line 7: unknown key 'valeu'" in done.stderr
