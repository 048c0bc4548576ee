"""manifest.csv: what is taken, and which line is named when something is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from transforms.tabulate.identity.manifest import BadManifest, parse_manifest, read_manifest

HEADER = "path,url,town,county,province,year,published_on\n"


def test_cells_and_empty_cells() -> None:
    lines = parse_manifest(
        HEADER + "x/a.txt,https://a.cn/b,太平镇,古蔺县,四川省,2022,2023-01-18\nb.txt,,,,,,\n"
    )
    first, second = lines["x/a.txt"], lines["b.txt"]
    assert (first.town, first.year, first.published_on, first.line) == ("太平镇", 2022, "2023-01-18", 2)
    assert (second.town, second.url, second.year, second.line) == (None, None, None, 3)


def test_columns_in_any_order_quotes_and_blank_lines() -> None:
    text = 'year,path,town,county,province,url,published_on\n\n2021,"a,b.txt",,,,,\n'
    assert parse_manifest(text)["a,b.txt"].year == 2021


def test_backslashes_of_windows_paths() -> None:
    assert list(parse_manifest(HEADER + "x\\a.txt,,,,,,\n")) == ["x/a.txt"]


def test_two_lines_for_one_file_fill_each_other() -> None:
    line = parse_manifest(HEADER + "a.txt,,太平镇,,,,\na.txt,,,古蔺县,,2022,\n")["a.txt"]
    assert (line.town, line.county, line.year) == ("太平镇", "古蔺县", 2022)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: missing path"),
        ("path,town\n", "line 1: missing url, county"),
        (HEADER.replace("url", "link"), "unknown 'link'"),
        (HEADER.strip() + ",year\n", "stands twice"),
        (HEADER + "a.txt,,,,,22,\n", "line 2: year '22'"),
        (HEADER + "a.txt,,,,,2022,\nb.txt,,,,,2022,18/1/2023\n", "line 3: published_on '18/1/2023'"),
        (HEADER + "a.txt,,,,,2022,2023/2/30\n", "line 2: published_on '2023/2/30'"),
        (HEADER + "a.txt,,,,,2022,44944\n", "line 2: published_on '44944'"),
        (HEADER + "a.txt,,,,,2022.5,\n", "line 2: year '2022.5'"),
        (HEADER + "a.txt,,,,,2022,,x\n", "line 2: 8 cells, 7 expected"),
        (HEADER + "a.txt,,,,,2022,2023-02-30\n", "line 2: published_on"),
        (HEADER + "a.txt,太平镇\n", "line 2: 2 cells, 7 expected"),
        (HEADER + ",,,,,2022,\n", "line 2: path None"),
        (HEADER + "../a.txt,,,,,2022,\n", "not a file below"),
        (HEADER + "/etc/a.txt,,,,,2022,\n", "not a file below"),
        (
            HEADER + "a.txt,,,,,2022,\na.txt,,,,,2023,\n",
            "line 3: year 2023 of 'a.txt' contradicts 2022 of line 2",
        ),
        (HEADER + 'a.txt,"x,,,,2022,\n', "not a CSV line"),
    ],
)
def test_faults_name_the_line(text: str, told: str) -> None:
    with pytest.raises(BadManifest) as fault:
        parse_manifest(text)
    assert str(fault.value).startswith("manifest.csv, line ")
    assert told in str(fault.value)


def test_every_line_at_fault_is_told_at_once() -> None:
    text = HEADER + "a.txt,,,,,22,\nb.txt,,,,,2022,\nc.txt,,,,,,8.1\n" + 'd.txt,"x,,,,2022,\n'
    with pytest.raises(BadManifest) as fault:
        parse_manifest(text)
    assert re.findall(r"manifest\.csv, line (\d+): ", str(fault.value)) == ["2", "4", "5"]


def test_a_column_of_faults_is_told_by_its_first_lines() -> None:
    text = HEADER + "".join(f"{number}.txt,,,,,22,\n" for number in range(300))
    with pytest.raises(BadManifest) as fault:
        parse_manifest(text)
    assert str(fault.value).endswith("; and 290 lines more")
    assert str(fault.value).count("manifest.csv, line") == 10


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes((HEADER + "a.txt,,太平镇,,,,\n").encode("utf-8-sig"))
    assert read_manifest(path)["a.txt"].town == "太平镇"


def test_another_encoding_names_line_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_bytes((HEADER + "a.txt,,,,,,\nb.txt,,太平镇,,,,\n").encode("gb18030"))
    with pytest.raises(BadManifest, match=r"manifest\.csv, line 3: not UTF-8.*CSV UTF-8"):
        read_manifest(path)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "a.txt,,太平镇,,,2022,2023/1/8\n",
        HEADER + "a.txt,,太平镇,,,2022.0,2023-01-08 00:00:00\n",
        HEADER + "a.txt,,太平镇,,,２０２２,2023年1月8日\n",
        HEADER + "a.txt,,太平镇,,,2022年,2023.1.8\n",
        HEADER.replace("\n", ",,\n") + "a.txt,,太平镇,,,2022,2023-01-08,,\n,,,,,,,,\n",
        HEADER + "a.txt,,太平镇,,,2022,2023-01-08,,\n",
        (HEADER + "a.txt,,太平镇,,,2022,2023/1/8\n").replace(",", ";"),
        (HEADER + "a.txt,,太平镇,,,2022,2023/1/8\n").replace(",", "\t").replace("\n", "\r\n"),
    ],
)
def test_what_a_spreadsheet_makes_of_it_when_saving(text: str) -> None:
    line = parse_manifest(text)["a.txt"]
    assert (line.town, line.year, line.published_on) == ("太平镇", 2022, "2023-01-08")


def test_a_line_ends_where_the_file_says_so() -> None:
    """Not at the separators some programs leave within a cell, by which Python would split too."""
    text = HEADER + 'a\u2028b.txt,,,,,2021,\nc\x0cd.txt,,,,,2022,\n"e\x85f.txt",,,,,2023,\n'
    assert [(name, line.line) for name, line in parse_manifest(text).items()] == [
        ("a\u2028b.txt", 2),
        ("c\x0cd.txt", 3),
        ("e\x85f.txt", 4),
    ]
