"""What justice offices write of mediation, petitions, correction and legal service: read and left alone."""

from __future__ import annotations

import pytest

from transforms import read_text


def results(text: str, year: int = 2023) -> list[tuple[str, float | None]]:
    """Indicator and value of every result, in order of place."""
    found = [f for f in read_text(text, year)[0] if f.status == "reported"]
    found.sort(key=lambda f: (f.start, f.indicator))
    return [(f.indicator, None if f.value is None else float(f.value)) for f in found]


READ = {
    "places named beside others are where it was done": (
        "在9个社区、6个自然村全部设立了公共法律服务联络点。",
        [],
    ),
    "points set up are counted": ("设立公共法律服务联络点6个。", [("service_stations", 6)]),
    "how many a case concerns": ("受理法律援助案件7件，共涉及31人。", [("legal_aid_cases", 7)]),
    "people given legal aid": ("为31人提供法律援助。", [("legal_aid_cases", 31)]),
    "aid of one kind of law": ("办理法律援助民事案件12件。", [("legal_aid_cases", 12)]),
    "a number with an unknown noun of its own": ("高标准建成镇综治中心，6间宽敞的办公室，功能齐全。", []),
    "one number for those advised and those received": ("解答法律咨询和接待群众来访640余人次。", []),
    "two numbers for both": (
        "解答法律咨询210人次，接待群众来访64人次。",
        [("consultations", 210), ("petition_visitors", 64)],
    ),
    "visits counted in cases": ("全年接待群众来访46起。", [("petition_visits", 46)]),
    "petitions by another name": ("受理群众上访案件9件。", [("petition_cases", 9)]),
    "closing of disputes is no closing of requests": (
        "受理矛盾纠纷52件、办结51件，办结率98%。",
        [("disputes_accepted", 52), ("disputes_resolved", 51)],
    ),
    "closing of requests": (
        "化解矛盾纠纷52件；受理12345热线工单88件，办结率98%。",
        [("disputes_resolved", 52), ("hotline_requests", 88), ("request_closing_rate", 98)],
    ),
    "a rate whose sign is lost": (
        "调解成功率达98，群众满意率96.5。",
        [("mediation_success_rate", 98), ("satisfaction_rate", 96.5)],
    ),
    "no rate: a number goes on": ("满意率居全县第2。", []),
    "information reported up is not posted": ("报送工作案例3篇，法治宣传信息8篇。", []),
    "information posted": ("在微信公众号推送法治宣传信息8篇。", [("online_posts", 8)]),
    "publicity in several forms": ("举办各种形式宣传活动36场。", [("publicity_events", 36)]),
    "publicity of another field": ("举办防溺水宣传活动36场。", []),
    "law lessons": ("为村民上法制课14堂。", [("law_lectures", 14)]),
    "none went to the capital": ("实现“零进京”上访。", [("skip_level_petitions", 0)]),
    "a part told in the next sentence": (
        "全年受理矛盾纠纷92件，化解90件。其中重大疑难纠纷受理13件。",
        [("disputes_accepted", 92), ("disputes_resolved", 90)],
    ),
    "communities of the country": (
        "下辖11个行政村、2个农村社区。",
        [("villages", 11), ("communities", 2)],
    ),
    "a second name in brackets": ("全镇38个自然屯（社区）开展巡逻。", []),
    "officials of an office are no staff of the town": (
        "推动司法所干部年轻化，现有党员干部3名。",
        [],
    ),
    "what is planned for a time": ("该村计划在年底给村民组织一场普法培训。", []),
    "what was done as planned": ("按计划在各村举办普法培训4场。", [("training_sessions", 4)]),
    "one event in two units": ("赴省访2批5人次。", [("skip_level_petitions", 2)]),
    "batches and visitors": (
        "接待来访18批41人次。",
        [("petition_visits", 18), ("petition_visitors", 41)],
    ),
    "what a site is made of": ("法治长廊由9块宣传板和3面漫画墙组成。", [("display_boards", 9)]),
    "sites built": ("建成法治长廊2处。", [("culture_sites", 2)]),
    "advice that came of a review": (
        "开展合法性审查64次，提出8条意见。",
        [("legality_reviews", 64)],
    ),
    "an opinion paper of another kind": ("法治观察点上报2份法治观察意见书。", []),
    "a legal opinion paper": ("律师出具2份法律意见书。", [("legal_opinions", 2)]),
    "works made are not handed out": ("展出青年学生创作的30幅法治漫画。", []),
    "leaflets by another name": ("发放反诈宣传明白卡3200份。", [("leaflets", 3200)]),
    "events held on several days": (
        "普法宣传活动持续开展4天7场次。",
        [("publicity_events", 7)],
    ),
    "few committees, spelled out, that did something": (
        "两个调委会共收案96件，调解成功88件。",
        [("disputes_accepted", 96), ("disputes_resolved", 88)],
    ),
    "one event that goes to several kinds of places": (
        "开展“法治进乡村、进学校、进企业”活动16场。",
        [("publicity_events", 16)],
    ),
    "a campaign's publicity": (
        "开展扫黑除恶专项斗争宣传40余次。",
        [("publicity_events", 40)],
    ),
    "what the cases counted were about": (
        "受理法律援助案件9宗，涉婚姻家庭矛盾案件4宗、交通事故案件2宗。",
        [("legal_aid_cases", 9)],
    ),
    "another count that they brought about": (
        "答复公开申请14件涉及行政复议3件。",
        [("disclosure_requests", 14), ("reconsideration_cases", 3)],
    ),
    "a rate behind the two parties of all the cases": (
        "调处纠纷57件，双方当事人都已履行，调解成功率达100%。",
        [("disputes_mediated", 57), ("mediation_success_rate", 100)],
    ),
    "one case told of": ("成功调解一起邻里纠纷，双方当事人握手言和，签订协议1份。", []),
    "an undertaking's name": ("法律顾问全覆盖工程实施以来，群众反映良好。", []),
    "all villages have one": (
        "村（居）法律顾问实现全覆盖。",
        [("village_adviser_coverage_rate", 100)],
    ),
    "others are among them": ("组建以网格员为主体的90余人巡防队伍。", []),
    "who set out together": (
        "20名镇干部、12名民警、5名网格员、8名志愿者利用赶集日上街宣传。",
        [],
    ),
    "who was taken on": (
        "配备5名网格员、2名法律顾问。",
        [("grid_workers", 5), ("legal_advisers", 2)],
    ),
    "what people asked for, taken and solved": (
        "网格员参与受理和化解群众诉求43宗，化解率达100%。",
        [("grievances_resolved", 43)],
    ),
    "who was sent out to tell people": ("动员镇村干部60余多人参与平安宣传。", []),
    "notices that warn": ("发放防诈骗告知书500份。", [("leaflets", 500)]),
    "cases of petitioners that were closed": (
        "接待来访群众86人次，结案率达97%。",
        [("petition_visitors", 86), ("request_closing_rate", 97)],
    ),
    "cases of another kind that were closed": ("办理治安案件7起，结案率100%。", []),
    "what one village of several did": ("仅东河村一村就成功调解纠纷8起，成功率100%。", []),
    "activities of several kinds": (
        "开展法治宣传、普法讲座等活动24场次。",
        [("publicity_events", 24)],
    ),
    "lectures of one kind": ("开展普法讲座、法治课堂等活动9场次。", [("law_lectures", 9)]),
    "lectures that warn": ("组织反诈防骗专题讲座8场次。", [("law_lectures", 8)]),
    "what was averted did not happen": (
        "防止群体性上访7件86人，制止集体上访3批36人次。",
        [],
    ),
    "who called for advice": ("接听法律咨询电话90次。", [("consultations", 90)]),
}


@pytest.mark.parametrize("case", READ, ids=list(READ))
def test_a_sentence_of_a_justice_office(case: str) -> None:
    text, expected = READ[case]
    assert results(text) == expected
