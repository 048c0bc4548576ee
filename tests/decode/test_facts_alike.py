"""The same report in another format gives the same facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.decode import ofd_files
from tests.decode.office_files import written_docx, written_pdf, written_xlsx
from transforms import extract
from transforms.decode import Report, read_bytes, read_report
from transforms.decode.sandbox import close_children

FILES = Path(__file__).parent / "files"
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
# running prose with line ends where paragraphs end; others are there for the damage they have
WHOLE = ["dashuikeng-2022", "guantou-2023", "lanhe-2024-h1", "longmen-2023", "tuocheng-2023", "yansi-2024"]
TITLE = "河湾镇人民政府2023年度法治政府建设情况统计表"
TABLE = (
    ("序号", "类别", "项目", "单位", "数量"),
    ("1", "人民调解", "调解矛盾纠纷", "件", "126"),
    ("2", "人民调解", "调解成功率", "%", "98.4"),
    ("3", "普法宣传", "开展法治宣传活动", "场次", "31"),
    ("4", "普法宣传", "发放宣传资料", "份", "5000余"),
)


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def facts(report: Report) -> Counter[tuple[object, ...]]:
    return Counter(
        (f.indicator, f.value, f.low, f.high, f.bound, f.unit, f.status, f.period)
        for f in extract(report).facts
    )


@pytest.mark.parametrize("name", WHOLE)
def test_an_ofd_gives_the_facts_of_the_text(name: str) -> None:
    plain = read_report(SAMPLES / f"{name}.txt")
    lines = [line.strip() for line in plain.text.splitlines() if line.strip()]
    data = ofd_files.report(lines, ofd_files.Style(pieces="script", head="人民政府文件"))
    assert facts(read_bytes(data, "a.ofd", "a.ofd")) == facts(plain)


def test_a_wps_gives_the_facts_of_the_text() -> None:
    pytest.importorskip("office_oxide", reason="the extra `legacy` is not installed")
    found = facts(read_report(FILES / "tuocheng-2023.wps"))
    assert found == facts(read_report(SAMPLES / "tuocheng-2023.txt"))
    assert found.total() > 20


def test_a_table_gives_its_figures_in_every_format() -> None:
    page = [TITLE, *TABLE]
    formats = {
        "xlsx": written_xlsx({"表": [[TITLE], *TABLE]}),
        "docx": written_docx([TITLE], TABLE),
        "pdf": written_pdf([TITLE], TABLE),
        "ofd": ofd_files.report(page),
        "txt": "\n".join([TITLE, *("\t".join(row) for row in TABLE)]).encode(),
    }
    found = {kind: facts(read_bytes(data, f"a.{kind}", f"a.{kind}")) for kind, data in formats.items()}
    figures = {(indicator, float(value or low)) for indicator, value, low, *_ in found["txt"]}
    assert figures == {
        ("disputes_mediated", 126.0),
        ("mediation_success_rate", 98.4),
        ("publicity_events", 31.0),
        ("leaflets", 5000.0),
    }
    assert all(one == found["txt"] for one in found.values())
