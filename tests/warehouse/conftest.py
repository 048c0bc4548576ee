"""Extractions made from the gold rows of the five real reports, so that the warehouse is tested without the readers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from transforms.decode.report import Report, report_from_text
from transforms.extraction import Extraction
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.gazetteer import gazetteer
from transforms.tabulate.identity.identity import Evidence, Identity
from transforms.tabulate.ledger import LedgerEntry
from validation.frames import Refusal, frames_of
from validation.gates import Gated, gate
from warehouse import RunInfo, SourceFile

STARTED = datetime(2026, 1, 5, 8, 0, 0)


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold_fact(row: dict) -> Fact:
    value, bound = Decimal(str(row["value"])), row["bound"]
    return Fact(
        indicator=row["indicator"],
        value=value,
        low=value if bound in ("exact", "at_least") else None,
        high=value if bound in ("exact", "at_most") else None,
        bound=bound,
        unit=row["unit"],
        hedge=None,
        inclusive=None,
        period=row["period"],
        years=row.get("years"),
        as_of=None,
        status=row.get("status", "reported"),
        scope=None,
        span=row["span"],
        start=row["start"],
        end=row["end"],
        clause=row["span"],
        section=None,
        rule="gold",
        cues=(),
        stated_total=False,
    )


def ledger_of(facts: list[Fact]) -> tuple[LedgerEntry, ...]:
    """One numeral a place; several facts may stand on it."""
    places: dict[int, list[int]] = {}
    for n, fact in enumerate(facts):
        places.setdefault(fact.start, []).append(n)
    return tuple(
        LedgerEntry(f.start, f.end, f.span, "fact", f.value, f.unit, f.rule, tuple(found))
        for start, found in sorted(places.items())
        for f in [facts[found[0]]]
    )


def gold_extraction(folder: Path, row: dict, facts: list[dict]) -> Extraction:
    path = folder / "reports" / row["report"]
    text = path.read_bytes().decode("utf-8")
    report = replace(report_from_text(text), source=f"reports/{path.name}", relative_path=path.name, encoding="utf-8")
    [unit] = [
        f.unit for f in gazetteer().find(row["town"]) if f.unit.place_in(row["year"]).county == row["county"]
    ]
    identity = Identity(
        title=None,
        town=row["town"],
        town_id=unit.town_id,
        county=row["county"],
        city=None,
        province=row["province"],
        year=row["year"],
        level=row["level"],
        doc_number=row["doc_number"],
        issued_on=row["issued"],
        signer=row["signer"],
        addressee=row["addressee"],
        period_end=None,
        town_evidence=(),
        year_evidence=(Evidence("year", str(row["year"]), row["year_evidence"], 1.0),),
    )
    made = [gold_fact(fact) for fact in facts]
    return Extraction(report, identity, tuple(made), ledger_of(made), ())


@pytest.fixture(scope="session")
def five(shared: Path) -> list[Extraction]:
    """The five real reports with their gold facts."""
    facts = lines(shared / "gold" / "facts.jsonl")
    return [
        gold_extraction(shared, row, [fact for fact in facts if fact["report"] == row["report"]])
        for row in lines(shared / "gold" / "reports.jsonl")
    ]


def files_of(reports: list[Report], outcome: str = "read") -> list[SourceFile]:
    return [
        SourceFile(
            path=f"/in/{r.relative_path}",
            relative_path=r.relative_path,
            outcome=outcome,
            size=len(r.text),
            mtime_ns=1,
            sha256=r.sha256,
            rulebook_version="1",
        )
        for r in reports
    ]


Batch = tuple[Gated, RunInfo]


@pytest.fixture(scope="session")
def batch() -> Callable[..., Batch]:
    """Makes what a run hands to `load` from extractions."""

    def make(
        extractions: list[Extraction],
        files: list[SourceFile] | None = None,
        refusals: tuple[Refusal, ...] = (),
        version: str = "1",
    ) -> Batch:
        gated = gate(frames_of(extractions, version, refusals))
        seen = files_of([e.report for e in extractions]) if files is None else files
        return gated, RunInfo("test", STARTED, seen, {"townfacts": "test"})

    return make
