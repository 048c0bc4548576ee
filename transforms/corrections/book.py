"""Many corrections, and which of them concern a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from transforms.corrections.correction import Correction
from transforms.corrections.sentences import KeyedText, sentence_key
from transforms.decode.report import Report
from transforms.tabulate.identity.identity import Identity

By = Mapping[str, Sequence[Correction]]


@dataclass(frozen=True)
class Corrections:
    """All that are in force, in one order; what is looked up by is made when first asked for.

    Pickled as the decisions alone, so that a batch on its way to a worker stays small.
    """

    all: tuple[Correction, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.all)

    def __reduce__(self) -> tuple[type[Corrections], tuple[tuple[Correction, ...]]]:
        return Corrections, (self.all,)

    def of_file(self, report: Report) -> Iterator[Correction]:
        """Those that name the report by path or id."""
        yield from self._by_path.get(report.relative_path, ())
        yield from self._by_id.get(report.report_id, ())

    def of_identity(self, identity: Identity) -> Iterator[Correction]:
        """Those that name the report by town and year."""
        for one in self._by_town.get(f"{identity.town}{identity.year}", ()):
            if one.county is None or one.county == identity.county:
                yield one

    def of_sentences(self, text: KeyedText) -> Iterator[Correction]:
        """Those for any report whose sentence may stand in the text."""
        if self._keys:
            met = {found[0] for found in self._automaton.find_matches_as_indexes(text.key, overlapping=True)}
            for number in sorted(met):
                yield from self._by_key[self._keys[number]]

    @cached_property
    def _by_path(self) -> By:
        return _grouped((c.below or c.report, c) for c in self.all)

    @cached_property
    def _by_id(self) -> By:
        return _grouped((c.report_id, c) for c in self.all)

    @cached_property
    def _by_town(self) -> By:
        return _grouped((f"{c.town}{c.year}" if c.town else None, c) for c in self.all)

    @cached_property
    def _by_key(self) -> By:
        return _grouped((sentence_key(c.sentence or ""), c) for c in self.all if not c.names_report)

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self._by_key)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._keys)


def _grouped(pairs: Iterator[tuple[str | None, Correction]]) -> By:
    found: dict[str, list[Correction]] = defaultdict(list)
    for key, one in pairs:
        if key:
            found[key].append(one)
    return found


NO_CORRECTIONS = Corrections()
