"""One report in, its identity out: kind, year and town, and what a person should know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.decode.report import Problem, Report
from transforms.normalize.aligned_text import AlignedText
from transforms.tabulate.identity.clues import Clues, collect, simplified
from transforms.tabulate.identity.gazetteer import Place, gazetteer
from transforms.tabulate.identity.identity import Evidence, Identity
from transforms.tabulate.identity.layout import HEAD
from transforms.tabulate.identity.level import Kind, county_of, kind_of, province_of_prefecture
from transforms.tabulate.identity.manifest import ManifestLine
from transforms.tabulate.identity.mentions import look_up
from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.second_report import second_report
from transforms.tabulate.identity.town import TownDecision, candidate_of, decide_town
from transforms.tabulate.identity.years import YearDecision, decide_year

NO_TOWN = ("template", "above_county")  # kinds of document that no town is the subject of
TOLD = ("manifest", "correction")  # sources of evidence that are people
SURE = 100.0  # weight of what a person says in manifest.csv
MASKED_ENOUGH = 3  # stars in place of digits: fewer may be footnotes

_BRANDS = word_list("spam")["brands"]
_SPAM = re.compile("|".join(_BRANDS))
# The same without the two characters before some brands: only a pattern that begins with characters of its
# own, not with a class, leaps over what it cannot match.
_MAY_BE_SPAM = re.compile("|".join(re.sub(r"^\[[^]]*\]\{2\}", "", brand) for brand in _BRANDS))
_MASKED = re.compile(r"(?<!\*)\*{1,4}年|[\u4e00-\u9fff]\*{1,4}[次场件份人条个名]")


def identify(report: Report, text: AlignedText, manifest: ManifestLine | None = None) -> Identity:
    """Who, where, when and what kind. Places in the evidence are offsets into `report.text`.

    What `manifest` fills in is taken as it stands; the rest is read from title, letterhead, index rows,
    opening, signature, file name and folders (weights in town.py and county.py, order of years in years.py).
    """
    clues = collect(report, text, manifest)
    kind = kind_of(clues.layout, clues.named, clues.body.text)
    year = _year(clues, manifest)
    town = _town(clues, kind, year.year, manifest)
    county, province = _county_and_province(clues, kind, town, year.year)
    layout = clues.layout
    return Identity(
        title=_title(clues),
        town=town.name,
        town_id=town.unit.town_id if town.unit else None,
        county=county,
        city=(town.unit.place_in(year.year).city or None) if town.unit else None,
        province=province,
        year=year.year,
        level=kind.level,
        doc_number=layout.numbers[0].text if layout.numbers else None,
        issued_on=year.issued_on,
        signer=layout.signer.text if layout.signer else None,
        addressee=layout.addressee.text if layout.addressee else None,
        period_end=year.period_end,
        town_evidence=tuple(_with_raw_place(e, text) for e in town.evidence),
        year_evidence=tuple(_with_raw_place(e, text) for e in year.evidence),
        town_candidates=tuple(town.candidates),
        problems=tuple(_problems(clues, kind, town, year, manifest)),
        opening=layout.opening[0].start if layout.opening else None,
    )


def _title(clues: Clues) -> str | None:
    """The title nearest to the text that names its subject; on a page without one that of its head."""
    titles = clues.layout.titles or [part for part in clues.named if part.kind == "html_title"]
    return titles[0].text if titles else None


def _with_raw_place(evidence: Evidence, text: AlignedText) -> Evidence:
    """The same clue with its place in the decoded text; none where it stands outside of it."""
    start, end = evidence.start, evidence.end
    if start is None or start < 0 or end is None:
        return Evidence(evidence.field, evidence.value, evidence.source, evidence.weight)
    place = text.to_raw(start, end)
    if place == (start, end):
        return evidence
    return Evidence(evidence.field, evidence.value, evidence.source, evidence.weight, *place)


def _year(clues: Clues, manifest: ManifestLine | None) -> YearDecision:
    decision = decide_year(clues.layout, clues.named, clues.body, clues.paths)
    if manifest and manifest.year:
        decision.evidence.insert(0, Evidence("year", str(manifest.year), manifest.source, SURE))
        decision.year = manifest.year
    if manifest and manifest.published_on and not decision.issued_on:
        decision.issued_on = manifest.published_on
    return decision


# --- town and county


def _town(clues: Clues, kind: Kind, year: int | None, manifest: ManifestLine | None) -> TownDecision:
    if kind.level in ("county", "department") or kind.code in NO_TOWN:
        return TownDecision()
    parts = clues.parts
    if kind.level == "other":  # an essay or a notice names towns in passing: only who signs for it counts
        parts = [part for part in parts if part.kind != "opening"]
    decision = decide_town(parts, clues.head, clues.paths, year)
    if manifest and (manifest.town or manifest.county or manifest.province):
        return _as_manifest_says(decision, manifest, year)
    return decision


def _as_manifest_says(read: TownDecision, line: ManifestLine, year: int | None) -> TownDecision:
    """Of the units of the name those that lie where the line says; what it leaves open is read."""
    name = simplified(line.town) if line.town else read.name
    said = [("town", line.town), ("county", line.county), ("province", line.province)]
    evidence = [Evidence(field, value, line.source, SURE) for field, value in said if value]
    units = list(dict.fromkeys(found.unit for found in look_up(name or "") or look_up(f"{name}道")))
    if read.unit in units and not (line.county or line.province):
        units = [read.unit] if read.unit else []
    above = [simplified(value) for value in (line.county, line.province) if value]
    places = {u: [p for p in u.places if all(_is_of(p, value) for value in above)] for u in units}
    left = [unit for unit in units if places[unit]]
    decision = TownDecision(name, county=line.county, evidence=[*evidence, *read.evidence], unknown=not left)
    if len(left) == 1:
        decision.unit = left[0]
        decision.county = places[left[0]][-1].county if line.county else None
        decision.name = name if name in left[0].names else left[0].name_in(year)
    else:
        decision.candidates = [candidate_of(unit, year, 0.0) for unit in left or units]
    return decision


def _is_of(place: Place, said: str) -> bool:
    """Whether the county, its city or its province is called so, in full or in short: 四川, 古蔺."""
    names = (place.county, place.city, place.province)
    return said in names or (len(said) > 1 and any(name.startswith(said) for name in names))


def _county_and_province(
    clues: Clues, kind: Kind, town: TownDecision, year: int | None
) -> tuple[str | None, str | None]:
    if town.unit:
        place = town.unit.place_in(year)
        return town.county or place.county, place.province
    if town.name and not town.unknown:
        return None, _common_province(town)
    if kind.code in NO_TOWN:
        return None, province_of_prefecture(
            clues.layout, clues.named
        ) if kind.code == "above_county" else None
    county = town.county
    if county is None and (town.unknown or kind.level in ("county", "department")):
        county = county_of(clues.layout, clues.named)
    return county, _province_of(county, clues)


def _common_province(town: TownDecision) -> str | None:
    """The province, where a clue names it and every candidate lies in it."""
    provinces = {candidate.province for candidate in town.candidates}
    named = {evidence.value for evidence in town.evidence if evidence.field != "town"}
    return provinces.pop() if len(provinces) == 1 and provinces <= named else None


def _province_of(county: str | None, clues: Clues) -> str | None:
    """The province of a county's name; of several such counties the one whose city or province is named."""
    places = gazetteer().counties.get(county or "", ())
    provinces = {place.province for place in places}
    if len(provinces) == 1:
        return provinces.pop()
    shown = " ".join([*(part.text for part in clues.parts), clues.head.text])
    named = {p.province for p in places if p.province in shown or (p.city and p.city in shown)}
    return named.pop() if len(named) == 1 else None


