"""Packs the two official lists of township units into `gazetteer.txt.gz`. Run by hand when a new list
comes out:

    python -m transforms.tabulate.identity.build_gazetteer FOLDER

FOLDER holds `townships.parquet` (one row per unchanged code, name and parents, with first and last year and
the source, NBS or MCA). Needs polars, opencc and pypinyin; none of them is needed to read the result.
`GAZETTEER.md` describes the file that comes out, and where the lists come from.

The work is linking: one unit is one line, whatever became of its name, county or code. Rows are one
unit when

1. county and name agree (in whatever year, in either series);
2. the NBS code stayed and the next year's row carries it in the same county
   (a rename: 五顷原乡, 五顷塬回族乡);
3. a name disappears from one county and appears the year after in another one, no other unit of the province
   did so, and the counties explain it: same stem (the county became a district), or the old county is gone or
   the new one just founded (a merger). Where both counties go on, it is a coincidence of names;
4. a unit disappears and one of the same stem appears the year after in the same county (乡 became 镇).

Codes are never compared across the two series: they share a format and number different towns.
"""

from __future__ import annotations

import gzip
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from transforms.tabulate.identity.gazetteer import FORMAT, UNITS_A_MEMBER
from transforms.tabulate.identity.names import official_name, short_names, stem

PACKED = Path(__file__).with_name("gazetteer.txt.gz")
LAST_NBS, FIRST_MCA = 2023, 2025
DIRECTLY_GOVERNED = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
FILLER = re.compile(
    "直辖村级区划|乡级单位|直辖地域|特殊乡镇"
)  # lines of the statistical list that are no units
UNKNOWN_CHARACTER = re.compile(r"[?\ue000-\uf8ff\U00030000-]")


class Row(NamedTuple):
    """One row of the source list, name and county made plain."""

    series: str
    code: str
    name: str
    county: str
    city: str
    province: str
    first: int
    last: int

    @property
    def place(self) -> tuple[str, str]:
        """Province and county: with the name, what makes a unit the same unit over the years."""
        return self.province, self.county


def read_rows(folder: Path) -> list[Row]:
    """The list, in a fixed order; units of cities without counties get the city as their county."""
    frame = importlib.import_module("polars").read_parquet(folder / "townships.parquet")
    rows = []
    for r in frame.sort("src", "code", "first_year", "name").iter_rows(named=True):
        city = "" if r["city"] is None or r["city"] in DIRECTLY_GOVERNED else r["city"]
        county = r["county"] if r["county"] not in (None, "市辖区") else city or r["province"]
        years = r["first_year"], r["last_year"]
        name = _without_county(official_name(r["name"]), county)
        if not FILLER.search(name):
            rows.append(Row(r["src"][0], r["code"], name, county, city, r["province"], *years))
    return rows


def _without_county(name: str, county: str) -> str:
    """逊克县克林镇 of 逊克县 is 克林镇; the list may carry the county's former kind (梁平县… in 梁平区)."""
    stem_end = len(county) - 1
    prefixed = name.startswith(county[:-1]) and name[stem_end : stem_end + 1] in tuple("县区市旗")
    return name[len(county) :] if prefixed and len(name) >= len(county) + 3 else name


