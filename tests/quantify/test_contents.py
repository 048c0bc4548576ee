"""Page numbers of a table of contents are no counts of what its headings name."""

from __future__ import annotations

import pytest

from transforms import read_text

WORK = "一、开展情况\n全年举办法治讲座7场，调解矛盾纠纷31件。\n"


@pytest.mark.parametrize(
    "contents",
    [
        "目  录\n一、举办法治讲座\t2\n二、调解矛盾纠纷\t11\n",
        "目录\n一、举办法治讲座 ……… 2\n二、调解矛盾纠纷 ……… 11\n",
        "一、举办法治讲座..............2\n二、调解矛盾纠纷..............11\n",
    ],
)
def test_pages_of_contents_make_no_facts(contents: str) -> None:
    facts, ledger = read_text(contents + WORK, 2023)[:2]
    assert sorted((fact.indicator, fact.value) for fact in facts) == [
        ("disputes_mediated", 31),
        ("law_lectures", 7),
    ]
    assert [entry.role for entry in ledger if entry.text in ("2", "11")] == ["furniture", "furniture"]


def test_figures_below_the_contents_stay() -> None:
    facts = read_text("目录\n一、举办法治讲座\t5\n二、其他\t9\n" + "调解矛盾纠纷 31件\n" + WORK, 2023)[0]
    assert {fact.value for fact in facts} == {31, 7}
