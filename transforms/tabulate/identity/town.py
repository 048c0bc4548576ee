"""Which township a report is from: clues are collected with their place and weight, then weighed.

A name alone decides only where the gazetteer knows one unit of that name in the report's year. Homonyms
need a clue to their county (county.py); what nothing settles stays undecided, with the candidates
ranked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.tabulate.identity.county import (
    ENOUGH,
    CountyClues,
    contradicting_place,
    county_clues,
    leader,
    named_county,
    weight_of,
)
from transforms.tabulate.identity.gazetteer import Gazetteer, Match, Unit, gazetteer
from transforms.tabulate.identity.identity import Candidate, Evidence
from transforms.tabulate.identity.mentions import Mention, mentions, unknown_name
from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.passage import Passage

# What a town's name weighs by the part it stands in: first what the office says of itself, last what site
# and folder say of the file
TOWN_WEIGHTS = {
    "title": 10.0,
    "letterhead": 9.0,
    "html_title": 8.0,
    "under_title": 8.0,
    "signature": 7.0,
    "issuer_row": 7.0,
    "file_name": 6.0,
    "opening": 6.0,
    "heading": 4.0,
    "folder": 4.0,
    "source_row": 4.0,
    "place_row": 4.0,
}
BESIDE_THE_REPORT = ("opening", "heading", "source_row", "place_row", "folder")
STATUTORY = ("镇", "乡", "街道", "苏木")
ASIDE = 2.0  # in the opening, but not as its subject: a partner or a neighbour as a rule
MENU = 2  # towns that headings or breadcrumbs may name before they are taken for a menu
UNBOUNDED = 0.35  # part of the weight of a name which may be the end of a longer one
BY_MATCH: dict[Match, float] = {"name": 1.0, "script": 0.95, "short": 0.9, "damaged": 0.5}
ENOUGH_FOR_TOWN = 3.9  # one mention in a breadcrumb or folder
CONTENDER = 0.75  # share of the best score which keeps a unit in the race
FIRST_LIST, LAST_LIST = min(Gazetteer.list_years), max(Gazetteer.list_years)
LAG = 2  # years by which lists and reports may disagree on a name


_WORDS = word_list("names")["aside"]
_BESIDE = re.compile(rf"(?:{'|'.join(_WORDS['before'])})$")
_OTHERS = re.compile("|".join(_WORDS["behind"]))


class Clue(NamedTuple):
    """One unit named in one place."""

    unit: Unit
    match: Match
    bounded: bool  # the name cannot be the end of a longer one
    weight: float
    evidence: Evidence


@dataclass(slots=True)
class TownDecision:
    """What came of the weighing. `unit` only where one is left; `name` also for others."""

    name: str | None = None
    unit: Unit | None = None
    county: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    unknown: bool = False


def decide_town(
    parts: Sequence[Passage], head: Passage, paths: Iterable[str], year: int | None
) -> TownDecision:
    """Weighs the clues of `parts`; `head` and `paths` are asked only where homonyms are left."""
    clues = town_clues(parts)
    scores = _scores(clues)
    best = max(scores.values(), default=0.0)
    if best < ENOUGH_FOR_TOWN:
        return _unlisted(parts)
    contenders = [unit for unit, score in scores.items() if score >= CONTENDER * best]
    contenders = _of_the_year(contenders, clues, year)
    places = county_clues(contenders, parts, head, paths)
    against = contradicting_place(parts, contenders, any(places.values()))
    if against:
        return _contradicted(against, clues, contenders)
    chosen = _chosen(contenders, places, clues)
    decision = TownDecision(unit=chosen)
    decision.evidence = _evidence(clues, places, [chosen] if chosen else contenders)
    if chosen is None:
        decision.name = _name_of(clues, contenders) if _are_namesakes(clues, contenders) else None
        decision.candidates = _ranked(contenders, scores, places, year)
        return decision
    decision.name = _official_name(clues, chosen, year)
    decision.county = named_county(chosen, places[chosen], year)
    return decision


def town_clues(parts: Iterable[Passage]) -> list[Clue]:
    """Every unit that the parts name, in their order."""
    clues: list[Clue] = []
    parts = list(parts)
    menus = _menus(parts)
    first = next((part for part in parts if part.kind == "opening"), None)
    for part in parts:
        weight = TOWN_WEIGHTS.get(part.kind, 0.0)
        for mention in mentions(part.text) if weight and part.kind not in menus else ():
            if part.kind in BESIDE_THE_REPORT and not mention.name.endswith(STATUTORY):
                continue  # 经济开发区 or 农场 in passing is hardly ever the writer
            aside = part.kind == "opening" and (part is not first or not _is_subject(part.text, mention))
            clues += _clues_of(part, mention, ASIDE if aside else weight)
    return clues


def _menus(parts: Iterable[Passage]) -> set[str]:
    """Kinds of parts beside the report that name so many towns that they are a menu or a list of links."""
    named: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        if part.kind in ("heading", "source_row", "place_row"):
            named[part.kind].update(mention.name for mention in mentions(part.text))
    return {kind for kind, names in named.items() if len(names) > MENU}


def _is_subject(text: str, mention: Mention) -> bool:
    """Whether a town in running text may be the writer itself: no neighbour, no partner, none of several."""
    beside = _BESIDE.search(text, max(0, mention.start - 4), mention.start)
    return not beside and not _OTHERS.match(text, mention.end)


def _clues_of(part: Passage, mention: Mention, weight: float) -> Iterator[Clue]:
    """One clue for each unit; short forms count only where no unit bears the name in full."""
    place = part.place_of(mention.start, mention.end)
    weight *= 1.0 if mention.bounded else UNBOUNDED
    in_full = any(found.match in ("name", "damaged") for found in mention.found)
    said = {  # the same for all namesakes, of which a name may have a hundred
        match: Evidence("town", mention.name, part.kind, round(weight * BY_MATCH[match], 2), *place)
        for match in {found.match for found in mention.found}
    }
    for unit, match in mention.found:
        if not (in_full and match == "short"):
            yield Clue(unit, match, mention.bounded, weight * BY_MATCH[match], said[match])


def _scores(clues: Iterable[Clue]) -> dict[Unit, float]:
    """Sum over the parts of the heaviest clue each gives to a unit; only units surely named at least once."""
    best: dict[tuple[Unit, str], float] = {}
    sure: set[Unit] = set()
    for unit, _, bounded, weight, evidence in clues:
        key = unit, evidence.source
        if weight > best.get(key, 0.0):
            best[key] = weight
        if bounded:
            sure.add(unit)
    scores: dict[Unit, float] = defaultdict(float)
    for (unit, _), weight in best.items():
        if unit in sure:
            scores[unit] += weight
    return scores


def _of_the_year(units: list[Unit], clues: Iterable[Clue], year: int | None) -> list[Unit]:
    """Of several units those that bore the name about that year; else those that existed; else all."""
    if len(units) < 2 or year is None:
        return units
    listed = min(max(year, FIRST_LIST), LAST_LIST)
    called = {clue.evidence.value for clue in clues}
    named, living = [], []
    for unit in units:
        names = [name for name, _, first, last, _ in unit.spans if first - LAG <= listed <= last + LAG]
        if names:
            living.append(unit)
            if not called.isdisjoint(names):
                named.append(unit)
    return named or living or units


def _chosen(units: Sequence[Unit], places: CountyClues, clues: Iterable[Clue]) -> Unit | None:
    """One unit, if the clues leave one. A name that lost a character needs a clue to its county as well."""
    if len(units) > 1:
        return leader(places)
    [unit] = units
    named = any(clue.match != "damaged" for clue in clues if clue.unit == unit)
    return unit if named or weight_of(places[unit]) >= ENOUGH else None


def _are_namesakes(clues: Iterable[Clue], units: Iterable[Unit]) -> bool:
    """Whether one name leads to all of the units; else several towns are named and none stands out."""
    called: dict[str, set[Unit]] = defaultdict(set)
    for clue in clues:
        called[clue.evidence.value].add(clue.unit)
    wanted = set(units)
    return any(wanted <= found for found in called.values())


def _name_of(clues: Iterable[Clue], units: Sequence[Unit]) -> str:
    """The name by which the heaviest clue calls the contenders."""
    wanted = set(units)
    return max((c for c in clues if c.unit in wanted), key=lambda c: c.weight).evidence.value


def _official_name(clues: Iterable[Clue], unit: Unit, year: int | None) -> str:
    """The full name: that of the year's list, unless the report writes another one that a list knows."""
    listed = unit.name_in(year)
    named = [c for c in clues if c.unit == unit and c.evidence.value in unit.names]
    if not named or any(c.evidence.value == listed for c in named):
        return listed
    return max(named, key=lambda c: (c.weight, len(c.evidence.value))).evidence.value


