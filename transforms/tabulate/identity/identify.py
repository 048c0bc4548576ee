"""One report in, its identity out: layout, year, kind, town, in that order, and what a person should know."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from transforms.decode.report import Problem, Report
from transforms.normalize.aligned_text import AlignedText
from transforms.normalize.script import to_simplified
from transforms.tabulate.identity.gazetteer import Unit, gazetteer
from transforms.tabulate.identity.identity import Candidate, Evidence, Identity
from transforms.tabulate.identity.layout import HEAD, Layout, Passage, layout_of
from transforms.tabulate.identity.level import Kind, county_of, kind_of
from transforms.tabulate.identity.manifest import ManifestLine
from transforms.tabulate.identity.mentions import places_ending
from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.town import TownDecision, decide_town
from transforms.tabulate.identity.years import YearDecision, decide_year

NO_TOWN = ("template", "above_county")  # kinds of document that no town is the subject of
PLANS = 6000  # characters of the report in which a cited plan of the year is sought

_LAYOUT = word_list("layout")
_SPAM = re.compile("|".join(word_list("spam")["brands"]))
_MASKED = re.compile(r"(?<!\*)\*{1,4}年|[\u4e00-\u9fff]\*{1,4}[次场件份人条个名]")
_ENDING = re.compile(r"(?:\.[A-Za-z]{2,5})+$")
_SITE = re.compile(r"[ \u3000]*(?:[-_|–—]|--+)[ \u3000]*[^-_|–—]{2,40}$")
_BLANKS = re.compile(r"[\s\u3000]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Clues:
    """What the deciders are given: parts of the text, names given to the file, and the address."""

    layout: Layout
    named: list[Passage]
    around: list[Passage]  # folders and meta tags
    paths: list[str]
    body: str


def identify(report: Report, text: AlignedText, manifest: ManifestLine | None = None) -> Identity:
    """Who, where, when and what kind. Places in the evidence are offsets into `report.text`.

    What `manifest` fills in is taken as it stands; the rest is read from title, letterhead, index rows, opening,
    signature, file name and folders (see town.py and years.py for the weights and the order).
    """
    clues = _collect(report, text, manifest)
    kind = kind_of(clues.layout, clues.named, clues.body)
    year = decide_year(clues.layout, clues.named, clues.body[:PLANS], clues.paths)
    if manifest and manifest.year:
        year.evidence.insert(0, Evidence("year", str(manifest.year), "manifest", 100.0))
        year.year = manifest.year
    if manifest and manifest.published_on and not year.issued_on:
        year.issued_on = manifest.published_on
    identity = _Builder(report, text, clues, kind, year, manifest)
    return identity.build()


# --- collecting ------------------------------------------------------------------------------------------------


def _collect(report: Report, text: AlignedText, manifest: ManifestLine | None) -> _Clues:
    body = _body(report, text)
    layout = layout_of(text.text, body)
    layout.dates += [Passage("posted", date, -1, -1) for date in _posted(report)]
    named, around = _from_container(report)
    file_name, folders = _from_path(report.relative_path)
    paths = [report.relative_path, *([manifest.url] if manifest and manifest.url else [])]
    return _Clues(layout, [*named, *file_name], [*around, *folders], paths, text.text[slice(*body)])


def _body(report: Report, text: AlignedText) -> tuple[int, int]:
    """The report's slice in the repaired text."""
    if report.body == (0, len(report.text)):
        return 0, len(text.text)
    positions = range(len(text.text))
    start, end = (bisect_left(positions, at, key=lambda i: text.to_raw(i, i)[0]) for at in report.body)
    return start, end


def _from_container(report: Report) -> tuple[list[Passage], list[Passage]]:
    """Titles and other meta tags of a page. They have no place in the text: their span is empty."""
    titles, around = [], []
    keys = _LAYOUT["metadata"]
    for key in keys["title"]:
        value = report.metadata.get(key)
        if value:
            whole = _simplified(value)
            titles.append(Passage("html_title", _SITE.sub("", whole), -1, -1))
            site = _SITE.search(whole)
            around += [Passage("source_row", site[0], -1, -1)] if site else []
    for key in keys["source"]:
        if report.metadata.get(key):
            around.append(Passage("source_row", _simplified(report.metadata[key]), -1, -1))
    return list(dict.fromkeys(titles))[:2], around


def _posted(report: Report) -> list[str]:
    """Days of posting that a page's meta tags give."""
    return [report.metadata[key] for key in _LAYOUT["metadata"]["posted"] if key in report.metadata]


