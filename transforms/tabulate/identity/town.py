"""Which township a report is from: clues are collected with their place and weight, then weighed.

A name alone decides only where the gazetteer knows one unit of that name in the report's year. Homonyms need a
clue to their county; what nothing settles stays undecided, with the candidates ranked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.tabulate.identity.gazetteer import Unit, gazetteer
from transforms.tabulate.identity.identity import Candidate, Evidence
from transforms.tabulate.identity.layout import Passage
from transforms.tabulate.identity.mentions import (
    Mention,
    county_aliases,
    county_stem,
    find_place,
    is_functional,
    is_plain_word,
    lies_in,
    mentions,
    places_ending,
    unknown_name,
)

# What a clue weighs by the part it stands in: (for the town, for the county). The order is that of the issue:
# what the office says of itself in title and letterhead first, what the site and the folder say of the file last.
WEIGHTS = {
    "title": (10.0, 10.0),
    "letterhead": (9.0, 10.0),
    "html_title": (8.0, 7.0),
    "under_title": (8.0, 9.0),
    "signature": (7.0, 9.0),
    "issuer_row": (7.0, 7.0),
    "file_name": (6.0, 6.0),
    "opening": (6.0, 5.0),
    "heading": (4.0, 5.0),
    "folder": (4.0, 6.0),
    "source_row": (4.0, 6.0),
    "place_row": (4.0, 6.0),
    "addressee": (0.0, 9.0),
    "cited_plan": (0.0, 7.0),
    "institution": (0.0, 4.0),
    "slogan": (0.0, 4.0),
    "path": (0.0, 4.0),
}
LATER_MENTION = 2.0  # a town named in the opening after another one: a partner or a neighbour as a rule
UNBOUNDED = 0.35  # part of the weight of a name which may be the end of a longer one
BY_MATCH = {"name": 1.0, "script": 0.95, "short": 0.9, "damaged": 0.5}
ENOUGH_FOR_TOWN = 3.9
ENOUGH_FOR_COUNTY = 3.0
MARGIN = 2.0
CITY, PROVINCE = 0.6, 0.35  # part of a county clue's weight that a clue to the city or province has

_PLAN = re.compile(r"《[^《》\n]{4,60}》")
_INSTITUTIONS = (
    "人民法院",
    "法院",
    "公安局",
    "检察院",
    "司法局",
    "人民政府",
    "法律援助",
    "县委",
    "区委",
    "市委",
    "政法委",
)
_TOWN_FOLLOWS = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:镇|乡|街道|苏木)")
_PATH_WORD = re.compile(r"[a-z]{4,}")


class Clue(NamedTuple):
    """One unit named in one place."""

    unit: Unit
    weight: float
    evidence: Evidence
    exact: bool  # under an official name, not a short or damaged form
    bounded: bool  # the name cannot be the end of a longer one


@dataclass(slots=True)
class TownDecision:
    """What came of the weighing. `unit` is set only where one unit is left; `name` also for a homonym."""

    name: str | None = None
    unit: Unit | None = None
    county: str | None = None
    evidence: list[Evidence] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    unknown: bool = False
    damaged: bool = False


def town_clues(passages: Iterable[Passage]) -> list[Clue]:
    """Every unit that the parts name, heaviest parts first where a part names several."""
    clues: list[Clue] = []
    for passage in passages:
        weight = WEIGHTS.get(passage.kind, (0.0, 0.0))[0]
        if not weight:
            continue
        for i, mention in enumerate(mentions(passage.text)):
            clues += _clues_of(
                passage, mention, weight if i == 0 or passage.kind != "opening" else LATER_MENTION
            )
    return clues


def _clues_of(passage: Passage, mention: Mention, weight: float) -> Iterator[Clue]:
    start, end = passage.place_of(mention.start, mention.end)
    if not mention.bounded:
        weight *= UNBOUNDED
    has_name = any(found.match in ("name", "damaged") for found in mention.found)
    for unit, match in mention.found:
        if has_name and match == "short":
            continue
        worth = weight * BY_MATCH[match]
        evidence = Evidence("town", mention.name, passage.kind, round(worth, 2), start, end)
        yield Clue(unit, worth, evidence, match in ("name", "script"), mention.bounded)


def decide_town(passages: list[Passage], head: str, paths: list[str], year: int | None) -> TownDecision:
    """Weighs the clues of `passages`; `head` and `paths` are asked only where homonyms are left."""
    clues = town_clues(passages)
    sure = {clue.unit for clue in clues if clue.bounded}
    scores = {unit: score for unit, score in _scores(clues).items() if unit in sure}
    best = max(scores.values(), default=0.0)
    if best < ENOUGH_FOR_TOWN:
        return _no_town(passages)
    contenders = [unit for unit, score in scores.items() if score >= 0.75 * best]
    contenders = _of_the_year(contenders, year)
    decision = TownDecision(name=_name_of(clues, contenders))
    stray = _contradiction(passages, contenders)
    if stray:
        return _contradicted(decision, stray, clues, contenders)
    county_clues = _county_clues(contenders, passages, head, paths)
    chosen = _settled(contenders, scores, county_clues, clues)
    decision.evidence = _evidence(clues, county_clues, [chosen] if chosen else contenders)
    if chosen is None:
        decision.candidates = _ranked(contenders, scores, county_clues, year)
        return decision
    decision.unit = chosen
    decision.name = _official(clues, chosen, year)
    decision.county = _county_named(chosen, county_clues)
    decision.damaged = not any(clue.exact for clue in clues if clue.unit == chosen)
    return decision


def _scores(clues: Iterable[Clue]) -> dict[Unit, float]:
    """Sum over the parts of the heaviest clue each of them gives to a unit."""
    best: dict[tuple[Unit, str], float] = {}
    for clue in clues:
        key = clue.unit, clue.evidence.source
        best[key] = max(best.get(key, 0.0), clue.weight)
    scores: dict[Unit, float] = defaultdict(float)
    for (unit, _), weight in best.items():
        scores[unit] += weight
    return scores


def _no_town(passages: list[Passage]) -> TownDecision:
    for passage in passages:
        if passage.kind in ("title", "letterhead", "html_title"):
            unknown = unknown_name(passage.text)
            if unknown:
                name, start, end = unknown
                place = passage.place_of(start, end)
                return TownDecision(
                    name, evidence=[Evidence("town", name, passage.kind, 10.0, *place)], unknown=True
                )
    return TownDecision()


def _of_the_year(units: list[Unit], year: int | None) -> list[Unit]:
    """Units that existed in the report's year, give or take one (lists and reports lag); all where none did."""
    if len(units) < 2 or year is None:
        return units
    living = [unit for unit in units if min(span.distance(year) for span in unit.spans) <= 1]
    return living or units


