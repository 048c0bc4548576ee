"""Which of several townships of one name is meant: clues to the county, city or province each of them lies
in.

The search goes from the candidates to the text: only places above a candidate are looked for. What the
parts of the document say comes first; plans, courts, slogans and the path are asked only where those
settle nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from transforms.tabulate.identity.gazetteer import Unit
from transforms.tabulate.identity.identity import Evidence
from transforms.tabulate.identity.mentions import (
    counties_in,
    county_aliases,
    county_stem,
    find_place,
    is_functional,
    is_plain_word,
    lies_in,
    mentions,
    names_above,
    places_ending,
)
from transforms.tabulate.identity.passage import Passage

# What a clue to the county weighs by the part it stands in
COUNTY_WEIGHTS = {
    "title": 10.0,
    "letterhead": 10.0,
    "under_title": 9.0,
    "addressee": 9.0,
    "signature": 9.0,
    "html_title": 7.0,
    "issuer_row": 7.0,
    "cited_plan": 7.0,
    "file_name": 6.0,
    "folder": 6.0,
    "source_row": 6.0,
    "place_row": 6.0,
    "opening": 5.0,
    "heading": 5.0,
    "institution": 4.0,
    "slogan": 4.0,
    "path": 4.0,
}
CITY, PROVINCE = 0.6, 0.35  # part of that weight where city or province is named, not the county
IN_PASSING = 0.3  # and where running text names a place that may be a guest's or a model's
STEM = 0.8  # and where the county is named without 县, 区, 市 or 旗
ENOUGH = 3.0
MARGIN, RIVAL = 2.0, 0.7  # the second best must lie that far behind, in points and as a share

CountyClues = dict[Unit, list[Evidence]]

_PLAN = re.compile(r"《[^《》\n]{4,60}》")
_INSTITUTION = re.compile("人民法院|法院|公安局|检察院|司法局|人民政府|法律援助|政法委|[县区市旗]?委")
_ACTS = re.compile(rf"{_INSTITUTION.pattern}|关于|20\d\d年|法治|依法|普法|(?:统一|工作)?(?:部署|要求)")
_OWN_BEFORE = re.compile("中共|《|法治|平安|全$")
_TOWN_FOLLOWS = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:镇|乡|街道|苏木)")
_PATH_WORD = re.compile(r"[a-z]{4,}")
_SELF_NAMED = ("title", "letterhead", "signature", "html_title", "under_title")
_PLACED = ("title", "letterhead", "signature", "under_title", "addressee", "issuer_row")


def county_clues(
    units: Sequence[Unit], parts: Iterable[Passage], head: Passage, paths: Iterable[str]
) -> CountyClues:
    """Clues to the place of each unit, from all parts; `head` is the beginning of the running text."""
    parts = list(parts)
    shown = "\n".join([part.text for part in parts])
    clues = {unit: list(_in_parts(unit, parts, shown)) for unit in units}
    if len(units) < 2 or leader(clues) is not None:
        return clues
    plans = [
        Passage("cited_plan", plan[0], head.start + plan.start(), head.start + plan.end())
        for plan in _PLAN.finditer(head.text)
    ]
    words = {word for path in paths for word in _PATH_WORD.findall(path.lower())}
    cited = "\n".join([plan.text for plan in plans])
    for unit in units:
        clues[unit] += [*_in_parts(unit, plans, cited), *_in_running_text(unit, head), *_in_path(unit, words)]
    return clues


def leader(clues: CountyClues) -> Unit | None:
    """The unit whose place is named clearly better than that of any other; None where nothing settles it.

    What speaks for two alike (西安区, which lies in two cities) is not counted between them.
    """
    best = max(clues, key=lambda unit: (weight_of(clues[unit]), -unit.number))
    if weight_of(clues[best]) < ENOUGH:
        return None
    mine = set(clues[best])
    for rival, found in clues.items():
        if rival is best:
            continue
        theirs = set(found)
        ahead, behind = weight_of(mine - theirs), weight_of(theirs - mine)
        if ahead < ENOUGH or ahead - behind < MARGIN or behind > RIVAL * ahead:
            return None
    return best


def weight_of(evidence: Iterable[Evidence]) -> float:
    return sum([clue.weight for clue in evidence])


def named_county(unit: Unit, clues: Iterable[Evidence], year: int | None) -> str:
    """The county as the report surely names it, if it ever bore that name (湟中县 of what is 湟中区 now).

    The name of the year's list goes first, also where it only adds its kind (赣县区 for a text's 赣县).
    """
    listed = unit.place_in(year).county
    known = {place.county for place in unit.places}
    named = [clue for clue in clues if clue.value in known and clue.weight >= ENOUGH]
    if not named or any(listed.startswith(clue.value) for clue in named):
        return listed
    return max(named, key=lambda clue: clue.weight).value


def _in_parts(unit: Unit, parts: Iterable[Passage], shown: str) -> Iterator[Evidence]:
    """The county, and the city or province, where a part names them; `shown` are all parts in one."""
    for name in _sought(unit):
        if name in shown:
            break
    else:
        return
    for part in parts:
        weight = COUNTY_WEIGHTS.get(part.kind)
        for found in (_county_at(unit, part), _above_at(unit, part)) if weight else ():
            if found and weight:
                name, share, at = found
                place = part.place_of(at, at + len(name))
                yield Evidence("county", name, part.kind, round(weight * share, 2), *place)


@lru_cache(maxsize=4_096)
def _sought(unit: Unit) -> tuple[str, ...]:
    """One of these stands in a part that names the county of the unit, in full or in short, or what is above.

    Of names that hold one another the shortest is enough to look closer.
    """
    names = set(names_above(unit)).union(county_stem(place.county) for place in unit.places) - {""}
    return tuple(sorted(n for n in names if not any(other != n and other in n for other in names)))


def _county_at(unit: Unit, part: Passage) -> tuple[str, float, int] | None:
    text = part.text
    for county in dict.fromkeys(place.county for place in unit.places):
        for name in county_aliases(county):
            if name in text:
                for at in find_place(text, name):
                    if _is_about(unit, text, at, at + len(name), part.kind):
                        return name, _share(unit, part, at, at + len(name)), at
        bare = _telling_stem(unit, county) if part.kind in ("file_name", "folder") else ""
        if bare and bare in text:
            return bare, STEM, text.index(bare)
    return None


def _above_at(unit: Unit, part: Passage) -> tuple[str, float, int] | None:
    text = part.text
    for place in unit.places:
        for name, share in ((place.city, CITY), (place.province, PROVINCE)):
            at = next(find_place(text, name), -1) if name and name in text else -1
            if at >= 0 and _is_about(unit, text, at, at + len(name), part.kind):
                return name, share * _share(unit, part, at, at + len(name)), at
    return None


def _share(unit: Unit, part: Passage, start: int, end: int) -> float:
    """What a place counts: in running text little, unless it acts as the town's own county (⟨C⟩委, 全⟨C⟩)."""
    if part.kind != "opening":
        return 1.0
    own = any(part.text.startswith(name, end) for name in unit.names)
    acts = _ACTS.match(part.text, end) or _OWN_BEFORE.search(part.text, max(0, start - 2), start)
    return 1.0 if own or acts else IN_PASSING


