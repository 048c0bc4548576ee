"""Rows of `town` and `town_code` for the townships a load is about, from the gazetteer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from transforms.tabulate.identity.gazetteer import Unit, gazetteer
from warehouse.schema import insert

KINDS = ("民族乡", "民族苏木", "苏木", "街道", "镇", "乡")


class Named(NamedTuple):
    """A town as an accepted report names it."""

    town_id: str
    name: str
    county: str | None
    city: str | None
    province: str | None


TownRow = tuple[object, ...]
CodeRow = tuple[object, ...]


def kind_of(name: str) -> str:
    """What kind of township the name says it is.

    >>> kind_of("晓关侗族乡"), kind_of("沙面街道"), kind_of("新市街"), kind_of("红旗农场")
    ('民族乡', '街道', '街道', '其他')
    """
    if name.endswith("族乡"):
        return "民族乡"
    if name.endswith(("街", "街道办事处")):
        return "街道"
    return next((kind for kind in KINDS if name.endswith(kind)), "其他")


def units_of(towns: Iterable[Named]) -> dict[str, Unit]:
    """Units of the gazetteer by id; by their names first, since looking up an id reads the whole list."""
    names = {named.town_id: named.name for named in towns}
    found = gazetteer().find_ids(names)
    for town_id in names.keys() - found.keys():
        unit = gazetteer().by_id(town_id)
        if unit is not None:
            found[town_id] = unit
    return found


def town_row(named: Named, unit: Unit | None) -> TownRow:
    """Columns of `town`; what the report says where no list knows the town."""
    if unit is None:
        return (*named, kind_of(named.name), None, None, None, None, None)
    place, name, last = unit.place_in(None), unit.name_in(None), unit.span_in(None)
    code = unit.code_in(last.last_year)
    return (
        named.town_id,
        name,
        place.county,
        place.city or None,
        place.province,
        kind_of(name),
        "、".join(other for other in unit.names if other != name) or None,
        code.code,
        f"{code.series} {code.list_year}",
        min(span.first_year for span in unit.spans),
        max(span.last_year for span in unit.spans),
    )


def code_rows(town_id: str, unit: Unit | None, years: Iterable[int]) -> list[CodeRow]:
    """Columns of `town_code`, one row a year; none where no list knows the town."""
    if unit is None:
        return []
    return [
        (town_id, year, unit.name_in(year), unit.place_in(year).county, *unit.code_in(year)) for year in years
    ]


def fill_towns(connection: DuckDBPyConnection) -> list[str]:
    """Adds the towns and years of the load; what stands already stays, since it comes from the same lists.
    Returns the tables written to.
    """
    arrived = connection.execute(
        "SELECT DISTINCT ON (town_id) town_id, town, county, city, province FROM taken"
        " ANTI JOIN main.town USING (town_id) ORDER BY town_id, year DESC, report_id"
    ).fetchall()
    years = connection.execute(
        "SELECT town_id, any_value(town), list(DISTINCT year ORDER BY year) FROM taken"
        " ANTI JOIN town_code USING (town_id, year) GROUP BY town_id ORDER BY town_id"
    ).fetchall()
    if not arrived and not years:
        return []
    towns = [Named(*row) for row in arrived]
    units = units_of([*towns, *(Named(town_id, name, None, None, None) for town_id, name, _ in years)])
    insert(connection, "town", [town_row(named, units.get(named.town_id)) for named in towns])
    codes = [row for town_id, _, found in years for row in code_rows(town_id, units.get(town_id), found)]
    insert(connection, "town_code", codes)
    return ["town", "town_code"]