def _name_of(clues: list[Clue], units: list[Unit]) -> str:
    """The name by which the heaviest clue calls the contenders."""
    return max((c for c in clues if c.unit in units), key=lambda c: c.weight).evidence.value


def _official(clues: list[Clue], unit: Unit, year: int | None) -> str:
    """The full name: as the report writes it, where a list knows it so; else that of the year's list."""
    listed = unit.name_in(year)
    named = [c for c in clues if c.unit == unit and c.exact and c.evidence.value in unit.names]
    if not named or any(c.evidence.value == listed for c in named):
        return listed
    return max(named, key=lambda c: (c.weight, len(c.evidence.value))).evidence.value


def _contradiction(passages: Iterable[Passage], units: list[Unit]) -> tuple[Evidence, str] | None:
    """A county or city right before the town's name in title, letterhead or signature in which no contender lies."""
    for passage in passages:
        if passage.kind not in ("title", "letterhead", "signature", "html_title", "under_title"):
            continue
        for mention in mentions(passage.text):
            if not any(found.unit in units for found in mention.found):
                continue
            above = next(places_ending(passage.text, mention.start), None)
            if above is None or is_functional(above) or is_plain_word(above):
                continue
            if not any(lies_in(unit, above) for unit in units):
                place = passage.place_of(mention.start - len(above), mention.start)
                return Evidence("county", above, passage.kind, WEIGHTS[passage.kind][1], *place), mention.name
    return None


