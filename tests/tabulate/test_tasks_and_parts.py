"""What only looks like a result: tasks and aims, adverbs, forms of a whole; each beside what is one."""

from __future__ import annotations

import pytest

from transforms import read_text

SAID = {
    "实现合法性审查全覆盖，为依法决策提供保障。": ["legality_review_rate=100"],
    "合法性审查全覆盖，为全镇发展保驾护航。": ["legality_review_rate=100"],
    "以合法性审查全覆盖为目标，加强合同管理。": [],
    "确定以合法性审查全覆盖、普法宣传等为年度工作重点。": [],
    "做好合法性审查全覆盖工作。": [],
    "完成村居法律顾问全覆盖工作。": ["village_adviser_coverage_rate=100"],
    "抓好村（居）法律顾问全覆盖。": [],
    "落实合法性审查全覆盖要求。": [],
    "制定法律明白人全覆盖实施方案。": [],
    "实现了法律明白人全覆盖的目标。": ["pathfinder_coverage_rate=100"],
    "加强队伍建设，实现村（居）法律顾问全覆盖。": ["village_adviser_coverage_rate=100"],
    "以“双随机”检查为抓手，村（社区）法律顾问全覆盖。": ["village_adviser_coverage_rate=100"],
    "全覆盖开展村干部和法律明白人培训。": [],
    "全覆盖配备法律明白人。": ["pathfinder_coverage_rate=100"],
    "46名在编干部全部一次性通过法律知识考试。": ["exam_participants=46"],
    "机关现有在编干部46名。": ["staff=46"],
    "一次性化解欠薪纠纷12件。": ["disputes_resolved=12"],
    "机关干部100%参加了普法考试，合格率98%。": ["exam_participation_rate=100", "exam_pass_rate=98"],
    "组织干部参加普法考试，100%合格。": ["exam_pass_rate=100"],
    "干部学法考试完成率98.5%。": ["exam_participation_rate=98.5"],
    "召开党委会30期、镇政府工作会议20期、中心组学习会议11期、周例会40期。": [
        "decision_meetings=30",
        "decision_meetings=20",
        "centre_group_study=11",
    ],
    "行政处罚案件数12个，行政处罚案总金额3.5万元。": ["penalty_cases=12", "fines=35000"],
    "推进“接诉即办”，全年共接到诉求310件。": ["hotline_requests=310"],
    "调委会接到诉求310件。": [],
    "调解成功58件，这58件纠纷中55件达成书面协议，3件达成口头协议。": [
        "disputes_resolved=58",
        "mediation_agreements=55",
    ],
    "受理调解案件80起，书面调解案件30起，口头案件50起。": ["disputes_accepted=80"],
    "突破难点，三条线并进，推动矛盾化解。": [],
    "先后八次找到上访群众耐心做工作。": [],
    "接待上访群众8批次。": ["petition_visits=8"],
    "全镇划分网格31个，设调解网格12个。": ["grids=31"],
    "开展法治宣传、法治讲座46次。": ["publicity_events=46"],
    "开展法治宣传34次、法治讲座12次。": ["publicity_events=34", "law_lectures=12"],
    "向商户普及反诈、禁毒等法律知识18场次。": ["publicity_events=18"],
    "学习法律知识18次。": ["study_sessions=18"],
}


@pytest.mark.parametrize("text", SAID)
def test_said_as_a_result_or_not(text: str) -> None:
    made = sorted((f for f in read_text(text, 2023)[0] if f.status == "reported"), key=lambda f: f.start)
    assert [f"{f.indicator}={f.value:f}" for f in made if f.value is not None] == SAID[text]
