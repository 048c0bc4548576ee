"""The package as a stranger opens it: valid, safe in a spreadsheet, the same bytes for the same state."""

from __future__ import annotations

import codecs
import csv
import html
import json
import os
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.cli import main
from transforms.tabulate.catalogue import catalogue
from warehouse import WarehouseError
from warehouse.data_package import write_package
from warehouse.pages.frame import words
from warehouse.schema import read

TABLES = 20


def rows(package: Path, name: str) -> list[dict[str, str]]:
    with (package / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_valid_by_frictionless(package: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed (extra test)")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, [error.message for task in report.tasks for error in task.errors][:5]
    kinds = [task.type for task in report.tasks]
    assert (kinds.count("table"), kinds.count("file")) == (TABLES, TABLES)
    assert {task.name: task.stats.get("rows") for task in report.tasks}["report"] == 4


def test_spreadsheets_show_chinese_and_run_nothing(package: Path) -> None:
    files = sorted((package / "csv").glob("*.csv"))
    assert len(files) == TABLES
    for path in files:
        assert path.read_bytes().startswith(codecs.BOM_UTF8)
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.strip().startswith(tuple("=+-@＝＋－＠"))]
    paths = {row["relative_path"] for row in rows(package, "report")}
    assert paths == {"'=1+1.txt", "1.txt", "2.txt", "older.txt"}
    query = f"SELECT relative_path FROM '{package / 'parquet' / 'report.parquet'}'"
    assert ("=1+1.txt",) in duckdb.sql(query).fetchall()
    assert rows(package, "town_year_zh")[0]["乡镇"]


def test_csv_and_parquet_and_copy_hold_the_same_rows(package: Path, published: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    with duckdb.connect(str(published), read_only=True) as copy:
        for resource in descriptor["resources"]:
            if resource["format"] != "csv":
                continue
            name = resource["name"].replace("-", "_")
            there = copy.execute(f"SELECT count(*) FROM {name}").fetchone()
            packed = copy.execute(f"SELECT count(*) FROM '{package / 'parquet' / name}.parquet'").fetchone()
            assert there == packed == (len(rows(package, name)),), name
            titles = [field["title"] for field in resource["schema"]["fields"]]
            assert all(titles)
            assert all(field["description"] for field in resource["schema"]["fields"])


def test_private_persons_are_masked_and_officials_stay(
    package: Path, published: Path, tmp_path: Path
) -> None:
    clauses = " ".join(row["clause"] for row in rows(package, "fact_indicator"))
    assert "村民李某与王某某等邻里纠纷" in clauses
    everything = b"".join(bytes_of(package / "csv").values()).decode("utf-8")
    for name in ("李明", "王小强", "张桂芳", "13912345678"):
        assert name not in everything
    named = write_package(published, tmp_path / "named", with_names=True)
    assert named.masked == 0
    assert "村民李明与王小强" in (named.folder / "csv" / "fact_indicator.csv").read_text("utf-8")
    assert "do not make it public" in (named.folder / "README.md").read_text("utf-8")


def test_figures_are_those_of_the_copy(package: Path, published: Path) -> None:
    fields = "fact_id, value, low, high, span_text"
    with duckdb.connect(str(published), read_only=True) as copy:
        there = copy.execute(f"SELECT {fields} FROM fact_indicator ORDER BY fact_id").fetchall()
        path = package / "parquet" / "fact_indicator.parquet"
        packed = copy.execute(f"SELECT {fields} FROM '{path}' ORDER BY fact_id").fetchall()
    assert there == packed


def test_nothing_of_the_machine_is_told(package: Path, published: Path) -> None:
    here = str(published.parents[2]).encode()
    assert [name for name, content in bytes_of(package).items() if here in content] == []


def test_dictionary_names_every_column_in_both_languages(package: Path) -> None:
    for name in ("dictionary.md", "dictionary.html"):
        text = html.unescape((package / name).read_text("utf-8"))
        assert all(
            code in text and row.name_zh in text and row.name_en in text for code, row in catalogue().items()
        )
        assert "所述数值；区间为空" in text
        assert "The figure as stated; empty for a range" in text


def test_every_kind_of_silence_has_its_words(package: Path) -> None:
    told = re.findall(r"(?:THEN|ELSE) '([^']+)'", read("views.sql").split("AS state")[0])
    assert {"reported", "zero", "denied", "mentioned without number", "unreadable", "report missing"} < set(
        told
    )
    assert set(told) == set(words()["state"])
    assert {row["state"] for row in rows(package, "coverage")} <= set(told)


def test_the_page_of_the_package_names_every_table(package: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "package.md").read_text("utf-8")
    [told] = re.findall(r"The tables are (.*?)\. `report`", page, re.DOTALL)
    assert sorted(re.findall(r"`(\w+)`", told)) == sorted(p.stem for p in (package / "csv").iterdir())


def test_readme_tells_counts_and_accuracy(package: Path) -> None:
    text = (package / "README.md").read_text("utf-8")
    current = {row["report_id"] for row in rows(package, "report") if row["is_current"] == "true"}
    facts = rows(package, "fact_indicator")
    count = sum(row["report_id"] in current for row in facts)
    assert len(current) == 3
    assert count < len(facts)
    assert f"3 reports of 3 townships, {count} facts," in text
    assert re.search(r"\| 是 yes \| \d+ \| 0\.\d{3} \| 0\.\d{3} \|", text)
    assert re.search(r"\| 组织领导 organisation \| \d+ \| 0\.\d+", text)
    assert len(text.splitlines()) < 120


def test_a_package_is_replaced_as_a_whole_by_the_same_bytes(
    package: Path, published: Path, tmp_path: Path
) -> None:
    dest = tmp_path / "made"
    shutil.copytree(package, dest)
    (dest / "stray.csv").write_text("old", "utf-8")
    (tmp_path / ".made.new.1").mkdir()  # of a run that was killed
    write_package(published, dest)
    assert bytes_of(dest) == bytes_of(package)
    assert os.listdir(tmp_path) == ["made"]


def test_killed_between_the_two_renames(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path / ".made.old.1")
    with pytest.raises(WarehouseError):
        write_package(tmp_path / "nothing.duckdb", tmp_path / "made")
    assert bytes_of(tmp_path / "made") == bytes_of(package)


def test_what_is_no_package_is_never_replaced(published: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    for dest in (tmp_path / "letters", tmp_path / "file"):
        with pytest.raises(WarehouseError, match="name"):
            write_package(published, dest)
    assert (tmp_path / "letters" / "mine.txt").read_text("utf-8") == "mine"


def test_command(published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house = str(published.parents[1])
    assert main(["package", str(tmp_path / "made"), "--warehouse", house]) == 0
    assert "texts masked" in capsys.readouterr().out
    assert main(["package", "--warehouse", str(tmp_path / "nowhere")]) == 2
    assert "townfacts publish" in capsys.readouterr().err
    broken = tmp_path / "house" / "published"
    broken.mkdir(parents=True)
    (broken / "townfacts.duckdb").write_bytes(b"no database")
    assert main(["package", "--warehouse", str(tmp_path / "house")]) == 4
    assert "not a sound DuckDB file" in capsys.readouterr().err
    assert not (tmp_path / "house" / "package").exists()
