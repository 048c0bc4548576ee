"""What a document is: a township's report on the rule of law, a county's, a department's, or something
else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from transforms.tabulate.identity.gazetteer import gazetteer
from transforms.tabulate.identity.identity import Level
from transforms.tabulate.identity.layout import Layout
from transforms.tabulate.identity.mentions import Mention, counties_in, mentions, places_ending, unknown_name
from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.passage import Passage

SEEN = 1500  # characters of the text that are asked
FIRST_WORDS = 30  # characters of the first sentence in which its subject stands


class Kind(NamedTuple):
    """`code` says what makes the document other than a report on the rule of law; None where nothing does."""

    level: Level
    code: str | None


class _Pattern(NamedTuple):
    code: str
    where: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _kinds() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(k["code"], k["where"], tuple(k.get("needs", ())), re.compile(k["pattern"]))
        for k in _WORDS["kinds"]
    )


@cache
def _any_kind_of_title() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{k.pattern.pattern})" for k in _kinds() if k.where == "title"))


_WORDS = word_list("level")
_RULE_OF_LAW = re.compile("|".join(_WORDS["rule_of_law"]))
_REPORTING = re.compile("|".join(_WORDS["reporting"]))
_DEPARTMENT = re.compile(rf"(?:{'|'.join(_WORDS['departments'])})$")
_GOVERNMENT = re.compile(rf"(?:{'|'.join(_WORDS['governments'])})$")
_SELF = {level: re.compile("|".join(words)) for level, words in _WORDS["self"].items()}
_SUBJECT_END = re.compile(r"(?:19|20)\d\d|二[〇○零O0]|\*{2,4}|关于|法治|依法|普法|推进|上半年|履行|述法")
_REMARK = re.compile(r"[(（][^()（）]{0,20}[)）]")
_ABOVE_END = re.compile(r"(?:人民政府|委员会|市委|政府)$")
_YEAR_FIRST = re.compile(r"^(?:(?:19|20)\d\d|二[〇○零O0]..)年度?")
_TOWN_END = re.compile(rf"(?:{'|'.join(_WORDS['town_ends'])})(?:{'|'.join(_WORDS['town_offices'])})?$")


def kind_of(layout: Layout, named: list[Passage], text: str) -> Kind:
    """`named` are titles kept outside the text; `text` is the report from its beginning."""
    titles = [*layout.titles, *(p for p in named if _looks_like_title(p.text))]
    seen = text[:SEEN]
    code = _other_kind(titles or layout.heading[:2], seen)
    if code is None and not titles and layout.opening:
        code = _kind_of_opening(layout.opening[0].text)
    if code is None and titles:
        code = _not_a_report([t.text for t in titles])
    if code is None and not titles and not _RULE_OF_LAW.search(seen):
        code = "not_rule_of_law"
    if code is None and any(_is_above_county(subject_of(t.text)) for t in titles):
        code = "above_county"
    return Kind("other", code) if code else Kind(_level(titles, layout, seen), None)


def _looks_like_title(text: str) -> bool:
    return bool(
        _REPORTING.search(text) or any(p.pattern.search(text) for p in _kinds() if p.where == "title")
    )


def _other_kind(titles: Iterable[Passage], seen: str) -> str | None:
    """The code of the first kind found.

    Where one title leaves nothing open, neither the text is asked nor the other titles (columns of a page's
    menu may read like titles).
    """
    plain = [t.text for t in titles if _is_plain(t.text)]
    shown = [title for title in plain or [t.text for t in titles] if _any_kind_of_title().search(title)]
    if plain and not shown:
        return None  # nearly every report: one search, not one a kind
    for kind in _kinds():
        if kind.where == "title":
            if any(kind.pattern.search(title) for title in shown):
                return kind.code
        elif (
            kind.where == "text"
            and not plain
            and any(word in seen for word in kind.needs)
            and kind.pattern.search(seen)
        ):
            return kind.code
    return None


def _kind_of_opening(text: str) -> str | None:
    found = (kind.code for kind in _kinds() if kind.where == "opening" and kind.pattern.search(text))
    return next(found, None)


def _is_plain(title: str) -> bool:
    """Whether a title says that a town of the lists reports on the rule of law."""
    named = any(mention.bounded for mention in mentions(title))
    return named and bool(_REPORTING.search(title) and _RULE_OF_LAW.search(title))


def _not_a_report(titles: list[str]) -> str | None:
    if not any(_REPORTING.search(title) for title in titles):
        return "news"
    return None if any(_RULE_OF_LAW.search(title) for title in titles) else "not_rule_of_law"


def _level(titles: list[Passage], layout: Layout, seen: str) -> Level:
    """By the subject of title or letterhead; else by how the writer calls itself; else by who signs."""
    told = _first_level((*titles, *layout.letterhead))
    if told:
        return told
    counts = {level: len(pattern.findall(seen)) for level, pattern in _SELF.items()}
    if counts["department"] and counts["department"] >= counts["township"]:
        return "department"
    if counts["township"] and counts["township"] >= counts["county"]:
        return "township"
    signed = _first_level(layout.signature)
    if signed:
        return signed
    named = [mention for mention in _first_mentions(layout) if mention.bounded]
    if counts["township"] or any(m.start < FIRST_WORDS or not counts["county"] for m in named):
        return "township"
    return "county" if counts["county"] else "other"


def _first_level(parts: Iterable[Passage]) -> Level | None:
    return next((level for part in parts if (level := _level_of_subject(subject_of(part.text)))), None)


def _first_mentions(layout: Layout) -> tuple[Mention, ...]:
    return mentions(layout.opening[0].text) if layout.opening else ()


def subject_of(title: str) -> str:
    """Whose report it is: what stands before year and topic, or between year and topic.

    >>> subject_of("2021年度张家塬乡法治政府建设工作报告"), subject_of("定远县司法局2023年报告")
    ('张家塬乡', '定远县司法局')
    """
    rest = _REMARK.sub("", _YEAR_FIRST.sub("", title))
    end = _SUBJECT_END.search(rest, 1)
    return rest[: end.start()] if end else rest


def _level_of_subject(subject: str) -> Level | None:
    if _TOWN_END.search(subject) and (mentions(subject) or unknown_name(subject)):
        return "township"
    if _DEPARTMENT.search(subject) and not _GOVERNMENT.search(subject):
        return "department"
    if mentions(subject):
        return "township"
    return "county" if counties_in(subject) else None


def _is_above_county(subject: str) -> bool:
    """Whether a prefecture or province reports: its name ends the subject and is not that of a county too."""
    bare = _ABOVE_END.sub("", subject)
    name = next(places_ending(bare, len(bare)), "")
    return bool(name) and name not in gazetteer().counties


def province_of_prefecture(layout: Layout, named: Iterable[Passage]) -> str | None:
    """The province of the first prefecture or province that a title names."""
    known = gazetteer().cities_and_provinces
    for title in [*layout.titles, *named]:
        subject = subject_of(title.text)
        for end in range(2, len(subject) + 1):
            found = next((known[name] for name in places_ending(subject, end) if name in known), None)
            if found:
                return found
    return None


def county_of(layout: Layout, named: Iterable[Passage]) -> str | None:
    """The county that a report of county or department is about, by the first part that names one."""
    parts = [*layout.titles, *layout.letterhead, *named, *layout.issuers, *layout.signature]
    parts += [layout.addressee] if layout.addressee else []
    for part in [*parts, *layout.sources, *layout.places, *layout.opening[:1]]:
        found = counties_in(part.text)
        if found:
            return found[-1].name if part.kind == "place_row" else found[0].name
    return None