def _contradicted(
    decision: TownDecision, stray: tuple[Evidence, str], clues: list[Clue], units: list[Unit]
) -> TownDecision:
    evidence, decision.name = stray
    decision.unknown = True
    decision.evidence = [*_evidence(clues, {}, units[:1]), evidence]
    decision.county = evidence.value if evidence.value in gazetteer().counties else None
    return decision


# --- the county ----------------------------------------------------------------------------------------------


def _county_clues(
    units: list[Unit], passages: list[Passage], head: str, paths: list[str]
) -> dict[Unit, list[Evidence]]:
    """Clues to the place of each unit; the wider search only where the parts settle nothing."""
    clues = {unit: list(_in_passages(unit, passages)) for unit in units}
    if len(units) > 1 and _leader(clues) is None:
        plans = [Passage("cited_plan", m[0], m.start(), m.end()) for m in _PLAN.finditer(head)]
        for unit in units:
            clues[unit] += _in_passages(unit, plans)
            clues[unit] += _in_running_text(unit, head)
            clues[unit] += _in_paths(unit, paths)
    return clues


def _in_passages(unit: Unit, passages: Iterable[Passage]) -> Iterator[Evidence]:
    for passage in passages:
        weight = WEIGHTS.get(passage.kind, (0.0, 0.0))[1]
        found = _place_named(unit, passage) if weight else None
        if found:
            name, share, at = found
            yield Evidence(
                "county", name, passage.kind, round(weight * share, 2), *passage.place_of(at, at + len(name))
            )


def _place_named(unit: Unit, passage: Passage) -> tuple[str, float, int] | None:
    """The narrowest place above the unit which the part names: its county, else city, else province.

    County names repeat (西安区, 市中区): one that stands with its city weighs more than one alone.
    """
    county, above = _county_at(unit, passage), _above_at(unit, passage)
    if county and above:
        return county[0], county[1] + above[1] / 2, county[2]
    return county or above


def _county_at(unit: Unit, passage: Passage) -> tuple[str, float, int] | None:
    text = passage.text
    for county in dict.fromkeys(place.county for place in unit.places):
        for name in county_aliases(county):
            if name in text:
                for at in find_place(text, name):
                    if _is_about(unit, text, at, at + len(name), passage.kind):
                        return name, 1.0, at
        if passage.kind in ("file_name", "folder"):
            bare = county_stem(county)
            at = text.find(bare) if bare else -1
            if at >= 0 and not any(name.startswith(bare) for name in unit.names):
                return bare, 0.8, at
    return None


def _above_at(unit: Unit, passage: Passage) -> tuple[str, float, int] | None:
    text = passage.text
    for place in unit.places:
        for name, share in ((place.city, CITY), (place.province, PROVINCE)):
            at = next(find_place(text, name), -1) if name and name in text else -1
            if at >= 0 and _is_about(unit, text, at, at + len(name), passage.kind):
                return name, share, at
    return None


def _is_about(unit: Unit, text: str, start: int, end: int, kind: str) -> bool:
    """Whether a place named there is the unit's own: not that of a partner town, not a plain word."""
    behind = text[end : end + 9]
    if any(behind.startswith(name) for name in unit.names):
        return True
    if is_plain_word(text[start:end]) and not text[end:].startswith(("人民政府", "委")):
        return any(place.city and text[:start].endswith(place.city) for place in unit.places)
    return kind not in ("opening", "cited_plan") or not _TOWN_FOLLOWS.match(behind)


