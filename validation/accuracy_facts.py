"""Facts scored against gold: the rule of the case bank, by domain and by phenomenon, with what was taken
for what.

A predicted fact is right when indicator, value (for a range both ends) and bound agree with a gold fact
of the same text; each gold fact is matched once. Period and unit are counted apart, over the right
facts. Only results (status `reported`) are scored; a gold fact with another status is looked for among
predictions of that status, and predictions of other statuses are neither right nor wrong. So are
predictions that match an `optional` fact.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from transforms import read_text
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.facts import Fact

# The year of a bank's texts where the case names none (cases/README.md).
BANK_YEAR = 2023
# Lower edges of the bins in which stated confidence is compared with the share of right facts.
CONFIDENCE_EDGES = (0.0, 0.6, 0.75, 0.9, 0.97)

Gold = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Right, wrong (predicted, not in gold) and missed facts."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Right of all predicted; 1.0 where nothing was predicted."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right of all gold; 1.0 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Failure:
    """One text with what was missed and what was predicted beside gold."""

    case: str
    text: str
    missed: list[str]
    wrong: list[str]


@dataclass(slots=True)
class FactScore:
    """All counts over a bank or a set of reports."""

    total: Tally = field(default_factory=Tally)
    period_right: int = 0
    unit_right: int = 0
    span_right: int = 0
    by_domain: dict[str, Tally] = field(default_factory=dict)
    by_phenomenon: dict[str, Tally] = field(default_factory=dict)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)  # gold code, predicted code
    failures: list[Failure] = field(default_factory=list)
    confidence: dict[float, Tally] = field(default_factory=dict)  # by lower edge of the bin

    def share(self, right: int) -> float:
        """Of the right facts; 1.0 where there are none."""
        return right / self.total.right if self.total.right else 1.0


@dataclass(frozen=True, slots=True)
class Matching:
    """Which prediction answers which gold fact of one text."""

    pairs: tuple[tuple[Gold, Fact], ...]
    missed: tuple[Gold, ...]
    wrong: tuple[Fact, ...]


def load_cases(path: Path) -> list[dict[str, Any]]:
    """One case a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_case(case: Gold) -> tuple[Fact, ...]:
    """The facts of a case's text, in the year it stands in."""
    return read_text(str(case["text"]), int(case.get("report_year") or BANK_YEAR))[0]


def match(gold: Sequence[Gold], predicted: Sequence[Fact]) -> Matching:
    """Greedy, one to one, in the order of gold; of several answers the one that agrees in most else."""
    left = list(predicted)
    pairs, missed = [], []
    for row in gold:
        answers = [f for f in left if _agrees(row, f)]
        if answers:
            best = max(answers, key=lambda f: _closeness(row, f))
            left.remove(best)
            if not row.get("optional"):
                pairs.append((row, best))
        elif not row.get("optional"):
            missed.append(row)
    return Matching(tuple(pairs), tuple(missed), tuple(f for f in left if f.status == "reported"))


def _agrees(row: Gold, fact: Fact) -> bool:
    if fact.indicator != row["indicator"] or fact.bound != row["bound"]:
        return False
    if fact.status != row.get("status", "reported"):
        return False
    if row.get("value") is not None:
        return _same(row["value"], fact.value)
    return fact.value is None and _same(row["low"], fact.low) and _same(row["high"], fact.high)


def _same(stated: Any, read: Any) -> bool:
    if stated is None or read is None:
        return stated is None and read is None
    return Fraction(str(stated)) == Fraction(read)


def _closeness(row: Gold, fact: Fact) -> tuple[bool, bool, bool]:
    place = row.get("start")
    return (
        place == fact.start if place is not None else row.get("span") == fact.span,
        row.get("period") == fact.period,
        row.get("unit") == fact.unit,
    )


def score_facts(texts: Iterable[tuple[Gold, Sequence[Fact]]]) -> FactScore:
    """Score texts: each a gold line (`facts`, and where present `id`, `text`, `phenomena`) and the facts
    read from it.
    """
    score = FactScore()
    for case, predicted in texts:
        found = match(case["facts"], predicted)
        _count(score, case, found)
        if found.missed or found.wrong:
            score.failures.append(_failure(case, found))
    return score


def score_cases(cases: Iterable[Gold]) -> FactScore:
    """A case bank read by the stages the flow uses."""
    return score_facts((case, read_case(case)) for case in cases)