def _from_path(path: str) -> tuple[list[Passage], list[Passage]]:
    """File name and folders, where they are in Chinese; the innermost folder first."""
    *folders, name = path.replace("\\", "/").replace("!", "/").split("/")
    bare = _ENDING.sub("", name)
    file_name = [Passage("file_name", _simplified(bare), -1, -1)] if _CHINESE.search(bare) else []
    found = [Passage("folder", _simplified(f), -1, -1) for f in reversed(folders) if _CHINESE.search(f)]
    return file_name, found[:6]


@lru_cache(maxsize=1_024)
def _simplified(text: str) -> str:
    return _BLANKS.sub("", to_simplified(text[:300]))


# --- deciding --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Builder:
    report: Report
    text: AlignedText
    clues: _Clues
    kind: Kind
    year: YearDecision
    manifest: ManifestLine | None

    def build(self) -> Identity:
        layout = self.clues.layout
        town = self._town()
        place = town.unit.place_in(self.year.year) if town.unit else None
        county, province = self._county_and_province(town)
        return Identity(
            title=self._title(),
            town=town.name,
            town_id=town.unit.town_id if town.unit else None,
            county=county,
            city=(place.city or None) if place else None,
            province=province,
            year=self.year.year,
            level=self.kind.level,
            doc_number=layout.numbers[0].text if layout.numbers else None,
            issued_on=self.year.issued_on,
            signer=layout.signer.text if layout.signer else None,
            addressee=layout.addressee.text if layout.addressee else None,
            period_end=self.year.period_end,
            town_evidence=tuple(self._raw(e) for e in town.evidence),
            year_evidence=tuple(self._raw(e) for e in self.year.evidence),
            town_candidates=tuple(town.candidates),
            problems=tuple(self._problems(town)),
        )

    def _town(self) -> TownDecision:
        if self.kind.level in ("county", "department") or self.kind.code in NO_TOWN:
            return TownDecision()
        if self.manifest and self.manifest.town:
            return _by_manifest(self.manifest, self.year.year)
        layout = self.clues.layout
        parts = [*layout.titles, *layout.letterhead, *self.clues.named, *layout.issuers, *layout.heading]
        parts += [*layout.signature, *layout.sources, *layout.places, *layout.opening[:3], *self.clues.around]
        parts += [layout.addressee] if layout.addressee else []
        decision = decide_town(parts, self.clues.body[:HEAD], self.clues.paths, self.year.year)
        if self.manifest and (self.manifest.county or self.manifest.province):
            decision = _with_manifest_county(decision, self.manifest, self.year.year)
        return decision

    def _county_and_province(self, town: TownDecision) -> tuple[str | None, str | None]:
        if town.unit:
            place = town.unit.place_in(self.year.year)
            return town.county or place.county, place.province
        if town.name and not town.unknown:
            return None, _common_province(town)
        if self.kind.code == "template":
            return None, None
        if self.kind.code == "above_county":
            return None, self._province_named()
        county = town.county
        if county is None and (town.unknown or self.kind.level in ("county", "department")):
            found = county_of(self.clues.layout, self.clues.named)
            county = found[0].name if found else None
        return county, self._province_of(county)

    def _province_of(self, county: str | None) -> str | None:
        """The province of a county's name; of several such counties the one whose city or province is named."""
        places = gazetteer().counties.get(county or "", ())
        provinces = {place.province for place in places}
        if len(provinces) == 1:
            return provinces.pop()
        head = self.text.text[: HEAD * 2] + "".join(p.text for p in [*self.clues.named, *self.clues.around])
        named = {p.province for p in places if p.province in head or (p.city and p.city in head)}
        return named.pop() if len(named) == 1 else None

    def _province_named(self) -> str | None:
        """The province of the first prefecture or province in the titles."""
        known = gazetteer().cities_and_provinces
        for title in [*self.clues.layout.titles, *self.clues.named]:
            for end in range(2, min(len(title.text), 20)):
                for name in places_ending(title.text, end):
                    if name in known:
                        return known[name]
        return None

    def _title(self) -> str | None:
        titles = self.clues.layout.titles or [p for p in self.clues.named if p.kind == "html_title"]
        return titles[-1].text if titles else None

    def _raw(self, evidence: Evidence) -> Evidence:
        """The same clue with its place in the decoded text; none where it stands outside of it."""
        if evidence.start is None or evidence.start < 0 or evidence.end is None:
            return Evidence(evidence.field, evidence.value, evidence.source, evidence.weight)
        start, end = self.text.to_raw(evidence.start, evidence.end)
        return Evidence(evidence.field, evidence.value, evidence.source, evidence.weight, start, end)

    # --- problems

    def _problems(self, town: TownDecision) -> list[Problem]:
        found = [*self._kind_problems(), *self._text_warnings()]
        if self.kind.level == "township":
            found += [*_town_problems(town, self.year.year), *_year_problems(self.year)]
        return found

    def _kind_problems(self) -> list[Problem]:
        if self.kind.level == "township":
            return []
        reason = self.kind.code or f"{self.kind.level}_report"
        return [Problem("not_township", f"no annual report of a township on the rule of law: {reason}")]

    def _text_warnings(self) -> list[Problem]:
        layout = self.clues.layout
        found = []
        opening = "".join(p.text for p in (*layout.titles, *layout.opening[:1]))[:400]
        spam = _SPAM.search(opening)
        if spam:
            message = (
                f"{spam[0]!r} looks pasted into the text by a hijacked site; check names and numbers near it"
            )
            found.append(Problem("spam_suspected", message, "warning"))
        if "*" in self.clues.body[:HEAD] and len(_MASKED.findall(self.clues.body[:HEAD])) >= 3:
            message = "digits are masked with asterisks; get the report from the office's own site"
            found.append(Problem("digits_masked", message))
        return found


