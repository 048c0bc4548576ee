"""Bad rows of every kind among 5,000 good facts: each is refused for its own reason, and no good row is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from validation.frames import Frames
from validation.gates import gate

PLANTED = 50
D = Decimal


def cells(**values: object) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Overwrites columns with one value each, keeping their types."""

    def spoil(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(
            pl.lit(value, dtype=rows.schema[name]).alias(name) for name, value in values.items()
        )

    return spoil


def of(indicator: str) -> pl.Expr:
    return pl.col("indicator") == indicator


# reason: (which good facts are copied, what is spoiled in the copy)
BAD_FACTS = {
    "indicator_unknown": (of("leaflets"), cells(indicator="leaflet_s")),
    "unit_unfit": (of("mediation_success_rate"), cells(unit="件")),
    "bound_unknown": (of("leaflets"), cells(bound="about")),
    "bounds_disagree": (of("publicity_events"), cells(low=D(40))),
    "bounds_reversed": (of("law_lectures"), cells(low=D(5), high=D(3))),
    "rate_out_of_range": (of("mediation_success_rate"), cells(value=D(985), low=D(985), high=D(985))),
    "value_negative": (of("publicity_events"), cells(value=D(-5), low=D(-5), high=D(-5))),
    "value_not_whole": (of("mediators"), cells(value=D("3.5"), low=D("3.5"), high=D("3.5"))),
    "value_too_large": (of("leaflets"), cells(value=None, low=None, is_overflow=True)),
    "period_unknown": (of("leaflets"), cells(period="month")),
    "years_unfit": (of("released_prisoners"), cells(period="multi_year", years=2019)),
    "status_unknown": (of("leaflets"), cells(status="done")),
    "as_of_outside_year": (of("leaflets"), cells(period="part_year", as_of=date(1998, 10, 31))),
    "confidence_out_of_range": (of("leaflets"), cells(confidence=1.5)),
    "span_outside_text": (of("leaflets"), cells(span_end=100_000)),
    "span_text_differs": (of("leaflets"), cells(span_text="3201余份")),
    "report_missing": (of("leaflets"), cells(report_id="r0000000000000000")),
    "rule_missing": (of("leaflets"), cells(rule="")),
    "fact_duplicate": (of("leaflets"), cells()),
}
MORE_WAYS = [
    ("unit_unfit", of("mediation_amount"), cells(unit="美元")),
    ("unit_unfit", of("mediators"), cells(unit="%")),
    ("unit_unfit", of("mediation_success_rate"), cells(unit=None)),
    ("bounds_disagree", of("leaflets"), cells(high=D(4000))),
    ("bounds_disagree", of("disputes_mediated"), cells(low=D(1))),
    ("bounds_disagree", of("mediation_amount"), cells(low=D(1))),
    ("bounds_disagree", of("law_lectures"), cells(value=D(4))),
    ("bounds_disagree", of("publicity_events"), cells(value=None, low=None, high=None)),
    ("rate_out_of_range", of("mediation_success_rate"), cells(value=D(-1), low=D(-1), high=D(-1))),
    ("confidence_out_of_range", of("leaflets"), cells(confidence=float("nan"))),
    ("confidence_out_of_range", of("leaflets"), cells(confidence_rule=None)),
    ("span_outside_text", of("leaflets"), cells(span_start=-3)),
    ("span_outside_text", of("leaflets"), cells(span_end=None)),
    ("rule_missing", of("leaflets"), cells(rule=None)),
]


def plant(
    sound: Frames, which: pl.Expr, spoil: Callable[[pl.DataFrame], pl.DataFrame], tag: str
) -> pl.DataFrame:
    rows = sound.fact.filter(which).head(PLANTED)
    fresh = rows if tag == "fact_duplicate" else rows.with_columns(fact_id=pl.col("fact_id") + tag)
    return spoil(fresh)


def test_every_kind_at_once(sound: Frames) -> None:
    bad = [plant(sound, which, spoil, reason) for reason, (which, spoil) in BAD_FACTS.items()]
    mixed = pl.concat([sound.fact.head(2500), *bad, sound.fact.tail(2500)])
    gated = gate(replace(sound, fact=mixed))
    found = gated.quarantined.group_by("code").len().sort("code")
    assert dict(found.rows()) == dict.fromkeys(sorted(BAD_FACTS), PLANTED)
    assert len(BAD_FACTS) >= 12
    assert gated.accepted.fact["fact_id"].to_list() == sound.fact["fact_id"].to_list()
    assert gated.quarantined.filter(pl.col("message").is_null()).height == 0


@pytest.mark.parametrize(("reason", "which", "spoil"), MORE_WAYS)
def test_other_ways_to_be_wrong(sound: Frames, reason: str, which: pl.Expr, spoil: Callable) -> None:
    bad = plant(sound, which, spoil, "x")
    gated = gate(replace(sound, fact=pl.concat([sound.fact, bad])))
    assert dict(gated.quarantined.group_by("code").len().rows()) == {reason: PLANTED}
    assert gated.accepted.fact.height == sound.fact.height


BAD_REPORTS = {
    "year_out_of_range": cells(year=3022),
    "year_unknown": cells(year=None),
    "town_unknown": cells(town_id=None),
    "not_township": cells(level="county"),
    "level_unknown": cells(level="province"),
    "text_empty": cells(text=" \n\u3000"),
}


@pytest.mark.parametrize("reason", BAD_REPORTS)
def test_refused_report_takes_its_rows_along(sound: Frames, reason: str) -> None:
    good, bad = sound.report.head(450), BAD_REPORTS[reason](sound.report.tail(PLANTED))
    gated = gate(replace(sound, report=pl.concat([good, bad])))
    codes = dict(gated.quarantined.filter(pl.col("subject") == "").group_by("code").len().rows())
    assert codes == {reason: PLANTED}
    assert gated.accepted.report["report_id"].to_list() == good["report_id"].to_list()
    left = set(gated.accepted.fact["report_id"]) | set(gated.accepted.ledger["report_id"])
    assert left == set(good["report_id"])
    assert set(gated.accepted.ledger_fact["report_id"]) == set(good["report_id"])


BAD_LEDGER = {
    "role_unknown": cells(role="total"),
    "span_text_differs": cells(text="三千份"),
    "report_missing": lambda rows: rows.with_columns(report_id=pl.col("report_id") + "0"),
}


@pytest.mark.parametrize("reason", BAD_LEDGER)
def test_ledger_rows(sound: Frames, reason: str) -> None:
    bad = BAD_LEDGER[reason](sound.ledger.tail(PLANTED))
    gated = gate(replace(sound, ledger=pl.concat([sound.ledger.head(-PLANTED), bad])))
    assert dict(gated.quarantined.group_by("code").len().rows()) == {reason: PLANTED}
    assert gated.accepted.ledger.height == sound.ledger.height - PLANTED


def test_numeral_counted_twice(sound: Frames) -> None:
    again = sound.ledger.head(PLANTED)
    inside = sound.ledger.tail(PLANTED).with_columns(
        span_start=pl.col("span_start") + 1, text=pl.col("text").str.slice(1)
    )
    gated = gate(replace(sound, ledger=pl.concat([sound.ledger, again, inside])))
    codes = dict(gated.quarantined.group_by("code").len().rows())
    assert codes == {"ledger_duplicate": PLANTED, "ledger_overlap": PLANTED}
    assert gated.accepted.ledger.height == sound.ledger.height


def test_sound_batch_passes_whole(sound: Frames) -> None:
    gated = gate(sound)
    assert gated.quarantined.height == 0
    assert gated.accepted.fact.equals(sound.fact)
    assert gated.accepted.ledger_fact.height == sound.ledger_fact.height == 5000
