"""What stands below a signature, and in an annex, belongs to no section of plans above it."""

from __future__ import annotations

import pytest

from transforms.extraction import read_text
from transforms.segment import segment

PLANS = "一、主要工作\n组织法律讲座8场。\n二、下一步打算\n组织法律讲座15场。\n"
SIGNED = "河湾镇人民政府\n2024年1月8日\n"
SIGNED_IN_WORDS = "河湾镇人民政府（盖章）\n\n　二〇二四年一月八日\n"


def statuses(text: str) -> list[tuple[str, int, str]]:
    return [(f.indicator, int(f.value or 0), f.status) for f in read_text(text, 2023)[0]]


@pytest.mark.parametrize(
    "annex",
    [
        SIGNED + "附件：河湾镇法治建设统计表\n化解矛盾纠纷27件",
        SIGNED + "附件1\n河湾镇法治建设统计表\n化解矛盾纠纷\t27件",
        SIGNED + "附表\n序号\t项目\t数量\n1\t化解矛盾纠纷\t27件",
        SIGNED + "附表二：法治建设统计表\n化解矛盾纠纷\t27件",
        SIGNED_IN_WORDS + "序号\t项目\t数量\n1\t化解矛盾纠纷\t27件",
        "附：本年度数据\n1.化解矛盾纠纷27件。\n" + SIGNED,
        "附件：1.2024年计划表\n2.统计表\n" + SIGNED + "附件2：\n统计表\n化解矛盾纠纷\t27件",
        "（附件统计表）\n" + SIGNED + "【附件】\n化解矛盾纠纷27件。",
    ],
)
def test_an_annex_ends_the_plans(annex: str) -> None:
    assert statuses(PLANS + annex) == [
        ("law_lectures", 8, "reported"),
        ("law_lectures", 15, "planned"),
        ("disputes_resolved", 27, "reported"),
    ]


@pytest.mark.parametrize(
    "below",
    [
        "附近村庄化解矛盾纠纷27件。",
        "附件所列矛盾纠纷化解27件。",
        SIGNED.replace("河湾镇人民政府\n", "") + "化解矛盾纠纷27件。",  # a day in a plan is no signature
        SIGNED + "附件：下一年度工作计划\n化解矛盾纠纷27件。",
    ],
)
def test_plans_go_on(below: str) -> None:
    assert [status for _, _, status in statuses(PLANS + below)] == ["reported", "planned", "planned"]


def test_a_report_goes_on_behind_the_list_of_its_annexes() -> None:
    kinds = [s.kind for s in segment("一、工作\n学法。\n附件：统计表\n二、今后打算\n（一）学法\n").sections]
    assert kinds == ["work", "work", "plans", "plans"]


def test_the_title_of_a_table_is_not_joined_with_its_first_row() -> None:
    """However the lines of the text are set: here in lines of one width."""
    wrapped = "全镇围绕法治建设目标任务扎实开展工作取得实效\n" * 6
    facts, _ = read_text(wrapped + "\n附件1\n河湾镇二〇二三年度法治建设主要指标统计表\n纠纷化解27件", 2023)
    assert [f.clause.strip() for f in facts] == ["纠纷化解27件"]
