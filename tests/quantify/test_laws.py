"""Laws of number reading, over generated text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.quantify import Numeral, numerals, quantities

COUNTED = frozenset(["quantity", "duration"])
ALPHABET = (
    "0123456789０１２３４５６７８９٣𝟏一二三四五六七八九十百千万亿两几数半零〇廿壹伍陆点分之第余餘多来約约近不足超以上下至到"
    '-—~·.,，、。；：:（）()“”"《》〔〕[]年月日号时个個人次件名场元块角毛%％‰'
    "+NnXx*×/ \n\t\u3000aAbkm负各每成折倍番翻"
    "届大中全会普法热线村规民家起是①㈠²½"
)
hostile = st.text(alphabet=ALPHABET, max_size=60)
anything = st.text(max_size=60)


def digit_runs(text: str) -> list[tuple[int, int]]:
    """Every run of decimal digits of any width or script, found without a pattern."""
    runs: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if unicodedata.category(character) != "Nd":
            continue
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def touching(found: list[Numeral], start: int, end: int) -> list[Numeral]:
    return [numeral for numeral in found if numeral.start < end and numeral.end > start]


@given(st.one_of(hostile, anything))
@settings(max_examples=1500, deadline=None)
@example("2约2百千~零百9")
@example("起法—１时X9٣7")
@example("十m22")
def test_each_digit_run_belongs_to_exactly_one_numeral(text: str) -> None:
    found = numerals(text)
    for start, end in digit_runs(text):
        owners = touching(found, start, end)
        assert len(owners) == 1
        assert owners[0].start <= start <= end <= owners[0].end


@given(hostile)
@settings(max_examples=500, deadline=None)
def test_numerals_stand_in_order_apart_and_within_the_text(text: str) -> None:
    end = 0
    for numeral in numerals(text):
        assert end <= numeral.start < numeral.end <= len(text)
        end = numeral.end


@given(hostile)
@settings(max_examples=500, deadline=None)
def test_counts_carry_a_quantity_at_their_own_span_and_nothing_else_does(text: str) -> None:
    found = numerals(text)
    for numeral in found:
        assert (numeral.quantity is not None) == (numeral.kind in COUNTED)
        if numeral.quantity:
            assert (numeral.quantity.start, numeral.quantity.end) == (numeral.start, numeral.end)
    assert quantities(text) == [numeral.quantity for numeral in found if numeral.quantity]


@given(hostile)
@settings(max_examples=500, deadline=None)
def test_bounds_follow_the_law(text: str) -> None:
    for quantity in quantities(text):
        value, low, high = quantity.value, quantity.low, quantity.high
        expected = {
            "exact": (value, value),
            "at_least": (value, None),
            "at_most": (None, value),
            "approx": (None, None),
        }
        if quantity.bound == "range":
            assert value is None
            assert low is not None
            assert high is not None
            assert low < high
        else:
            assert value is not None
            assert (low, high) == expected[quantity.bound]
        assert (quantity.hedge is None) or quantity.bound != "exact"
        assert quantity.unit is None or not re.search(r"[\s余多近约]", quantity.unit)
        for number in (value, low, high):
            assert number is None or isinstance(number, Decimal | Fraction)


@given(hostile, hostile)
@settings(max_examples=200, deadline=None)
def test_a_line_of_prose_between_keeps_two_texts_apart(left: str, right: str) -> None:
    """What stands two paragraphs before changes nothing, unless a bracket or quotation is left open."""
    wall = "\n\n各项工作按照要求有序推进落实到位并取得较好成效。\n"
    if re.search(r"[“”\"《》「（(〔\[]", left + right):
        return
    alone = [(n.kind, right[n.start : n.end]) for n in numerals(wall + right)]
    del alone
    together = [n for n in numerals(left + wall + right) if n.start >= len(left + wall)]
    apart = numerals(wall + right)
    shift = len(left)
    assert [(n.kind, n.start - shift, n.end - shift) for n in together] == [
        (n.kind, n.start, n.end) for n in apart
    ]


DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """The standard written form of 1 to 9999 9999 9999, by its definition."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return spelled(head) + unit + gap + (spelled(rest) if rest else "")
    text, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + unit
            zero = False
        else:
            zero = True
    return text


@given(st.integers(1, 10**12 - 1), st.sampled_from(["件", "人次", "场次", "元", "册"]))
@settings(max_examples=600, deadline=None)
def test_a_written_number_is_read_back(number: int, unit: str) -> None:
    (quantity,) = quantities(f"全年共计{spelled(number)}{unit}。")
    assert (quantity.value, quantity.unit, quantity.bound) == (number, unit, "exact")


@given(st.decimals(0, 10**9, places=2), st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]))
@settings(max_examples=300, deadline=None)
def test_scaled_decimals_are_exact(number: Decimal, scale: tuple[str, int]) -> None:
    (quantity,) = quantities(f"投入{number}{scale[0]}元，")
    assert quantity.value == number * scale[1]


@given(
    st.integers(1, 10**7),
    st.sampled_from(["余", "多", ""]),
    st.sampled_from(["近", "超", "约", "不少于", ""]),
)
@settings(max_examples=300, deadline=None)
def test_hedges_combine_by_direction(number: int, inside: str, ahead: str) -> None:
    phrase = f"{ahead}{number}{inside}人次"
    (quantity,) = quantities(f"受益群众{phrase}。")
    sides = {
        "余": "at_least",
        "多": "at_least",
        "超": "at_least",
        "不少于": "at_least",
        "近": "at_most",
        "约": "approx",
    }
    said = {sides[word] for word in (inside, ahead) if word}
    expected = "exact" if not said else said.pop() if len(said) == 1 else "approx"
    assert (quantity.bound, quantity.value, quantity.unit) == (expected, number, "人次")
    assert quantity.end - quantity.start == len(phrase)


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["-", "—", "至", "到", "~", "～"]))
@settings(max_examples=300, deadline=None)
def test_two_figures_are_a_range_only_upwards(left: int, right: int, joint: str) -> None:
    found = quantities(f"每村{left}{joint}{right}名，")
    if left < right:
        assert [(q.bound, q.low, q.high, q.unit) for q in found] == [("range", left, right, "名")]
    else:
        assert [q.value for q in found] == [left, right]


@pytest.mark.parametrize("denominator", [3, 7, 8, 20])
def test_a_value_is_exact_as_decimal_or_fraction(denominator: int) -> None:
    (quantity,) = quantities(f"占全镇的{denominator}分之1。")
    assert quantity.value == Fraction(1, denominator)
    assert isinstance(quantity.value, Fraction if denominator in (3, 7) else Decimal)
