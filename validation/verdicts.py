"""Verdicts on the figures of one report: the relations of checks.toml, totals and their parts, changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from validation.changes import Change, before, changes
from validation.intervals import Interval, percentage, total
from validation.relations import AtMost, Pair, Ratio, Sum, relations
from validation.statements import PartsOfTotal, Sentences, Statement, parts_of_totals, statements_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict on figures of one report; `reading` names the counts that fit."""

    name: str
    verdict: str
    reading: str | None
    used: tuple[Statement, ...]
    message: str


def verdicts(text: str, facts: Sequence[Row], ledger: Sequence[Row]) -> list[Finding]:
    """All verdicts on one report: its reported facts, and where numbers have parts or changed its ledger."""
    sentences = Sentences(text)
    statements = statements_of(facts, sentences)
    by_indicator: dict[str, list[Statement]] = {}
    for statement in statements:
        by_indicator.setdefault(statement.indicator, []).append(statement)
    found = [
        f for ratio in relations().ratios if ratio.rate in by_indicator for f in _ratio(ratio, by_indicator)
    ]
    found += [
        f for pair in relations().at_most if pair.part in by_indicator for f in _at_most(pair, by_indicator)
    ]
    found += [
        f for entry in relations().sums if entry.total in by_indicator for f in _sum(entry, by_indicator)
    ]
    counts = {s.start: s for s in statements if s.interval.low is not None or s.interval.high is not None}
    found += [_parts(group) for group in parts_of_totals(ledger, counts, sentences)]
    found += [_changed(change) for change in changes(ledger, counts, sentences)]
    return found


def _ratio(ratio: Ratio, by_indicator: dict[str, list[Statement]]) -> Iterator[Finding]:
    for rate in by_indicator.get(ratio.rate, []):
        tried = [
            (pair, part, whole, share, by_definition)
            for by_definition, pairs in ((True, ratio.is_), (False, ratio.or_))
            for pair in pairs
            if (counts := _counts_for(rate, pair, by_indicator, ratio.near)) is not None
            for part, whole in [counts]
            if (share := percentage(part.interval, whole.interval)) is not None
        ]
        if tried:
            yield _judged(ratio.name, rate, tried)


def _judged(
    name: str, rate: Statement, tried: list[tuple[Pair, Statement, Statement, Interval, bool]]
) -> Finding:
    """A reading that fits and says something confirms; a definition that cannot hold contradicts."""
    fitting = [t for t in tried if t[3].meets(rate.interval)]
    telling = [t for t in fitting if t[1].interval.is_closed and t[2].interval.is_closed]
    failing = [t for t in tried if t not in fitting]
    verdict = "confirmed" if telling else "undecided"
    if not fitting and any(by_definition for *_, by_definition in failing):
        verdict = "contradicted"
    shown = (telling or fitting or failing)[0]
    pair, part, whole = shown[:3]
    reading = f"{pair[0]} / {pair[1]}" if fitting else None
    told = [_share(t, "fits" if t in fitting else "does not fit", rate) for t in tried]
    used = (
        (rate, part, whole)
        if verdict != "undecided"
        else (rate, *dict.fromkeys(s for t in tried for s in t[1:3]))
    )
    return Finding(name, verdict, reading, used, "; ".join(told))


def _share(tried: tuple[Pair, Statement, Statement, Interval, bool], fits: str, rate: Statement) -> str:
    pair, part, whole, share, _ = tried
    return f"{pair[0]} {part.text} of {pair[1]} {whole.text} is {_shown(share)} %, which {fits} {rate.text}"


def _shown(interval: Interval) -> str:
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return f"{float(low):.4g}"
    return f"{float(low or 0):.4g} to {float(high if high is not None else 100):.4g}"


