"""Law 1 on every text there is: each numeral an independent scan finds lies in exactly one ledger row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ledger.scan import chinese_numerals, digit_runs
from tests.ledger.texts import Read, bank, ours, reports_in
from transforms.tabulate.ledger import LedgerEntry
from transforms.tabulate.rulebook import rulebook

# Facts of these rules stand in words (全覆盖, 未发生, 均胜诉), with or without a numeral inside them.
WORDED = frozenset(frame.rule for frame in rulebook().frames if frame.worded)


def _holding(ledger: Iterable[LedgerEntry], start: int, end: int) -> list[LedgerEntry]:
    return [e for e in ledger if e.start < end and start < e.end]


def faults(read: Read) -> list[str]:
    """Everything that breaks law 1 in one text, in words; empty where all is well."""
    return [*_rows(read), *_digits(read), *_chinese(read), *_facts(read)]


def _rows(read: Read) -> Iterable[str]:
    last = 0
    for entry in read.ledger:
        if not last <= entry.start < entry.end <= len(read.text):
            yield f"{read.name}: row {entry.start}-{entry.end} overlaps, is empty or out of order"
        if read.text[entry.start : entry.end] != entry.text:
            yield f"{read.name}: row {entry.start} says {entry.text!r}, the text does not"
        if any(not 0 <= i < len(read.facts) for i in entry.facts):
            yield f"{read.name}: row {entry.text!r} names a fact that is not there"
        if (entry.role == "fact") != any(
            read.facts[i].status == "reported" for i in entry.facts if 0 <= i < len(read.facts)
        ):
            yield f"{read.name}: row {entry.text!r} is {entry.role} with facts {entry.facts}"
        last = max(last, entry.end)


def _digits(read: Read) -> Iterable[str]:
    """Every digit of a run is covered, and by one row."""
    for start, end in digit_runs(read.text):
        rows = _holding(read.ledger, start, end)
        covered = sum(min(e.end, end) - max(e.start, start) for e in rows)
        if covered != end - start:
            yield f"{read.name}: digits {read.text[start:end]!r} at {start} are not covered"
        elif len(rows) != 1:
            yield f"{read.name}: digits {read.text[start:end]!r} at {start} lie in {len(rows)} rows"


def _chinese(read: Read) -> Iterable[str]:
    for start, end, why in chinese_numerals(read.text):
        rows = _holding(read.ledger, start, end)
        if len(rows) != 1 or not rows[0].start <= start < end <= rows[0].end:
            around = read.text[max(0, start - 8) : end + 8]
            yield f"{read.name}: {why} {read.text[start:end]!r} lies in {len(rows)} rows: {around!r}"


def _facts(read: Read) -> Iterable[str]:
    """A numeric fact stands on a row that names it, and the row lies within the fact's span."""
    supporting = Counter(i for e in read.ledger for i in e.facts)
    for i, fact in enumerate(read.facts):
        if read.text[fact.start : fact.end] != fact.span:
            yield f"{read.name}: fact {fact.indicator} says {fact.span!r}, the text does not"
        if fact.rule in WORDED:
            continue
        rows = [e for e in read.ledger if i in e.facts and e.start < fact.end and fact.start < e.end]
        if supporting[i] != 1 or len(rows) != 1:
            yield f"{read.name}: fact {fact.indicator} {fact.span!r} stands on {supporting[i]} rows"
        elif fact.status == "reported" and rows[0].role != "fact":
            yield f"{read.name}: fact {fact.indicator} {fact.span!r} stands on a row of role {rows[0].role}"


def _account(title: str, reads: Iterable[Read]) -> None:
    """All faults at once, and the share of each role: `pytest -s` shows it."""
    roles: Counter[str] = Counter()
    found: list[str] = []
    for read in reads:
        found += faults(read)
        roles.update(e.role for e in read.ledger)
    total = sum(roles.values())
    assert total, f"{title}: no ledger row at all"
    quantities = total - sum(roles[r] for r in ("list_marker", "date", "name", "document_number", "citation"))
    print(
        f"\n{title}: {total} rows, unmatched {roles['unmatched'] / total:.1%}"
        f" ({roles['unmatched'] / quantities:.1%} without markers, dates, names and references), "
        + ", ".join(f"{role} {n}" for role, n in roles.most_common())
    )
    assert not found, f"{title}: {len(found)} faults\n" + "\n".join(found[:40])


def test_samples_and_our_own_banks() -> None:
    _account("samples, openings, second bank", ours())


def test_the_real_reports(shared: Path) -> None:
    reads = list(reports_in(shared / "reports"))
    assert len(reads) == 5
    _account("real reports", reads)


@pytest.mark.parametrize("name", ["clauses.jsonl", "documents.jsonl"])
def test_the_shared_banks(shared: Path, name: str) -> None:
    _account(name, bank(shared / "cases" / name))


def _without(read: Read, at: int) -> Read:
    return replace(read, ledger=(*read.ledger[:at], *read.ledger[at + 1 :]))


def _with(read: Read, at: int, entry: LedgerEntry) -> Read:
    return replace(read, ledger=(*read.ledger[:at], entry, *read.ledger[at + 1 :]))


def _fact_row(read: Read) -> int:
    return next(i for i, e in enumerate(read.ledger) if e.role == "fact")


def _changed(read: Read, **changes: object) -> Read:
    at = _fact_row(read)
    return _with(read, at, replace(read.ledger[at], **changes))  # type: ignore[arg-type]


BREAKS: dict[str, Callable[[Read], Read]] = {
    "a row is lost": lambda read: _without(read, len(read.ledger) // 2),
    "the row of a fact is lost": lambda read: _without(read, _fact_row(read)),
    "a row stands twice": lambda read: replace(read, ledger=(read.ledger[0], *read.ledger)),
    "a row says other text": lambda read: _changed(read, text="7", value=Decimal(7)),
    "a row is one character off": lambda read: _changed(read, start=read.ledger[_fact_row(read)].start + 1),
    "a row names a fact that is not there": lambda read: _changed(read, facts=(10**6,)),
    "a fact's row has another role": lambda read: _changed(read, role="unmatched"),
    "a fact has no row": lambda read: _changed(read, facts=()),
}


@pytest.mark.parametrize("what", BREAKS)
def test_what_breaks_the_law_is_found(what: str) -> None:
    """The count can fail: every way of breaking a sound ledger is noticed in a sample of either script."""
    for name in ("tuocheng-2023.txt", "shouchang-2022.txt"):
        read = next(r for r in ours() if r.name == name)
        assert faults(BREAKS[what](read)), (what, name)
