"""Figures with hidden, lost or misread digits have no value; signs that only stand near keep it."""

from __future__ import annotations

import pytest

from transforms import read_text
from transforms.quantify import numerals

HIDDEN = (
    "1×份", "1□份", "□1份", "3■份", "1○份", "○○份", "○份", "*3份", "＊3份", "×3份", "X3份", "3X份",
    "3？份", "3\ufffd份", "\ufffd3份", "1.*万份", "*万余份", "×万余份", "近X千份", "X百余份", "二十□份",
    "l2份", "1O份", "2O0份", "I2份", "o5份", "3，×××份", "**,000份", "80至9O份", "800—l000份",
)  # fmt: skip
KEPT = (
    ("○审查合同12份■检查企业3家", ["12份", "3家"]),
    ("*审查合同12份", ["12份"]),
    ("设立LED屏3块，APP2个，QQ群4个", ["3块", "2个", "4个"]),
    ("约RMB500元", ["500元"]),
    ("二○二三年审查合同二○份，投诉○件", ["二○份", "○件"]),
    ("审查合同〇份", ["〇份"]),
    ("只审查了3份?还有12份", ["3份", "12份"]),
)


@pytest.mark.parametrize("figure", HIDDEN)
def test_a_figure_with_hidden_digits_makes_no_fact(figure: str) -> None:
    facts, ledger = read_text(f"全年审查合同{figure}。", 2023)[:2]
    assert not facts
    assert ledger
    assert {entry.role for entry in ledger} == {"damaged"}


@pytest.mark.parametrize(("text", "counted"), KEPT)
def test_a_sign_that_only_stands_near_hides_nothing(text: str, counted: list[str]) -> None:
    assert [text[n.start : n.end] for n in numerals(text) if n.kind == "quantity"] == counted
