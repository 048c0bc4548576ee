"""`townfacts extract`: the contract's JSON form, quick, whatever the folder holds."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.flows.townfacts_process import Townfacts, clean_environment
from transforms.decode import find_files

ROOT = Path(__file__).resolve().parents[2]
REPORT = "赵化镇2022年度法治政府建设工作报告\n2022年，赵化镇召开法治建设专题会议4次，发放宣传资料2千余份。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    (tmp_path / "b" / "copy.txt").write_text(REPORT, "gb18030")
    (tmp_path / "b" / "empty.txt").touch()
    (tmp_path / "b" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (tmp_path / "b" / "essay.txt").write_text("秋天到了，我们一家三口去看红叶，走了十公里。", "utf-8")
    (tmp_path / "b" / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    return tmp_path


def objects(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_one_object_a_file_in_sorted_order_valid_by_the_contract(
    townfacts: Townfacts, folder: Path, shared: Path
) -> None:
    schema = json.loads((shared / "contract" / "extract.schema.json").read_text("utf-8"))
    found = objects(townfacts("extract", folder))
    paths = ["a.txt", "b/copy.txt", "b/empty.txt", "b/essay.txt", "b/gone.txt", "b/picture.txt"]
    assert [o["report"]["relative_path"] for o in found] == paths
    for one in found:
        Draft202012Validator(schema).validate(one)


def test_real_reports_are_valid_by_the_contract_and_their_spans_are_exact(
    townfacts: Townfacts, shared: Path
) -> None:
    schema = json.loads((shared / "contract" / "extract.schema.json").read_text("utf-8"))
    for one in objects(townfacts("extract", shared / "reports")):
        Draft202012Validator(schema).validate(one)
        text = next(f for f in find_files(one["report"]["source"])).read().text
        assert one["facts"]
        for fact in one["facts"]:
            assert text[fact["start"] : fact["end"]] == fact["span"]
        for entry in one["ledger"]:
            assert text[entry["start"] : entry["end"]] == entry["text"]


def test_what_a_run_would_set_aside_is_printed_with_its_reason(townfacts: Townfacts, folder: Path) -> None:
    by_path = {o["report"]["relative_path"]: o for o in objects(townfacts("extract", folder))}
    status = {path: o["report"]["status"] for path, o in by_path.items()}
    assert {path for path, s in status.items() if s == "accepted"} == {"a.txt", "b/copy.txt"}
    for path in set(status) - {"a.txt", "b/copy.txt"}:
        assert by_path[path]["problems"][0]["message"]
    assert by_path["b/essay.txt"]["ledger"]
    assert by_path["b/gone.txt"]["report"]["sha256"] == ""


def test_copies_are_not_folded_and_offsets_are_of_each_file(townfacts: Townfacts, folder: Path) -> None:
    first, second = objects(townfacts("extract", folder))[:2]
    assert (first["report"]["encoding"], second["report"]["encoding"]) == ("utf-8", "gb18030")
    assert first["facts"] == second["facts"]
    at_least = [f for f in first["facts"] if f["bound"] == "at_least"]
    assert [(f["value"], f["low"], f["high"]) for f in at_least] == [(2000, 2000, None)]


def test_source_is_the_path_as_given(townfacts: Townfacts, folder: Path) -> None:
    (one,) = objects(townfacts("extract", "a.txt", cwd=folder))
    assert (one["report"]["source"], one["report"]["relative_path"]) == ("a.txt", "a.txt")
    given = objects(townfacts("extract", "b", "a.txt", cwd=folder))
    assert [o["report"]["source"] for o in given][:1] + [given[-1]["report"]["source"]] == [
        "b/copy.txt",
        "a.txt",
    ]


def test_a_manifest_outranks_what_the_text_says(townfacts: Townfacts, folder: Path) -> None:
    header = "path,url,town,county,province,year,published_on\n"
    (folder / "manifest.csv").write_text(header + "a.txt,,,,,2021,\n", "utf-8")
    assert objects(townfacts("extract", folder))[0]["report"]["year"] == 2021


def test_the_same_bytes_twice_give_the_same_bytes(townfacts: Townfacts, folder: Path) -> None:
    again = townfacts("extract", folder, PYTHONHASHSEED="77")
    assert townfacts("extract", folder, PYTHONHASHSEED="1").stdout == again.stdout


def test_a_path_that_does_not_exist(townfacts: Townfacts, tmp_path: Path) -> None:
    done = townfacts("extract", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"townfacts: {tmp_path / 'nowhere'}: no such file or folder\n"


def test_a_folder_without_reports_says_so(townfacts: Townfacts, tmp_path: Path) -> None:
    done = townfacts("extract", tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "no report files" in done.stderr


def test_a_table_for_people(townfacts: Townfacts, folder: Path) -> None:
    done = townfacts("extract", folder, "--format", "table")
    assert done.returncode == 0
    assert "≥ 2000" in done.stdout
    assert "赵化镇" in done.stdout
    assert "empty.txt: not read" in done.stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "zh_CN.GB18030"])
def test_chinese_comes_out_as_utf_8_whatever_the_locale(
    townfacts: Townfacts, folder: Path, locale: str
) -> None:
    done = townfacts("extract", folder / "a.txt", LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert objects(done)[0]["report"]["town"] == "赵化镇"


def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    for n in range(60):
        (folder / f"{n}.txt").write_text(REPORT * 20, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "extract", str(folder)],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_extract_answers_quickly_and_loads_nothing_heavy(folder: Path) -> None:
    """Under two seconds for one file; the bound of the test leaves room for a machine that is busy."""
    script = (
        "import sys; from flows.cli import main; code = main(sys.argv[1:]);"
        "heavy = {'prefect', 'polars', 'duckdb', 'pandera', 'pyarrow'} & set(sys.modules);"
        "print(sorted(heavy), file=sys.stderr); sys.exit(code)"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, "extract", str(folder / "a.txt")],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == "[]\n"
    assert time.monotonic() - started < 6
