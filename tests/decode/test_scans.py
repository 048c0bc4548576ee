"""Scans and pictures: text as printed, with the recogniser's doubts; the install line where it is missing.

files/scan.png is a page of our own text, drawn at 200 dots an inch. What needs the models is slow.
"""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.decode.office_files import written_pdf
from transforms.decode import UnreadableFile, report_from_text, scans
from transforms.decode.limits import Limits
from transforms.decode.pdf import read_pdf
from transforms.decode.recognizer import is_new, recognized_page
from transforms.decode.sandbox import close_children
from transforms.decode.scans import or_recognized, read_scan

SCAN = Path(__file__).parent / "files/scan.png"
HEIGHT, WIDTH = 2339, 1654
RULES: list[list[int]] = []


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def line(text: str, top: float, left: float = 160.0, weak: dict[int, float] | None = None) -> list[Any]:
    """A recognised line in characters of 40 points; `weak` are scores by place."""
    right = left + 40 * len(text)
    corners = [[left, top], [right, top], [right, top + 40], [left, top + 40]]
    places = [(i + 0.5) / len(text) for i in range(len(text))]
    return [corners, text, [(weak or {}).get(i, 0.999) for i in range(len(text))], places]


def turned(lines: list[Any], degrees: float) -> list[Any]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [
        [[[x * cosine - y * sine, y * cosine + x * sine] for x, y in corners], *rest]
        for corners, *rest in lines
    ]


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """What the recogniser finds on each page, to be filled by the test."""
    found: list[list[Any]] = []

    def ask(module: str, function: str, data: bytes, limits: Limits, number: int) -> dict[str, Any]:
        return {
            "pages": len(found), "height": HEIGHT, "width": WIDTH, "lines": found[number], "rules": RULES
        }  # fmt: skip

    monkeypatch.setattr(scans, "ask_child", ask)
    return found


FIRST = "全年共排查矛盾纠纷126件，调解成功124件，群众满意度不断"
SECOND = "提升，辖区社会治安持续向好。"


def test_lines_are_joined_and_doubts_kept_at_their_characters(pages: list[list[Any]]) -> None:
    pages.append([line(FIRST, 600, 240, {9: 0.61}), line(SECOND, 680)])
    pages.append([line("调解成功率98.4%，发放宣传资料5000余份。", 600, 240, {5: 0.8, 6: 0.7})])
    reading = read_scan(b"", Limits())
    assert reading.text == FIRST + SECOND + "\n调解成功率98.4%，发放宣传资料5000余份。"
    start = reading.text.index("98.4")
    assert reading.weak_spans == ((9, 10, 0.61), (start, start + 1, 0.8), (start + 1, start + 2, 0.7))
    assert reading.text[9] == "1"
    assert reading.page_breaks == (reading.text.index("调解成功率"),)
    assert [p.code for p in reading.problems] == ["weak_digits"]


def test_a_low_line_of_digits_ends_its_paragraph(pages: list[list[Any]]) -> None:
    last = line("100%。", 690)
    last[0] = [[160, 690], [300, 690], [300, 717], [160, 717]]
    pages.append(
        [line(FIRST, 600, 240), line(FIRST + "提升", 640), last, line("二、下一步工作打算", 740, 240)]
    )
    assert read_scan(b"", Limits()).text == f"{FIRST * 2}提升100%。\n二、下一步工作打算"


@pytest.mark.parametrize("degrees", [-2.0, 0.7, 2.0])
def test_a_page_that_lies_askew_keeps_its_lines_apart(pages: list[list[Any]], degrees: float) -> None:
    lines = [line(FIRST, 600 + 120 * n, 240) for n in range(8)]
    pages.append(turned(lines, degrees))
    assert read_scan(b"", Limits()).text.replace("\n", "") == FIRST * 8


def test_cells_of_a_table_stay_apart(pages: list[list[Any]]) -> None:
    pages.append([line("调解矛盾纠纷", 600), line("126", 602, 900), line("件", 598, 1300), line(FIRST, 700)])
    assert read_scan(b"", Limits()).text.split("\n")[0] == "调解矛盾纠纷\t126\t件"


def test_narrow_rows_of_a_table_that_lies_askew_never_mix(pages: list[list[Any]]) -> None:
    rows = [
        ("婚姻家庭", "46", "45"),
        ("邻里纠纷", "71", "70"),
        ("土地权属", "28", "26"),
        ("劳动争议", "13", "12"),
    ]
    cells = [
        line(cell, 900 + 42 * n, 160 + 500 * m) for n, row in enumerate(rows) for m, cell in enumerate(row)
    ]
    pages.append(turned([line(FIRST, 600, 240), *cells], 1.3))
    assert read_scan(b"", Limits()).text.split("\n")[1:] == ["\t".join(row) for row in rows]


