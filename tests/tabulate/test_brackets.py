"""A count in brackets behind its noun, and a measure word in brackets before its number."""

from __future__ import annotations

import pytest

from transforms import read_text

Facts = list[tuple[str, int]]

READ: tuple[tuple[str, Facts], ...] = (
    ("排查安全隐患（94处），完成整改（91处）。", [("hazards_found", 94), ("hazards_rectified", 91)]),
    ("办理行政处罚案件（7件）、行政许可（64件）。", [("penalty_cases", 7), ("licences_granted", 64)]),
    ("下辖行政村（13个）、社区（2个）。", [("villages", 13), ("communities", 2)]),
    ("组织干部参加宪法知识考试，开展旁听庭审活动（1次）。", []),
    ("调解纠纷30件（婚姻家庭18件、邻里12件）。", [("disputes_mediated", 30)]),
    ("微信公众号（2个）推送普法信息80条。", [("online_posts", 80)]),
    ("联合执法（次）：12；行政处罚（件）：7；罚款（万元）：1.2。",
     [("joint_enforcement_actions", 12), ("penalty_cases", 7), ("fines", 12000)]),
    ("法治培训（期）：3，参训（人次）：240。", [("training_sessions", 3), ("training_trainees", 240)]),
    ("收案占全市的1/4左右，办理行政诉讼案件3件。", [("litigation_cases", 3)]),
    ("主动公开信息占公开总数的40%。", []),
    ("本年度未作出行政处罚，办理行政许可76件。", [("licences_granted", 76), ("penalty_cases", 0)]),
    ("提出法律意见41条，采纳40条。", [("legal_opinions", 41)]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), READ)
def test_read(text: str, facts: Facts) -> None:
    assert [(f.indicator, f.value) for f in read_text(text, 2023)[0]] == facts
