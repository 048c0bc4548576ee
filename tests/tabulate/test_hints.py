"""The quick searches before the dear ones pass over nothing that the dear ones would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.tabulate import status

GATES = {
    "plan": (status._PLAN, status._MAY_PLAN),
    "elsewhere": (status._ELSEWHERE, status._MAY_BE_ELSEWHERE),
    "county body": (status._COUNTY_BODY, status._MAY_BE_COUNTY_BODY),
}


@pytest.mark.parametrize("name", GATES)
@given(data=st.data())
def test_whatever_a_pattern_matches_its_quick_search_finds(name: str, data: st.DataObject) -> None:
    pattern, gate = GATES[name]
    text = data.draw(st.from_regex(pattern))
    assert gate.search(text), f"{name}: add to the quick search what {text!r} holds"


def test_a_gate_too_narrow_would_be_seen() -> None:
    """The draw reaches every choice of a pattern, also the last."""
    narrow = re.compile(r"下一?步|力争")

    @given(st.from_regex(status._PLAN))
    def passes_over(text: str) -> None:
        assert narrow.search(text)

    with pytest.raises(AssertionError):
        passes_over()
