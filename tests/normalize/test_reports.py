"""The five real reports and the case banks: every gold span can be reached, to the character."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.normalize import AlignedText, normalize

REPORTS = ("guandao-2022", "quanzhang-2021", "shaliuhe-2022", "wangou-2024", "wuqingyuan-2023")


def report(shared: Path, name: str) -> str:
    return (shared / "reports" / f"{name}.txt").read_bytes().decode("utf-8")


def lines(path: Path) -> Iterator[dict[str, object]]:
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def there_and_back(aligned: AlignedText, start: int, end: int) -> tuple[int, int]:
    """The raw span of the shortest piece of text that covers raw[start:end]."""
    covering = [i for i in range(len(aligned.text)) if overlaps(aligned.to_raw(i, i + 1), start, end)]
    return aligned.to_raw(covering[0], covering[-1] + 1)


def overlaps(span: tuple[int, int], start: int, end: int) -> bool:
    return span[0] < end and start < span[1]


def test_every_gold_span_of_the_reports_maps_exactly(shared: Path) -> None:
    wrong = []
    texts = {f"{name}.txt": normalize(report(shared, name)) for name in REPORTS}
    for fact in lines(shared / "gold" / "facts.jsonl"):
        aligned = texts[str(fact["report"])]
        start, end = int(str(fact["start"])), int(str(fact["end"]))
        if there_and_back(aligned, start, end) != (start, end):
            wrong.append(fact["span"])
    assert not wrong


def test_every_span_of_the_case_bank_maps_exactly(shared: Path) -> None:
    wrong = []
    for case in lines(shared / "cases" / "clauses.jsonl"):
        raw = str(case["text"])
        aligned = normalize(raw)
        for entry in (*case["facts"], *case["not_facts"]):  # type: ignore[misc]
            start = raw.index(entry["span"])
            span = (start, start + len(entry["span"]))
            if there_and_back(aligned, *span) != span:
                wrong.append((case["id"], entry["span"]))
    assert not wrong


@pytest.mark.parametrize("name", REPORTS)
def test_normalising_a_report_twice_changes_nothing(shared: Path, name: str) -> None:
    once = normalize(report(shared, name)).text
    assert normalize(once).text == once


@pytest.mark.parametrize("name", ["wangou-2024", "wuqingyuan-2023"])
def test_a_clean_report_is_not_touched(shared: Path, name: str) -> None:
    raw = report(shared, name)
    assert normalize(raw) == AlignedText(raw, raw)


def test_the_scan_keeps_its_paragraphs_and_loses_its_page_breaks(shared: Path) -> None:
    raw = report(shared, "shaliuhe-2022")
    aligned = normalize(raw)
    closed = [edit for edit in aligned.edits if edit.step == "line_breaks"]
    assert len(closed) == 4
    assert aligned.text.count("\n\n") == raw.count("\n\n") - 4


def test_pinyin_leaves_nothing_behind(shared: Path) -> None:
    aligned = normalize(report(shared, "guandao-2022"))
    assert not any("à" <= c <= "ǜ" for c in aligned.text)
    assert sum(edit.step == "inline_pinyin" for edit in aligned.edits) == 287
