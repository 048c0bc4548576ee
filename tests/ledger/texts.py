"""The texts the ledger is counted on: samples, our own case banks and the shared ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transforms.decode import read_report
from transforms.decode.read import read_bytes
from transforms.decode.report import Report, report_from_text
from transforms.extraction import extract, read_text
from transforms.tabulate.facts import Fact
from transforms.tabulate.ledger import LedgerEntry

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
BANKS = ROOT / "tests" / "cases"
REPORT_SUFFIXES = (".txt", ".htm", ".html")


@dataclass(frozen=True, slots=True)
class Read:
    """One text with what was read from it; `name` is a file name or a case id."""

    name: str
    text: str
    facts: tuple[Fact, ...]
    ledger: tuple[LedgerEntry, ...]


def of_report(name: str, report: Report) -> Read:
    """Through all stages, identity too: the level of a report decides whose figures they are."""
    extraction = extract(report)
    return Read(name, report.text, extraction.facts, extraction.ledger)


def reports_in(folder: Path) -> Iterator[Read]:
    """Every report file of a folder, in order of name."""
    for path in sorted(folder.iterdir()):
        if path.suffix in REPORT_SUFFIXES:
            yield of_report(path.name, read_report(path))


def bank(path: Path) -> Iterator[Read]:
    """Every case of a bank: one with a `source_name` is the head of a document, the others are sentences."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if "source_name" in case:
            yield of_report(case["id"], _document(case))
        else:
            facts, ledger = read_text(case["text"], case.get("report_year", 2023))
            yield Read(case["id"], case["text"], facts, ledger)


def _document(case: dict[str, str]) -> Report:
    """A page is read as the file it would be, so that its text is what a reader of the page sees."""
    if case["media"] == "html":
        return read_bytes(case["text"].encode(), case["source_name"], case["source_name"])
    return report_from_text(case["text"], source=case["source_name"])


@cache
def ours() -> tuple[Read, ...]:
    """Samples, openings and second bank: read once a session."""
    return (*reports_in(SAMPLES), *bank(BANKS / "openings.jsonl"), *bank(BANKS / "second_bank.jsonl"))
