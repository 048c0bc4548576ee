"""One number for two nouns of different indicators: it says nothing of either."""

from __future__ import annotations

import re

from transforms.tabulate import gaps
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.phrases import JOINERS, Number, Phrase
from transforms.tabulate.rulebook import Cue, Rulebook


def of_two(phrase: Phrase, i: int, number: Number, text: str, book: Rulebook) -> bool:
    """The noun at `i` and the one listed before it share the number, and no indicator counts both."""
    if i == 0 or number.quantity.each:
        return False
    return _two_kinds(phrase, i, number, text) or _two_things(phrase, i, number, text, book)


def _two_kinds(phrase: Phrase, i: int, number: Number, text: str) -> bool:
    """调解员、法律明白人60人: one number for two kinds of people."""
    cue, before = phrase.cues[i], phrase.cues[i - 1]
    if number.quantity.unit not in ("人", "名", "位"):
        return False
    if before.end + 1 != cue.start or text[before.end] not in JOINERS:
        return False
    if not _stocks(before) or not _stocks(cue):
        return False
    return _stocks(cue).isdisjoint(_stocks(before))


def _stocks(cue: Cue) -> set[str]:
    return {f.indicator for f in cue.word.frames if f.measure == "stock"} if cue.word.noun else set()


_ONLY_JOINS = re.compile(r"[”》]?[、和与及][“《]?")


def _two_things(phrase: Phrase, i: int, number: Number, text: str, book: Rulebook) -> bool:
    """海报、展板百余张; 法律咨询和法律意见46次: one number for two kinds of things."""
    cue, before = phrase.cues[i], phrase.cues[i - 1]
    if not _ONLY_JOINS.fullmatch(text, before.end, cue.start):
        return False
    mine, theirs = _things(cue, number.quantity.unit), _things(before, number.quantity.unit)
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return False
    return gaps.residue(text, cue.end, number.start, phrase.cues[i + 1 :], book) == 0


# Events listed side by side (讲座、宣传12场) are told apart less sharply than what is printed or put up.
_EVENTS = frozenset({"次", "场", "场次", "期", "个", "处", "人", "人次"})
_ADVICE = frozenset({"consultations", "adviser_consultations", "legal_opinions"})


def _things(cue: Cue, unit: str | None) -> set[str]:
    """Indicators of what is handed out, put up or advised that a word may count in a unit."""
    if not (cue.word.noun and cue.word.heads) or unit is None:
        return set()
    known = catalogue()
    found = {f.indicator for f in cue.word.frames if unit in f.units}
    paper = set() if unit in _EVENTS else {i for i in found if known[i].domain == "publicity"}
    return paper | (found & _ADVICE)
