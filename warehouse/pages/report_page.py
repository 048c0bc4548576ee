"""One report as a page: its text with every numeral marked, and behind each mark what it was read as."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transforms.normalize import normalize
from transforms.segment import Segments, segment
from warehouse.pages.frame import figure, render
from warehouse.pages.report_rows import ReportRows, Row
from warehouse.pages.report_text import Hunk, Mark, blocks, hunks

# Below this a person should look: what was seen to be wrong more than one time in ten.
SURE = 0.9
LONGEST_SENTENCE = 200  # characters; a longer one is run-on text, of which the clause is taken
OPEN_ROLES = ("unmatched", "damaged")
_LEDGER_KEYS = (("v", "value"), ("u", "unit"), ("k", "rule"))
_FACT_KEYS = {
    "fact_id": "id",
    "indicator": "i",
    "value": "v",
    "low": "l",
    "high": "h",
    "bound": "b",
    "hedge": "hg",
    "unit": "u",
    "period": "p",
    "years": "y",
    "as_of": "a",
    "status": "st",
    "scope": "sc",
    "span_text": "x",
    "section": "se",
    "rule": "k",
    "policy": "po",
    "is_chosen": "ch",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A numeral of the ledger, or words that state a fact without one; `facts` are places in the list."""

    start: int
    end: int
    role: str
    text: str
    ledger: Row | None
    facts: tuple[int, ...]


def report_page(rows: ReportRows, catalogue: Sequence[Sequence[str]]) -> str:
    """The HTML; `catalogue` has code, domain, Chinese and English name, measure and unit."""
    aligned = normalize(rows.text)
    facts = rows.of("page_fact")
    items = _items(rows)
    doubts = _doubts(rows, items)
    marks = [
        Mark(item.start, item.end, n, item.role, n in doubts)
        for n, item in enumerate(items)
        if item.end <= len(rows.text)
    ]
    differences = hunks(aligned)
    sentences = Sentences(segment(aligned.text), differences)
    data = _data(rows, items, doubts, sentences, catalogue)
    return render(
        "report.html",
        report=rows.report,
        blocks=list(blocks(aligned, differences, marks)),
        is_repaired=aligned.text != aligned.raw,
        data=data,
        counts={"numerals": len(rows.of("ledger")), "facts": len(facts), "doubtful": len(doubts)},
        roles=_tally(item.role for item in items),
        domains=_domains(facts, catalogue),
        evidence=_evidence(rows.report),
        checks=rows.of("check_result"),
        flags=rows.of("page_flag"),
        likeness=next(iter(rows.of("page_likeness")), None),
        names={code: (zh, en) for code, _, zh, en, *_ in catalogue},
    )


def _items(rows: ReportRows) -> list[Item]:
    place = {fact["fact_id"]: n for n, fact in enumerate(rows.of("page_fact"))}
    supported: dict[int, list[int]] = {}
    for link in rows.of("ledger_fact"):
        if link["fact_id"] in place:
            supported.setdefault(link["span_start"], []).append(place[link["fact_id"]])
    items = [
        Item(start, e["span_end"], e["role"], e["text"], e, tuple(supported.get(start, ())))
        for e in rows.of("ledger")
        for start in [e["span_start"]]
    ]
    linked = {n for numbers in supported.values() for n in numbers}
    worded: dict[tuple[int, int], list[int]] = {}
    for n, fact in enumerate(rows.of("page_fact")):
        if n not in linked:
            worded.setdefault((fact["span_start"], fact["span_end"]), []).append(n)
    items += [Item(s, e, "worded", rows.text[s:e], None, tuple(ns)) for (s, e), ns in worded.items()]
    return sorted(items, key=lambda item: (item.start, item.end))


def _doubts(rows: ReportRows, items: Sequence[Item]) -> dict[int, list[str]]:
    """Item -> why a person should look at it."""
    contradicted = {
        number["fact_id"]
        for check in rows.of("check_result")
        if check["verdict"] == "contradicted"
        for number in json.loads(check["numbers"])
        if number.get("fact_id")
    }
    missed = {use["fact_id"] for use in rows.of("page_correction") if use["outcome"] == "missed"}
    facts, found = rows.of("page_fact"), {}
    for n, item in enumerate(items):
        why = [item.role] if item.role in OPEN_ROLES else []
        behind = [facts[number] for number in item.facts]
        why += ["low"] if any(fact["confidence"] < SURE for fact in behind) else []
        why += ["contradicted"] if any(fact["fact_id"] in contradicted for fact in behind) else []
        why += ["conflict"] if any(fact["policy"] == "conflict" for fact in behind) else []
        why += ["missed"] if any(fact["fact_id"] in missed for fact in behind) else []
        if why:
            found[n] = why
    return found