def _count(score: FactScore, case: Gold, found: Matching) -> None:
    domains = catalogue()
    tallies = [score.by_phenomenon.setdefault(name, Tally()) for name in case.get("phenomena", ())]
    for row, fact in found.pairs:
        _add(score, [*tallies, _domain(score, domains[fact.indicator].domain)], "right")
        score.period_right += row.get("period") == fact.period
        score.unit_right += row.get("unit") == fact.unit
        score.span_right += row.get("span") == fact.span
        _bin(score, fact).right += 1
    for fact in found.wrong:
        _add(score, [*tallies, _domain(score, domains[fact.indicator].domain)], "wrong")
        _bin(score, fact).wrong += 1
    for row in found.missed:
        _add(score, [*tallies, _domain(score, domains[row["indicator"]].domain)], "missed")
        if other := _instead(row, found.wrong):
            score.confusions[row["indicator"], other.indicator] += 1


def _add(score: FactScore, tallies: Iterable[Tally], what: str) -> None:
    for tally in (score.total, *tallies):
        setattr(tally, what, getattr(tally, what) + 1)


def _domain(score: FactScore, name: str) -> Tally:
    return score.by_domain.setdefault(name, Tally())


def _bin(score: FactScore, fact: Fact) -> Tally:
    edge = max(e for e in CONFIDENCE_EDGES if e <= fact.confidence)
    return score.confidence.setdefault(edge, Tally())


def _instead(row: Gold, wrong: Sequence[Fact]) -> Fact | None:
    """The wrong prediction made of the same words, if any."""
    for fact in wrong:
        if row.get("start", fact.start) == fact.start and fact.span == row.get("span"):
            return fact
    return None


def _failure(case: Gold, found: Matching) -> Failure:
    return Failure(
        case=str(case.get("id", "")),
        text=str(case.get("text", "")),
        missed=[f"{row['indicator']} = {_shown(row)} ({row.get('span')})" for row in found.missed],
        wrong=[f"{f.indicator} = {_shown(vars_of(f))} ({f.span}) by {f.rule}" for f in found.wrong],
    )


def vars_of(fact: Fact) -> dict[str, Any]:
    """The compared fields of a fact under their names in gold."""
    return {"value": fact.value, "low": fact.low, "high": fact.high, "bound": fact.bound}


def _shown(row: Gold) -> str:
    value = row.get("value")
    text = f"{row.get('low')}..{row.get('high')}" if value is None else str(value)
    return f"{text} {row['bound']}"


def as_text(score: FactScore, failures: bool = True) -> str:
    """The figures as lines for a terminal: totals, domains, phenomena, confusions, confidence, failing
    cases.
    """
    total = score.total
    lines = [
        f"facts      {_figures(total)}",
        f"period     {score.share(score.period_right):.1%} of right facts   unit "
        f"{score.share(score.unit_right):.1%}   span {score.share(score.span_right):.1%}",
        "",
        *_table("domain", score.by_domain),
        "",
        *_table("phenomenon", score.by_phenomenon),
    ]
    if score.confusions:
        lines += ["", "taken for another code (gold -> predicted)"]
        lines += [f"  {n:>3}  {gold} -> {said}" for (gold, said), n in sorted(score.confusions.items())]
    lines += ["", "confidence (bin from)  right of predicted"]
    lines += [
        f"  {edge:.2f}  {t.precision:6.1%} of {t.right + t.wrong}"
        for edge, t in sorted(score.confidence.items())
    ]
    if failures:
        for failed in score.failures:
            lines += ["", f"{failed.case}  {failed.text}".rstrip()]
            lines += [f"    missed  {m}" for m in failed.missed] + [f"    wrong   {w}" for w in failed.wrong]
    return "\n".join(lines)


def _figures(tally: Tally) -> str:
    return (
        f"P {tally.precision:6.1%}  R {tally.recall:6.1%}  F1 {tally.f1:6.1%}  "
        f"right {tally.right}  wrong {tally.wrong}  missed {tally.missed}"
    )


def _table(name: str, rows: Mapping[str, Tally]) -> list[str]:
    width = max([len(name), *map(len, rows)])
    return [f"{name:<{width}}"] + [f"{key:<{width}}  {_figures(rows[key])}" for key in sorted(rows)]
