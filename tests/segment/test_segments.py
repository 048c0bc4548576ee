"""Sections, sentences and clauses cover the text and know what their headings promise."""

from __future__ import annotations

import random

import pytest

from transforms.segment import segment
from transforms.segment.clauses import LONGEST

REPORT = (
    "某镇法治政府建设报告\n县政府：\n现将工作报告如下：\n"
    "一、主要工作\n（一）抓学习。开展学法4次；研讨2次。\n（二）抓普法。发放资料9份\n"
    "二、存在的问题和不足\n一是力量不足。\n"
    "三、2024年工作思路\n（一）继续学法。\n"
)


def test_sections_by_kind() -> None:
    assert [(s.kind, s.title) for s in segment(REPORT).sections] == [
        ("head", None),
        ("work", "主要工作"),
        ("work", "抓学习"),
        ("work", "抓普法"),
        ("problems", "存在的问题和不足"),
        ("plans", "2024年工作思路"),
        ("plans", "继续学法"),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("下一步工作打算", "plans"),
        ("存在的主要问题", "problems"),
        ("存在问题及下一步打算", "plans"),
        ("上一年度问题整改回头看", "work"),
        ("年度工作计划完成情况", "work"),
        ("主要举措和成效", "work"),
    ],
)
def test_headings(title: str, kind: str) -> None:
    (section,) = segment(f"一、{title}\n开展学法4次。").sections
    assert section.kind == kind


def test_a_section_of_problems_and_plans_is_parted_where_it_says_so() -> None:
    both = "三、存在的问题和下一步打算\n"
    parted = segment(both + "存在问题：仅4人持证。下一步打算：举办讲座6场。").sections
    assert [s.kind for s in parted] == ["problems", "plans"]
    (whole,) = segment(both + "加强普法，举办讲座6场。").sections
    assert whole.kind == "plans"
    years = segment("三、存在的不足和2024年打算\n不足：仅4人持证。2024年打算：举办讲座6场。").sections
    assert [s.kind for s in years] == ["problems", "plans"]


def test_a_plan_may_begin_without_a_heading() -> None:
    parts = segment("开展学法4次。下一步，将举办培训6场。").sections
    assert [s.kind for s in parts] == ["head", "plans"]


def test_a_heading_glued_to_its_sentence_still_opens_a_section() -> None:
    (section,) = segment("（一）强化组织保障成立领导小组召开会议5次").sections
    assert section.kind == "work"
    assert section.title is not None
    assert section.title.startswith("强化")


def test_clauses_end_at_marks_and_numbers_keep_their_comma() -> None:
    text = "罚款12,600元，作出处罚6件；整改9:30前完成:共3处。"
    parts = segment(text)
    assert [text[c.start : c.end] for c in parts.clauses] == [
        "罚款12,600元", "作出处罚6件", "整改9:30前完成", "共3处。",
    ]  # fmt: skip
    assert all(parts.clause_at(c.start) == (c.start, c.end) for c in parts.clauses[:3])


@pytest.mark.parametrize("seed", range(30))
def test_everything_lies_in_one_sentence_and_one_section(seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(rng.choice("一二、（）。，；\n会议4次下一步存在问题！") for _ in range(120))
    parts = segment(text)
    ends = parts.sentence_ends
    assert list(ends) == sorted(set(ends))
    assert ends[-1] == len(text)
    assert [s.start for s in parts.sections] == [0, *(s.end for s in parts.sections[:-1])]
    assert parts.sections[-1].end == len(text)
    for i in range(0, len(text), 7):
        start, end = parts.sentence(parts.sentence_at(i))
        assert start <= i < end
        section = parts.section_at(i)
        assert section.start <= i < section.end


def test_empty_text() -> None:
    parts = segment("")
    assert parts.clauses == ()
    assert parts.sentence_ends == (0,)
    assert len(parts.sections) == 1


@pytest.mark.parametrize(
    ("piece", "last"),
    [("调解纠纷3件，", "，"), ("纠纷3件、", "、"), ("调解纠纷3件下乡村走访群众", None)],
    ids=["clause marks", "lesser marks", "no mark"],
)
def test_a_sentence_without_end_is_cut_where_no_number_is(piece: str, last: str | None) -> None:
    text = piece * 1000
    made = segment(text)
    spans = [made.sentence(n) for n in range(len(made.sentence_ends))]
    assert [text[start:end] for start, end in spans if not text[start:end]] == []
    assert max(end - start for start, end in spans) <= LONGEST
    assert "".join(text[start:end] for start, end in spans) == text
    for _, end in spans[:-1]:
        assert text[end - 1] == last if last else "3" not in text[end - 1 : end + 2]


def test_a_sentence_as_long_as_they_come_stays_whole() -> None:
    text = "调解纠纷三件，" * (LONGEST // 7)
    assert segment(text).sentence_ends == (len(text),)