@dataclass(frozen=True)
class Sentences:
    """Sentences of the repaired text by places of the decoded one."""

    segments: Segments
    differences: Sequence[Hunk]

    def at(self, raw: int) -> str:
        """The sentence a person's decision is keyed by; of run-on text the clause."""
        place = self._to_text(raw)
        start, end = self.segments.sentence(self.segments.sentence_at(place))
        if end - start > LONGEST_SENTENCE:
            n = bisect_right(self.segments.clauses, place, key=lambda clause: clause.start) - 1
            clause = self.segments.clauses[max(n, 0)]
            start, end = clause.start, clause.end
        return self.segments.text[start:end].strip("。！？!?；;，, \n\r\t\u3000")

    def _to_text(self, raw: int) -> int:
        n = bisect_right(self.differences, raw, key=lambda hunk: hunk.raw_start) - 1
        if n < 0:
            return min(raw, len(self.segments.text) - 1)
        last = self.differences[n]
        text = last.start if raw < last.raw_end else last.end + raw - last.raw_end
        return max(0, min(text, len(self.segments.text) - 1))


def _data(
    rows: ReportRows,
    items: Sequence[Item],
    doubts: Mapping[int, Sequence[str]],
    sentences: Sentences,
    catalogue: Sequence[Sequence[str]],
) -> dict[str, Any]:
    """What the script of the page knows; short keys, since a county has hundreds of such pages."""
    places: dict[str, int] = {}
    told = [_item(item, doubts.get(n, ()), places, sentences) for n, item in enumerate(items)]
    alike: dict[str, list[Row]] = {}
    for row in rows.of("fact_alike"):
        alike.setdefault(row["fact_id"], []).append(row)
    decided: dict[str, list[Row]] = {}
    for use in rows.of("page_correction"):
        decided.setdefault(use["fact_id"], []).append(use)
    facts = [
        _fact(fact, alike.get(fact["fact_id"], ()), decided.get(fact["fact_id"], ()))
        for fact in rows.of("page_fact")
    ]
    report = rows.report
    return {
        "id": report["report_id"],
        "path": report["relative_path"],
        "town": report["town"],
        "year": report["year"],
        "items": told,
        "facts": facts,
        "sentences": list(places),
        "catalogue": _by_domain(catalogue),
    }


def _item(item: Item, why: Sequence[str], places: dict[str, int], sentences: Sentences) -> dict[str, Any]:
    told: dict[str, Any] = {"r": item.role, "t": " ".join(item.text.split())}
    if item.ledger:
        told |= {k: item.ledger[n] for k, n in _LEDGER_KEYS if item.ledger[n] is not None}
    if item.facts:
        told["f"] = item.facts
    if why:
        told["d"] = why
    if item.facts or item.ledger and item.ledger["value"] is not None:
        told["s"] = places.setdefault(sentences.at(item.start), len(places))
    return told


def _fact(fact: Row, alike: Sequence[Row], decided: Sequence[Row]) -> dict[str, Any]:
    told = {short: fact[name] for name, short in _FACT_KEYS.items() if fact[name] is not None}
    told["x"] = " ".join(told["x"].split())
    told["c"] = [fact["confidence_reading"], fact["confidence_rule"], fact["confidence_check"]]
    if alike:
        told["n"] = alike[0]["towns"]
        told["al"] = [
            [a["relative_path"], f"{a['town']} {a['year']}", a["clause"], a["span_text"]]
            + [None if a[name] is None else figure(a[name]) for name in ("value", "low", "high")]
            + [a["bound"], a["other_report"]]
            for a in alike
        ]
    if decided:
        told["co"] = [[u["action"], u["author"], u["decided_on"], u["reason"], u["note"]] for u in decided]
    return told


def _tally(roles: Iterator[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for role in roles:
        counts[role] = counts.get(role, 0) + 1
    return sorted(counts.items(), key=lambda pair: (_ROLE_ORDER.index(pair[0]), pair[0]))


_ROLE_ORDER = (
    "fact", "worded", "part", "required", "planned", "change", "mean", "frequency", "duration", "rank",
    "unmatched", "damaged", "elsewhere", "context", "date", "ordinal", "document_number", "citation", "name",
    "list_marker", "furniture",
)  # fmt: skip


def _domains(facts: Sequence[Row], catalogue: Sequence[Sequence[str]]) -> list[tuple[str, int]]:
    domain_of = {code: domain for code, domain, *_ in catalogue}
    counts = dict.fromkeys((domain for _, domain, *_ in catalogue), 0)
    for fact in facts:
        counts[domain_of[fact["indicator"]]] += 1
    return [(domain, count) for domain, count in counts.items() if count]


def _evidence(report: Row) -> list[tuple[str, list[str]]]:
    """What town and year rest on and what was odd, each as lines."""
    told = []
    for name in ("town_evidence", "year_evidence"):
        sources: dict[str, list[str]] = {}
        for clue in json.loads(report[name]):
            sources.setdefault(str(clue.get("value")), []).append(str(clue.get("source")))
        told.append((name, [f"{value}: {', '.join(dict.fromkeys(of))}" for value, of in sources.items()]))
    warnings = [f"{w.get('code')}: {w.get('message')}" for w in json.loads(report["warnings"])]
    return [*told, ("warnings", warnings)]


def _by_domain(catalogue: Sequence[Sequence[str]]) -> dict[str, list[list[str]]]:
    """Domain -> code, Chinese and English name, measure and unit of its indicators."""
    found: dict[str, list[list[str]]] = {}
    for code, domain, *rest in catalogue:
        found.setdefault(domain, []).append([code, *rest])
    return found
