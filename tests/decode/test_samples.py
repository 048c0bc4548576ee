"""The samples decode as their README says, and their gold points at the characters it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transforms.decode import Report, find_files

SAMPLES = Path(__file__).parents[2] / "samples"
REPORTS = {
    f.relative_path: f for f in find_files(SAMPLES) if f.relative_path.endswith((".txt", ".html", ".htm"))
}
ENCODINGS = {
    "dashuikeng-2022.txt": "utf-8-sig",
    "tanlin-2021.txt": "gb18030",
    "guantou-2023.txt": "big5",
    "yansi-2024.txt": "utf-16-le",
    "nalati-2023.txt": "utf-16-be",
    "yangliuxue-2022.txt": "gb18030",
    "wutian-2025.htm": "gb18030",
    "jishi.txt": "gb18030",
}


def gold(name: str) -> list[dict[str, Any]]:
    lines = (SAMPLES / "gold" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def read() -> dict[str, Report]:
    return {name: found.read() for name, found in REPORTS.items()}


def test_every_sample_decodes_without_a_problem(read: dict[str, Report]) -> None:
    assert len(read) == 17
    assert {name: r.encoding for name, r in read.items()} == dict.fromkeys(read, "utf-8") | ENCODINGS
    assert [r.problems for r in read.values() if r.problems] == []


def test_every_gold_span_stands_where_it_says(read: dict[str, Report]) -> None:
    facts = gold("facts.jsonl")
    assert len(facts) > 600
    for fact in facts:
        text = read[fact["report"]].text
        assert text[fact["start"] : fact["end"]] == fact["span"], fact


def test_every_gold_fact_of_a_web_page_lies_in_its_body(read: dict[str, Report]) -> None:
    for fact in gold("facts.jsonl"):
        first, last = read[fact["report"]].body
        assert first <= fact["start"] < fact["end"] <= last, fact


def test_every_sample_has_its_identity(read: dict[str, Report]) -> None:
    identities = gold("reports.jsonl")
    assert sorted(row["report"] for row in identities) == sorted(read)
    assert [row["level"] for row in identities].count("township") == 15


def test_the_gold_covers_the_catalogue(shared: Path) -> None:
    catalogue = (shared / "contract/indicators.csv").read_text(encoding="utf-8").splitlines()[1:]
    known = {line.split(",")[0] for line in catalogue}
    assert {fact["indicator"] for fact in gold("facts.jsonl")} == known
