"""Which of several statements fills a cell of the wide tables: DESIGN section 5, read top to bottom.

It depends on what is stated alone, never on the order of loading.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from warehouse.scopes import scope_class

Policy = Literal["single", "stated_total", "parts", "maximum", "conflict"]
LIMIT = Decimal(10) ** 18  # what a column of figures holds


class Stated(NamedTuple):
    """A statement that may fill its cell: a town, year and indicator. `scope` is empty for the whole."""

    town_id: str
    year: int
    indicator: str
    report_id: str
    fact_id: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    span_start: int
    span_end: int
    confidence: float
    is_stated_total: bool
    scope: str
    measure: str
    unit: str
    is_whole_year: bool
    as_of: date | None

    @property
    def is_total(self) -> bool:
        """A stated total of the whole."""
        return self.is_stated_total and not self.scope

    @property
    def reading(self) -> tuple[object, ...]:
        """What is said, wherever it stands."""
        return self.value, self.low, self.high, self.bound


class Cell(NamedTuple):
    """A row of `resolution`, its columns in their order."""

    town_id: str
    year: int
    indicator: str
    report_id: str
    chosen_fact_id: str | None
    policy: Policy
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str | None
    unit: str
    as_of: date | None
    mentions: int
    rivals: list[str]
    confidence: float


class Stretch(NamedTuple):
    """Characters of a report, from the first of some figures to the last."""

    report_id: str
    start: int
    end: int


class Rivalry(NamedTuple):
    """Statements of one cell, and those of them that compete."""

    rivals: Sequence[Stated]
    competing: Sequence[Stated]

    @property
    def stretch(self) -> Stretch:
        """Where those stand that compete."""
        start = min(one.span_start for one in self.competing)
        return Stretch(self.competing[0].report_id, start, max(one.span_end for one in self.competing))

    def by_scope(self) -> list[list[Stated]]:
        """Those that compete, apart by scope."""
        scopes: dict[str, list[Stated]] = {}
        for one in self.competing:
            scopes.setdefault(one.scope, []).append(one)
        return list(scopes.values())


def weighed(
    stated: Iterable[Stated], in_one_sentence: Callable[[Collection[Stretch]], Set[Stretch]]
) -> list[Cell]:
    """One row for each cell that is stated. `in_one_sentence` tells which stretches hold no end of one."""
    cells: dict[tuple[str, int, str], list[Stated]] = {}
    for one in stated:
        cells.setdefault(one[:3], []).append(one)
    contests = [rivalry(_eligible(rivals)) for rivals in cells.values()]
    asked = {contest.stretch for contest in contests if _asks_for_sentence(contest)}
    listed = in_one_sentence(asked) if asked else set()
    return [_filled(contest, contest.stretch in listed) for contest in contests]


def _eligible(stated: Sequence[Stated]) -> Sequence[Stated]:
    """Figures of the whole year; where there is none, those with the latest cut-off."""
    if len(stated) == 1:
        return stated
    whole = [one for one in stated if one.is_whole_year]
    if whole:
        return whole
    latest = max(one.as_of for one in stated if one.as_of is not None)
    return [one for one in stated if one.as_of == latest]


def rivalry(rivals: Sequence[Stated]) -> Rivalry:
    """A stated total of the whole beats parts; a rate of the whole beats rates of parts."""
    competing = [one for one in rivals if one.is_total] or rivals
    if competing[0].measure == "rate":
        competing = [one for one in competing if not one.scope] or competing
    return Rivalry(rivals, competing)


def _asks_for_sentence(contest: Rivalry) -> bool:
    scopes = contest.by_scope()
    return len(scopes) > 1 or any(_exact_values(scope) > 1 for scope in scopes)


def _exact_values(stated: Sequence[Stated]) -> int:
    return len({one.value for one in stated if one.bound == "exact" and one.value is not None})


def _filled(contest: Rivalry, is_one_sentence: bool) -> Cell:
    policy = policy_of(contest, is_one_sentence)
    chosen = min(contest.competing, key=_least_by_place if policy != "maximum" else _least_by_height)
    facts = [one.fact_id for one in sorted(contest.rivals, key=_least_by_place)]
    is_chosen = policy not in ("parts", "conflict")
    return Cell(
        *(chosen.town_id, chosen.year, chosen.indicator, chosen.report_id),
        chosen.fact_id if is_chosen else None,
        policy,
        *_figures(policy, chosen, contest),
        chosen.unit,
        chosen.as_of,
        len(facts),
        [fact for fact in facts if not is_chosen or fact != chosen.fact_id],
        chosen.confidence if is_chosen else min(one.confidence for one in contest.rivals),
    )


def policy_of(contest: Rivalry, is_one_sentence: bool) -> Policy:
    """Scopes are disjoint where all are of one kind (levels, halves or quarters of the year) or where one
    sentence lists them side by side. Of scopes from different sentences nobody knows. In the same way two
    figures that one sentence lists do not contradict each other: they count different things (广场1处、一条街
    1条、文化墙12处).
    """
    if len(contest.rivals) == 1:
        return "single"
    scopes, is_rate = contest.by_scope(), contest.competing[0].measure == "rate"
    if len({one.reading for one in contest.competing}) == 1:
        if contest.competing[0].is_total:
            return "stated_total"
        if len(scopes) == 1 or is_rate:
            return "single"
    if any(_exact_values(scope) > 1 for scope in scopes) and (is_rate or not is_one_sentence):
        return "conflict"
    if len(scopes) == 1:
        return "maximum"
    if is_rate:
        return "conflict"
    are_parts = all(scope[0].scope and len({one.reading for one in scope}) == 1 for scope in scopes)
    if are_parts and (is_one_sentence or _are_of_one_kind(scopes)) and _sum(scopes) is not None:
        return "parts"
    return "maximum"


def _are_of_one_kind(scopes: Sequence[Sequence[Stated]]) -> bool:
    kinds = [scope_class(scope[0].scope) for scope in scopes]
    families = {kind[0] if kind else None for kind in kinds}
    return None not in families and len(families) == 1 and len(set(kinds)) == len(kinds)


def _sum(scopes: Sequence[Sequence[Stated]]) -> Decimal | None:
    """Of the lower bounds; None where a scope has none, and where no column holds it."""
    added = Decimal(0)
    for scope in scopes:
        if scope[0].low is None:
            return None
        added += scope[0].low
    return added if added < LIMIT else None


def _least_by_place(one: Stated) -> tuple[int, str]:
    """The first of equal ones."""
    return one.span_start, one.fact_id


def _least_by_height(one: Stated) -> tuple[bool, Decimal | int, bool, Decimal | int, int, str]:
    """The highest lower bound, and only where none has one (approx, at_most) the highest figure."""
    figure = one.high if one.value is None else one.value
    return (one.low is None, -(one.low or 0), figure is None, -(figure or 0), one.span_start, one.fact_id)


def _figures(
    policy: Policy, chosen: Stated, contest: Rivalry
) -> tuple[Decimal | None, Decimal | None, Decimal | None, str | None]:
    """Value, low, high and bound; a maximum that has no lower bound stands with the bound of its own."""
    if policy == "conflict":
        return None, None, None, None
    if policy == "parts":
        added = _sum(contest.by_scope())
        return added, added, None, "at_least"
    if policy == "maximum" and chosen.low is not None:
        return chosen.low, chosen.low, None, "at_least"
    return chosen.value, chosen.low, chosen.high, chosen.bound