class Links:
    """Union-find over row numbers; the lowest number stands for its set."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = sorted((self.find(i), self.find(j)))
        self.parent[b] = a

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self.parent)):
            found[self.find(i)].append(i)
        return list(found.values())


def link(rows: list[Row]) -> list[list[Row]]:
    """Rows -> one list per unit."""
    links = Links(len(rows))
    _link_same_place(rows, links)
    _link_kept_code(rows, links)
    for key in (_by_name_and_county_stem, _by_name_and_city, _by_name):
        _link_successors(rows, links, key, _county_changed(rows))
    _link_successors(rows, links, _by_stem_and_county, lambda old, new: True)
    return [[rows[i] for i in group] for group in links.groups()]


def _link_same_place(rows: list[Row], links: Links) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for i, row in enumerate(rows):
        links.join(i, seen.setdefault((*row.place, row.name), i))


def _link_kept_code(rows: list[Row], links: Links) -> None:
    """Rule 2. A unit which took over the code of one that goes on elsewhere is not its successor."""
    nbs = sorted((r.code, r.first, i) for i, r in enumerate(rows) if r.series == "N")
    names = {(*r.place, r.name, year) for r in rows for year in range(r.first, r.last + 1)}
    for (code, _, i), (next_code, first, j) in zip(nbs, nbs[1:], strict=False):
        old, new = rows[i], rows[j]
        if code != next_code or first != old.last + 1 or old.place != new.place:
            continue
        if (*old.place, old.name, first) not in names and (*new.place, new.name, old.last) not in names:
            links.join(i, j)


def _by_name_and_county_stem(row: Row) -> tuple[str, ...]:
    return row.province, row.county[:-1], row.name


def _by_name_and_city(row: Row) -> tuple[str, ...]:
    return row.province, row.city, row.name


def _by_name(row: Row) -> tuple[str, ...]:
    return row.province, row.name


def _by_stem_and_county(row: Row) -> tuple[str, ...]:
    return row.province, row.county, stem(row.name)


def _county_changed(rows: list[Row]) -> Callable[[Row, Row], bool]:
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for row in rows:
        for place in (row.place, (row.province, row.city)):
            first[place] = min(row.first, first.get(place, row.first))
            last[place] = max(row.last, last.get(place, row.last))

    def changed(old: Row, new: Row, before: tuple[str, str], after: tuple[str, str]) -> bool:
        return last[before] < new.first or first[after] > old.last

    def explained(old: Row, new: Row) -> bool:
        if old.city != new.city:
            return changed(old, new, (old.province, old.city), (new.province, new.city))
        return old.county[:-1] == new.county[:-1] or changed(old, new, old.place, new.place)

    return explained


def _link_successors(rows: list[Row], links: Links, key: Any, plausible: Callable[[Row, Row], bool]) -> None:
    """Joins the one unit of a key that ended in a year with the one that began in the next list."""
    ended: dict[Any, list[int]] = defaultdict(list)
    began: dict[Any, list[int]] = defaultdict(list)
    for group in links.groups():
        last = max(group, key=lambda i: rows[i].last)
        first = min(group, key=lambda i: rows[i].first)
        year = rows[last].last
        ended[(*key(rows[last]), FIRST_MCA if year == LAST_NBS else year + 1)].append(last)
        began[(*key(rows[first]), rows[first].first)].append(first)
    for found, olds in sorted(ended.items()):
        news = began.get(found, [])
        if len(olds) == len(news) == 1 and plausible(rows[olds[0]], rows[news[0]]):
            links.join(olds[0], news[0])


@dataclass
class Packer:
    """Collects counties, units and the names that lead to them."""

    units: list[str]
    counties: dict[tuple[str, str, str, str], list[int]]
    keys: dict[str, list[str]]

    def add(self, group: list[Row]) -> None:
        """One unit: its names in order of time, each with series, years (two digits) and code."""
        number = str(len(self.units))
        spans: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(group, key=lambda r: (r.first, r.series, r.code)):
            spans[row.name].append(row)
            county = (row.code[:6], row.county, row.city, row.province)
            self.counties.setdefault(county, []).extend((row.first, row.last))
        if any(not UNKNOWN_CHARACTER.search(name) for name in spans):  # 塘?镇 beside 塘㙍镇
            spans = {name: found for name, found in spans.items() if not UNKNOWN_CHARACTER.search(name)}
        self.units.append(";".join(self._span(name, found) for name, found in spans.items()))
        for name in spans:
            self._key(name, number)  # before the derived forms, which only count where no list has them
        for name in spans:
            self._index(name, number)

    @staticmethod
    def _span(name: str, rows: Iterable[Row]) -> str:
        parts = [f"{r.series}{r.first % 100:02}{r.last % 100:02}{r.code}" for r in rows]
        return "|".join([name, *parts])

    def _index(self, name: str, number: str) -> None:
        for short in short_names(name):
            self._key(short, "~" + number)
        simplified = _simplified(name)
        if simplified != name:
            self._key(simplified, "=" + number)
        lost = "".join(c for c in name if _common(c))
        if lost != name and len(lost) > 1:
            self._key(lost, "?" + number)

    def _key(self, name: str, reference: str) -> None:
        references = self.keys.setdefault(name, [])
        if reference.lstrip("~=?") not in references and reference not in references:
            references.append(reference)

    def packed(self) -> bytes:
        """The gzip members one after the other, the first telling the sizes of the rest."""
        counties = sorted(
            "|".join([*county, f"{min(years) % 100:02}{max(years) % 100:02}", _pinyin(county[1])])
            for county, years in self.counties.items()
        )
        keys = sorted(self.keys.items())
        blocks = [self.units[i : i + UNITS_A_MEMBER] for i in range(0, len(self.units), UNITS_A_MEMBER)]
        lines = [counties, [name for name, _ in keys], [",".join(found) for _, found in keys], *blocks]
        members = [_member(section) for section in lines]
        sizes = " ".join(str(len(member)) for member in members)
        return b"".join([_member([FORMAT, str(len(self.units)), sizes]), *members])


def _member(lines: list[str]) -> bytes:
    return gzip.compress("".join(f"{line}\n" for line in lines).encode("utf-8"), 9, mtime=0)


@cache
def _to_simplified() -> Any:
    return importlib.import_module("opencc").OpenCC("t2s").convert


@cache
def _converted_characters() -> frozenset[str]:
    return frozenset(c for c in map(chr, range(0x4E00, 0xA000)) if _to_simplified()(c) != c)


def _simplified(name: str) -> str:
    """The name after a blind script conversion (乾元镇 -> 干元镇), as converted mirrors write it."""
    return str(_to_simplified()(name)) if _converted_characters().intersection(name) else name


def _common(character: str) -> bool:
    """In GB 2312: what old page systems and fonts could always show."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _pinyin(county: str) -> str:
    """Toneless pinyin of a county's name without its last character, as paths and host names write it."""
    syllables = importlib.import_module("pypinyin").lazy_pinyin(county[:-1] if len(county) > 2 else county)
    return "".join(syllables).replace("ü", "v")


def main() -> int:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "townships.parquet").is_file():
        print("usage: python -m transforms.tabulate.identity.build_gazetteer FOLDER-WITH-townships.parquet")
        return 2
    packer = Packer([], {}, {})
    for group in link(read_rows(Path(sys.argv[1]))):
        packer.add(group)
    PACKED.write_bytes(packer.packed())
    print(f"{len(packer.units)} units, {len(packer.keys)} names, {PACKED.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
