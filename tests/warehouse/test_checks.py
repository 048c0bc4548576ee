"""Verdicts in the warehouse: they come and go with their report; flags between years and towns."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms import extract
from transforms.decode.report import report_from_text
from transforms.extraction import Extraction
from transforms.tabulate.identity.gazetteer import gazetteer
from warehouse import Warehouse, open_warehouse


def report(town: str, county: str, year: int, *sentences: str) -> Extraction:
    text = f"{county}{town}{year}年法治政府建设工作报告\n\n" + "\n".join(sentences)
    made = extract(report_from_text(text, source=f"{county}{town}{year}.txt"))
    assert made.accepted, made.problems
    return made


@pytest.fixture(scope="module")
def towns() -> list[tuple[str, str]]:
    """Six towns of one county, whichever it is."""
    by_county: dict[tuple[str, str], list[str]] = {}
    for unit in gazetteer().units():
        place, name = unit.place_in(2023), unit.name_in(2023)
        if place.county and name.endswith("镇") and len(name) == 3:
            by_county.setdefault((place.province, place.county), []).append(name)
    county, names = next((c, sorted(n)) for (_, c), n in sorted(by_county.items()) if len(set(n)) > 12)
    return [(name, county) for name in dict.fromkeys(names)][:6]


def rows(warehouse: Warehouse, query: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = warehouse.connection.execute(query).fetchall()
    return found


def test_verdicts_are_loaded_and_lower_the_confidence(towns, batch, tmp_path: Path) -> None:
    bad = "受理矛盾纠纷165件，调解成功156件，调解成功率98.9%。"
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([report(*towns[0], 2022, bad), report(*towns[1], 2022, "举办法治讲座5场。")]))
        told = rows(warehouse, "SELECT check_name, verdict, year FROM check_result ORDER BY check_name")
        assert told == [
            ("mediation_success_rate", "contradicted", 2022),
            ("resolved_of_accepted", "confirmed", 2022),
        ]
        least = "SELECT min(confidence) FROM resolution WHERE indicator = 'mediation_success_rate'"
        assert rows(warehouse, least) == [(0.5,)]


def test_a_verdict_leaves_with_its_report(towns, batch, tmp_path: Path) -> None:
    before = report(*towns[0], 2022, "受理矛盾纠纷165件，调解成功156件。")
    after = report(*towns[0], 2022, "受理矛盾纠纷165件。")
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([before]))
        warehouse.load(*batch([after]))
        assert rows(warehouse, "SELECT count(*) FROM check_result") == [(0,)]
        assert rows(warehouse, "SELECT verdict FROM as_of('check_result', 1)") == [("confirmed",)]


def test_flags_between_years(towns, batch, tmp_path: Path) -> None:
    last = report(
        *towns[0], 2022, "发放宣传资料300份，悬挂横幅37条。", "受理矛盾纠纷100件。", "举办法治讲座9场。"
    )
    this = report(
        *towns[0], 2023, "发放宣传资料3600份，悬挂横幅37条。", "受理矛盾纠纷80件，较上年下降20%。",
        "举办法治讲座12场，较上年增加5场。",
    )  # fmt: skip
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([last, this]))
        told = rows(warehouse, "SELECT indicator, flag FROM flag WHERE year = 2023 ORDER BY ALL")
    assert told == [
        ("banners", "same_as_last_year"),
        ("disputes_accepted", "change_confirmed"),
        ("law_lectures", "change_contradicted"),
        ("leaflets", "tenfold_rise"),
    ]


def test_a_flag_needs_certainty(towns, batch, tmp_path: Path) -> None:
    """余 leaves open how much more it was, so that nothing is told of 300余 and 2900."""
    years = [(2022, "发放宣传资料300余份。"), (2023, "发放宣传资料3100份。")]
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([report(*towns[0], year, text) for year, text in years]))
        assert rows(warehouse, "SELECT * FROM flag") == []


def test_flags_beside_neighbours(towns, batch, tmp_path: Path) -> None:
    usual = [report(*town, 2023, f"发放宣传资料{200 + n}份。") for n, town in enumerate(towns[:5])]
    odd = report(*towns[5], 2023, "发放宣传资料20000余份。")
    with open_warehouse(tmp_path) as warehouse:
        warehouse.load(*batch([*usual, odd]))
        told = rows(warehouse, "SELECT town, flag FROM flag")
    assert told == [(towns[5][0], "far_from_neighbours")]
