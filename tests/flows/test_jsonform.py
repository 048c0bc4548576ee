"""The JSON form: exact numbers, and every string a file can hold."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.jsonform import exact_number, to_json

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**15), max_value=10**15)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(decimals)
def test_a_decimal_keeps_every_digit(value: Decimal) -> None:
    assert json.loads(exact_number(value), parse_float=Decimal, parse_int=Decimal) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("0.1"), "0.1"),
        (Decimal("1E+3"), "1000"),
        (Decimal("100.00"), "100"),
        (Decimal("-0"), "0"),
        (Decimal("123456789012345678.123456"), "123456789012345678.123456"),
        (Fraction(1, 3), "0.33333333333333333"),
        (Fraction(6, 3), "2"),
    ],
)
def test_numbers_as_written(value: Decimal | Fraction, written: str) -> None:
    assert exact_number(value) == written


@given(values)
def test_everything_else_is_what_json_would_write(value: Any) -> None:
    assert json.loads(to_json(value)) == json.loads(json.dumps(value))


def test_nothing_in_a_line_ends_it() -> None:
    told = {"clause": "宣传8场\u2028培训\u2029\x85\x0b\x0c\x1c\x1d\x1e3次"}
    written = to_json(told)
    assert written.splitlines() == [written]
    assert json.loads(written) == told


def test_half_a_character_comes_out_as_a_json_escape() -> None:
    """A file name that is no UTF-8 reaches us as lone surrogates; the line must stay valid JSON."""
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace") as stream:
        stream.write(to_json({"source": "报告\udcff"}))
        stream.flush()
        assert json.loads(raw.getvalue()) == {"source": "报告\udcff"}
