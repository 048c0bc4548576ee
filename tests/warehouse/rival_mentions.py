"""Mentions of one indicator in one report, and the cell they must give."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.warehouse.told_reports import stated

EVENTS, RATE = "publicity_events", "mediation_success_rate"


def some(span: str, low: str | None, high: str | None = "same", indicator: str = EVENTS, **changes: object):
    return stated(indicator, span, low, high, **changes)


def approx(span: str, value: str):
    return replace(some(span, None, value), value=Decimal(value), high=None, bound="approx")


UNTIL_OCTOBER = {"period": "part_year", "as_of": "2022-10-31"}

# name: statements, then policy, value, low, high, bound
CASES = {
    "one": ([some("12场", "12")], "single", "12", "12", "12", "exact"),
    "one total": ([some("共12场", "12", stated_total=True)], "single", "12", "12", "12", "exact"),
    "one range": ([some("3至5场", "3", "5")], "single", None, "3", "5", "range"),
    "twice the same": ([some("40余次", "40", None)] * 2, "single", "40", "40", None, "at_least"),
    "total beats parts": (
        [
            some("村级67件", "67", scope="村级"),
            some("镇级12件", "12", scope="镇级"),
            some("共80件", "80", stated_total=True),
        ],
        "stated_total",
        "80",
        "80",
        "80",
        "exact",
    ),
    "total of a part is no total": (
        [some("村级共67件", "67", scope="村级", stated_total=True), some("镇级12件", "12", scope="镇级")],
        "parts",
        "79",
        "79",
        None,
        "at_least",
    ),
    "levels add up": (
        [some("村级67件", "67", scope="村级"), some("镇级12余件", "12", None, scope="镇级")],
        "parts",
        "79",
        "79",
        None,
        "at_least",
    ),
    "equal parts are two parts": (
        [some("村级12件", "12", scope="村级"), some("镇级12件", "12", scope="镇级")],
        "parts",
        "24",
        "24",
        None,
        "at_least",
    ),
    "parts that no column holds together": (
        [
            some("村级60亿亿件", "6" + "0" * 17, scope="村级"),
            some("镇级50亿亿件", "5" + "0" * 17, scope="镇级"),
        ],
        "maximum",
        "6" + "0" * 17,
        "6" + "0" * 17,
        None,
        "at_least",
    ),
    "scopes that may overlap": (
        [some("夜间8次", "8", scope="夜间"), some("市场5次", "5", scope="市场监管")],
        "maximum",
        "8",
        "8",
        None,
        "at_least",
    ),
    "part without lower bound": (
        [some("村级67件", "67", scope="村级"), some("镇级近12件", None, "12", scope="镇级")],
        "maximum",
        "67",
        "67",
        None,
        "at_least",
    ),
    "leaflets": (
        [some("5000多份", "5000", None), some("2千余份", "2000", None)],
        "maximum",
        "5000",
        "5000",
        None,
        "at_least",
    ),
    "exact beside a lower bound": (
        [some("40次", "40"), some("40余次", "40", None)],
        "maximum",
        "40",
        "40",
        None,
        "at_least",
    ),
    "range and exact": ([some("3至5场", "3", "5"), some("2场", "2")], "maximum", "3", "3", None, "at_least"),
    "none has a lower bound": (
        [some("近90次", None, "90"), approx("约80次", "80")],
        "maximum",
        "90",
        None,
        "90",
        "at_most",
    ),
    "about, twice": (
        [approx("约80次", "80"), approx("约100次", "100")],
        "maximum",
        "100",
        None,
        None,
        "approx",
    ),
    "contradiction": ([some("12场", "12"), some("15场", "15")], "conflict", None, None, None, None),
    "contradicting totals": (
        [
            some("共12场", "12", stated_total=True),
            some("累计15场", "15", stated_total=True),
            some("3场", "3"),
        ],
        "conflict",
        None,
        None,
        None,
        None,
    ),
    "contradiction within a scope": (
        [
            some("村级6件", "6", scope="村级"),
            some("村级7件", "7", scope="村级"),
            some("镇级1件", "1", scope="镇级"),
        ],
        "conflict",
        None,
        None,
        None,
        None,
    ),
    "rates never add up": (
        [some("95%", "95", scope="村级", indicator=RATE), some("98%", "98", scope="镇级", indicator=RATE)],
        "conflict",
        None,
        None,
        None,
        None,
    ),
    "rate of the whole": (
        [some("95%", "95", scope="村级", indicator=RATE), some("96%", "96", indicator=RATE)],
        "single",
        "96",
        "96",
        "96",
        "exact",
    ),
    "the same rate everywhere": (
        [
            some("100%", "100", scope="村级", indicator=RATE),
            some("100%", "100", scope="镇级", indicator=RATE),
        ],
        "single",
        "100",
        "100",
        "100",
        "exact",
    ),
    "two lower bounds of one rate": (
        [some("94%以上", "94", None, indicator=RATE), some("95%以上", "95", None, indicator=RATE)],
        "maximum",
        "95",
        "95",
        None,
        "at_least",
    ),
    "year beats January to October": (
        [some("50场", "50", **UNTIL_OCTOBER), some("41场", "41")],
        "single",
        "41",
        "41",
        "41",
        "exact",
    ),
    "nothing better than January to October": (
        [some("50场", "50", **UNTIL_OCTOBER)],
        "single",
        "50",
        "50",
        "50",
        "exact",
    ),
    "the latest cut-off": (
        [
            some("上半年30场", "30", period="part_year", as_of="2022-06-30"),
            some("50场", "50", **UNTIL_OCTOBER),
        ],
        "single",
        "50",
        "50",
        "50",
        "exact",
    ),
    "a quarter beside the year": (
        [some("第三季度7次", "7", period="part_year"), some("全年25次", "25", stated_total=True)],
        "single",
        "25",
        "25",
        "25",
        "exact",
    ),
}