def _is_about(unit: Unit, text: str, start: int, end: int, kind: str) -> bool:
    """Whether a place named there is the unit's own: not that of a partner town, not a plain word."""
    behind = text[end : end + 9]
    if any(behind.startswith(name) for name in unit.names):
        return True
    if is_plain_word(text[start:end]) and not behind.startswith(("人民政府", "委")):
        return any(place.city and text[:start].endswith(place.city) for place in unit.places)
    return kind not in ("opening", "cited_plan") or not _TOWN_FOLLOWS.match(behind)


def _telling_stem(unit: Unit, county: str) -> str:
    """The county's short name, unless the town is called the same (安平镇 in 安平县)."""
    bare = county_stem(county)
    return "" if any(name.startswith(bare) for name in unit.names) else bare


def _in_running_text(unit: Unit, head: Passage) -> Iterator[Evidence]:
    """Courts, police and government of the county; slogans with its short name (法治⟨C⟩, 平安⟨C⟩)."""
    for county in dict.fromkeys(place.county for place in unit.places):
        for at in find_place(head.text, county):
            if _INSTITUTION.match(head.text, at + len(county)):
                yield _clue(county, "institution", head, at)
                break
        bare = _telling_stem(unit, county)
        for slogan in (f"法治{bare}", f"平安{bare}", f"{bare}法院", f"{bare}公安") if bare else ():
            if slogan in head.text:
                yield _clue(slogan, "slogan", head, head.text.index(slogan))
                break


def _clue(value: str, kind: str, head: Passage, at: int) -> Evidence:
    place = head.place_of(at, at + len(value))
    return Evidence("county", value, kind, COUNTY_WEIGHTS[kind], *place)


def _in_path(unit: Unit, words: set[str]) -> Iterator[Evidence]:
    """The county spelled out in a path or host (…/gaolan/…); initials are shared too often to count."""
    for place in unit.places:
        spelled = {place.pinyin + ending for ending in ("", "xian", "qu", "shi")} & words
        if len(place.pinyin) >= 4 and spelled:
            yield Evidence("county", min(spelled), "path", COUNTY_WEIGHTS["path"])
            return


# --- what speaks against


def contradicting_place(parts: Iterable[Passage], units: Sequence[Unit], settled: bool) -> Evidence | None:
    """A place the document gives itself in which none of `units` lies: the town meant is on no list.

    That is a county or city right before the town's name, and, where no clue supports the units (`settled` is
    false), any county in title, addressee, issuer or signature. Development zones lie across counties
    and never contradict.
    """
    for part in parts:
        if part.kind in _SELF_NAMED:
            for mention in mentions(part.text):
                if any(found.unit in units for found in mention.found):
                    stray = _stray(next(places_ending(part.text, mention.start), None), units)
                    if stray:
                        return _against(part, stray, mention.start - len(stray))
        if not settled and part.kind in _PLACED:
            for county in counties_in(part.text):
                if _stray(county.name, units):
                    return _against(part, county.name, county.start)
    return None


def _stray(name: str | None, units: Iterable[Unit]) -> str | None:
    if name is None or is_functional(name) or is_plain_word(name):
        return None
    return None if any(lies_in(unit, name) for unit in units) else name


def _against(part: Passage, name: str, at: int) -> Evidence:
    place = part.place_of(at, at + len(name))
    return Evidence("county", name, part.kind, COUNTY_WEIGHTS[part.kind], *place)
