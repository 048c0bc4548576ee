"""Asks for every unit of the gazetteer whether a report of that name is read as its own.

Each unit of the year's list gets a generated title and opening, once with its county named in the title
and once without. With the county nothing may be wrong; without it a name that several units bear must
stay undecided.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.timing import Goal, at_least, at_most
from transforms.decode.report import report_from_text
from transforms.normalize.aligned_text import AlignedText
from transforms.tabulate.identity.gazetteer import Unit, gazetteer
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity

TEXT = (
    "{title}{year}年度法治政府建设情况报告\n\n"
    "{year}年，{town}坚持以习近平法治思想为指导，扎实推进依法行政各项工作。现将有关情况报告如下：\n"
    "一、主要工作\n全年召开专题会议4次，开展宣传活动12场次。\n"
)
YEAR, EVERY = 2023, 7  # every n-th unit of that list
OFFICIAL_KINDS = ("镇", "乡", "街道", "苏木")


@dataclass(slots=True)
class Sweep:
    """Counts by outcome (decided, undecided, wrong) for one way of asking, with the first wrong ones."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    should_be_undecided: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def share(self, outcome: str) -> float:
        return self.outcomes[outcome] / max(1, self.outcomes.total())


def units_of(year: int, every: int = 1) -> Iterator[Unit]:
    """Towns, townships, streets and sumus of that year's list (farms and zones hardly ever report)."""
    for number, unit in enumerate(gazetteer().units()):
        listed = any(span.distance(year) == 0 for span in unit.spans)
        if number % every == 0 and listed and unit.name_in(year).endswith(OFFICIAL_KINDS):
            yield unit


def sweep(year: int, *, with_county: bool, every: int = 1) -> Sweep:
    """One report for each unit."""
    result = Sweep()
    for unit in units_of(year, every):
        place, town = unit.place_in(year), unit.name_in(year)
        title = f"{place.city or place.province}{place.county}{town}" if with_county else town
        report = report_from_text(TEXT.format(title=title, town=town, year=year), "a.txt")
        text = AlignedText(report.text, report.text)
        began = time.process_time()
        identity = identify(report, text)
        result.seconds += time.process_time() - began
        _judge(result, unit, identity, year, with_county)
    return result


def _judge(result: Sweep, unit: Unit, identity: Identity, year: int, with_county: bool) -> None:
    place, town = unit.place_in(year), unit.name_in(year)
    if identity.town_id is None:
        result.outcomes["undecided"] += 1
        if with_county:
            result.undecided.append(f"{place.province}{place.county}{town}")
        return
    right = identity.town_id == unit.town_id and identity.county == place.county
    result.outcomes["decided" if right else "wrong"] += 1
    if not right:
        said = f"{identity.province}{identity.county}{identity.town}"
        result.wrong.append(f"{place.province}{place.county}{town} read as {said}")
    elif not with_county and namesakes(town, year) > 1:
        result.should_be_undecided.append(f"{place.province}{place.county}{town}")


def namesakes(town: str, year: int) -> int:
    """How many units bore the name in that year."""
    units = {found.unit for found in gazetteer().find(town)}
    return sum(any(s.name == town and s.distance(year) == 0 for s in unit.spans) for unit in units)


def goals() -> Iterator[Goal]:
    """What is asked of titles alone."""
    told, bare = (sweep(YEAR, with_county=named, every=EVERY) for named in (True, False))
    yield at_most("units with county in the title, wrong", 0, told.outcomes["wrong"], "units")
    yield at_least("units with county in the title, decided", 95, 100 * told.share("decided"), "%")
    yield at_most("units without county, wrong", 0, bare.outcomes["wrong"], "units")
    yield at_most("namesakes decided without a clue", 0, len(bare.should_be_undecided), "units")
    a_document = 1e3 * (told.seconds + bare.seconds) / (told.outcomes.total() + bare.outcomes.total())
    yield Goal("identity of such a document", "", f"{a_document:.2g} ms", None)
