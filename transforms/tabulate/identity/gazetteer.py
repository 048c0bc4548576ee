"""Which township-level units there are, where they lie, and under which names and codes they went in which
year.

Reads `gazetteer.txt.gz` (made by build_gazetteer.py, described in GAZETTEER.md) at the first question
asked.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal, NamedTuple
from weakref import WeakValueDictionary

from transforms.built_once import BuiltOnce

FORMAT = "townfacts gazetteer 1"
UNITS_A_MEMBER = 512  # read together: large enough to pack well, small enough to be read for one name

Match = Literal["name", "short", "script", "damaged"]
_MARKS: dict[str, Match] = {"~": "short", "=": "script", "?": "damaged"}
_SERIES = {"N": "NBS", "M": "MCA"}


class Place(NamedTuple):
    """A county-level unit under its name in some span of years. `city` may be empty."""

    code: str
    county: str
    city: str
    province: str
    first_year: int
    last_year: int
    pinyin: str  # of the county's name without 县, 区, 市 or 旗; toneless, as paths write it


class Code(NamedTuple):
    """The code a unit is filed under in one year's list; `nearest` marks a year no list covers."""

    code: str
    series: str  # NBS (statistics, to 2023) or MCA (civil affairs, 2025): two numbering systems
    list_year: int
    nearest: bool


class Span(NamedTuple):
    """Name and code of a unit, unchanged from the list of `first_year` to that of `last_year`."""

    name: str
    series: str
    first_year: int
    last_year: int
    code: str

    def distance(self, year: int) -> int:
        """Years to the nearest list that knows the unit so; 0 within."""
        return max(self.first_year - year, year - self.last_year, 0)


class Unit:
    """One township over all lists; one object for as long as anybody holds it."""

    def __init__(self, number: int, line: str, home: Gazetteer) -> None:
        self.number = number
        spans = [span for part in line.split(";") for span in _spans(part)]
        self.spans = tuple(sorted(spans, key=lambda s: s[2:4]))
        self.gazetteer = home
        self._span_in: dict[int | None, Span] = {}  # asked several times for the year of one report

    def __repr__(self) -> str:
        return f"<{self.place_in(None).county}{self.name_in(None)}>"

    def span_in(self, year: int | None) -> Span:
        """What the list of the year says, or the nearest (the earlier of two); None: the last."""
        known = self._span_in.get(year)
        if known is None:
            known = self._span_in[year] = self._nearest(year)
        return known

    def _nearest(self, year: int | None) -> Span:
        if year is None:
            return max(self.spans, key=lambda s: (s.last_year, s.series))
        return min(self.spans, key=lambda s: (s.distance(year), s.last_year))

    def name_in(self, year: int | None) -> str:
        return self.span_in(year).name

    def place_in(self, year: int | None) -> Place:
        """County, city and province as of the year (湟中县 up to 2019, 湟中区 after)."""
        span = self.span_in(year)
        return self.gazetteer.place(span.code[:6], span.first_year if year is None else year)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every official name it bore, oldest first."""
        return tuple(dict.fromkeys(span.name for span in self.spans))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every county it belonged to, oldest first."""
        found = [self.gazetteer.place(s.code[:6], s.first_year) for s in self.spans]
        found += [self.gazetteer.place(s.code[:6], s.last_year) for s in self.spans]
        return tuple(dict.fromkeys(found))

    @cached_property
    def town_id(self) -> str:
        """Derived from the first known province, county and name, so that no later list changes it."""
        first = min(self.spans, key=lambda s: (s.first_year, s.series != "N", s.code))
        place = self.gazetteer.place(first.code[:6], first.first_year)
        key = f"{place.province}/{place.county}/{first.name}"
        return "t" + hashlib.sha256(key.encode()).hexdigest()[:12]

    def code_in(self, year: int) -> Code:
        """The official code of the year, or of the nearest list, marked."""
        span = self.span_in(year)
        listed = min(max(year, span.first_year), span.last_year)
        return Code(span.code, _SERIES[span.series], listed, listed != year)

    def existed_in(self, year: int) -> bool | None:
        """Whether the list of that year has it; None where there is no list of that year."""
        if year not in self.gazetteer.list_years:
            return None
        return any(span.distance(year) == 0 for span in self.spans)


class Found(NamedTuple):
    """A unit a name leads to, and how: by its official name, a short form, a converted or a damaged one."""

    unit: Unit
    match: Match


