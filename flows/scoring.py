"""Measuring against gold: case banks of four kinds, told by their fields, and folders of gold for whole
reports.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from flows.failures import UsageFailure
from flows.manifests import manifest_lines
from flows.reading import Unread, read_through
from transforms.decode import UnreadableFile, find_files
from transforms.extraction import Extraction
from transforms.tabulate.catalogue import catalogue
from validation import accuracy_documents, accuracy_facts, accuracy_numbers, accuracy_script

Kind = Literal["facts", "documents", "numbers", "script"]
# Fields of a gold report line that are compared one to one; `issued` is called issued_on in an identity.
IDENTITY_FIELDS = (
    "town",
    "county",
    "province",
    "year",
    "level",
    "doc_number",
    "issued",
    "signer",
    "addressee",
)
FORMS = "a case holds text and facts, text, source_name and level, or input and expected"

Row = Mapping[str, Any]
SLIPS = (KeyError, TypeError, ValueError, AttributeError, UnreadableFile)  # what a wrong field comes to


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table of accuracy: what was measured on how many cases, in shares of 1."""

    kind: str
    cases: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scored:
    """A bank measured in one respect: `measures` for tables, `text(failures)` for a terminal."""

    measures: Sequence[Measure]
    text: Callable[[bool], str]
    by_domain: Mapping[str, accuracy_facts.Tally]


def score_bank(path: Path) -> list[Scored]:
    """Every respect the lines of a case file can be measured in; a file may hold facts and identity
    together.
    """
    rows = read_lines(path)
    if not rows:
        return []
    kinds = _kinds(rows[0])
    odd = [n for n, row in enumerate(rows, 1) if not kinds or _kinds(row) != kinds]
    if odd:
        raise UsageFailure(
            f"{path}, case {odd[0]}: {'not like the first' if odd[0] > 1 else 'no case'}; {FORMS}"
        )
    with _telling(f"{path}, case", rows, lambda row: [_SCORERS[kind]([row]).text(True) for kind in kinds]):
        scored = [_SCORERS[kind](rows) for kind in kinds]
        for one in scored:
            one.text(True)  # which looks at fields that measuring does not
    return scored


@contextmanager
def _telling(place: str, rows: Sequence[Row], measure: Callable[[Row], object]) -> Iterator[None]:
    """A line that cannot be measured is named, with what it lacks."""
    try:
        yield
    except SLIPS as error:
        number = next((n for n, row in enumerate(rows, 1) if not _is_measured(row, measure)), 0)
        where = f"{place} {number or '?'}"
        raise UsageFailure(f"{where}: lacks a field or has an unknown code: {error}; {FORMS}") from error


def _is_measured(row: Row, measure: Callable[[Row], object]) -> bool:
    try:
        measure(row)
    except SLIPS:
        return False
    return True


def score_gold(gold: Path, reports: Path) -> list[Scored]:
    """facts.jsonl and reports.jsonl of a gold folder against the files in `reports`, read as a run reads
    them.
    """
    facts, identities = (read_lines(gold / name) for name in ("facts.jsonl", "reports.jsonl"))
    if not facts and not identities:
        raise UsageFailure(f"{gold}: neither facts.jsonl nor reports.jsonl with a line in it lies here")
    if any("report" not in row for row in (*identities, *facts)):
        raise UsageFailure(f"{gold}: a line names no report")
    names = dict.fromkeys(str(row["report"]) for row in (*identities, *facts))
    read = _read_reports(reports, list(names))
    scored = []
    if facts:
        texts = [
            ({"id": n, "facts": [r for r in facts if r["report"] == n]}, _facts_of(read[n])) for n in names
        ]
        with _telling(f"{gold / 'facts.jsonl'}, fact", facts, _fact_alone):
            for row in facts:
                _fact_alone(row)
            scored.append(_facts_scored(accuracy_facts.score_facts(texts)))
            scored[-1].text(True)
    if identities:
        scored.append(_identities_scored(identities, read))
    return scored


