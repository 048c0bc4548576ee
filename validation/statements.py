"""The figures of a report as the detective compares them: an interval, a place, a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from validation.intervals import Interval, of_count, of_rate

_SENTENCE_ENDS = "。！？!?"
_OPEN, _CLOSE = "（(【[", "）)】]"
_BRACKET = re.compile(r"[（(【\[）)】\]]")
# What makes a number of the ledger, which keeps one value only, a bound or nothing certain.
_AT_LEAST = re.compile(r"[余餘多超逾]|以上|不少于|不少於")
_VAGUE = re.compile(r"[近约約几幾数數]|左右|上下|以内|以內|不足|不到|来[个次人件]")
_CLAUSE_END = re.compile(r"[，,；;：:]")
# 矛盾纠纷调解成功率达到: the longest head of a sentence that names a rate and nothing else.
HEAD = 12
PART = "part"


@dataclass(slots=True, unsafe_hash=True)
class Statement:
    """A figure of one report: a fact, or a part of a total that has no fact (`fact_id` empty).

    Not to be changed once made; not frozen only because that triples the cost of making them.
    """

    fact_id: str
    indicator: str
    interval: Interval
    text: str
    scope: str | None
    period: str
    start: int
    end: int
    sentence: int  # how many sentences of the report end before it
    depth: int  # brackets open at its place, within its sentence
    goes_on: bool  # stands at the head of a sentence that goes on in the paragraph of the one before


@dataclass(frozen=True, slots=True)
class PartsOfTotal:
    """A total and the numbers the ledger calls its parts, of one unit, in one sentence."""

    total: Statement
    parts: tuple[Statement, ...]


class Sentences:
    """Where the sentences of a text end; asked for the places of its figures."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = sorted(end for mark in _SENTENCE_ENDS for end in _ends(text, mark))

    def number(self, place: int) -> int:
        """How many sentences end at or before `place`."""
        return bisect_right(self._ends, place)

    def between(self, start: int, end: int) -> str:
        """The characters from `start` to `end`."""
        return self._text[start:end]

    def goes_on(self, place: int) -> bool:
        """Whether next to nothing stands between the end of the sentence before and `place`, and no line
        break: …化解416件。化解率达95.9% goes on, a rate in a sentence with a subject of its own does not.
        """
        begin = self._begin(place)
        if not begin or place - begin > HEAD:
            return False
        words = self._text[begin:place]
        return "\n" not in words and not _CLAUSE_END.search(words)

    def depth(self, place: int) -> int:
        """How many brackets are open at `place`, counted from where its sentence begins."""
        begin = self._begin(place)
        if not _BRACKET.search(self._text, begin, place):
            return 0
        before = self._text[begin:place]
        return sum(before.count(mark) for mark in _OPEN) - sum(before.count(mark) for mark in _CLOSE)

    def _begin(self, place: int) -> int:
        """Where the sentence that holds `place` begins; 0 in the first."""
        number = self.number(place)
        return self._ends[number - 1] if number else 0


def _ends(text: str, mark: str) -> Iterator[int]:
    """Behind each mark; twice as fast as a search for any of several."""
    end = text.find(mark) + 1
    while end:
        yield end
        end = text.find(mark, end) + 1


def statements_of(facts: Sequence[Mapping[str, Any]], sentences: Sentences) -> list[Statement]:
    """Reported facts of one report, in order of place; rates (unit %) with the rounding of their text."""
    made = [_statement(fact, sentences) for fact in facts]
    return sorted(made, key=lambda statement: (statement.start, statement.end, statement.indicator))


def _statement(fact: Mapping[str, Any], sentences: Sentences) -> Statement:
    low, high, text = fact["low"], fact["high"], fact["span_text"]
    return Statement(
        fact["fact_id"],
        fact["indicator"],
        of_rate(low, high, text) if fact["unit"] == "%" else of_count(low, high),
        text,
        fact["scope"],
        fact["period"],
        fact["span_start"],
        fact["span_end"],
        sentences.number(fact["span_start"]),
        sentences.depth(fact["span_start"]),
        sentences.goes_on(fact["span_start"]),
    )


def parts_of_totals(
    ledger: Sequence[Mapping[str, Any]], facts: Mapping[int, Statement], sentences: Sentences
) -> Iterator[PartsOfTotal]:
    """Every total of one report with the parts of its unit beside it.

    `ledger`: its rows in order of place; `facts`: what is stated at a place (span_start of the ledger). Parts
    belong to the total before them in the sentence; without one to the total behind them (…，合计80条).
    """
    for _number, rows in _by_sentence(ledger, sentences):
        waiting: list[Statement] = []
        total: tuple[Statement, str | None] | None = None
        for row in rows:
            stated = facts.get(row["span_start"])
            if stated is not None:
                if total is not None and waiting:
                    yield PartsOfTotal(total[0], tuple(waiting))
                    waiting = []
                elif waiting and _kind(row["unit"]) == _kind(rows[0]["unit"]):
                    yield PartsOfTotal(stated, tuple(waiting))
                    waiting = []
                total = (stated, row["unit"])
            elif row["role"] == PART and row["unit"] != "%" and _is_beside(row, total):
                part = _part(row, sentences)
                if not waiting or waiting[0].depth == part.depth:
                    waiting.append(part)
        if total is not None and waiting:
            yield PartsOfTotal(total[0], tuple(waiting))


def _is_beside(row: Mapping[str, Any], total: tuple[Statement, str | None] | None) -> bool:
    """Counted like the total, where one has been told; a share (占24%) is no count, and adds up to none."""
    return total is None or _kind(row["unit"]) == _kind(total[1])


def _by_sentence(
    ledger: Sequence[Mapping[str, Any]], sentences: Sentences
) -> Iterator[tuple[int, list[Mapping[str, Any]]]]:
    rows: list[Mapping[str, Any]] = []
    current = -1
    for row in ledger:
        number = sentences.number(row["span_start"])
        if number != current and rows:
            yield current, rows
            rows = []
        current = number
        rows.append(row)
    if rows:
        yield current, rows


def _kind(unit: str | None) -> str:
    """场 and 场次 are counted alike, 人 and 人次 too; a number without measure word is of any kind."""
    return (unit or "").removesuffix("次") or "次"


def _part(row: Mapping[str, Any], sentences: Sentences) -> Statement:
    text, value = row["text"], row["value"]
    vague = value is None or _VAGUE.search(text)
    low = None if vague else value
    high = None if vague or _AT_LEAST.search(text) else value
    start = row["span_start"]
    place = sentences.number(start), sentences.depth(start), False
    return Statement("", PART, of_count(low, high), text, None, "year", start, row["span_end"], *place)


def rows_by_report(frame: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of a frame as mappings, by report, in the order of the frame."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row["report_id"], []).append(row)
    return found
