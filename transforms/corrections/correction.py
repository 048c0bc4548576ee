"""One decision of a person."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from transforms.quantify.quantity import Bound
from transforms.tabulate.facts import Period

Action = Literal["set", "drop", "confirm", "set_town", "set_year"]
OF_FACTS: tuple[Action, ...] = ("set", "drop", "confirm")
OF_REPORTS: tuple[Action, ...] = ("set_town", "set_year")
Figures = tuple[Decimal | None, Decimal | None, Decimal | None, Bound]


@dataclass(frozen=True, slots=True)
class Correction:
    """A block `[[correction]]` of a corrections file, checked (reading.py); None where it says nothing.

    Where: `report` (path below the folder of its file), `report_id`, `town` with `year`, or `sentence`
    alone, and then in every report. What: `figures` for set and confirm, `new_…` for a report.
    """

    action: Action
    reason: str
    author: str
    decided_on: date
    report: str | None = None
    report_id: str | None = None
    town: str | None = None
    county: str | None = None
    year: int | None = None
    sentence: str | None = None
    expected: str | None = None
    indicator: str | None = None
    figures: Figures | None = None
    unit: str | None = None
    period: Period | None = None
    new_town: str | None = None
    new_county: str | None = None
    new_province: str | None = None
    new_year: int | None = None
    place: str = ""  # file and line, for messages
    file_key: str = ""  # of the file it stands in (warehouse/corrections.py)
    home: str = ""  # `file_key`, where another file decides the very same of a report of that path
    below: str | None = None  # `report` as its path reads below the folder of this run, where that differs

    @property
    def names_report(self) -> bool:
        """Whether it is for one report, not for a sentence wherever that stands."""
        return bool(self.report or self.report_id or self.town)

    @property
    def subject(self) -> tuple[object, ...]:
        """What is decided; two decisions on one subject contradict each other."""
        kind = "fact" if self.action in OF_FACTS else self.action
        where = (self.report, self.report_id, self.town, self.county, self.year, self.sentence)
        return (kind, *where, self.expected if kind == "fact" else None, self.indicator)

    @property
    def correction_id(self) -> str:
        """From what is decided and how; who decided it, when and why may be reworded."""
        what = [*self.subject, self.expected, self.action, self.decision]
        told = json.dumps([*what, self.home] if self.home else what, ensure_ascii=False)
        return "c" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def decision(self) -> dict[str, str]:
        """What is set or confirmed, by name, as text."""
        value, low, high, bound = self.figures or (None, None, None, None)
        told = {
            "value": value,
            "low": low,
            "high": high,
            "bound": bound,
            "unit": self.unit,
            "period": self.period,
            "town": self.new_town,
            "county": self.new_county,
            "province": self.new_province,
            "year": self.new_year,
        }
        return {name: plain(part) for name, part in told.items() if part is not None}


def plain(value: object) -> str:
    """A figure without an exponent or needless zeros, anything else as it is.

    >>> plain(Decimal("4.60E+3")), plain(Decimal("98.50")), plain("元")
    ('4600', '98.5', '元')
    """
    if not isinstance(value, Decimal):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
