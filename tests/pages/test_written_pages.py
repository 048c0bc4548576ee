"""Pages as files: what stands in them, that nothing a report says is ever markup, what is written again."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flows.reports import report
from tests.pages.conftest import ROOT, House
from transforms.corrections.sentences import KeyedText, sentence_key
from transforms.normalize import normalize
from transforms.segment import segment
from warehouse import WarehouseError, open_warehouse
from warehouse.pages import charts
from warehouse.pages.frame import as_json, said, words
from warehouse.pages.report_page import SURE, Sentences, report_page
from warehouse.pages.report_rows import ReportRows, prepare, report_marks, report_rows
from warehouse.pages.report_text import Mark, blocks, hunks
from warehouse.pages.write import MANIFEST

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp;</article>\u2028{{ 7 * 7 }}'
LEDGER = ("report_id", "span_start", "span_end", "text", "role", "value", "unit", "rule")
REPORT = (
    *("town", "town_id", "year", "title", "province", "city", "county", "doc_number", "issued_on", "signer"),
    *("addressee", "period_end", "duplicate_of", "current_report", "media_type", "encoding"),
)
TEXT = st.text("開展宣傳活动23场次，。\n <>&'\"(chǎng)５ 0〇一二镇</s>\t", max_size=120)


def bare(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup))


@given(TEXT, st.lists(st.integers(0, 120), max_size=8))
def test_text_on_the_page_is_the_text_published(text: str, cuts: list[int]) -> None:
    aligned = normalize(text)
    places = sorted({min(cut, len(text)) for cut in cuts})
    marks = [
        Mark(start, end, n, "fact", n % 2 == 0)
        for n, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False))
        if start < end
    ]
    made = list(blocks(aligned, hunks(aligned), marks))
    assert bare("".join(block.html for block in made)) == aligned.raw
    assert bare("".join(block.repaired or block.html for block in made)) == aligned.text
    shown = re.findall(r"data-n=(\d+)>(.*?)</mark>", "".join(block.html for block in made), re.S)
    assert ["".join(bare(part) for n, part in shown if int(n) == mark.number) for mark in marks] == [
        aligned.raw[mark.start : mark.end] for mark in marks
    ]


@given(TEXT)
def test_what_lies_between_repairs_is_untouched(text: str) -> None:
    aligned, raw, at = normalize(text), 0, 0
    for hunk in hunks(aligned):
        assert aligned.raw[raw : hunk.raw_start] == aligned.text[at : hunk.start]
        raw, at = hunk.raw_end, hunk.end
    assert aligned.raw[raw:] == aligned.text[at:]


@given(st.text() | st.dictionaries(st.text(), st.text()))
def test_data_inside_a_script_ends_no_element(data: object) -> None:
    told = as_json(data)
    assert not set("<>&\u2028\u2029") & set(told)
    assert json.loads(told) == data


def test_html_in_a_report_is_shown_as_text(house: House) -> None:
    text = report("赵化镇").replace("扎实推进", HOSTILE).replace("（一）", f"（一）{HOSTILE}23场")
    (house.source / "a.txt").write_text(text, "utf-8")
    (house.source / "<b>x&y.txt").write_text("<i>秋天</i>到了，我们去看红叶。\n" * 3, "utf-8")
    house.load()
    house.write()
    for path in house.pages.rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<img" not in page
        assert "alert(1)</script>" not in page
        assert "<b>x" not in page
    (one,) = (house.pages / "report").glob("*.html")
    assert html.escape("<script>alert(1)</script>", quote=False) in one.read_text("utf-8")


def test_counts_on_the_pages_are_those_of_the_tables(known: House) -> None:
    for report_id, numerals, facts in known.ask(
        "SELECT report_id, (SELECT count(*) FROM ledger l WHERE l.report_id = r.report_id),"
        " (SELECT count(*) FROM fact_indicator f WHERE f.report_id = r.report_id) FROM report r"
    ):
        page = (known.pages / "report" / f"{report_id}.html").read_text("utf-8")
        assert f'id="count-numerals">{numerals}<' in page
        assert f'id="count-facts">{facts}<' in page
        roles = dict(re.findall(r'data-role="(\w+)".*?<b>(\d+)</b>', page))
        roles.pop("worded", None)
        stored = known.ask(f"SELECT role, count(*) FROM ledger WHERE report_id = '{report_id}' GROUP BY ALL")
        assert roles == {role: str(count) for role, count in stored}
    index = (known.pages / "index.html").read_text("utf-8")
    ((reports, facts),) = known.ask(
        "SELECT (SELECT count(*) FROM report WHERE is_current), (SELECT count(*) FROM fact_indicator)"
    )
    assert f'id="total-reports">{reports}<' in index
    assert f'id="total-facts">{facts}<' in index
    ((others,),) = known.ask("SELECT count(*) FROM report WHERE NOT is_current")
    assert (f'id="total-others">{others}<' in index) == (others > 0)


def test_states_of_the_coverage_are_all_shown(known: House) -> None:
    index = (known.pages / "index.html").read_text("utf-8")
    missing = known.ask("SELECT count(DISTINCT (town_id, year)) FROM coverage WHERE state = 'report missing'")
    assert index.count('data-state="report missing"') == missing[0][0] > 0
    assert (
        index.count('data-state="report"') == known.ask("SELECT count(*) FROM report WHERE is_current")[0][0]
    )


def test_towns_show_every_cell_of_the_year(known: House) -> None:
    for town_id, cells in known.ask(
        "SELECT town_id, count(*) FROM resolution WHERE policy <> 'conflict' GROUP BY ALL"
    ):
        page = (known.pages / "town" / f"{town_id}.html").read_text("utf-8")
        assert page.count("<a data-cell") == cells


def test_no_page_names_anything_outside_itself(known: House) -> None:
    for path in known.pages.rglob("*.html"):
        page = path.read_text("utf-8")
        assert "default-src 'none'" in page
        links = re.findall(r'<(?:a|link|script|img)\b[^>]*(?:href|src)="([^"]*)"', page)
        for link in links:
            target = (path.parent / link.partition("#")[0]).resolve() if not link.startswith("#") else path
            assert target.is_file(), f"{path.name} leads to {link}"


def test_everything_said_is_said_in_both_languages() -> None:
    for vocabulary, entries in words().items():
        for key, pair in entries.items():
            assert [bool(text) for text in pair] == [True, True], f"{vocabulary}.{key}"
    templates = Path(charts.__file__).parent / "templates"
    for template in templates.glob("*.html"):
        for vocabulary, key in re.findall(r't\("(\w+)", "(\w+)"\)', template.read_text("utf-8")):
            assert key in words()[vocabulary], f"{template.name}: {vocabulary}.{key}"
    script = (Path(charts.__file__).parent / "assets" / "report.js").read_text("utf-8")
    for key in re.findall(r'\bT\("(\w+)"\)', script):
        assert key in words()["script"], key
    assert said("role", "fact") == "<span lang=zh>事实</span><span lang=en>fact</span>"


def test_only_what_changed_is_written_again(house: House) -> None:
    shutil.copy(ROOT / "samples" / "yansi-2024.txt", house.source)
    (house.source / "榄核镇.txt").write_text(report("榄核镇"), "utf-8")
    house.load()
    first = house.write()
    pages = {path: path.stat().st_mtime_ns for path in house.pages.rglob("*.html")}
    assert first.written == len(pages) == 2 + 2 + 5
    assert house.write() == type(first)(first.index, 0, len(pages), 0, first.charts_missing)
    (house.source / "榄核镇.txt").write_text(report("榄核镇", meetings=9), "utf-8")
    house.load(datetime(2026, 1, 6))
    again = house.write()
    untouched = [path for path, time in pages.items() if path.is_file() and path.stat().st_mtime_ns == time]
    assert again.removed == 1  # the page of the report whose bytes are no more
    assert {path.name for path in untouched} >= {"dictionary.html", "quarantine.html"}
    assert len([path for path in untouched if path.parent.name == "report"]) == 1
    (house.pages / MANIFEST).write_text("{}", "utf-8")
    assert house.write().written == again.written + again.unchanged


@pytest.mark.slow
def test_a_manifest_leads_nobody_out_of_the_folder(house: House) -> None:
    (house.source / "a.txt").write_text(report("赵化镇"), "utf-8")
    house.load()
    house.write()
    victim = house.folder / "victim.html"
    victim.write_text("mine", "utf-8")
    manifest = {"state": "", "pages": {"../victim.html": "x", "report/gone.html": "y", "/etc/passwd": "z"}}
    (house.pages / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    (house.pages / "report" / "gone.html").write_text("old", "utf-8")
    assert house.write().removed == 1
    assert victim.read_text("utf-8") == "mine"


def test_a_folder_that_cannot_be_written_is_one_sentence(house: House) -> None:
    (house.source / "a.txt").write_text(report("赵化镇"), "utf-8")
    house.load()
    house.pages.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(WarehouseError, match="pages cannot be written"):
        house.write()
    assert os.listdir(house.folder)


def test_an_empty_warehouse_has_pages_too(house: House) -> None:
    house.load()
    done = house.write()
    assert done.written == 5
    assert "没有待处理的文件" in (house.pages / "quarantine.html").read_text("utf-8")


def test_without_the_extra_the_pages_say_what_to_install(house: House) -> None:
    (house.source / "a.txt").write_text(report("赵化镇"), "utf-8")
    house.load()
    assert house.write().charts_missing
    assert house.write().written == 0
    page = (house.pages / "indicators.html").read_text("utf-8")
    assert "pip install &#39;townfacts[pages]&#39;" in page


@pytest.mark.slow
def test_many_figures_are_spread_over_a_page_a_domain(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "ON_ONE_PAGE", 3)
    (house.source / "a.txt").write_text(report("赵化镇"), "utf-8")
    house.load()
    house.write()
    assert (house.pages / "indicators.html").is_file()
    assert (house.pages / "indicators_mediation.html").is_file()


def test_doubtful_are_those_a_person_should_look_at(known: House) -> None:
    wanted: dict[object, set[object]] = {}
    for report_id, place in known.ask(
        "SELECT report_id, span_start FROM ledger WHERE role IN ('unmatched', 'damaged')"
        " UNION SELECT f.report_id, coalesce(k.span_start, f.span_start) FROM fact_indicator f"
        f" LEFT JOIN ledger_fact k USING (fact_id) WHERE f.confidence < {SURE}"
        " UNION SELECT f.report_id, coalesce(k.span_start, f.span_start) FROM fact_indicator f"
        " JOIN resolution s ON s.report_id = f.report_id AND s.indicator = f.indicator"
        " LEFT JOIN ledger_fact k USING (fact_id) WHERE s.policy = 'conflict' AND f.status = 'reported'"
    ):
        wanted.setdefault(report_id, set()).add(place)
    contradicted = known.ask("SELECT count(*) FROM check_result WHERE verdict = 'contradicted'")[0][0]
    assert contradicted == 0, "reckon them in here"
    for path in (known.pages / "report").glob("*.html"):
        shown = re.findall(r'id="count-doubtful">(\d+)<', path.read_text("utf-8"))
        assert shown == [str(len(wanted.get(path.stem, ())))], path.stem


def test_sentences_on_the_page_are_found_again(known: House) -> None:
    """What a decision is keyed by stands whole in the text, with the number in it."""
    with open_warehouse(known.folder, read_only=True) as warehouse:
        prepare(warehouse.connection)
        marks = report_marks(warehouse.connection)
        for rows in report_rows(warehouse.connection, list(marks)):
            aligned = normalize(rows.text)
            text, sentences = KeyedText(aligned), Sentences(segment(aligned.text), hunks(aligned))
            for fact in rows.of("page_fact"):
                sentence, expected = sentences.at(fact["span_start"]), sentence_key(fact["span_text"])
                assert any(
                    True for whole in text.whole(sentence_key(sentence)) for _ in text.find(expected, whole)
                ), (rows.report["relative_path"], sentence, fact["span_text"])


@pytest.mark.slow
@pytest.mark.timed
def test_a_long_report_takes_time_in_proportion() -> None:
    """Run-on text of one sentence: twice the text, about twice the time."""

    def cpu(length: int) -> float:
        text = "開展宣傳(xuān)14場次，發放資料5000餘份，走訪群眾230戶，" * length
        ledger = [
            dict(zip(LEDGER, ("r", m.start(), m.end(), m[0], "unmatched", 1, "次", "x"), strict=True))
            for m in re.finditer(r"\d+", text)
        ]
        report_row = dict.fromkeys(REPORT) | {"report_id": "r", "is_current": True, "relative_path": "a"}
        report_row |= {"town_evidence": "[]", "year_evidence": "[]", "warnings": "[]"}
        began = time.process_time()
        report_page(ReportRows(report_row, text, {"ledger": ledger}), [])
        return time.process_time() - began

    cpu(10)
    small, large = min(cpu(400) for _ in range(3)), min(cpu(1600) for _ in range(3))
    assert large < 8 * small