def _counts_for(
    rate: Statement, pair: Pair, by_indicator: dict[str, list[Statement]], near: bool
) -> tuple[Statement, Statement] | None:
    """The two counts a rate can rest on: of its scope and period, the nearest, never more than the whole."""
    if not (pair[0] in by_indicator and pair[1] in by_indicator):
        return None
    part, whole = (_best(rate, by_indicator[indicator], near) for indicator in pair)
    if part is None or whole is None or part.interval.surely_above(whole.interval):
        return None
    return part, whole


def _best(beside: Statement, rivals: Sequence[Statement], near: bool) -> Statement | None:
    """The nearest of the same scope and period; of the whole report only where all rivals say the same."""
    alike = [r for r in rivals if r.scope == beside.scope and r.period == beside.period]
    if near:
        back = 1 if beside.goes_on else 0
        own = [r for r in alike if r.sentence == beside.sentence]
        before = [r for r in alike if r.sentence == beside.sentence - back]
        return min(own or before, key=lambda r: abs(r.start - beside.start), default=None)
    return alike[0] if len({r.interval for r in alike}) == 1 else None


def _at_most(pair: AtMost, by_indicator: dict[str, list[Statement]]) -> Iterator[Finding]:
    for part in by_indicator.get(pair.part, []):
        whole = _best(part, by_indicator.get(pair.whole, []), pair.near)
        if whole is None:
            continue
        if part.interval.surely_above(whole.interval):
            verdict, relation = "contradicted", "is more than"
        elif part.interval.surely_not_above(whole.interval):
            verdict, relation = "confirmed", "is no more than"
        else:
            verdict, relation = "undecided", "may be no more than"
        message = f"{pair.part} {part.text} {relation} {pair.whole} {whole.text}"
        reading = f"{pair.part} <= {pair.whole}" if verdict == "confirmed" else None
        yield Finding(pair.name, verdict, reading, (part, whole), message)


def _sum(entry: Sum, by_indicator: dict[str, list[Statement]]) -> Iterator[Finding]:
    for whole in by_indicator.get(entry.total, [])[:1]:
        parts = [_best(whole, by_indicator.get(indicator, []), near=False) for indicator in entry.parts]
        stated = [part for part in parts if part is not None]
        if len(stated) == len(entry.parts):
            yield _added(entry.name, whole, stated, must_exhaust=True)


def _parts(group: PartsOfTotal) -> Finding:
    return _added("parts_of_total", group.total, group.parts, must_exhaust=False)


def _changed(change: Change) -> Finding:
    """Whether all that is said of the year before can be true of one number."""
    now = change.now.interval.low or Fraction(0)
    past = [interval for told in change.told if (interval := before(now, told)) is not None]
    used = (change.now, *(told.statement for told in change.told))
    words = f"{change.now.text} against {', '.join(told.statement.text for told in change.told)}"
    if len(past) < 2:
        return Finding("change_in_text", "undecided", None, used, f"{words}: says too little")
    if all(one.meets(other) for one in past for other in past):
        return Finding("change_in_text", "confirmed", "this year / last year", used, f"{words}: agrees")
    return Finding("change_in_text", "contradicted", None, used, f"{words}: does not agree")


def _added(name: str, whole: Statement, parts: Sequence[Statement], must_exhaust: bool) -> Finding:
    """Parts that add up confirm; a part or a sum above the whole contradicts, and so does a sum below it
    where the parts are all there are.
    """
    added = total([part.interval for part in parts])
    largest = next((part for part in parts if part.interval.surely_above(whole.interval)), None)
    told = f"{' + '.join(part.text for part in parts)} against {whole.text}"
    used = (whole, *parts)
    if largest is not None:
        return Finding(name, "contradicted", None, used, f"the part {largest.text} is more than {whole.text}")
    if added.surely_above(whole.interval) or (must_exhaust and whole.interval.surely_above(added)):
        return Finding(name, "contradicted", None, used, f"{told}: does not add up")
    if added.is_closed and added == whole.interval:
        return Finding(name, "confirmed", "sum of parts", used, f"{told}: adds up")
    return Finding(name, "undecided", None, used, f"{told}: the parts need not be all")
