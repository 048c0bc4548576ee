"""Words of a sentence that only stand by: in a partner's name, in a title, in a list of places."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from transforms.tabulate.rulebook import Cue, Word

_OFFICE = (
    "(?:应急|消防|公安|交警|市监|市场监管|城管|住建|交通|林业|农业|农业农村|水利|环保|生态环境|自然资源|"
    "国土|卫健|教育|文旅|电力|供电|燃气)"
)
# 会同应急、消防等部门开展联合执法: who took part; their names are no topic. No number stands in between.
PARTNERS = re.compile(
    r"(?:会同|协同|联动|配合|联合(?!执法|检查|整治|行动|开展|巡查|督查))"
    r"(?:[^，,；;。\d]{1,30}?)(?:部门|单位|站所|中队|大队|救援站|执法队|[应急监管管理]办|分?局)"
    r"(?=共同|联合|一道|一起|先后|全年|累计|共|对|在|深入|开展|组织|进行)|"
    # 会同应急、消防检查: a row of offices by their short names
    rf"(?:会同|协同|联合){_OFFICE}(?:[、和]{_OFFICE})*(?=共同|联合|对|开展|检查|巡查|抽查)"
)

IN_PARTNERS = frozenset("同联配")


def outside_partners(cues: list[Cue], text: str, start: int, end: int) -> list[Cue]:
    """Cues but for words that only say of what kind, where they are part of a partner's name."""
    spans = [m.span() for m in PARTNERS.finditer(text, start, end)]
    if not spans:
        return cues
    return [c for c in cues if c.word.heads or not any(a < c.start and c.end <= b for a, b in spans)]


_BRACKET = re.compile(r"[（(]([^（）()\d，；。\n]{1,20})[）)]")


def outside_brackets(cues: list[Cue], text: str, start: int, end: int) -> list[Cue]:
    """Cues but for what brackets right behind a noun add to it: 矛盾纠纷（含信访事项）30件 are disputes."""
    nouns = {c.end for c in cues if c.word.noun and c.word.heads}
    spans = [m.span() for m in _BRACKET.finditer(text, start, end) if m.start() in nouns]
    if not spans:
        return cues
    return [c for c in cues if not any(a < c.start and c.end < b for a, b in spans)]


_PLACE = (
    "(?:社区|村|村居|村组|乡村|农村|企业|机关|单位|家庭|集市|集镇|广场|商圈|工地|景区|网格|小区|院坝|园区|"
    "医院|学校|校园|派出所|司法所|法庭|法院|检察院|妇联|团委|工会|卫生院|林业站|农技站)"
)
_PLACE_BEFORE = re.compile(rf"{_PLACE}[、和与及]$")
_PLACE_AFTER = re.compile(rf"[、和与及]{_PLACE}")


IN_LISTS = frozenset("、和与及")


def but_listed_places(cues: list[Cue], text: str) -> list[Cue]:
    """学校 and 企业 in 深入社区、企业、学校开展宣传 are known words, but one place of several is no topic."""
    return [c._replace(word=_only_a_place(c.word)) if _is_no_topic(c, text) else c for c in cues]


@cache
def _only_a_place(word: Word) -> Word:
    return replace(
        word, concepts=frozenset(), noun=False, decoy=False, entity=True, frames=(), heads=False, _counting={}
    )


def _is_no_topic(cue: Cue, text: str) -> bool:
    concepts = cue.word.concepts
    if _LISTED_PLACES.isdisjoint(concepts) or "other_visit" in concepts:
        return False  # 法治进学校、进企业: where to is what the event is
    return _is_listed_place(cue, text)


_LISTED_PLACES = frozenset({"school", "firm"})


def _is_listed_place(cue: Cue, text: str) -> bool:
    before = text[max(cue.start - 5, 0) : cue.start]
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(text, cue.end))


_TITLE = re.compile(r"《[^》\n]*》")


def outside_titles(cues: list[Cue], text: str, start: int, end: int) -> list[Cue]:
    """Cues but for what a title only speaks of: 《反有组织犯罪法》 organises nothing.

    The noun it ends in may be counted (《法治建设责任书》12份); 《合法性审查事项清单》 reviews nothing.
    """
    spans = [m.span() for m in _TITLE.finditer(text, start, end)]
    if not spans:
        return cues
    return [c for c in cues if not any(a < c.start < b and not _names_it(c, b, text) for a, b in spans)]


_TITLE_TAIL = re.compile(r"(?:[（(][^）)]*[）)])?[》〉]")


def _names_it(cue: Cue, end: int, text: str) -> bool:
    """A noun at the end of a title, or a word that holds its marks (《民法典》)."""
    if not (cue.word.heads and cue.word.noun):
        return False
    return cue.end >= end or bool(_TITLE_TAIL.match(text, cue.end, end))
