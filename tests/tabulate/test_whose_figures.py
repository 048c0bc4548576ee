"""Whose a figure is: the town's, one village's, the police's, a part's; beside what is the town's."""

from __future__ import annotations

import pytest

from transforms import read_text

SAID = {
    "石桥村调委会今年调解邻里纠纷9起，成功率100%。": [],
    "各村调委会今年调解邻里纠纷90起，成功率100%。": ["disputes_mediated=90", "mediation_success_rate=100"],
    "村级调委会调解纠纷90起。": ["disputes_mediated=90"],
    "青山社区依托网格化管理，上报线索46条，化解矛盾纠纷21件。": [],
    "依托网格化管理，各社区化解矛盾纠纷21件。": ["disputes_resolved=21"],
    "以南坪村为例，该村2025年共排查矛盾纠纷14件，全部就地化解。": [],
    "该镇2025年共排查矛盾纠纷14件。": ["disputes_found=14"],
    "柳河村、大营村、东岗村分别调解纠纷5件、7件、4件。": [],
    "新民网格、光明网格全年共调处邻里纠纷18起。": [],
    "城关镇大营村全年开展普法宣传12场。": [],
    "深入大营村开展普法宣传12场。": ["publicity_events=12"],
    "新民村、光明村调解纠纷18起，全镇共调解90起。": ["disputes_mediated=90"],
    "大营村调解纠纷18起；镇调委会调解90起。": ["disputes_mediated=90"],
    "派出所接处警412起，调解纠纷63起，刑事立案9起。": [],
    "镇派出所全年调解纠纷63起。": [],
    "联合派出所调解纠纷63起。": ["disputes_mediated=63"],
    "司法所、派出所共调解纠纷63起。": ["disputes_mediated=63"],
    "人民法庭受理案件326件，审结311件。": [],
    "法院移交案件32件，成功调处30件。": ["court_referred_cases=32", "court_referred_cases_resolved=30"],
    "全县在册社区矫正对象412人，我所在册17人。": ["corrections_current=17"],
    "全镇排查纠纷218件，调处成功214件，其中镇调委会直接调处37件。": [
        "disputes_found=218",
        "disputes_resolved=214",
    ],
    "全镇排查纠纷218件，其中调处成功214件。": ["disputes_found=218", "disputes_resolved=214"],
    "两年来共调解纠纷402件，其中今年调解193件。": ["disputes_mediated=402", "disputes_mediated=193"],
    "今年共调解纠纷402件，其中上半年调解193件。": ["disputes_mediated=402"],
    "全县受理纠纷926件。其中重大纠纷全年受理125件。": [],
    "信访总量63批126人次，同比批次下降12%，人次下降18%。": ["petition_visits=63", "petition_visitors=126"],
    "受理信访事项203件425人次，其中来访86批308人次。": [
        "petition_cases=203",
        "petition_visits=86",
        "petition_visitors=308",
    ],
    "信访总量658批5467人次，其中市级信访总量392批2974人次。": [
        "petition_visits=658",
        "petition_visitors=5467",
    ],
    "接待来访群众52批163人次，化解率达96%。": ["petition_visits=52", "petition_visitors=163"],
    "接待来访群众52批163人次，调解纠纷40件，化解率达96%。": [
        "petition_visits=52",
        "petition_visitors=163",
        "disputes_mediated=40",
        "dispute_resolution_rate=96",
    ],
    "来信、来访、来电112件次，办结率98%。": ["petition_cases=112", "request_closing_rate=98"],
    "稳控重点人员14名，劝返赴省上访人员2人。": [],
    "矫正对象4人外出请假，批准外出6人次。": [],
    "对31名刑释人员逐一走访，帮助8人落实低保。": ["released_prisoners=31"],
    "行政复议案件3起，驳回申请2起，终止1起。": ["reconsideration_cases=3"],
    "行政调解案件21件；人民调解案件143件，调解成功率98.6%。": [
        "disputes_mediated=21",
        "disputes_mediated=143",
        "mediation_success_rate=98.6",
    ],
    "办理人大代表建议12件，办结率、满意率均为100%。": ["deputy_suggestions=12"],
    "处置网格事件6210件，结案率99.6%，其中矛盾纠纷类113件。": [],
    "成功申报县级专业合作社2个，奖补金额20万元。": [],
    "调解纠纷86件，成功84件，成功申报试点2个。": ["disputes_mediated=86", "disputes_resolved=84"],
    "人大代表接待选民12场，收集意见56条，办结52条，办结率93%。": [],
    "调解员等级评定：一级2名。": [],
    "表彰优秀人民调解员5名、优秀调委会3个。": [],
    "设立调委会3个，配备调解员5名。": ["mediation_committees=3", "mediators=5"],
    "罚款4.2万元。其中，市容类18件，罚款1.1万元；规划类6件，罚款3.1万元。": ["fines=42000"],
    "罚款4.2万元。规划类6件，罚款3.3万元。": ["fines=42000", "fines=33000"],
    "受理纠纷210件，其中：人民调解140件，行政调解40件；调解成功205件。": [
        "disputes_accepted=210",
        "disputes_resolved=205",
    ],
    "受理纠纷210件，其中村级化解140件，镇级化解40件。": ["disputes_accepted=210"],
    "受理纠纷210件，其中化解140件，制作协议书40份。": [
        "disputes_accepted=210",
        "disputes_resolved=140",
        "mediation_agreements=40",
    ],
    "镇调委会受理51件，成功50件；村调委会受理112件，成功111件。": [
        "disputes_accepted=51",
        "disputes_resolved=50",
        "disputes_accepted=112",
        "disputes_resolved=111",
    ],
    "化解矛盾纠纷：2024年112件，2025年108件。": ["disputes_resolved=108"],
    "2025年1-10月化解矛盾纠纷108件。": ["disputes_resolved=108"],
    "一是全县共排查矛盾纠纷3120件，我镇排查187件。": ["disputes_found=187"],
    "（一）全县共排查矛盾纠纷3120件。": [],
    "（一）全镇共排查矛盾纠纷312件。": ["disputes_found=312"],
    "2.县司法局组织评查案卷40件。": [],
    "二是石桥村调委会调解纠纷9起；成功率100%。": [],
    "大营村调解纠纷18起；镇调委会成功率98%。": ["mediation_success_rate=98"],
    "接待来访 18 批 47 人次。": ["petition_visits=18", "petition_visitors=47"],
    "受理来信9宗。": ["petition_letters=9"],
    "受理纠纷210件；其中：人民调解140件；行政调解40件；调解成功205件。": [
        "disputes_accepted=210",
        "disputes_resolved=205",
    ],
    "排查纠纷80件，调解案件110件，调处成功108件。": [
        "disputes_found=80",
        "disputes_mediated=110",
        "disputes_resolved=108",
    ],
    "招商项目签约7个，成功率35%。": [],
    "创业成功率81%，造林成活率93%。": [],
    "调解纠纷46件，成功率97.8%。": ["disputes_mediated=46", "mediation_success_rate=97.8"],
    "化解地方债务3200万元，化解率61%。": [],
    "排查风险点86处，风险化解率98%。": [],
    "突出问题化解率96%。": [],
    "矛盾纠纷综合化解率96%。": ["dispute_resolution_rate=96"],
    "公文办结率100%，政协提案办复率、满意率均为100%。": [],
    "12345热线办结率99%，群众满意率98%。": ["request_closing_rate=99", "satisfaction_rate=98"],
    "受理治安案件58起，查处51起。": [],
    "14名法律明白人协助司法所调解案件27件。": ["disputes_mediated=27"],
    "全镇14名法律明白人参与调解纠纷27件。": ["legal_pathfinders=14", "disputes_mediated=27"],
    "以案说法。如针对某小区物业纠纷，组织调解5次，达成调解协议126份。": [],
    "复议案件7件，其中维持5件；行政诉讼案件4件。": ["reconsideration_cases=7", "litigation_cases=4"],
    "调解成功率达98%以上的村有14个。": [],
    "调解成功率达98%以上的有力保障了和谐。": ["mediation_success_rate=98"],
    "整合综治、司法、信访等6个部门12名人员常驻。": [],
    "办理信访6件、接访9批。": ["petition_cases=6", "petition_visits=9"],
    "调解纠纷22起，达成协议20份，赔付金额87万元。": ["disputes_mediated=22", "mediation_agreements=20"],
    "走访企业20家，签订协议7份。": ["enterprise_visits=20"],
    "全镇调解员共调解纠纷207件，人均2.2件；其中老李一人调解31件。": ["disputes_mediated=207"],
    "老周当调解员18年，调解纠纷400多起，成功率98%。": [],
    "村支书担任调解员十年，累计调解纠纷600余件。": [],
    "当年调解纠纷400多起，成功率98%。": ["disputes_mediated=400", "mediation_success_rate=98"],
    "化解矛盾纠纷及信访案件21件。": [],
    "化解矛盾纠纷20件、信访案件21件。": ["disputes_resolved=20", "petition_cases=21"],
    "全年化解纠纷102件。这些纠纷中，村级化解81件，占79.4%。": ["disputes_resolved=102"],
    "行政复议案件1件，行政复议调解1件。": ["reconsideration_cases=1"],
    "群众到镇上访18批47人次，到县上访5批12人次。": ["petition_visits=18", "petition_visitors=47"],
    "排查出信访隐患22起，稳控化解20起。": [],
    "排查安全隐患22起，整改20起。": ["hazards_found=22", "hazards_rectified=20"],
    "摸排各类情况916件，现已化解640件。": [],
    "摸排矛盾纠纷916件，现已化解640件。": ["disputes_found=916", "disputes_resolved=640"],
    "近三年行政诉讼案件分别为6件、4件、2件。": [],
    "行政复议、行政诉讼案件分别为4件、2件。": ["reconsideration_cases=4", "litigation_cases=2"],
    "参与民事诉讼3起，胜诉2起。": [],
    "全区行政应诉案件128件，其中我街道4件。": ["litigation_cases=4"],
    "全镇排查纠纷128件，其中我所4件。": ["disputes_found=128"],
    "作为被告的行政案件5件，原告撤诉2件。": ["litigation_cases=5"],
    "行政诉讼6宗（已结4宗，均胜诉；未结2宗）。": ["litigation_cases=6", "litigation_won=4"],
    "行政机关负责人出庭应诉率连续三年保持100%。": ["official_appearance_rate=100"],
    "化解劳动纠纷7起，涉及金额11万元；为职工讨薪46万元。": [
        "disputes_resolved=7",
        "mediation_amount=110000",
    ],
    "办理人大代表建议12件。受理热线诉求310件，满意率98%。": [
        "deputy_suggestions=12",
        "hotline_requests=310",
        "satisfaction_rate=98",
    ],
}


def _facts(text: str) -> list[str]:
    facts, _ = read_text(text, 2025)
    return [f"{f.indicator}={f.value}" for f in facts if f.status == "reported"]


@pytest.mark.parametrize("text", SAID)
def test_a_figure_is_read_as_that_of_whoever_it_is_said_of(text: str) -> None:
    assert sorted(_facts(text)) == sorted(SAID[text])


def test_the_figures_of_one_village_are_told_as_those_of_another_place() -> None:
    facts, rows = read_text("石桥村调委会今年调解邻里纠纷9起，上报线索4条。", 2025)
    assert [f.status for f in facts] == ["elsewhere"]
    assert [(row.text, row.role) for row in rows] == [("9起", "elsewhere"), ("4条", "elsewhere")]


@pytest.mark.parametrize("words", ["今年", "村", "柳河村、", "派出所"])
def test_names_without_end_do_not_hold_the_reader_up(words: str) -> None:
    facts, _ = read_text("柳河村" + words * 2000 + "调解纠纷5件。", 2025)
    assert len(facts) <= 1
