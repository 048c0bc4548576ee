"""Floors under the measured accuracy: real reports, the case bank, our own banks, our own samples."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from transforms import extract
from transforms.decode.read import read_bytes
from validation.accuracy_facts import FactScore, load_cases, score_cases, score_facts

ROOT = Path(__file__).resolve().parents[2]


def gold_by_report(path: Path) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["report"]].append(row)
    return rows


def score_reports(gold: Path, reports: Path) -> FactScore:
    texts = []
    for name, rows in sorted(gold_by_report(gold).items()):
        read = extract(read_bytes((reports / name).read_bytes(), name, name))
        texts.append(({"id": name, "facts": rows}, read.facts))
        for row in rows:
            if "start" in row:
                assert read.report.text[row["start"] : row["end"]] == row["span"]
    return score_facts(texts)


def test_real_reports_are_read_whole(shared: Path) -> None:
    score = score_reports(shared / "gold" / "facts.jsonl", shared / "reports")
    assert min(score.total.precision, score.total.recall) >= 0.98, score.failures
    assert score.share(score.span_right) == 1.0
    assert score.share(score.period_right) == score.share(score.unit_right) == 1.0


def test_case_bank(shared: Path) -> None:
    score = score_cases(load_cases(shared / "cases" / "clauses.jsonl"))
    assert min(score.total.f1, score.total.precision) >= 0.97, score.failures
    assert score.share(score.period_right) >= 0.97
    assert score.share(score.unit_right) >= 0.97


@pytest.mark.parametrize("bank", ["second_bank", "third_bank", "fourth_bank", "paraphrases", "openings"])
def test_own_banks(bank: str) -> None:
    score = score_cases(load_cases(ROOT / "tests" / "cases" / f"{bank}.jsonl"))
    assert score.total.precision >= 0.95, score.failures
    assert score.total.recall >= 0.92, score.failures
    assert score.share(score.period_right) >= 0.97
    assert score.share(score.unit_right) >= 0.97


def test_stated_confidence_means_something() -> None:
    """Over all own banks, facts of a high bin are right more often than those of a low one."""
    banks = ["second_bank", "paraphrases", "openings"]
    cases = [c for bank in banks for c in load_cases(ROOT / "tests" / "cases" / f"{bank}.jsonl")]
    bins = score_cases(cases).confidence
    sure, unsure = bins[max(bins)], [t for edge, t in bins.items() if edge < max(bins)]
    right, wrong = sum(t.right for t in unsure), sum(t.wrong for t in unsure)
    assert sure.precision >= 0.95
    # Of few facts, all right, little is known: one more of each kind is supposed (rule of succession).
    assert (right + 1) / (right + wrong + 2) <= sure.precision