def _by_manifest(line: ManifestLine, year: int | None) -> TownDecision:
    """The town a person named; the gazetteer fills in what the line leaves open, if it can."""
    name = _simplified(line.town or "")
    units = [found.unit for found in gazetteer().find(name)]
    evidence = [Evidence("town", name, "manifest", 100.0)]
    decision = TownDecision(name=name, evidence=evidence, unknown=not units)
    decision.candidates = [_candidate(unit, year) for unit in units]
    if line.county or line.province or len(units) == 1:
        return _with_manifest_county(decision, line, year)
    return decision


def _with_manifest_county(decision: TownDecision, line: ManifestLine, year: int | None) -> TownDecision:
    """Keeps the candidates that lie where the line says."""
    units = [found.unit for found in gazetteer().find(decision.name or "")]
    wanted = [name for name in (line.county, line.province) if name]
    left = [u for u in units if all(any(name in (p.county, p.province) for p in u.places) for name in wanted)]
    decision.evidence += [Evidence("county", name, "manifest", 100.0) for name in wanted]
    decision.candidates = [_candidate(unit, year) for unit in left or units]
    decision.unit = left[0] if len(left) == 1 else None
    decision.unknown = not left
    decision.county = line.county
    if decision.unit:
        decision.name, decision.candidates = decision.name or decision.unit.name_in(year), []
    return decision


def _candidate(unit: Unit, year: int | None) -> Candidate:
    place = unit.place_in(year)
    return Candidate(
        unit.town_id, unit.name_in(year), place.county, place.city or None, place.province, 100.0
    )


def _common_province(town: TownDecision) -> str | None:
    """The province, where a clue names it and every candidate lies in it."""
    provinces = {candidate.province for candidate in town.candidates}
    named = {evidence.value for evidence in town.evidence if evidence.field == "county"}
    return next(iter(provinces)) if len(provinces) == 1 and provinces & named else None


def _town_problems(town: TownDecision, year: int | None) -> list[Problem]:
    if town.name is None:
        return [Problem("town_unknown", "no township is named in title, opening, signature or file name")]
    if town.unknown:
        return [Problem("town_unknown", f"no list of 2016 to 2025 knows {town.county or ''}{town.name}")]
    if town.unit is None:
        message = f"{len(town.candidates)} townships are called {town.name}; nothing names the county"
        return [Problem("town_ambiguous", f"{message}; add a line to manifest.csv")]
    if year is not None and town.unit.existed_in(year) is False:
        listed = town.unit.code_in(year).list_year
        message = f"the list of {year} does not have {town.name}; taken from the list of {listed}"
        return [Problem("town_not_in_year", message, "warning")]
    return []


def _year_problems(year: YearDecision) -> list[Problem]:
    if year.year is None:
        return [
            Problem(
                "year_unknown", "no year in title, opening, cited plan or date; add a line to manifest.csv"
            )
        ]
    if year.conflicting:
        other = year.conflicting[0]
        message = f"taken as {year.year}, but {other.source} says {other.value}"
        return [Problem("year_conflict", message, "warning")]
    return []