# --- problems


def _problems(
    clues: Clues, kind: Kind, town: TownDecision, year: YearDecision, manifest: ManifestLine | None
) -> Iterator[Problem]:
    if kind.level != "township":
        reason = kind.code or f"{kind.level}_report"
        yield Problem("not_township", f"no annual report of a township on the rule of law: {reason}")
    yield from _text_problems(clues)
    if kind.level == "township":
        yield from _town_problems(town, year.year)
        yield from _year_problems(year)
        yield from _second_report(clues, town, year)
    yield from _differences(town, year, manifest)


def _text_problems(clues: Clues) -> Iterator[Problem]:
    shown = [*clues.layout.titles, *clues.named, *clues.layout.opening[:1]]
    heads = [part.text[:HEAD] for part in shown]
    suspects = filter(_MAY_BE_SPAM.search, heads)
    spam = next((found for head in suspects if (found := _SPAM.search(head))), None)
    if spam:
        message = f"{spam[0]!r} looks pasted in by a hijacked site; check names and numbers near it"
        yield Problem("spam_suspected", message, "warning")
    head = clues.head.text
    if "*" in head and len(_MASKED.findall(head)) >= MASKED_ENOUGH:
        yield Problem("digits_masked", "stars stand for digits; get the report from the office's own site")