def _in_running_text(unit: Unit, head: str) -> Iterator[Evidence]:
    """Courts, police and government of the county; slogans with its short name (法治⟨C⟩, 平安⟨C⟩)."""
    for place in unit.places:
        for at in find_place(head, place.county):
            end = at + len(place.county)
            if head.startswith(_INSTITUTIONS, end) or head.startswith("委", end):
                yield Evidence("county", place.county, "institution", WEIGHTS["institution"][1], at, end)
                break
        bare = county_stem(place.county)
        if not bare or any(name.startswith(bare) for name in unit.names):
            continue
        for slogan in (f"法治{bare}", f"平安{bare}", f"{bare}法院", f"{bare}公安"):
            at = head.find(slogan)
            if at >= 0:
                yield Evidence("county", slogan, "slogan", WEIGHTS["slogan"][1], at, at + len(slogan))
                break


def _in_paths(unit: Unit, paths: Iterable[str]) -> Iterator[Evidence]:
    """The county's name spelled out in a path or host (…/gaolan/…); initials are too often shared to count."""
    words = {word for path in paths for word in _PATH_WORD.findall(path.lower())}
    for place in unit.places:
        spellings = {place.pinyin, place.pinyin + "xian", place.pinyin + "qu", place.pinyin + "shi"}
        if len(place.pinyin) >= 4 and spellings & words:
            yield Evidence("county", place.pinyin, "path", WEIGHTS["path"][1])
            return


def _leader(clues: dict[Unit, list[Evidence]]) -> Unit | None:
    """The unit whose place is named clearly oftener and better than that of any other."""
    weights = sorted(
        ((sum(e.weight for e in found), unit.number) for unit, found in clues.items()), reverse=True
    )
    best, number = weights[0]
    second = weights[1][0] if len(weights) > 1 else 0.0
    if best < ENOUGH_FOR_COUNTY or best - second < MARGIN or second > 0.7 * best:
        return None
    return next(unit for unit in clues if unit.number == number)


def _settled(
    units: list[Unit], scores: dict[Unit, float], county_clues: dict[Unit, list[Evidence]], clues: list[Clue]
) -> Unit | None:
    if len(units) > 1:
        return _leader(county_clues)
    [unit] = units
    named = any(
        clue.exact or clue.evidence.weight > 0 and _is_short(clue) for clue in clues if clue.unit == unit
    )
    supported = sum(e.weight for e in county_clues[unit]) >= ENOUGH_FOR_COUNTY
    return unit if named or supported else None


def _is_short(clue: Clue) -> bool:
    """Whether the name is a short form of the unit's (晓关乡), not one which lost a character."""
    return any(
        found.match == "short" and found.unit == clue.unit for found in gazetteer().find(clue.evidence.value)
    )


def _county_named(unit: Unit, county_clues: dict[Unit, list[Evidence]]) -> str | None:
    """The county as the report names it, where it ever bore that name (湟中县 in a report filed under 湟中区)."""
    known = {place.county for place in unit.places}
    named = [e for e in county_clues.get(unit, []) if e.value in known]
    return max(named, key=lambda e: e.weight).value if named else None


def _evidence(
    clues: list[Clue], county_clues: dict[Unit, list[Evidence]], units: list[Unit]
) -> list[Evidence]:
    """Town clues, then county clues, heaviest first, each once."""
    found = [clue.evidence for clue in clues if clue.unit in units]
    found += [evidence for unit in units for evidence in county_clues.get(unit, [])]
    order = {"town": 0, "county": 1}
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda e: (order[e.field], -e.weight, e.start or 0))


def _ranked(
    units: list[Unit], scores: dict[Unit, float], county_clues: dict[Unit, list[Evidence]], year: int | None
) -> list[Candidate]:
    ranked = []
    for unit in units:
        place = unit.place_in(year)
        score = scores[unit] + sum(e.weight for e in county_clues[unit])
        name = unit.name_in(year)
        ranked.append(
            Candidate(unit.town_id, name, place.county, place.city or None, place.province, round(score, 2))
        )
    return sorted(ranked, key=lambda c: (-c.score, c.province or "", c.county or "", c.town_id))
