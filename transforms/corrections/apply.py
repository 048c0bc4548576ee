"""Corrections carried out on one report, before anything of it is checked or loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from transforms.corrections.book import Corrections
from transforms.corrections.correction import OF_FACTS, OF_REPORTS, Correction, plain
from transforms.corrections.sentences import KeyedText, sentence_key
from transforms.decode.report import Report
from transforms.extraction import Extraction, Use, extract
from transforms.normalize import normalize
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.manifest import ManifestLine
from transforms.tabulate.ledger import LedgerEntry

RULE = "correction"


def corrected(report: Report, line: ManifestLine | None, corrections: Corrections) -> Extraction:
    """`extract` with what people decided; `uses` says what each correction that concerns the report did."""
    if not corrections:
        return extract(report, line)
    text = KeyedText(normalize(report.text))
    named = list(corrections.of_file(report))
    read = extract(report, _told(report, line, named, text))
    by_town = list(corrections.of_identity(read.identity))
    if any(c.action in OF_REPORTS for c in by_town):
        read = extract(report, _told(report, line, [*named, *by_town], text))
        named += [c for c in corrections.of_identity(read.identity) if c not in by_town]
    named += by_town
    desk = _Desk(text, list(read.facts), list(read.ledger))
    uses = [_use_on_report(c, read, text) for c in named if c.action in OF_REPORTS]
    # what is said of one report outranks what is said of a sentence wherever it stands; then the later date
    todo = [*corrections.of_sentences(text), *(c for c in named if c.action in OF_FACTS)]
    for one in sorted(todo, key=lambda c: (c.names_report, c.decided_on, c.correction_id)):
        uses += desk.carry_out(one)
    return replace(desk.finished(read), uses=tuple(uses))


def _told(
    report: Report, line: ManifestLine | None, named: Iterable[Correction], text: KeyedText
) -> ManifestLine | None:
    """What the manifest says of the report, outranked by what the corrections say."""
    for one in sorted(named, key=lambda c: (c.decided_on, c.correction_id)):
        if one.action not in OF_REPORTS or _is_gone(one, text):
            continue
        said = replace(line or ManifestLine(report.relative_path, 0), source="correction")
        if one.action == "set_year":
            line = replace(said, year=one.new_year)
        else:
            line = replace(said, town=one.new_town, county=one.new_county, province=one.new_province)
    return line


def _is_gone(one: Correction, text: KeyedText) -> bool:
    return one.expected is not None and not any(True for _ in text.find(sentence_key(one.expected)))


def _use_on_report(one: Correction, read: Extraction, text: KeyedText) -> Use:
    if _is_gone(one, text):
        return Use(one.correction_id, "missed", f"{one.expected!r} does not stand in the report (any more)")
    identity = read.identity
    if one.action == "set_year":
        if identity.year == one.new_year:
            return Use(one.correction_id, "applied")
        return Use(one.correction_id, "missed", "another correction of the year outranks it")
    if identity.town_id is None:
        note = f"the gazetteer does not settle {one.new_town}; name its county and province too"
        return Use(one.correction_id, "missed", note)
    return Use(one.correction_id, "applied")


@dataclass
class _Desk:
    """Facts and ledger of a report while they are corrected; a dropped fact leaves None at its place."""

    text: KeyedText
    facts: list[Fact | None]
    ledger: list[LedgerEntry]
    dropped: set[int] = field(default_factory=set)

    def carry_out(self, one: Correction) -> list[Use]:
        """What the correction did here; nothing where its sentence does not stand whole."""
        places = self._places(one)
        if places is None:
            return []
        if not places:
            missing = one.expected if self._stands(one) else one.sentence
            return [Use(one.correction_id, "missed", f"{missing!r} does not stand in the report (any more)")]
        hits = [n for n, fact in enumerate(self.facts) if fact and _is_meant(fact, one, places)]
        match one.action:
            case "confirm":
                return self._confirm(one, hits)
            case "drop":
                return self._drop(one, hits)
            case _:
                return self._set(one, hits) if hits else [self._add(one, places)]

    def _stands(self, one: Correction) -> bool:
        return one.sentence is None or any(True for _ in self.text.whole(sentence_key(one.sentence)))

    def _places(self, one: Correction) -> list[tuple[int, int]] | None:
        """Raw spans of the text expected; None where a sentence for any report is not in this one."""
        expected = sentence_key(one.expected or "")
        if one.sentence is None:
            return [self.text.to_raw(span) for span in self.text.find(expected)]
        within = list(self.text.whole(sentence_key(one.sentence)))
        if not within and not one.names_report:
            return None
        return [self.text.to_raw(s) for w in within for s in self.text.find(expected, w)]

    def _confirm(self, one: Correction, hits: Sequence[int]) -> list[Use]:
        uses = []
        for n in hits:
            was = self._fact(n)
            if (was.value, was.low, was.high, was.bound) != one.figures:
                note = f"read as {shown(was)} now, which is not what was confirmed; look at it again"
                uses.append(Use(one.correction_id, "missed", note, was, was))
                continue
            self.facts[n] = _sure(was)
            uses.append(Use(one.correction_id, "applied", "", was, self.facts[n]))
        return uses or [Use(one.correction_id, "missed", f"no {one.indicator} is read there (any more)")]

    def _drop(self, one: Correction, hits: Sequence[int]) -> list[Use]:
        uses = []
        for n in hits:
            uses.append(Use(one.correction_id, "applied", "", self._fact(n), None))
            self.facts[n] = None
            self.dropped.add(n)
        return uses or [Use(one.correction_id, "applied", f"no {one.indicator} is read there in any case")]

    def _set(self, one: Correction, hits: Sequence[int]) -> list[Use]:
        uses = []
        for n in hits:
            was = self._fact(n)
            self.facts[n] = _with_figures(was, one)
            uses.append(Use(one.correction_id, "applied", f"read as {shown(was)}", was, self.facts[n]))
        return uses

    def _add(self, one: Correction, places: Sequence[tuple[int, int]]) -> Use:
        if len(places) > 1:
            note = f"{one.expected!r} stands at {len(places)} places; name the sentence of the one meant"
            return Use(one.correction_id, "missed", note)
        start, end = places[0]
        meant = [n for n, e in enumerate(self.ledger) if e.start < end and start < e.end]
        self.facts.append(self._new_fact(one, start, end, [self.ledger[n] for n in meant]))
        for n in meant:
            entry = self.ledger[n]
            self.ledger[n] = replace(entry, role="fact", rule=RULE, facts=(*entry.facts, len(self.facts) - 1))
        return Use(one.correction_id, "applied", "no rule had read it", None, self.facts[-1])

    def _new_fact(self, one: Correction, start: int, end: int, entries: Sequence[LedgerEntry]) -> Fact:
        assert one.figures is not None
        assert one.indicator is not None
        value, low, high, bound = one.figures
        row = catalogue()[one.indicator]
        fixed = row.unit if row.measure in ("rate", "amount") else None
        return Fact(
            indicator=one.indicator,
            value=value,
            low=low,
            high=high,
            bound=bound,
            unit=one.unit or fixed or next((e.unit for e in entries if e.unit), None),
            hedge=None,
            inclusive=None,
            period=one.period or "year",
            years=None,
            as_of=None,
            status="reported",
            scope=None,
            span=self.text.text.raw[start:end],
            start=start,
            end=end,
            clause=one.sentence or one.expected or "",
            section=None,
            rule=RULE,
            cues=(),
            stated_total=False,
        )

    def _fact(self, n: int) -> Fact:
        fact = self.facts[n]
        assert fact is not None
        return fact

    def finished(self, read: Extraction) -> Extraction:
        """The extraction with what is left; a numeral whose facts were all dropped waits for an indicator."""
        kept = [n for n, fact in enumerate(self.facts) if fact]
        new_place = {n: at for at, n in enumerate(kept)}
        ledger = [self._ledger_entry(entry, new_place) for entry in self.ledger]
        return replace(read, facts=tuple(self._fact(n) for n in kept), ledger=tuple(ledger))

    def _ledger_entry(self, entry: LedgerEntry, new_place: dict[int, int]) -> LedgerEntry:
        if not entry.facts:
            return entry
        left = tuple(new_place[n] for n in entry.facts if n in new_place)
        if left or entry.role != "fact":
            return replace(entry, facts=left)
        return replace(entry, facts=(), role="unmatched", rule=RULE)


def _is_meant(fact: Fact, one: Correction, places: Sequence[tuple[int, int]]) -> bool:
    if fact.indicator != one.indicator:
        return False
    return any(fact.start < end and start < fact.end for start, end in places)


def _with_figures(fact: Fact, one: Correction) -> Fact:
    assert one.figures is not None
    value, low, high, bound = one.figures
    is_same_bound = bound == fact.bound
    return replace(
        _sure(fact),
        value=value,
        low=low,
        high=high,
        bound=bound,
        hedge=fact.hedge if is_same_bound else None,
        inclusive=fact.inclusive if is_same_bound else None,
        unit=one.unit or fact.unit,
        period=one.period or fact.period,
        rule=RULE,
    )


def _sure(fact: Fact) -> Fact:
    """A person has looked at it."""
    return replace(fact, confidence_reading=1.0, confidence_rule=1.0, confidence_check=1.0)


def shown(fact: Fact) -> str:
    """A figure with its bound: exact 4600, range 3 to 5."""
    if fact.bound == "range":
        return f"range {plain(fact.low)} to {plain(fact.high)}"
    return f"{fact.bound} {plain(fact.value)}"