def _fact_alone(row: Row) -> str:
    """What measuring asks of a gold fact, also where nothing read is like it."""
    catalogue()[row["indicator"]]
    for name in ("value", "low", "high"):
        if row.get(name) is not None:
            Fraction(str(row[name]))
    return _facts_scored(accuracy_facts.score_facts([({"facts": [row]}, ())])).text(True)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """One JSON object a line; of a file that is not there, none. Raises UsageFailure naming the line at
    fault.
    """
    if not path.is_file():
        return []
    rows = []
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
            if line.strip():
                rows.append(json.loads(line))
                if not isinstance(rows[-1], dict):
                    raise UsageFailure(f"{path}, line {number}: not a JSON object")
    except json.JSONDecodeError as error:
        raise UsageFailure(f"{path}, line {number}: not JSON: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise UsageFailure(f"{path}: not UTF-8; save it so") from error
    return rows


def _kinds(row: Row) -> list[Kind]:
    kinds: list[Kind] = []
    if "input" in row and "expected" in row:
        kinds.append("script" if isinstance(row["expected"], str) else "numbers")
    if "text" in row and "facts" in row:
        kinds.append("facts")
    if {"text", "source_name", "level"} <= set(row):
        kinds.append("documents")
    return kinds


def _score_facts(rows: Sequence[Row]) -> Scored:
    return _facts_scored(accuracy_facts.score_cases(rows))


def _facts_scored(score: accuracy_facts.FactScore) -> Scored:
    total = score.total
    shares = {
        "precision": total.precision,
        "recall": total.recall,
        "F1": total.f1,
        "period": score.share(score.period_right),
        "unit": score.share(score.unit_right),
    }
    count = total.right + total.missed
    return Scored(
        [Measure("facts", count, shares)],
        lambda failures: accuracy_facts.as_text(score, failures),
        score.by_domain,
    )


def _score_documents(rows: Sequence[Row]) -> Scored:
    score = accuracy_documents.score_documents(rows)
    shares = {name: score.share(name) for name in accuracy_documents.FIELDS}

    def text(failures: bool) -> str:
        misses = [f"{case}  {name}: {said!r}, not {gold!r}" for case, name, gold, said in score.misses]
        return "\n".join([accuracy_documents.as_text(score), *(["", *misses] if failures else [])])

    return Scored([Measure("documents", score.cases, shares)], text, {})


def _score_numbers(rows: Sequence[Row]) -> Scored:
    score = accuracy_numbers.score_numbers(rows)
    lines = [
        f"{kind or 'any kind':<12} {score.right_by_kind[kind]}/{count}"
        for kind, count in sorted(score.cases_by_kind.items())
    ]
    lines.append(f"numbers      {score.right}/{score.cases} {score.accuracy:.1%}")
    misses = [f"{case}  {given}  read as: {said or 'nothing'}" for case, given, said in score.misses]
    return _simple("numbers", score.cases, score.right, lines, misses)


def _score_script(rows: Sequence[Row]) -> Scored:
    score = accuracy_script.score_script(rows)
    misses = [f"{case}  {said}  not  {expected}" for case, expected, said in score.misses]
    share = score.right / score.cases if score.cases else 1.0
    return _simple(
        "script", score.cases, score.right, [f"script {score.right}/{score.cases} {share:.1%}"], misses
    )


def _simple(kind: str, cases: int, right: int, lines: list[str], misses: list[str]) -> Scored:
    share = right / cases if cases else 1.0
    return Scored(
        [Measure(kind, cases, {"right": share})],
        lambda failures: "\n".join([*lines, *(["", *misses] if failures and misses else [])]),
        {},
    )


_SCORERS: Mapping[Kind, Callable[[Sequence[Row]], Scored]] = {
    "facts": _score_facts,
    "documents": _score_documents,
    "numbers": _score_numbers,
    "script": _score_script,
}


def _read_reports(folder: Path, names: Sequence[str]) -> dict[str, Extraction | Unread]:
    if not folder.is_dir():
        raise UsageFailure(f"{folder}: no such folder; name the folder of the reports with --reports")
    found = find_files(folder)
    files = {file.relative_path: file for file in found}
    missing = [name for name in names if name not in files]
    if missing:
        raise UsageFailure(f"{folder / missing[0]}: named in the gold but not there; see --reports")
    lines = manifest_lines(folder, found)
    return {name: read_through(files[name], lines.get(name)) for name in names}


def _facts_of(read: Extraction | Unread) -> Sequence[Any]:
    """What reaches the tables: of a report taken for a county's or a department's, nothing."""
    return read.facts if isinstance(read, Extraction) and read.identity.level == "township" else ()


def _identities_scored(rows: Sequence[Row], read: Mapping[str, Extraction | Unread]) -> Scored:
    fields = [name for name in IDENTITY_FIELDS if any(name in row for row in rows)]
    misses = []
    for row in rows:
        said = _identity_of(read[row["report"]])
        misses += [(row["report"], n, row.get(n), said.get(n)) for n in fields if row.get(n) != said.get(n)]
    wrong = [name for _, name, _, _ in misses]
    shares = {name: 1 - wrong.count(name) / len(rows) for name in fields}

    def text(failures: bool) -> str:
        lines = [
            f"{name:<11}{len(rows) - wrong.count(name):>4}/{len(rows)} {shares[name]:7.1%}" for name in fields
        ]
        shown = [f"{report}  {name}: {said!r}, not {gold!r}" for report, name, gold, said in misses]
        return "\n".join([*lines, *(["", *shown] if failures and shown else [])])

    return Scored([Measure("identity", len(rows), shares)], text, {})


def _identity_of(read: Extraction | Unread) -> dict[str, Any]:
    if isinstance(read, Unread):
        return {}
    said = {name: getattr(read.identity, name) for name in IDENTITY_FIELDS if name != "issued"}
    return said | {"issued": read.identity.issued_on}
