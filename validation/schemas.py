"""What each row promises: one pandera schema for report, fact and ledger, every check named by its reason
code.

All checks look at whole rows and answer for each row apart, because pandera mixes up the report of a
failure when one check of a schema answers with a single yes or no. They run on collected frames only:
of a lazy frame pandera would check the column types and pass the values unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, get_args

import pandera.polars as pa
import polars as pl

from transforms.quantify.quantity import Bound
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.facts import Period, Status
from transforms.tabulate.identity.identity import Level
from transforms.tabulate.ledger import Role
from validation.frames import FACT_COLUMNS, LEDGER_COLUMNS, REPORT_COLUMNS

# 依法治国 became policy in September 1997; no township reported on it for an earlier year.
EARLIEST_YEAR = 1997
# A clock that was set back must not refuse reports that this version was written to read.
RELEASE_YEAR = 2026
NOT_COUNTED_IN = ("%", "‰", "元", "美元", "港元", "欧元", "个百分点")
DIVISIBLE_UNITS = ("小时",)

# Joined to the rows before they are checked; not part of what is loaded.
FACT_CONTEXT: Mapping[str, Any] = {
    "measure": pl.String,
    "catalogue_unit": pl.String,
    "report_year": pl.Int32,
    "raw_length": pl.Int64,
    "raw_slice": pl.String,
}
LEDGER_CONTEXT: Mapping[str, Any] = {"raw_length": pl.Int64, "raw_slice": pl.String, "end_before": pl.Int32}

Rules = Mapping[str, pl.Expr]
NO_EXCUSE: Rules = MappingProxyType({})
_FIGURES = ("value", "low", "high")


def latest_year() -> int:
    """The last year a report can be about: the running one."""
    return max(date.today().year, RELEASE_YEAR)


@cache
def measures() -> pl.DataFrame:
    """indicator, measure, catalogue_unit: what the fact rules need to know of the catalogue."""
    rows = list(catalogue().values())
    return pl.DataFrame(
        {
            "indicator": [row.code for row in rows],
            "measure": [row.measure for row in rows],
            "catalogue_unit": [row.unit for row in rows],
        },
        schema={"indicator": pl.String, "measure": pl.String, "catalogue_unit": pl.String},
    )


@dataclass(frozen=True, slots=True)
class Promise:
    """What the rows of one frame promise: its columns, and by reason code what holds for each row."""

    columns: Mapping[str, Any]
    rules: Rules

    def is_kept(self, frame: pl.DataFrame, excused: Rules = NO_EXCUSE) -> bool:
        """Whether every row passes, by all rules in one go; `schema` says which do not and why.

        A pandera schema costs ten milliseconds whatever it is given, and nearly every batch passes. By reason
        code `excused` are rows that need not keep that rule.
        """
        if dict(frame.schema) != dict(self.columns):
            return False
        answers = [_answer(rule | excused.get(code, False)) for code, rule in self.rules.items()]
        return bool(frame.select(pl.all_horizontal(answers).all()).item())

    def schema(self) -> pa.DataFrameSchema:
        """The same for pandera."""
        return pa.DataFrameSchema(
            columns={name: pa.Column(dtype, nullable=True) for name, dtype in self.columns.items()},
            checks=list(_checks(self.rules)),
            strict=True,
        )


def report_promise() -> Promise:
    """Of the report frame; `text` must be there but is checked for emptiness only."""
    year = pl.col("year")
    return Promise(
        REPORT_COLUMNS,
        {
            "report_duplicate": pl.col("report_id").is_first_distinct(),
            "report_id_malformed": pl.col("sha256").str.contains("^[0-9a-f]{64}$")
            & (pl.col("report_id") == "r" + pl.col("sha256").str.slice(0, 16)),
            "town_unknown": pl.col("town_id").is_not_null() & pl.col("town").is_not_null(),
            "year_unknown": year.is_not_null(),
            "year_out_of_range": year.is_null() | year.is_between(EARLIEST_YEAR, latest_year()),
            "level_unknown": pl.col("level").is_in(get_args(Level)),
            "not_township": (pl.col("level") == "township") | ~pl.col("level").is_in(get_args(Level)),
            "text_empty": pl.col("text").str.contains(r"\S"),
        },
    )


@cache
def fact_promise() -> Promise:
    """Of the fact frame with FACT_CONTEXT joined to it."""
    return Promise({**FACT_COLUMNS, **FACT_CONTEXT}, {**_fact_rules(), **_figure_rules(), **_place_rules()})


@cache
def ledger_promise() -> Promise:
    """Of the ledger frame with LEDGER_CONTEXT joined to it, sorted by report and place."""
    place = [pl.col("report_id"), pl.col("span_start")]
    is_first = pl.any_horizontal(pl.int_range(pl.len()) == 0, *(at.ne_missing(at.shift(1)) for at in place))
    return Promise(
        {**LEDGER_COLUMNS, **LEDGER_CONTEXT},
        {
            "ledger_duplicate": is_first,
            "ledger_overlap": pl.col("end_before").is_null()
            | (pl.col("span_start") >= pl.col("end_before"))
            | ~is_first,
            "role_unknown": pl.col("role").is_in(get_args(Role)),
            **_place_rules("text"),
        },
    )


def _fact_rules() -> Rules:
    confidences = ["confidence_reading", "confidence_rule", "confidence_check"]
    return {
        "fact_duplicate": pl.col("fact_id").is_first_distinct(),
        "indicator_unknown": pl.col("measure").is_not_null(),
        "bound_unknown": pl.col("bound").is_in(get_args(Bound)),
        "period_unknown": pl.col("period").is_in(get_args(Period)),
        "years_unfit": pl.col("years").is_null() | pl.col("years").is_between(1, 100),
        "status_unknown": pl.col("status").is_in(get_args(Status)),
        "as_of_outside_year": pl.col("as_of").is_null()
        | pl.col("report_year").is_null()
        | (pl.col("as_of").dt.year() - pl.col("report_year")).is_between(0, 1),
        "confidence_out_of_range": pl.all_horizontal(
            pl.col(name).is_between(0, 1) & pl.col(name).is_not_nan() for name in ["confidence", *confidences]
        )
        & (pl.col("confidence") <= pl.min_horizontal(confidences)),
        "rule_missing": pl.col("rule").str.len_chars() > 0,
    }


def _figure_rules() -> Rules:
    measure, unit = pl.col("measure").fill_null("unknown"), pl.col("unit")
    count = measure.is_in(["flow", "stock"])
    value, low, high, overflow = pl.col("value"), pl.col("low"), pl.col("high"), pl.col("is_overflow")
    worded_zero = unit.is_null() & (value == 0).fill_null(False)
    fits = (
        pl.when(measure == "rate")
        .then(unit == "%")
        .when(measure == "amount")
        .then((unit == "元").fill_null(False) | worded_zero)
        .otherwise(unit.is_null() | ~unit.is_in(NOT_COUNTED_IN))
    )
    shape = (
        pl.when(pl.col("bound") == "exact")
        .then((value == low) & (value == high))
        .when(pl.col("bound") == "at_least")
        .then((value == low) & high.is_null())
        .when(pl.col("bound") == "at_most")
        .then((value == high) & low.is_null())
        .when(pl.col("bound") == "approx")
        .then(value.is_not_null() & low.is_null() & high.is_null())
        .when(pl.col("bound") == "range")
        .then(value.is_null() & low.is_not_null() & high.is_not_null())
        .otherwise(True)  # bound_unknown says so
    )
    whole = _every_figure(lambda figure: figure == figure.floor()) & ~pl.col("is_rounded")
    return {
        "unit_unfit": (measure == "unknown") | fits.fill_null(False),
        "bounds_disagree": overflow | shape.fill_null(False),
        "bounds_reversed": (pl.col("bound") != "range") | (low < high).fill_null(True),
        "rate_out_of_range": (measure != "rate") | _every_figure(lambda figure: figure.is_between(0, 100)),
        "value_negative": (measure == "rate") | _every_figure(lambda figure: figure >= 0),
        "value_not_whole": ~count | pl.col("catalogue_unit").is_in(DIVISIBLE_UNITS) | whole,
        "value_too_large": ~overflow,
    }


def _place_rules(text: str = "span_text") -> Rules:
    start, end, length = pl.col("span_start"), pl.col("span_end"), pl.col("raw_length")
    inside = (start >= 0) & (start < end) & (end <= length)
    return {
        "report_missing": length.is_not_null(),
        "span_outside_text": length.is_null() | inside.fill_null(False),
        "span_text_differs": length.is_null()
        | ~inside.fill_null(False)
        | (pl.col(text) == pl.col("raw_slice")).fill_null(False),
    }


def _every_figure(holds: Any) -> pl.Expr:
    return pl.all_horizontal(holds(pl.col(name)).fill_null(True) for name in _FIGURES)


def _answer(rule: pl.Expr) -> pl.Expr:
    """An empty cell that a rule did not provide for is a failure, never a pass."""
    return rule.fill_null(False).alias("passes")


def _checks(rules: Rules) -> Iterable[pa.Check]:
    for code, rule in rules.items():
        answer = _answer(rule)
        yield pa.Check(lambda data, answer=answer: data.lazyframe.select(answer), name=code)
