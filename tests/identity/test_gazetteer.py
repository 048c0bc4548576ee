"""The packed list: what it holds, how units keep their identity over the years, what it costs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

import pytest

from transforms.tabulate.identity.gazetteer import FORMAT, Gazetteer, Unit, gazetteer


def only(name: str) -> Unit:
    [found] = gazetteer().find(name)
    return found.unit


def test_every_unit_has_its_own_id() -> None:
    ids = Counter(unit.town_id for unit in gazetteer().units())
    assert len(ids) == len(gazetteer()) > 45_000
    assert ids.most_common(1)[0][1] == 1


def test_a_rename_keeps_the_id_and_changes_name_and_code() -> None:
    unit = only("五顷塬回族乡")
    assert unit == only("五顷原乡")
    assert (unit.name_in(2018), unit.name_in(2022)) == ("五顷原乡", "五顷塬回族乡")
    assert unit.code_in(2022)[:2] == ("621025204", "NBS")
    assert unit.code_in(2025)[:2] == ("621025207", "MCA")


def test_a_county_that_became_a_district_keeps_its_towns() -> None:
    unit = only("上五庄镇")
    assert (unit.place_in(2018).county, unit.place_in(2021).county) == ("湟中县", "湟中区")
    assert (unit.code_in(2019).code, unit.code_in(2020).code) == ("630122108", "630106107")


def test_a_merged_prefecture_keeps_its_towns() -> None:
    [unit] = [f.unit for f in gazetteer().find("苗山镇") if f.unit.place_in(2022).city == "济南市"]
    assert unit.place_in(2017).city == "莱芜市"


def test_namesakes_of_two_counties_that_both_go_on_are_never_one_unit() -> None:
    """A name given up in one county and taken in another in the same year is a coincidence."""
    units = {found.unit for found in gazetteer().find("大兴镇")}
    assert all(len({place.county[:-1] for place in unit.places}) == 1 for unit in units)


@pytest.mark.parametrize(("year", "listed"), [(2010, 2016), (2024, 2023), (2031, 2025)])
def test_a_year_without_a_list_takes_the_nearest_marked(year: int, listed: int) -> None:
    code = only("沙柳河镇").code_in(year)
    assert (code.list_year, code.nearest, code.code) == (listed, True, "632224100")
    assert not only("沙柳河镇").code_in(2022).nearest


def test_existed_in_is_silent_about_years_without_a_list() -> None:
    unit = only("榃滨镇")
    assert (unit.existed_in(2016), unit.existed_in(2024)) == (True, None)
    abolished = next(unit for unit in gazetteer().units() if unit.spans[-1].last_year == 2018)
    assert abolished.existed_in(2021) is False


def test_short_and_damaged_forms_say_that_they_are() -> None:
    assert [found.match for found in gazetteer().find("晓关乡")] == ["short"]
    assert "damaged" in {found.match for found in gazetteer().find("滨镇")}
    assert gazetteer().find("无此镇") == ()


def test_a_short_form_never_hides_an_official_name() -> None:
    """大河乡 is the name of some units and the short form of 大河苗族乡."""
    matches = {found.match for found in gazetteer().find("大河乡")}
    assert matches == {"name", "short"}


def test_units_of_cities_without_counties_have_the_city_as_county() -> None:
    assert only("道滘镇").place_in(2025).county == only("道滘镇").place_in(2020).county == "东莞市"


def test_an_id_leads_back_to_its_unit() -> None:
    unit = only("关刀镇")
    assert gazetteer().by_id(unit.town_id) == unit
    assert gazetteer().by_id("t000000000000") is None


def test_another_format_is_refused() -> None:
    import gzip

    with pytest.raises(ValueError, match="format"):
        Gazetteer(gzip.compress(f"{FORMAT}x\n0\n0\n".encode()))


COST = """
import json, time
import transforms.tabulate.identity.gazetteer as module
began = time.process_time()
found = module.gazetteer().find("沙柳河镇")[0].unit.place_in(2022).county
first = time.process_time()
read = sum(1 for _ in module.gazetteer().units())
print(json.dumps([found, read, first - began, time.process_time() - first]))
"""


@pytest.mark.slow
@pytest.mark.timed
def test_the_first_look_up_reads_no_more_of_the_list_than_it_must() -> None:
    """Less than a fifth of what the whole list costs in the same process, the best of three (milliseconds are
    told by `python -m benchmarks start`)."""
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", COST], capture_output=True, check=True).stdout)
        for _ in range(3)
    ]
    assert runs[0][:2] == ["刚察县", len(gazetteer())]
    assert min(first / whole for _, _, first, whole in runs) < 0.2