def _unlisted(parts: Iterable[Passage]) -> TownDecision:
    """No unit of any list is named: the name as title or letterhead have it, if they have one."""
    for part in parts:
        unknown = unknown_name(part.text) if part.kind in ("title", "letterhead", "html_title") else None
        if unknown:
            name, start, end = unknown
            place = part.place_of(start, end)
            evidence = Evidence("town", name, part.kind, TOWN_WEIGHTS[part.kind], *place)
            return TownDecision(name, evidence=[evidence], unknown=True)
    return TownDecision()


def _contradicted(against: Evidence, clues: list[Clue], units: Sequence[Unit]) -> TownDecision:
    """The town's name is on the lists, but nowhere in the county the report gives."""
    evidence = [*_evidence(clues, {}, units[:1]), against]
    county = against.value if against.value in gazetteer().counties else None
    return TownDecision(_name_of(clues, units), county=county, evidence=evidence, unknown=True)


def _evidence(clues: Iterable[Clue], places: CountyClues, units: Sequence[Unit]) -> list[Evidence]:
    """Town clues, then county clues, heaviest first, each once."""
    wanted = set(units)
    found = [clue.evidence for clue in clues if clue.unit in wanted]
    found += [evidence for unit in units for evidence in places.get(unit, [])]
    order = {"town": 0, "county": 1}
    return sorted(dict.fromkeys(found), key=lambda e: (order[e.field], -e.weight, e.start or 0))


def _ranked(
    units: Iterable[Unit], scores: dict[Unit, float], places: CountyClues, year: int | None
) -> list[Candidate]:
    ranked = [candidate_of(unit, year, scores[unit] + weight_of(places[unit])) for unit in units]
    return sorted(ranked, key=lambda c: (-c.score, c.province or "", c.county or "", c.town_id))


def candidate_of(unit: Unit, year: int | None, score: float) -> Candidate:
    """The unit as of the year, for a list to choose from."""
    place = unit.place_in(year)
    name, city = unit.name_in(year), place.city or None
    return Candidate(unit.town_id, name, place.county, city, place.province, round(score, 2))