class Gazetteer:
    """All units. Names are looked up in a dict; a unit is read when it is first asked for."""

    list_years = frozenset({*range(2016, 2024), 2025})

    def __init__(self, packed: bytes) -> None:
        """`packed` is a row of gzip members: sizes; counties; names; units of each name; then the units."""
        first = zlib.decompressobj(wbits=31)
        form, units, sizes = first.decompress(packed).decode().splitlines()
        if form != FORMAT:
            raise ValueError(f"gazetteer.txt.gz is of format {form!r}, this reader knows {FORMAT!r}")
        ends = list(accumulate(map(int, sizes.split())))
        members = [first.unused_data[a:b] for a, b in zip([0, *ends], ends, strict=False)]
        self._size = int(units)
        self._counties, names, self._references = (_lines(member) for member in members[:3])
        self._numbers = {name: i for i, name in enumerate(names)}
        self._members = members[3:]
        self._held: WeakValueDictionary[int, Unit] = WeakValueDictionary()
        self._making = threading.Lock()  # or two threads make two objects of one unit
        self._block = lru_cache(maxsize=32)(self._read_block)

    def __len__(self) -> int:
        return self._size

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def find(self, name: str) -> tuple[Found, ...]:
        """Units that bear or bore the name, in a fixed order; empty when no list knows it."""
        return tuple(Found(self._unit(number), match) for number, match in self._led_to(name))

    def find_ids(self, names: Mapping[str, str]) -> dict[str, Unit]:
        """Units by id, of those asked for by id and a name each; in the order of the list, of which each part
        is read once: one by one, a thousand names would read it forty times.
        """
        led_to = {number for name in set(names.values()) for number, _ in self._led_to(name)}
        units = (self._unit(number) for number in sorted(led_to))
        return {unit.town_id: unit for unit in units if unit.town_id in names}

    def _led_to(self, name: str) -> Iterator[tuple[int, Match]]:
        number = self._numbers.get(name)
        for reference in self._references[number].split(",") if number is not None else ():
            match = _MARKS.get(reference[0])
            yield int(reference[1:] if match else reference), match or "name"

    def _unit(self, number: int) -> Unit:
        held = self._held.get(number)
        return held or self._keep(number, self._block(number // UNITS_A_MEMBER)[number % UNITS_A_MEMBER])

    def _keep(self, number: int, line: str) -> Unit:
        with self._making:
            unit = self._held.get(number)
            if unit is None:
                unit = self._held[number] = Unit(number, line, self)
            return unit

    def _read_block(self, block: int) -> list[str]:
        return _lines(self._members[block])

    def units(self) -> Iterator[Unit]:
        """Every unit, in the order of the file (0.5 s; none is kept)."""
        for block, member in enumerate(self._members):
            for number, line in enumerate(_lines(member), block * UNITS_A_MEMBER):
                yield self._held.get(number) or self._keep(number, line)

    @cached_property
    def _number_of_id(self) -> dict[str, int]:
        return {unit.town_id: unit.number for unit in self.units()}

    def by_id(self, town_id: str) -> Unit | None:
        """The unit of an id (the first call reads the whole list)."""
        number = self._number_of_id.get(town_id)
        return None if number is None else self._unit(number)

    @cached_property
    def _places_by_code(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = defaultdict(list)
        for line in self._counties:
            code, county, city, province, years, pinyin = line.split("|")
            first, last = 2000 + int(years[:2]), 2000 + int(years[2:])
            found[code].append(Place(code, county, city, province, first, last, pinyin))
        return found

    def place(self, county_code: str, year: int) -> Place:
        """The county as of the year; the nearest name it bore where no list covers the year."""
        places = self._places_by_code[county_code]
        if len(places) == 1:
            return places[0]
        return min(places, key=lambda p: (max(p.first_year - year, year - p.last_year, 0), p.first_year))

    @cached_property
    def counties(self) -> dict[str, tuple[Place, ...]]:
        """County-level units by name; several where a name repeats (市中区) or a parent changed."""
        found: dict[str, list[Place]] = defaultdict(list)
        for places in self._places_by_code.values():
            for place in places:
                found[place.county].append(place)
        return {name: tuple(places) for name, places in found.items()}

    @cached_property
    def cities_and_provinces(self) -> dict[str, str]:
        """Names of prefectures and provinces -> province."""
        found = {}
        for places in self._places_by_code.values():
            for place in places:
                found[place.province] = place.province
                if place.city:
                    found[place.city] = place.province
        return found

    @cached_property
    def place_endings(self) -> frozenset[str]:
        """The characters that names of counties, cities and provinces end with: some ten."""
        return frozenset(name[-1] for name in (*self.counties, *self.cities_and_provinces))


def _lines(member: bytes) -> list[str]:
    return zlib.decompress(member, wbits=31).decode("utf-8").splitlines()


def _spans(part: str) -> list[Span]:
    name, *fields = part.split("|")
    return [Span(name, f[0], 2000 + int(f[1:3]), 2000 + int(f[3:5]), f[5:]) for f in fields]


@BuiltOnce
def gazetteer() -> Gazetteer:
    """The packed list, read once a process.

    >>> [found] = gazetteer().find("光武镇")
    >>> found.unit.place_in(2022).county, found.unit.code_in(2022).code
    ('界首市', '341282100')
    """
    packed = (files(__package__) / "gazetteer.txt.gz").read_bytes()
    return Gazetteer(packed)
