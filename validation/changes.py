"""This year, last year and the change between them, where one sentence states more than two of the three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from validation.intervals import Interval, decimals
from validation.statements import Sentences, Statement

CHANGE = "change"
# Farther than this behind the figure of the year, a change is most likely about something else.
REACH = 24
_UP = r"增长|增長|上升|增加|提高|提升|增幅|升幅|多"
_DOWN = r"下降|减少|減少|降低|下滑|降幅|减幅|減幅|少"
_MOVED = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_CLOSE = 6
Kind = Literal["level", "difference", "percentage"]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the year before: its level, or by how much the figure moved (`sign` 1 or -1)."""

    kind: Kind
    sign: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the year with two or more statements of its change, in order of place."""

    now: Statement
    told: tuple[Told, ...]


def changes(
    ledger: Sequence[Mapping[str, Any]], facts: Mapping[int, Statement], sentences: Sentences
) -> Iterator[Change]:
    """Every exact figure with numbers of role change right behind it (受理92件，较上年的109件下降15.6%)."""
    now: tuple[Statement, str | None] | None = None
    told: list[Told] = []
    for row in [*ledger, None]:
        if row is not None and row["role"] == CHANGE:
            last = told[-1].statement if told else now[0] if now else None
            one = _told(row, now[1], last, sentences) if now and last else None
            told += [one] if one else []
            continue
        if now is not None and len(told) > 1:
            yield Change(now[0], tuple(told))
        stated = facts.get(row["span_start"]) if row is not None else None
        exact = stated is not None and stated.interval.low == stated.interval.high
        now, told = ((stated, row["unit"]) if stated and exact and row else None), []


def _told(row: Mapping[str, Any], unit: str | None, last: Statement, sentences: Sentences) -> Told | None:
    start, value = row["span_start"], row["value"]
    near = start - last.end <= REACH and sentences.number(start) == last.sentence
    if value is None or not near or row["unit"] not in (unit, "%", None):
        return None
    words = sentences.between(last.end, start)
    moved = list(_MOVED.finditer(words))
    beside = bool(moved) and len(words) - moved[-1].end() <= _CLOSE
    kind: Kind = "level" if not beside else "percentage" if row["unit"] == "%" else "difference"
    if kind == "level" and row["unit"] == "%":
        return None
    sign = 1 if moved and moved[-1]["up"] else -1
    exact = Fraction(value)
    statement = Statement(
        "", CHANGE, Interval(exact, exact), row["text"], None, "year", start, row["span_end"],
        last.sentence, 0, False,
    )  # fmt: skip
    return Told(kind, sign, statement)


def before(now: Fraction, told: Told) -> Interval | None:
    """What the year before must have been, were this statement true; None where nothing follows.

    A percentage is taken as rounded or cut off at the decimals it is printed with.
    """
    figure = told.statement.interval.low or Fraction(0)
    if told.kind == "level":
        return Interval(figure, figure)
    if told.kind == "difference":
        return Interval(now - told.sign * figure, now - told.sign * figure)
    step = Fraction(1, 10 ** decimals(told.statement.text))
    factors = [1 + told.sign * part / 100 for part in (figure - step / 2, figure + step)]
    if min(factors) <= 0:
        return None
    return Interval(now / max(factors), now / min(factors))
