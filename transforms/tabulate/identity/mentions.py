"""Names of townships and of the places above them, found in a piece of text by looking words up, not by
scanning lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transforms.tabulate.identity.gazetteer import Found, Unit, gazetteer
from transforms.tabulate.identity.names import NOT_NAMES, stem, word_list
from transforms.tabulate.identity.passage import HAN

LONGEST_NAME = 14  # 友谊达斡尔族满族柯尔克孜族乡
LONGEST_COUNTY = 15

_WORDS = word_list("names")

_NAME_END = re.compile("街道(?!路)|苏木|[镇乡]|街(?!道)|地区|" + "|".join(_WORDS["zones"]))
_COUNTY_END = re.compile("特区|林区|[县区市旗]")
_BEFORE = re.compile(rf"(?:{'|'.join(sorted(_WORDS['before'], key=lambda w: (-len(w), w)))})$")
_AFTER = re.compile(rf"$|[^{HAN}]|{'|'.join(_WORDS['after'])}")
_PLAIN = frozenset(_WORDS["plain_word_counties"])
_FUNCTIONAL = tuple(_WORDS["functional_areas"])


class Mention(NamedTuple):
    """A township named in a text. `bounded`: what stands before it cannot belong to the name."""

    name: str  # as the lists write it (沙面街道 where the text says 沙面街)
    start: int
    end: int
    found: tuple[Found, ...]
    bounded: bool


class CountyMention(NamedTuple):
    """A county, city or province named in a text."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=256)  # title and signature are asked by several deciders of one report
def mentions(text: str) -> tuple[Mention, ...]:
    """Townships of the gazetteer in `text`, in order; the longest name at each place.

    >>> [(m.name, m.bounded) for m in mentions("古蔺县太平镇与界首市光武镇")]
    [('太平镇', True), ('光武镇', True)]
    """
    result: list[Mention] = []
    for end_match in _NAME_END.finditer(text):
        mention = _mention_ending(text, end_match.end(), end_match[0])
        if mention is None:
            continue
        if result and mention.start < result[-1].end:
            if mention.start > result[-1].start and not mention.bounded:
                continue
            result.pop()
        result.append(mention)
    return tuple(result)


def _mention_ending(text: str, end: int, ending: str) -> Mention | None:
    run = _last_run(text, max(0, end - LONGEST_NAME), end)
    unbounded: Mention | None = None
    for start in range(run, end - 1):
        name = text[start:end]
        found = look_up(name + "道" if ending == "街" else name)
        if not found or name in NOT_NAMES:
            continue
        bounded = start == 0 or not _is_han(text[start - 1]) or is_boundary(text, start)
        mention = Mention(name + "道" if ending == "街" else name, start, end, found, bounded)
        if bounded:
            return mention
        unbounded = unbounded or mention
    return unbounded


def is_boundary(text: str, start: int) -> bool:
    """Whether a name may begin at `start`, by what precedes it."""
    if _BEFORE.search(text, max(0, start - 3), start):
        return True
    return any(True for _ in places_ending(text, start))


def _last_run(text: str, first: int, end: int) -> int:
    """Start of the unbroken Chinese run that ends at `end`, not before `first`."""
    others = _NO_HAN.findall(text, first, end)
    return text.rindex(others[-1], first, end) + 1 if others else first


_NO_HAN = re.compile(r"[^\u3400-\u9fff\U00020000-\U0010ffff]")


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


@lru_cache(maxsize=20_000)
def look_up(name: str) -> tuple[Found, ...]:
    """Units of a name, kept for the next report (in a folder the same places come again and again)."""
    return gazetteer().find(name)


