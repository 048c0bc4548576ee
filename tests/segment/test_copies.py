"""What a page says twice is counted once, and no half figure of a summary counts at all."""

from __future__ import annotations

import pytest

from transforms.decode.read import read_bytes
from transforms.extraction import extract, read_text

REPORT = (
    "河湾镇2023年法治政府建设年度报告\n一、主要工作\n（一）办法治讲座8场，发放宣传资料940份。\n"
    "（二）化解矛盾纠纷35件。\n二、下一步打算\n办法治讲座20场。\n河湾镇人民政府\n2024年1月9日\n"
)
SUMMARY = "（一）办法治讲座8场，发放宣传资料940份。（二）化解矛盾纠纷35件。二、下一步打算 办法治讲座2"
ONCE = [("law_lectures", 8), ("leaflets", 940), ("disputes_resolved", 35), ("law_lectures", 20)]
PAGE = "<html><body>{}</body></html>"


def block(text: str) -> str:
    return "<div>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</div>"


TWICE = {
    "print version": REPORT + "打印版\n" + REPORT,
    "other blanks": REPORT + "\n\n" + REPORT.replace("，", "， ").replace("\n", "\n　　"),
    "three times": REPORT * 3,
    "summary that breaks off": "摘要：" + SUMMARY + "…\n" + REPORT,
    "summary without dots": SUMMARY + "\n" + REPORT,
    "page for phones": PAGE.format(block(REPORT) + block(REPORT)),
    "summary of a page": PAGE.format(f"<div>{SUMMARY}……[详细]</div>" + block(REPORT)),
}


@pytest.mark.parametrize("text", TWICE.values(), ids=TWICE.keys())
def test_a_second_copy_is_counted_once(text: str) -> None:
    found = extract(read_bytes(text.encode(), "a.txt", "a.txt"))
    assert [(f.indicator, int(f.value or 0)) for f in found.facts] == ONCE
    passed = [e for e in found.ledger if e.rule == "copy" or e.role == "furniture"]
    assert len(passed) >= 4


@pytest.mark.parametrize(
    "text",
    [
        "张村化解矛盾纠纷9件。李村化解矛盾纠纷9件。",
        "张村\n化解矛盾纠纷9件。\n办讲座3场。\n李村\n化解矛盾纠纷9件。\n办讲座3场。\n",
    ],
)
def test_what_is_alike_is_no_copy(text: str) -> None:
    _, entries = read_text(text, 2023)
    assert "furniture" not in {entry.role for entry in entries}


def test_a_long_text_of_equal_lines_is_read_in_linear_time() -> None:
    assert len(read_text("化解矛盾纠纷9件。\n" * 20_000, 2023)[0]) < 20_000
