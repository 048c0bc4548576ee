"""What people write into corrections.toml: refused with its place, written so that it reads back."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.commands import correct
from flows.corrections import append_corrections
from flows.failures import UsageFailure
from tests.flows.test_corrections import EXACT, LEAFLETS, ROOT, decision
from transforms.corrections import BadCorrections, block, parse_corrections
from transforms.corrections.apply import corrected
from transforms.corrections.book import Corrections
from transforms.decode import find_files
from transforms.extraction import extract


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (EXACT + EXACT.replace("value = 4612", "vlaue = 4612"), "line 17: unknown key 'vlaue'"),
        (EXACT.replace('"set"', '"fix"'), "line 2: action = 'fix' is unknown; choose one of set, drop"),
        (EXACT.replace("4612", '"4612"'), "line 7: value = '4612' is not a number; write it without quotes"),
        (EXACT.replace("value = 4612", "low = 5\nhigh = 3"), "value, low and high are not those of"),
        (EXACT.replace('"leaflets"', '"leaflet"'), "line 5: indicator = 'leaflet' is not in the catalogue"),
        (
            EXACT.replace('expected = "4600余份"', 'expected = "4500份"'),
            "line 4: expected = '4500份' does not",
        ),
        (EXACT.replace('author = "Li Na"\n', ""), "line 1: author is missing; say who decided it"),
        (EXACT + EXACT.replace("4612", "4613"), "decides otherwise than corrections.toml, line 1"),
        (EXACT.replace("发放宣传资料4600余份", "4600余份"), "too short to hold wherever it stands"),
        (EXACT.replace("[[correction]]", "[correction]"), r"write \[\[correction\]\] with two brackets"),
        (EXACT.replace("[[correction]]", "[[corrections]]"), "line 1: unknown key 'corrections'"),
        (EXACT.replace("2026-11-20", '"yesterday"'), "line 10: date = 'yesterday' is not a date"),
        ("[[correction]\n", "not valid TOML"),
        ("[[correction]]\na = " + "[" * 3000, "not valid TOML"),
        (decision('action = "set_year"', LEAFLETS, "value = 2022"), "indicator says nothing with action"),
        (
            decision('action = "set_town"', 'sentence = "太平镇二〇二一年度"', 'value = "A"'),
            "is for one report",
        ),
        (decision('action = "drop"', 'report = "../x.txt"', LEAFLETS), "is not a path below the folder"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text: str, told: str) -> None:
    with pytest.raises(BadCorrections, match=told):
        parse_corrections(text)


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    text = (
        EXACT
        + decision('action = "set"', LEAFLETS, 'report = "县/a b.txt"', "low = 1.5e3", "high = 2000")
        + decision('action = "drop"', 'report_id = "r0123456789abcdef"', LEAFLETS)
        + decision('action = "set_year"', 'town = "太平镇"', "year = 2021", "value = 2022")
    )
    read = parse_corrections(text)
    again = parse_corrections("".join(map(block, read)))
    assert [c.correction_id for c in again] == [c.correction_id for c in read]
    assert append_corrections(tmp_path / "c.toml", read) == 4
    assert append_corrections(tmp_path / "c.toml", read) == 0
    with pytest.raises(UsageFailure, match="decides otherwise"):
        append_corrections(tmp_path / "c.toml", parse_corrections(EXACT.replace("4612", "9")))
    assert len(parse_corrections((tmp_path / "c.toml").read_text("utf-8"))) == 4
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.toml"]


def test_every_fact_of_the_samples_is_found_again_by_its_sentence() -> None:
    """What the command and the review pages write from a fact is accepted and means that fact."""
    for file in find_files(ROOT / "samples"):
        read = extract(file.read())
        blocks = [
            correct.as_block(
                {
                    "action": "drop",
                    "report": file.relative_path,
                    "sentence": fact.clause,
                    "expected": fact.span,
                    "indicator": fact.indicator,
                    "reason": "a",
                    "author": "b",
                    "date": "2026-11-20",
                }
            )
            for fact in read.facts
        ]
        decided = parse_corrections("".join(blocks))
        left = corrected(read.report, None, Corrections(decided))
        assert left.facts == ()
        assert {use.outcome for use in left.uses} <= {"applied"}
        assert all(not entry.facts and entry.role != "fact" for entry in left.ledger)
        assert [(e.start, e.end) for e in left.ledger] == [(e.start, e.end) for e in read.ledger]
