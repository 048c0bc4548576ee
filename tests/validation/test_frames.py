"""Extractions as frames: nothing bent, nothing lost, ids from content."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from tests.validation.conftest import identity_of, sound_extraction, stated_fact
from transforms.decode.report import Problem, report_from_text
from transforms.extraction import Extraction
from validation import frames
from validation.frames import Frames, Refusal, concat, frames_of
from validation.gates import gate


def one_fact(**changes: object) -> pl.DataFrame:
    fact = replace(stated_fact("leaflets", "12份", 0, "12", "exact", "份"), **changes)
    extraction = Extraction(report_from_text("12份"), identity_of(1), (fact,), (), ())
    return frames_of([extraction], "1").fact


def test_fraction_keeps_its_bounds_true() -> None:
    third = Fraction(1, 3)
    row = one_fact(value=None, low=third, high=2 * third, bound="range").row(0, named=True)
    assert (row["low"], row["high"], row["is_rounded"]) == (Decimal("0.333333"), Decimal("0.666667"), True)
    row = one_fact(value=third, low=third, high=third).row(0, named=True)
    assert row["value"] == row["low"] == row["high"] == Decimal("0.333333")


@pytest.mark.parametrize(
    "figure", [Decimal(10) ** 18, Decimal("1E+100000"), Fraction(10**40, 3), Decimal("NaN")]
)
def test_too_large_is_set_aside(figure: Decimal | Fraction) -> None:
    row = one_fact(value=figure, low=figure, high=figure).row(0, named=True)
    assert (row["value"], row["is_overflow"]) == (None, True)


def test_what_only_rounding_makes_too_large_is_set_aside() -> None:
    figure = Decimal("999999999999999999.9999999")
    row = one_fact(value=figure, low=figure, high=figure).row(0, named=True)
    assert (row["value"], row["is_overflow"]) == (None, True)


@pytest.mark.parametrize(
    "figure",
    [
        *(Decimal(10) ** 18 - Decimal("0.000001"), -(Decimal(10) ** 18) + 1),
        *(Decimal("9223372036854.775807"), Decimal("9223372036854.775808")),  # the edge of 64 bits
        *(Decimal("-9223372036854.775808"), Decimal("-9223372036854.775809")),
    ],
)
def test_every_figure_that_fits_is_kept_to_the_last_digit(figure: Decimal) -> None:
    row = one_fact(value=figure, low=Decimal(1), high=None, bound="at_least").row(0, named=True)
    assert (row["value"], row["low"], row["high"]) == (figure, 1, None)
    assert (row["is_rounded"], row["is_overflow"]) == (False, False)


@pytest.mark.parametrize("digits", [7, 100, 20_000])
def test_decimals_beyond_the_sixth_are_told(digits: int) -> None:
    figure = Decimal("0." + "3" * digits)
    row = one_fact(value=None, low=figure, high=2 * figure, bound="range").row(0, named=True)
    assert (row["low"], row["high"], row["is_rounded"]) == (Decimal("0.333333"), Decimal("0.666667"), True)


def test_rows_are_the_same_however_many_reports_are_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [sound_extraction(n) for n in range(7)]
    whole = frames_of(told, "1")
    for name, most in (("HANDFUL", 1), ("HANDFUL", 3), ("CHARACTERS_AT_HAND", 1)):
        monkeypatch.setattr(frames, name, most)
        again = frames_of(iter(told), "1")
        assert all(getattr(again, f.name).equals(getattr(whole, f.name)) for f in fields(Frames))


def test_huge_whole_numbers_of_years_or_half_a_surrogate_do_not_stop_a_batch() -> None:
    row = one_fact(period="multi_year", years=10**30, clause="\ud800x").row(0, named=True)
    assert (row["years"], row["clause"]) == (None, "\ufffdx")


def test_ids_are_unique_and_from_content() -> None:
    first, again = (frames_of([sound_extraction(n) for n in range(50)], "1") for _ in range(2))
    assert first.fact.equals(again.fact)
    assert first.fact["fact_id"].n_unique() == first.fact.height == 500


def test_same_statement_twice_in_a_report_is_two_facts() -> None:
    facts = tuple(stated_fact("leaflets", "12份", start, "12", "exact", "份") for start in (0, 4))
    extraction = Extraction(report_from_text("12份；12份"), identity_of(1), facts, (), ())
    gated = gate(frames_of([extraction], "1"))
    assert (gated.accepted.fact.height, gated.quarantined.height) == (2, 0)


def test_copies_in_a_batch_are_folded_to_the_first_path() -> None:
    extraction = sound_extraction(1)
    copy = replace(extraction, report=replace(extraction.report, relative_path="0.txt"))
    for made in (
        frames_of([extraction, copy], "1"),
        concat([frames_of([e], "1") for e in (copy, extraction)]),
    ):
        assert made.report["relative_path"].to_list() == ["0.txt"]
        assert made.fact.height == 10
        assert gate(made).quarantined.height == 0


def test_impossible_date_is_told_not_swallowed() -> None:
    identity = identity_of(1, issued_on="2023-02-30")
    extraction = Extraction(report_from_text("报告"), identity, (), (), ())
    gated = gate(frames_of([extraction], "1"))
    assert gated.warnings["code"].to_list() == ["date_unreadable"]
    assert gated.accepted.report["issued_on"].to_list() == [None]


def test_refusal_becomes_a_problem() -> None:
    refusal = Refusal("in/a.pdf", "a.pdf", "a" * 64, Problem("needs_recognition", "a scan"))
    gated = gate(frames_of([], "1", [refusal]))
    assert gated.quarantined.select("stage", "code", "relative_path").rows() == [
        ("decode", "needs_recognition", "a.pdf")
    ]


def test_empty_batch() -> None:
    gated = gate(concat([]))
    assert gated.accepted.report.height == gated.quarantined.height == 0
