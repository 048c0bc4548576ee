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
}


@pytest.mark.parametrize("case", READ, ids=list(READ))
def test_a_sentence_of_a_justice_office(case: str) -> None:
    text, expected = READ[case]
    assert results(text) == expected
