"""Loads: once or twice, in any order, new versions, copies, refusals; and the past that stays readable."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.warehouse.dump import dump, one
from tests.warehouse.told_reports import files_of, stated, told_report
from transforms.decode.report import Problem
from validation.frames import Refusal
from warehouse import LoadRefused, open_warehouse

EVENTS = "publicity_events"


def test_second_load_changes_nothing(five, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        first = warehouse.load(*batch(five))
    before = dump(tmp_path / "warehouse.duckdb")
    with open_warehouse(tmp_path) as warehouse:
        second = warehouse.load(*batch(five))
        assert one(warehouse, "SELECT count(*) FROM load") == 2
    assert (first.files_in, first.accepted, first.facts_added, first.has_changed) == (5, 5, 70, True)
    assert (second.accepted, second.facts_added, second.facts_removed, second.has_changed) == (5, 0, 0, False)
    assert dump(tmp_path / "warehouse.duckdb") == before


def test_unchanged_files_are_known(five, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(five))
        known = warehouse.known_files()
        files = files_of([e.report for e in five], "unchanged")
        assert {f.path: (f.size, f.mtime_ns, f.sha256, f.rulebook_version) for f in files} == {
            path: (f.size, f.mtime_ns, f.sha256, f.rulebook_version) for path, f in known.items()
        }
        result = warehouse.load(*batch([], files))
        assert (result.files_in, result.unchanged, result.has_changed) == (5, 5, False)
        assert one(warehouse, "SELECT min(last_seen_load) FROM source_file") == 2
        assert one(warehouse, "SELECT count(*) FROM fact_indicator") == 70


VERSIONS = {
    "dated": [
        told_report(stated(EVENTS, "12场", "12"), name="a.txt", issued_on="2022-12-20"),
        told_report(stated(EVENTS, "15场", "15"), name="b.txt", issued_on="2023-01-20"),
        told_report(stated(EVENTS, "13场", "13"), name="c.txt", issued_on="2023-01-02"),
    ],
    "undated": [
        told_report(stated(EVENTS, "12场", "12"), name="a.txt"),
        told_report(
            stated(EVENTS, "9场", "9"), name="b.txt", period_end="2022-06-30", issued_on="2023-01-20"
        ),
        told_report(stated(EVENTS, "11场", "11"), name="c.txt"),
    ],
}


def test_a_touched_file_is_noted_at_its_new_time(five, batch, tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(five))
        touched = [
            replace(f, mtime_ns=f.mtime_ns + 7) for f in files_of([e.report for e in five], "unchanged")
        ]
        warehouse.load(*batch([], touched))
        assert {k.mtime_ns for k in warehouse.known_files().values()} == {f.mtime_ns for f in touched}


@pytest.mark.parametrize(("kind", "wins"), [("dated", {"15场"}), ("undated", {"12场", "11场"})])
def test_order_of_loading_never_matters(kind: str, wins: set[str], batch, tmp_path: Path) -> None:
    """The later publication wins; without dates the report of the whole year, then the smaller sha256."""
    states = []
    for number, order in enumerate(itertools.permutations(VERSIONS[kind])):
        with open_warehouse(tmp_path / str(number)) as warehouse:
            for extraction in order:
                warehouse.load(*batch([extraction]))
            current = "SELECT report_id, is_current FROM report ORDER BY ALL"
            states.append(
                (
                    warehouse.connection.execute(current).fetchall(),
                    warehouse.connection.execute("SELECT * EXCLUDE (load_id) FROM resolution").fetchall(),
                    warehouse.connection.execute("FROM fact_publicity").fetchall(),
                )
            )
            shown = one(warehouse, "SELECT span_text FROM indicator_long")
    assert all(state == states[0] for state in states)
    assert shown in wins
    if kind == "undated":
        first = min(
            (e for e in VERSIONS[kind] if e.identity.period_end is None), key=lambda e: e.report.sha256
        )
        assert shown == first.facts[0].span


def test_one_without_a_date_leaves_the_dates_of_the_others_in_force(batch, tmp_path: Path) -> None:
    days = {22: "2023-01-10", 23: "2023-03-01", 24: "2023-02-01", 25: None}
    rivals = [
        told_report(stated(EVENTS, f"{n}场", str(n)), name=f"{n}.txt", issued_on=day)
        for n, day in days.items()
    ]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch(rivals))
        assert one(warehouse, "SELECT span_text FROM indicator_long") == "23场"


def test_older_version_stays_but_fills_nothing(batch, tmp_path: Path) -> None:
    older, newer, _ = VERSIONS["dated"]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([older]))
        warehouse.load(*batch([newer]))
        reports = "SELECT relative_path, is_current FROM report ORDER BY ALL"
        assert warehouse.connection.execute(reports).fetchall() == [("a.txt", False), ("b.txt", True)]
        assert one(warehouse, "SELECT count(*) FROM fact_indicator") == 2
        assert one(warehouse, "SELECT publicity_events FROM town_year") == 15
        past = "SELECT value FROM as_of('resolution', {})"
        assert [one(warehouse, past.format(load)) for load in (1, 2)] == [12, 15]


def test_new_bytes_under_the_same_path(batch, tmp_path: Path) -> None:
    old = told_report(stated(EVENTS, "12场", "12"), stated("law_lectures", "3场", "3"))
    new = told_report(stated(EVENTS, "15场", "15"))
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([old]))
        result = warehouse.load(*batch([new]))
        assert (result.accepted, result.facts_added, result.facts_removed) == (1, 1, 2)
        assert one(warehouse, "SELECT list(report_id) FROM report") == [new.report.report_id]
        assert one(warehouse, "SELECT list(report_id) FROM report_text_history") == [old.report.report_id]
        then = "SELECT list(span_text ORDER BY span_text) FROM as_of('fact_indicator', {})"
        assert [one(warehouse, then.format(n)) for n in (0, 1, 2)] == [None, ["12场", "3场"], ["15场"]]
        assert one(warehouse, "SELECT count(law_lectures) FROM town_year") == 0


def test_back_to_the_old_bytes_is_a_third_state(batch, tmp_path: Path) -> None:
    old, new = (told_report(stated(EVENTS, f"{n}场", str(n))) for n in (12, 15))
    with open_warehouse(tmp_path) as warehouse:
        for extraction in (old, new, old):
            warehouse.load(*batch([extraction]))
        then = "SELECT list(span_text) FROM as_of('fact_indicator', {})"
        assert [one(warehouse, then.format(n)) for n in (1, 2, 3)] == [["12场"], ["15场"], ["12场"]]


def test_new_rules_rewrite_only_what_they_change(batch, tmp_path: Path) -> None:
    before = told_report(stated(EVENTS, "12场", "12"), stated("law_lectures", "3场", "3"))
    lectures = replace(before.facts[1], indicator="school_events", rule="better")
    after = replace(before, facts=(before.facts[0], lectures))
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([before]))
        files = [replace(f, rulebook_version="2") for f in files_of([after.report])]
        result = warehouse.load(*batch([after], files, version="2"))
        assert (result.facts_added, result.facts_removed) == (1, 1)
        facts = "SELECT indicator, rulebook_version, load_id FROM fact_indicator ORDER BY ALL"
        assert warehouse.connection.execute(facts).fetchall() == [(EVENTS, "2", 1), ("school_events", "2", 2)]
        assert one(warehouse, "SELECT list(indicator) FROM fact_indicator_history") == ["law_lectures"]
        assert one(warehouse, "SELECT rulebook_version FROM report") == "2"
        warehouse.publish()
        again = [replace(f, rulebook_version="3") for f in files]
        same = warehouse.load(*batch([after], again, version="3"))
        assert (same.facts_added, same.facts_removed, same.has_changed) == (0, 0, True)
        assert warehouse.publish() is not None  # readers see which rules the rows hold under


def test_copies_are_folded(batch, tmp_path: Path) -> None:
    """The same bytes twice, and the same words with other punctuation: three files, one report that
    speaks.
    """
    first = told_report(stated(EVENTS, "12场", "12"), name="a.txt")
    same_bytes = replace(first, report=replace(first.report, relative_path="b.txt", source="in/b.txt"))
    same_words = told_report(stated(EVENTS, "12场", "12"), name="c.txt", between="，")
    for number, order in enumerate(itertools.permutations([first, same_bytes, same_words])):
        with open_warehouse(tmp_path / str(number)) as warehouse:
            counts = [warehouse.load(*batch([extraction])) for extraction in order]
            assert sum(c.accepted for c in counts) >= 1
            status = "SELECT relative_path, status FROM source_file ORDER BY ALL"
            found = dict(warehouse.connection.execute(status).fetchall())
            spoken = min(first, same_words, key=lambda e: e.report.sha256)
            assert [path for path, word in found.items() if word == "accepted"] == [
                spoken.report.relative_path
            ]
            assert set(found.values()) == {"accepted", "duplicate"}
            assert one(warehouse, "SELECT mentions FROM resolution") == 1
    with open_warehouse(tmp_path / "at once") as warehouse:
        both = files_of([first.report, same_bytes.report, same_words.report])
        result = warehouse.load(*batch([first, same_bytes, same_words], both))
        assert (result.files_in, result.accepted, result.duplicate) == (3, 1, 2)


def refused(name: str = "bad.txt", **identity: object):
    problem = Problem("town_ambiguous", "three towns bear this name; name the county in manifest.csv")
    return told_report(stated(EVENTS, "12场", "12"), name=name, town_id=None, problems=(problem,), **identity)


def test_refused_report_waits_and_is_let_in(batch, tmp_path: Path) -> None:
    bad = refused()
    good = replace(bad, identity=replace(bad.identity, town_id="t000000000001"), problems=())
    with open_warehouse(tmp_path) as warehouse:
        result = warehouse.load(*batch([bad]))
        assert (result.files_in, result.accepted, result.quarantined) == (1, 0, 1)
        [row] = warehouse.quarantine_list()
        assert (row["code"], row["relative_path"], row["subject"]) == ("town_ambiguous", "bad.txt", "")
        assert warehouse.quarantine_show(row["quarantine_id"][:8]) == row
        assert one(warehouse, "SELECT count(*) FROM report") == 0
        again = warehouse.load(*batch([], files_of([bad.report], "unchanged")))
        assert not again.has_changed
        assert [r["last_seen_load"] for r in warehouse.quarantine_list()] == [2]
        assert warehouse.load(*batch([good])).accepted == 1
        assert warehouse.quarantine_list() == []
        [row] = warehouse.quarantine_list(open_only=False)
        assert (row["resolved_by"], row["resolved_load"], row["first_seen_load"]) == ("accepted", 3, 1)
        warehouse.load(*batch([bad]))  # a rule was taken back
        assert one(warehouse, "SELECT count(*) FROM report") == 0
        assert one(warehouse, "SELECT count(*) FROM fact_publicity") == 0
        assert [r["resolved_by"] for r in warehouse.quarantine_list()] == [None]


def test_unreadable_file(batch, tmp_path: Path) -> None:
    [file] = files_of([told_report(name="scan.pdf").report])
    problem = Problem("no_text", "the pages are pictures")
    refusal = Refusal("in/scan.pdf", "scan.pdf", file.sha256, problem)
    with open_warehouse(tmp_path) as warehouse:
        result = warehouse.load(*batch([], [file], (refusal,)))
        assert (result.files_in, result.quarantined) == (1, 1)
        assert [r["code"] for r in warehouse.quarantine_list()] == ["no_text"]


def test_bad_fact_waits_while_its_report_is_in(batch, tmp_path: Path) -> None:
    extraction = told_report(stated(EVENTS, "12场", "12"), stated("mediation_rate", "985%", "985"))
    with open_warehouse(tmp_path) as warehouse:
        result = warehouse.load(*batch([extraction]))
        assert (result.accepted, result.quarantined, result.facts_added, result.facts_quarantined) == (
            1,
            0,
            1,
            1,
        )
        [row] = warehouse.quarantine_list()
        assert row["code"] == "rate_out_of_range"
        assert row["subject"].startswith("f")


def test_files_in_are_all_accounted_for(batch, tmp_path: Path) -> None:
    good, bad = told_report(stated(EVENTS, "12场", "12"), name="good.txt"), refused(words="别的")
    copy = replace(good, report=replace(good.report, relative_path="copy.txt"))
    manifest = replace(
        files_of([good.report])[0], path="/in/manifest.csv", relative_path="manifest.csv", outcome="ignored"
    )
    files = [*files_of([good.report, bad.report, copy.report]), manifest]
    with open_warehouse(tmp_path) as warehouse:
        result = warehouse.load(*batch([good, bad, copy], files))
    parts = (result.accepted, result.quarantined, result.unchanged, result.duplicate, result.ignored)
    assert parts == (1, 1, 0, 1, 1)
    assert result.files_in == sum(parts)


@pytest.mark.parametrize(
    ("spoil", "promise"),
    [
        (lambda files: [], "came without its file"),
        (
            lambda files: [*files, replace(files[0], path="/in/x", sha256="0" * 64)],
            "neither accepted nor set aside",
        ),
        (lambda files: [*files, replace(files[0], path="/in/x", outcome="unchanged")], "never read"),
        (lambda files: [*files, files[0]], "not unique"),
    ],
)
def test_broken_promise_rolls_back(spoil, promise: str, batch, tmp_path: Path) -> None:
    first, second = (told_report(stated(EVENTS, f"{n}场", str(n)), name=f"{n}.txt") for n in (1, 2))
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([first]))
    before = dump(tmp_path / "warehouse.duckdb")
    with open_warehouse(tmp_path) as warehouse:
        gated, run = batch([second])
        with pytest.raises(LoadRefused, match=promise):
            warehouse.load(gated, replace(run, files=spoil(run.files)))
        assert one(warehouse, "SELECT count(*) FROM load") == 1
    assert dump(tmp_path / "warehouse.duckdb") == before


@pytest.mark.slow
def test_a_clock_set_back_changes_nothing_but_times(batch, tmp_path: Path) -> None:
    """Loads are ordered by their number: the later load wins though its clock stands years before."""
    for folder, days in (("right", (5, 6, 7)), ("back", (5, -2000, -1000))):
        for day, value in zip(days, ("12", "15", "9"), strict=True):
            told = [told_report(stated(EVENTS, f"{value}场", value), name="a.txt"), told_report(name="b.txt")]
            gated, run = batch(told[: 1 if value == "15" else 2])
            run = replace(run, started_at=datetime(2026, 1, 1) + timedelta(days=day))
            with open_warehouse(tmp_path / folder) as warehouse:
                assert warehouse.load(gated, run).has_changed
                assert one(warehouse, "SELECT count(*) FROM load WHERE finished_at < started_at") == 0
                warehouse.publish()
    for copy in ("warehouse.duckdb", "published/townfacts.duckdb"):
        assert dump(tmp_path / "back" / copy) == dump(tmp_path / "right" / copy)
    with open_warehouse(tmp_path / "back") as warehouse:
        past = "SELECT list(value::INT) FROM as_of('fact_indicator', {})"
        assert [one(warehouse, past.format(load)) for load in (1, 2, 3)] == [[12], [15], [9]]
