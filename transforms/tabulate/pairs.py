"""One number for two nouns of different indicators: it says nothing of either."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.tabulate import gaps
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.phrases import JOINERS, PEOPLE, Number, Phrase
from transforms.tabulate.rulebook import Cue, Rulebook


def of_two(phrase: Phrase, i: int, number: Number, text: str, book: Rulebook) -> bool:
    """The noun at `i` and the one listed before it share the number, and no indicator counts both."""
    if i == 0 or number.quantity.each:
        return False
    return (
        _two_kinds(phrase, i, number, text)
        or _two_things(phrase, i, number, text, book)
        or _two_audiences(phrase, i, number, text, book)
        or _two_matters(phrase, i, number, text)
    )


def _two_kinds(phrase: Phrase, i: int, number: Number, text: str) -> bool:
    """调解员、法律明白人60人: one number for two kinds of people."""
    cue, before = phrase.cues[i], phrase.cues[i - 1]
    if number.quantity.unit not in PEOPLE:
        return False
    if before.end + 1 != cue.start or text[before.end] not in JOINERS:
        return False
    if not _stocks(before) or not _stocks(cue):
        return False
    return _stocks(cue).isdisjoint(_stocks(before))


def _stocks(cue: Cue) -> set[str]:
    return {f.indicator for f in cue.word.frames if f.measure == "stock"} if cue.word.noun else set()


_JOINS = re.compile(r"[”》]?[、和与及](?P<verb>悬挂|张贴|摆放|展出|赠送|发放|播放|制作)?[“《]?")


def _two_things(phrase: Phrase, i: int, number: Number, text: str, book: Rulebook) -> bool:
    """海报、展板百余张; 法律咨询和法律意见46次: one number for two kinds of things.

    发放资料、悬挂横幅等万余份 is one too; 发放资料、悬挂横幅50条 counts what was hung.
    """
    cue, unit = phrase.cues[i], number.quantity.unit
    mine = _things(cue, unit) or _things(cue, None)
    if not mine:
        return False
    if gaps.residue(text, cue.end, number.start, phrase.cues[i + 1 :], book):
        return False
    for before in _listed_before(phrase, i, mine, unit, text):
        theirs = _things(before, unit) or (_things(before, None) if unit not in _TELLING else set())
        if theirs and mine.isdisjoint(theirs):
            return True
    return False


def _listed_before(phrase: Phrase, i: int, mine: set[str], unit: str | None, text: str) -> Iterator[Cue]:
    """The nouns listed right before the one at `i`, nearest first; a verb may open its own count."""
    after = phrase.cues[i]
    for before in reversed(phrase.cues[:i]):
        if before.word.verb and not before.word.noun:
            continue
        joins = _JOINS.fullmatch(text, before.end, after.start)
        if not joins or (joins["verb"] and _usual(mine, unit)):
            return
        yield before
        after = before


# Measure words that tell which of two is counted: 宣传册、购物袋1500个 counts bags.
_TELLING = frozenset({"个", "条", "块", "幅"})


def _usual(indicators: set[str], unit: str | None) -> bool:
    """发放资料、悬挂横幅50条 counts what was hung, as 条 are banners; 悬挂横幅、张贴海报50份 counts both."""
    known = catalogue()
    return any(unit == known[i].unit for i in indicators)


def differ(one: Cue, other: Cue) -> bool:
    """展板、标语牌42处: two things put up or handed out, of different indicators."""
    mine, theirs = _things(one, None), _things(other, None)
    return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


_ADVICE = frozenset({"consultations", "adviser_consultations", "legal_opinions"})
# Whom one advised and whom one received.
_AUDIENCES = _ADVICE | {"petition_visitors", "petition_visits"}
_AND = re.compile(r"[、和与及]")


def _two_audiences(phrase: Phrase, i: int, number: Number, text: str, book: Rulebook) -> bool:
    """解答咨询和接待来访300余人次: one number for those advised and those received."""
    cue, unit = phrase.cues[i], number.quantity.unit
    if unit not in ("人", "人次", "名") or not cue.word.noun:
        return False
    nouns = [c for c in phrase.cues[:i] if c.word.noun and c.word.heads]
    if not nouns or not _AND.search(text[nouns[-1].end : cue.start][:1]):
        return False
    mine = {f.indicator for f in cue.word.counting(unit)} & _AUDIENCES
    theirs = {f.indicator for f in nouns[-1].word.counting(unit)} & _AUDIENCES
    if not mine or not theirs or not mine.isdisjoint(theirs):
        return False
    return gaps.residue(text, cue.end, number.start, phrase.cues[i + 1 :], book) == 0


# Events listed side by side (讲座、宣传12场) are told apart less sharply than what is printed or put up.
_EVENTS = frozenset({"次", "场", "场次", "期", "个", "处", "人", "人次"})


def _things(cue: Cue, unit: str | None) -> set[str]:
    """Indicators of what is handed out, put up or advised that a word may count in a unit (None: in any)."""
    if not (cue.word.noun and cue.word.heads):
        return set()
    known = catalogue()
    found = {f.indicator for f in cue.word.frames if unit is None or unit in f.units}
    paper = set() if unit in _EVENTS else {i for i in found if known[i].domain == "publicity"}
    return paper | (found & _ADVICE)


_PETITIONS = frozenset({"petition_cases"})
_DISPUTES = frozenset({"disputes_found", "disputes_accepted", "disputes_mediated", "disputes_resolved"})


def _two_matters(phrase: Phrase, i: int, number: Number, text: str) -> bool:
    """化解矛盾纠纷及信访案件21件: one number for disputes and petitions."""
    cue, before = phrase.cues[i], phrase.cues[i - 1]
    if before.end + 1 != cue.start or text[before.end] not in JOINERS:
        return False
    if not (before.word.noun and cue.word.noun):
        return False
    both = [{f.indicator for f in c.word.counting(number.quantity.unit)} for c in (before, cue)]
    return any(not a.isdisjoint(_PETITIONS) and not b.isdisjoint(_DISPUTES) for a, b in (both, both[::-1]))


# 各类培训、集中学习20场次: what is held in kinds, one number for all.
_KINDS = re.compile(r"(?:各类|各种|各项|多种)(?:形式的?)?$")
# 学法、研讨、各类讲座12次: the last of several kinds.
_KINDS_LAST = re.compile(r"、(?:各类|各种|各项)$")
_OF_KINDS = ("各类", "各种", "各项", "多种")


def head_of_kinds(phrase: Phrase, i: int, number: Number, text: str) -> Cue | None:
    """各类普法活动、普法课堂9场次: the first of two kinds; the other stands at `i`."""
    cue, before = phrase.cues[i], phrase.cues[i - 1]
    if i == 0 or number.quantity.each or number.quantity.unit not in _EVENTS:
        return None
    if cue.word.text.endswith("活动"):
        return None  # the general word ends the list
    if _KINDS_LAST.search(text, before.end, cue.start):
        return _of_another_kind(cue, before, number)
    if before.end + 1 != cue.start or text[before.end] not in JOINERS:
        return None
    of_kinds = before.word.text.startswith(_OF_KINDS) or _KINDS.search(text, phrase.start, before.start)
    if not of_kinds and not _is_wider(before, cue, number):
        return None
    return _of_another_kind(cue, before, number)


def stands_for_all(head: Cue, last: Cue, number: Number) -> bool:
    """法治宣传、法治讲座46次: the first of two kinds is the wider, a lecture is publicity too."""
    return head.word.text.endswith("活动") or _is_wider(head, last, number)


def _is_wider(head: Cue, last: Cue, number: Number) -> bool:
    return "publicity_events" in _counted(head, number) and "law_lectures" in _counted(last, number)


def _of_another_kind(cue: Cue, before: Cue, number: Number) -> Cue | None:
    mine, theirs = _counted(cue, number), _counted(before, number)
    return before if mine and theirs and mine.isdisjoint(theirs) else None


def _counted(cue: Cue, number: Number) -> set[str]:
    """Indicators a noun may count in the number's unit, whatever stands beside it."""
    if not (cue.word.noun and cue.word.heads):
        return set()
    return {f.indicator for f in cue.word.frames if not f.with_ and number.quantity.unit in f.units}


_ACTIVITIES = re.compile(r"等(?:系列|各类|主题|特色|法治|普法|宣传|教育|学习)*活动(?:共|累计|合计)?$")


def of_a_mixed_list(phrase: Phrase, cue: Cue, number: Number, text: str) -> bool:
    """旁听庭审、案例研讨等活动4次: what is counted is activities of several kinds."""
    end = _ACTIVITIES.search(text, cue.end, number.start)
    if not end or "、" not in text[phrase.start : end.start()]:
        return False
    lead = max((c.end for c in phrase.cues if c.word.verb and c.end <= cue.start), default=phrase.start)
    mine = _counted(cue, number) or {f.indicator for f in cue.word.frames}
    at = lead
    for part in text[lead : end.start()].split("、"):
        words = [c for c in phrase.cues if at <= c.start < at + len(part)]
        if not any(mine & _counted(c, number) for c in words):
            return True
        at += len(part) + 1
    return False
