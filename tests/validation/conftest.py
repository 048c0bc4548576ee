"""A batch of sound rows: reports whose text is made of the very spans that the facts point at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from transforms.decode.report import report_from_text
from transforms.extraction import Extraction
from transforms.tabulate.facts import Fact
from transforms.tabulate.identity.identity import Identity
from transforms.tabulate.ledger import LedgerEntry
from validation.frames import Frames, frames_of

# (indicator, words before, span, value, bound, unit): one of each measure and bound
STATED = (
    ("leaflets", "发放宣传资料", "3200余份", "3200", "at_least", "份"),
    ("publicity_events", "开展普法宣传活动", "41场次", "41", "exact", "场次"),
    ("disputes_mediated", "调解矛盾纠纷", "近60件", "60", "at_most", "件"),
    ("mediation_success_rate", "调解成功率", "98.5%", "98.5", "exact", "%"),
    ("mediation_amount", "涉及金额", "约12万元", "120000", "approx", "元"),
    ("mediators", "现有人民调解员", "36名", "36", "exact", "名"),
    ("study_hours", "人均学法", "42.5小时", "42.5", "exact", "小时"),
    ("mass_incidents", "", "未发生群体性事件", "0", "exact", None),
    ("law_lectures", "举办法治讲座", "3至5场", None, "range", "场"),
    ("released_prisoners", "接收刑满释放人员", "19人", "19", "exact", "人"),
)


def sound_extraction(number: int) -> Extraction:
    """The `number`-th report: ten facts, each at its place in the text."""
    text, facts = f"第{number}号报告。", []
    for indicator, words, span, value, bound, unit in STATED:
        start = len(text) + len(words)
        text += f"{words}{span}，"
        facts.append(stated_fact(indicator, span, start, value, bound, unit))
    report = replace(report_from_text(text), relative_path=f"{number:04}.txt", source=f"in/{number:04}.txt")
    ledger = tuple(
        LedgerEntry(f.start, f.end, f.span, "fact", f.value, f.unit, f.rule, (n,))
        for n, f in enumerate(facts)
    )
    return Extraction(report, identity_of(number), tuple(facts), ledger, ())


def stated_fact(
    indicator: str, span: str, start: int, value: str | None, bound: str, unit: str | None
) -> Fact:
    exact = Decimal(value) if value is not None else None
    low, high = {
        "exact": (exact, exact),
        "at_least": (exact, None),
        "at_most": (None, exact),
        "approx": (None, None),
        "range": (Decimal(3), Decimal(5)),
    }[bound]
    return Fact(
        indicator=indicator,
        value=exact,
        low=low,
        high=high,
        bound=bound,
        unit=unit,
        hedge=None,
        inclusive=None,
        period="year",
        years=None,
        as_of=None,
        status="reported",
        scope=None,
        span=span,
        start=start,
        end=start + len(span),
        clause=span,
        section=None,
        rule="test",
        cues=(),
        stated_total=False,
    )


def identity_of(number: int, **changes: object) -> Identity:
    known = Identity(
        title=f"测试镇{number}年度报告",
        town=f"测试{number}镇",
        town_id=f"t{number:06}",
        county="测试县",
        city=None,
        province="测试省",
        year=2015 + number % 10,
        level="township",
        doc_number=None,
        issued_on=None,
        signer=None,
        addressee=None,
        period_end=None,
        town_evidence=(),
        year_evidence=(),
    )
    return replace(known, **changes)


@pytest.fixture(scope="session")
def sound() -> Frames:
    """500 reports, 5,000 facts, 5,000 numerals, nothing wrong with any."""
    return frames_of([sound_extraction(n) for n in range(500)], "test-1")
