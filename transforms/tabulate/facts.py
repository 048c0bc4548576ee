"""A fact: one indicator value a report states, with its bounds and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transforms.quantify.quantity import Bound, Exact

Period = Literal["year", "part_year", "multi_year", "event"]
Status = Literal["reported", "required", "planned", "change", "mean", "elsewhere"]


@dataclass(slots=True, unsafe_hash=True)
class Fact:
    """One row of `fact_indicator` before it has a report and a town. `start`/`end` point into the
    DECODED RAW text.

    Not to be changed once made; not frozen only because that triples the cost of making dozens a report.
    """

    indicator: str
    value: Exact | None
    low: Exact | None
    high: Exact | None
    bound: Bound
    unit: str | None
    hedge: str | None
    inclusive: bool | None
    period: Period
    years: int | None
    as_of: (
        str | None
    )  # YYYY-MM-DD: cut-off of a part-year figure from January on; None for a month or quarter
    status: Status
    scope: str | None  # part of the town or work, as worded (村级, 夜间, 市场监管); None = the whole
    span: str  # raw[start:end]
    start: int
    end: int
    clause: str  # normalised clause text
    section: str | None
    rule: str  # id of the rule in indicators.toml
    cues: tuple[str, ...]  # the words that made it
    stated_total: bool  # 共, 累计, 合计, 全年 stand with it (resolution needs it)
    confidence_reading: float = 1.0
    confidence_rule: float = 1.0
    confidence_check: float = 1.0

    @property
    def confidence(self) -> float:
        """The least of the three, as the contract asks."""
        return min(self.confidence_reading, self.confidence_rule, self.confidence_check)
