"""Extractions for tests of the warehouse: from the gold rows of the five real reports, and made up in
short.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from transforms.decode.report import Report, report_from_text
from transforms.extraction import Extraction
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.gazetteer import gazetteer
from transforms.tabulate.identity.identity import Evidence, Identity
from transforms.tabulate.ledger import LedgerEntry
from warehouse import SourceFile


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
    report = replace(
        report_from_text(text), source=f"reports/{path.name}", relative_path=path.name, encoding="utf-8"
    )
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


def stated(indicator: str, span: str, low: str | None, high: str | None = "same", **changes: object) -> Fact:
    """A statement in short: one figure is exact; high None at_least; low None at_most; two figures a
    range.
    """
    first, second = (None if x in (None, "same") else Decimal(x) for x in (low, high))
    bound, value = "range", None
    if high == "same":
        bound, value, second = "exact", first, first
    elif low is None:
        bound, value = "at_most", second
    elif high is None:
        bound, value = "at_least", first
    rate = indicator.endswith("rate")
    row = {
        "indicator": indicator,
        "value": "0",
        "bound": bound,
        "unit": "%" if rate else None,
        "period": "year",
    }
    fact = gold_fact({**row, "span": span, "start": 0, "end": 0})
    return replace(fact, value=value, low=first, high=second, **changes)


def told_report(
    *facts: Fact, name: str = "a.txt", words: str = "", between: str = "；", **identity: object
) -> Extraction:
    """A report whose text is the spans of its facts, so that all spans hold; `words` make it another text."""
    text, placed = f"报告{words}。", []
    for fact in facts:
        text += between
        placed.append(replace(fact, start=len(text), end=len(text) + len(fact.span)))
        text += fact.span
    report = replace(report_from_text(text), source=f"in/{name}", relative_path=name)
    known = {
        "title": f"{name} 的标题",
        "town": "测试镇",
        "town_id": "t000000000001",
        "county": "测试县",
        "city": None,
        "province": "测试省",
        "year": 2022,
        "level": "township",
        "doc_number": None,
        "issued_on": None,
        "signer": None,
        "addressee": None,
        "period_end": None,
        "town_evidence": (),
        "year_evidence": (),
    }
    problems = identity.pop("problems", ())
    return Extraction(report, Identity(**{**known, **identity}), tuple(placed), ledger_of(placed), problems)
