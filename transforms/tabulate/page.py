"""What is gathered while a report is read, and the sentence being read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.normalize import AlignedText
from transforms.quantify.quantity import Numeral
from transforms.segment import Section, Segments
from transforms.tabulate.facts import Fact, Period
from transforms.tabulate.fits import Context
from transforms.tabulate.ledger import Verdict
from transforms.tabulate.marks import Counted
from transforms.tabulate.numbers import Read
from transforms.tabulate.one_body import Stretch
from transforms.tabulate.periods import YEAR, When
from transforms.tabulate.phrases import Sentence
from transforms.tabulate.rulebook import Cue, Rulebook
from transforms.tabulate.status import Hints


@dataclass(slots=True)
class Page:
    """What is gathered while a report is read."""

    text: AlignedText
    segments: Segments
    numerals: Sequence[Numeral]
    counted: Sequence[Counted]  # those that count
    body: tuple[int, int]
    year: int | None
    period_end: str | None
    own_level: bool
    book: Rulebook
    facts: list[Fact] = field(default_factory=list)
    verdicts: dict[int, Verdict] = field(default_factory=dict)
    last: tuple[int, list[Cue]] = (-9, [])
    reads: tuple[int, Sequence[Read]] = (-9, ())
    stating: set[int] = field(default_factory=set)  # sentences that may state a fact in words
    titles: dict[int, list[Cue]] = field(default_factory=dict)
    of_a_village: bool = False  # a village writes of itself
    unnamed: When = field(default_factory=lambda: YEAR)  # the time of figures beside which none is named

    def period(self, when: When) -> tuple[Period, str | None]:
        """The period a time stands for and its cut-off; the year of a part-year report is part of a year."""
        if when.span != "year":
            return when.period, when.as_of
        return "year" if self.period_end is None else "part_year", when.as_of or self.period_end


@dataclass(slots=True)
class Place:
    """The sentence being read, with its section and the times named in it."""

    sentence: Sentence
    context: Context
    section: Section
    named: list[When]
    hints: Hints
    bodies: Sequence[Stretch] = ()  # where one village or another body is spoken of
