"""What is done with the figures of others; what is read of them stands in language/whose_figures.toml."""

from __future__ import annotations

import pytest

from transforms import read_text


def test_the_figures_of_one_village_are_told_as_those_of_another_place() -> None:
    facts, rows = read_text("石桥村调委会今年调解邻里纠纷9起，上报线索4条。", 2025)
    assert [f.status for f in facts] == ["elsewhere"]
    assert [(row.text, row.role) for row in rows] == [("9起", "elsewhere"), ("4条", "elsewhere")]


@pytest.mark.parametrize("words", ["今年", "村", "柳河村、", "派出所"])
def test_names_without_end_do_not_hold_the_reader_up(words: str) -> None:
    facts, _ = read_text("柳河村" + words * 2000 + "调解纠纷5件。", 2025)
    assert len(facts) <= 1
