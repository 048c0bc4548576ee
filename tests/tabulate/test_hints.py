"""The quick searches before the dear ones pass over nothing that the dear ones would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.tabulate import (
    asides,
    each,
    former_and_latter,
    intended,
    neighbours,
    not_ours,
    one_body,
    part_of,
    parts,
    periods,
    starting_level,
    status,
    told_anew,
    verdicts,
)
from transforms.tabulate.readings import may_count, no_count, own_noun

GATES = {
    "plan": (intended.PLAN, intended.MAY_PLAN),
    "duty": (intended.ASKED, intended.MAY_ASK),
    "elsewhere": (status._ELSEWHERE, status._MAY_BE_ELSEWHERE),
    "former": (former_and_latter._FORMER, former_and_latter.MAY_POINT),
    "one of two": (former_and_latter._ONE, former_and_latter.MAY_POINT),
}
NEEDED = {
    "plan": (intended.PLAN, intended.IN_PLAN),
    "duty": (intended.ASKED, intended.IN_ASKED),
    "elsewhere": (status._ELSEWHERE, status.IN_ELSEWHERE),
    "county body": (status._COUNTY_BODY, status.IN_COUNTY_BODY),
    "one place": (one_body._PLACE, one_body.IN_BODIES),
    "career": (one_body._CAREER, one_body.IN_CAREER),
    "police": (one_body._POLICE, one_body.IN_BODIES),
    "county": (one_body._COUNTY, one_body.IN_COUNTY_NAMES),
    "county office": (one_body._COUNTY, one_body.IN_COUNTY_ENDS),
    "not ours": (not_ours.REMARK, not_ours.IN_NOT_OURS),
    "no party": (not_ours.NO_PARTY, not_ours.IN_NO_PARTY),
    "neighbour": (neighbours.NEIGHBOUR, neighbours.IN_NEIGHBOUR),
    "left to others": (not_ours.LEFT_TO, not_ours.IN_NOT_OURS),
    "all above": (not_ours.ALL_ABOVE, not_ours.IN_NOT_OURS),
    "passed on": (not_ours.PASSED_ON, not_ours.IN_OFFICES),
    "what was done with it": (not_ours.PASSED_ON, not_ours.IN_DEALT),
    "has it follow": (status._HAS_IT_FOLLOW, status.IN_FOLLOWS),
    "was asked": (status._IS_DUTY, status.IN_IS_DUTY),
    "aimed at": (intended._AIM, intended.IN_AIMED),
    "each place": (each.EACH_PLACE, frozenset("每")),
    "lacking": (status._LACKING, status.IN_LACKING),
    "not done": (status.NOT_DONE, status.IN_NOT_DONE),
    "from": (starting_level._FROM, starting_level.IN_FROM),
    "of all": (status._OF_ALL, frozenset("全")),
    "denied": (verdicts._DENIED, verdicts.IN_DENIED),
    "of which": (part_of.OF_WHICH, parts.IN_OF_WHICH),
    "of which, marked": (parts._OF_WHICH_MARKED, parts.IN_OF_WHICH),
    "told anew": (told_anew._NOW, frozenset(told_anew.IN_TOLD_ANEW)),
    "partners": (asides.PARTNERS, asides.IN_PARTNERS),
    "example told": (no_count._FOR_EXAMPLE, no_count.IN_STORY),
    "one case told": (no_count._TELLS_OF_ONE, no_count.IN_STORY),
    "formula": (no_count._PLUS, no_count.IN_PLUS),
    "example": (may_count._EXAMPLE, frozenset("“")),
    "name": (own_noun._NAME, own_noun.IN_NAME),
    "former": (former_and_latter._FORMER, former_and_latter.IN_POINTS),
    "latter": (former_and_latter._LATTER, former_and_latter.IN_POINTS),
    "one of two": (former_and_latter._ONE, former_and_latter.IN_POINTS),
    "the other": (former_and_latter._OTHER, former_and_latter.IN_POINTS),
    "saying": (no_count._SAYING, frozenset("一")),
}


@pytest.mark.parametrize("name", GATES)
@given(data=st.data())
def test_whatever_a_pattern_matches_its_quick_search_finds(name: str, data: st.DataObject) -> None:
    pattern, gate = GATES[name]
    text = data.draw(st.from_regex(pattern))
    assert gate.search(text), f"{name}: add to the quick search what {text!r} holds"


@pytest.mark.parametrize("name", NEEDED)
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_a_character_it_needs(name: str, data: st.DataObject) -> None:
    pattern, needed = NEEDED[name]
    found = pattern.search(data.draw(st.from_regex(pattern)))
    assert found is None or not needed.isdisjoint(found[0]), f"{name}: add a character of {found[0]!r}"


@given(st.from_regex(periods._CHOICES))
def test_whatever_a_time_begins_with_is_looked_at(text: str) -> None:
    found = re.search(periods._CHOICES, text)
    if found is not None and re.match(r"[^\W\d]|[0-9“]", found[0].lstrip()):  # no digits of other scripts
        assert periods._TIME.search(text), f"add to _FIRST how {found[0]!r} begins"


def test_a_gate_too_narrow_would_be_seen() -> None:
    """The draw reaches every choice of a pattern, also the last."""
    narrow = re.compile(r"下一?步|力争")

    @given(st.from_regex(intended.PLAN))
    def passes_over(text: str) -> None:
        assert narrow.search(text)

    with pytest.raises(AssertionError):
        passes_over()