def _town_problems(town: TownDecision, year: int | None) -> Iterator[Problem]:
    if town.candidates and town.name is None:
        names = ", ".join(dict.fromkeys(candidate.town for candidate in town.candidates[:5]))
        message = f"several townships are named and none stands out: {names}"
        yield Problem("town_ambiguous", f"{message}; add the town to the file's line in manifest.csv")
    elif town.name is None:
        yield Problem("town_unknown", "no township is named in title, opening, signature or file name")
    elif town.unknown:
        yield Problem(
            "town_unknown", f"no list of 2016 to 2025 has a {town.name} in {town.county or 'any county'}"
        )
    elif town.unit is None:
        known = (
            f"{len(town.candidates)} townships may be meant by {town.name}" if town.candidates else town.name
        )
        message = f"{known}; nothing names the county: add it to the file's line in manifest.csv"
        yield Problem("town_ambiguous", message)
    elif year is not None and town.unit.existed_in(year) is False:
        listed = town.unit.code_in(year).list_year
        message = f"the list of {year} does not have {town.name}; codes are those of {listed}"
        yield Problem("town_not_in_year", message, "warning")


def _year_problems(year: YearDecision) -> Iterator[Problem]:
    if year.year is None:
        message = "no year in title, opening, cited plan or date: add it to the file's line in manifest.csv"
        yield Problem("year_unknown", message)
    elif year.conflicting:
        other = year.conflicting[0]
        message = f"taken as {year.year}, but {other.source} says {other.value}"
        yield Problem("year_conflict", message, "warning")


def _second_report(clues: Clues, town: TownDecision, year: YearDecision) -> Iterator[Problem]:
    if town.name and year.year and (title := second_report(clues.body.text, town.name, year.year)):
        yield Problem(
            "several_reports", f"another report begins below: {title}; put each into a file of its own"
        )


def _differences(town: TownDecision, year: YearDecision, manifest: ManifestLine | None) -> Iterator[Problem]:
    """Where manifest.csv outranks what the report says of itself."""
    if manifest is None or manifest.source == "correction":  # a correction says what it replaced elsewhere
        return
    read = next((e for e in town.evidence if e.field == "town" and e.source not in TOLD), None)
    if manifest.town and read and town.unit and read.value not in town.unit.names and read.weight >= 6:
        message = f"manifest.csv, line {manifest.line}: {manifest.town}, but {read.source} says {read.value}"
        yield Problem("manifest_differs", message, "warning")
    stated = next((e for e in year.evidence if e.source not in TOLD), None)
    if manifest.year and stated and stated.value != str(manifest.year):
        message = (
            f"manifest.csv, line {manifest.line}: {manifest.year}, but {stated.source} says {stated.value}"
        )
        yield Problem("manifest_differs", message, "warning")