def test_cells_between_drawn_rules_keep_what_was_read_across_them(
    pages: list[list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    across = line("调解成功率98.4", 950, 180)
    across[0] = [[180, 950], [560, 950], [560, 990], [180, 990]]
    across[3] = [*(0.05 + 0.1 * n for n in range(5)), 0.7, 0.75, 0.8, 0.85]  # the figure stands in its cell
    pages.append(
        [
            line(FIRST, 600, 240),
            line("调解矛盾", 830, 180),
            line("纠纷", 880, 180),
            line("126", 850, 420),
            across,
        ]
    )
    rules = [[160, y, 600, y + 4] for y in (820, 930, 1000)] + [
        [x, 820, x + 4, 1000] for x in (160, 400, 600)
    ]
    monkeypatch.setattr(sys.modules[__name__], "RULES", rules)
    assert read_scan(b"", Limits()).text.split("\n")[1:] == ["调解矛盾纠纷\t126", "调解成功率\t98.4"]


@pytest.mark.parametrize("degrees", [0.0, 1.4])
def test_the_rules_of_a_table_are_found_and_strokes_of_characters_are_not(degrees: float) -> None:
    pytest.importorskip("cv2", reason="comes with the extra `ocr`")
    import numpy as np
    from PIL import Image, ImageDraw

    from transforms.decode.drawn_rules import rules_on, without_rules

    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    drawn = [(160, 820, 1200, 822), (160, 930, 1200, 932), (160, 820, 162, 932), (700, 820, 702, 932)]
    for box in [*drawn, (200, 400, 240, 404), (300, 380, 304, 420), (200, 1500, 900, 1700)]:
        draw.rectangle(box, fill=60)
    askew = page.rotate(-degrees, center=(0, 0), resample=Image.Resampling.BICUBIC, fillcolor=255)
    image = np.repeat(np.asarray(askew)[:, :, None], 3, axis=2)
    found = sorted(rules_on(image, math.radians(degrees)))
    assert len(found) == len(drawn)
    for one, other in zip(found, sorted(drawn), strict=True):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 8
    left = without_rules(image.min(axis=2) < 160, found, math.radians(degrees))
    assert left.sum() == pytest.approx(41 * 5 * 2 + 701 * 201, rel=0.02)  # the strokes and the picture


def test_a_line_of_a_strip_that_was_found_before_is_told() -> None:
    found = turned([line(FIRST, 600)], 1.5)
    assert not is_new(turned([line(FIRST[:9], 612)], 1.5)[0], found)
    assert is_new(turned([line(FIRST[:9], 650)], 1.5)[0], found)
    assert is_new(turned([line("126", 600, 1500)], 1.5)[0], found)


def test_a_page_number_that_was_hard_to_read_is_no_text(pages: list[list[Any]]) -> None:
    pages.append([line(FIRST, 600, 240), line("-1-", HEIGHT - 120, 700, {1: 0.4})])
    pages.append([line(SECOND, 300)])
    assert read_scan(b"", Limits()).text == FIRST + SECOND


def test_a_page_without_text_is_refused(pages: list[list[Any]]) -> None:
    pages.append([])
    with pytest.raises(UnreadableFile) as caught:
        read_scan(b"", Limits())
    assert caught.value.problem.code == "no_text"


def test_only_what_needs_it_is_recognised(pages: list[list[Any]]) -> None:
    from transforms.decode.reading import Reading, refuse

    def refuses(code: str) -> Any:
        def read(data: bytes, limits: Limits) -> Reading:
            raise refuse(code, "why")

        return or_recognized(read)

    pages.append([line(FIRST, 600)])
    assert refuses("needs_recognition")(b"", Limits()).text == FIRST
    with pytest.raises(UnreadableFile, match="why"):
        refuses("damaged_file")(b"", Limits())


def test_a_pdf_of_few_characters_is_for_recognition() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(written_pdf(["标题"]), Limits())
    assert caught.value.problem.code == "needs_recognition"


def test_facts_are_as_sure_as_their_characters() -> None:
    from dataclasses import replace

    from transforms.extraction import extract

    report = report_from_text("2023年，全年召开法治建设专题会议4次，发放宣传资料5000余份。")
    place = report.text.index("5000")
    facts = extract(replace(report, weak_spans=((place + 1, place + 2, 0.42),))).facts
    assert {f.span[0]: f.confidence_reading for f in facts} == {"4": 1.0, "5": 0.42}


def test_doubt_about_a_point_is_doubt_about_the_number() -> None:
    from dataclasses import replace

    from transforms.extraction import extract

    report = report_from_text("2023年，全年召开法治建设专题会议:4次。")
    place = report.text.index(":")
    found = extract(replace(report, weak_spans=((place, place + 1, 0.71),))).facts
    assert [f.confidence_reading for f in found] == [0.71]


def test_without_the_extra_the_file_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from transforms.decode import recognizer

    recognizer._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(UnreadableFile, match=r"pip install 'townfacts\[ocr\]'") as caught:
        recognized_page(SCAN.read_bytes(), Limits(), 0)
    assert caught.value.problem.code == "needs_extra_ocr"


def test_a_picture_among_pages_of_text_is_told() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number in range(4):
        if number == 2:
            canvas.drawImage(ImageReader(Image.new("L", (60, 60), 128)), 0, 0, 595, 842)
        else:
            canvas.drawString(60, 700, "mediation of disputes, one hundred and six " * 2)
        canvas.showPage()
    canvas.save()
    (problem,) = read_pdf(buffer.getvalue(), Limits()).problems
    assert (problem.code, problem.severity) == ("picture_pages", "warning")
    assert "page 3 of" in problem.message
