"""What a line of manifest.csv decides, fills in and contradicts."""

from __future__ import annotations

import pytest

from tests.identity.told import codes, read, text_of
from transforms.tabulate.identity.manifest import ManifestLine


def line(**cells: object) -> ManifestLine:
    return ManifestLine(path="a.txt", line=2, **cells)  # type: ignore[arg-type]


def test_a_manifest_line_settles_a_homonym() -> None:
    said = read(text_of("太平镇", "太平镇"), manifest=line(county="古蔺县"))
    assert (said.county, said.province) == ("古蔺县", "四川省")
    assert said.town_id
    assert codes(said) == set()


@pytest.mark.parametrize(
    "said",
    [{"county": "古蔺"}, {"county": "古藺縣"}, {"county": "古蔺", "province": "四川"}, {"county": "泸州市"}],
)
def test_a_manifest_names_the_county_as_people_write_it(said: dict[str, str]) -> None:
    found = read(text_of("太平镇", "太平镇"), manifest=line(**said))
    assert (found.county, found.province) == ("古蔺县", "四川省")
    assert found.town_id


def test_a_short_name_of_two_counties_settles_nothing() -> None:
    found = read(text_of("太平镇", "太平镇"), manifest=line(province="四川"))
    assert codes(found) == {"town_ambiguous"}


def test_a_manifest_outranks_the_text_and_says_so() -> None:
    said = read(text_of("桑木镇", "桑木镇"), manifest=line(town="关刀镇", year=2021))
    assert (said.town, said.county, said.year) == ("关刀镇", "通城县", 2021)
    assert [p.code for p in said.problems] == ["manifest_differs", "manifest_differs"]


def test_a_manifest_fills_in_what_the_text_lacks() -> None:
    text = "我镇坚持依法行政，法治政府建设有成效。\n一、工作\n学法5次。"
    said = read(text, manifest=line(town="太平镇", county="古蔺县", year=2022, published_on="2023-01-09"))
    assert (said.town, said.county, said.year, said.issued_on) == ("太平镇", "古蔺县", 2022, "2023-01-09")
    assert {evidence.source for evidence in said.town_evidence} == {"manifest"}
    assert codes(said) == set()


def test_a_manifest_town_in_a_county_that_has_none_stays_out() -> None:
    said = read(text_of("桑木镇", "桑木镇"), manifest=line(town="桑木镇", county="绩溪县"))
    assert said.town_id is None
    assert "town_unknown" in codes(said)


def test_the_url_of_a_manifest_spells_a_county() -> None:
    url = "https://www.example.cn/gulin/zwgk/a.html"
    assert read(text_of("太平镇", "太平镇"), manifest=line(url=url)).county == "古蔺县"