def unknown_name(text: str) -> tuple[str, int, int] | None:
    """The first township name that no list knows: what stands between a sure boundary and its ending.

    >>> unknown_name("某某县桃花坞岭镇2023年报告")
    ('桃花坞岭镇', 3, 8)
    """
    for end_match in _NAME_END.finditer(text):
        end = end_match.end()
        run = _last_run(text, max(0, end - LONGEST_NAME), end)
        starts = [s for s in range(run, end - len(end_match[0])) if s == run or is_boundary(text, s)]
        if not starts or not _AFTER.match(text, end):
            continue
        name = text[starts[-1] : end]
        known = look_up(name) or look_up(name + "道")
        if len(name) > len(end_match[0]) + 1 and name not in NOT_NAMES and not known:
            return name, starts[-1], end
    return None


# --- counties, cities, provinces


def places_ending(text: str, end: int) -> Iterator[str]:
    """Names of counties, cities and provinces that end right at `end`, longest first."""
    known = gazetteer()
    if text[end - 1 : end] not in known.place_endings:
        return
    counties, above = known.counties, known.cities_and_provinces
    for start in range(max(0, end - LONGEST_COUNTY), end - 1):
        name = text[start:end]
        if name in counties or name in above:
            yield name


def counties_in(text: str) -> list[CountyMention]:
    """County-level units named in full, in order; plain words (城区) left out.

    >>> [c.name for c in counties_in("公安县与太和县交界")]
    ['公安县', '太和县']
    """
    result = []
    for end_match in _COUNTY_END.finditer(text):
        end = end_match.end()
        for start in range(max(0, end - LONGEST_COUNTY), end - 1):
            name = text[start:end]
            if name in gazetteer().counties and name not in _PLAIN:
                result.append(CountyMention(name, start, end))
                break
    return result


def find_place(text: str, name: str) -> Iterator[int]:
    """Where `name` stands in `text` as a name of its own (和县 not inside 太和县, 沙县 not inside 沙县区).

    >>> list(find_place("太和县、和县", "和县"))
    [4]
    """
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        longer = any(
            text[at:stop] in gazetteer().counties for stop in (end + 1, end + 2) if stop <= len(text)
        )
        if not longer and next(places_ending(text, end), name) == name:
            yield at
        at = text.find(name, end)


@lru_cache(maxsize=4_096)
def county_aliases(county: str) -> tuple[str, ...]:
    """The ways a county is named in full: 镇宁布依族苗族自治县 is also 镇宁自治县 and 镇宁县.

    >>> county_aliases("镇宁布依族苗族自治县"), county_aliases("兴化市")
    (('镇宁布依族苗族自治县', '镇宁自治县', '镇宁县'), ('兴化市',))
    """
    for ending in ("自治县", "自治旗"):
        if county.endswith(ending):
            bare = stem(county.removesuffix(ending) + "乡")
            return county, bare + ending, bare + ending[-1]
    return (county,)


@lru_cache(maxsize=4_096)
def county_stem(county: str) -> str:
    """The county's name without its kind, as slogans use it; empty where one character is left.

    >>> county_stem("镇宁布依族苗族自治县"), county_stem("兴化市"), county_stem("易县")
    ('镇宁', '兴化', '')
    """
    shortest = county_aliases(county)[-1]
    bare = shortest.removesuffix("特区").removesuffix("林区")
    bare = bare[:-1] if bare == shortest else bare
    return bare if len(bare) > 1 else ""


def is_plain_word(county: str) -> bool:
    """Whether the name of the county is also an ordinary word (城区, 郊区)."""
    return county in _PLAIN


def is_functional(name: str) -> bool:
    """Whether the name is that of a development zone or the like, which lies across counties."""
    return name.endswith(_FUNCTIONAL)


def lies_in(unit: Unit, name: str) -> bool:
    """Whether the unit ever belonged to the county, city or province of that name."""
    return name in names_above(unit)


@lru_cache(maxsize=4_096)
def names_above(unit: Unit) -> frozenset[str]:
    """Every name of the counties, cities and provinces the unit ever belonged to ("" for no city)."""
    counties = {name for place in unit.places for name in county_aliases(place.county)}
    return frozenset(counties.union(*((place.city, place.province) for place in unit.places)))
