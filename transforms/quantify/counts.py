"""Counted things: a figure with hedges and measure word, or two figures joined into a range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from transforms.quantify import values
from transforms.quantify.grammar import DIGITS, HOTLINE, UNITS
from transforms.quantify.hedges import Bounds, Before, before, bounds
from transforms.quantify.lexicon import AMBIGUOUS, ARTICLE_AFTER, CODE_LABELS, FURNITURE_LABELS, HOTLINES
from transforms.quantify.quantity import Exact, Kind
from transforms.quantify.scan import Match, Scan

_GROUPS: Final = ("figure", "more", "scale", "unit", "figure2", "more2", "scale2", "unit2", "half", "after")
_TEN, _HUNDRED = Decimal(10), Decimal(100)

# unit as written -> factor and unit of the value
_SCALED: Final[dict[str, tuple[Decimal, str | None]]] = {
    "成": (_TEN, "%"),
    "圆": (Decimal(1), "元"),
    "块钱": (Decimal(1), "元"),
    "人民币": (Decimal(1), "元"),
    "元人民币": (Decimal(1), "元"),
    "角": (Decimal("0.1"), "元"),
    "毛": (Decimal("0.1"), "元"),
    "个亿": (Decimal(10**8), None),
    "美金": (Decimal(1), "美元"),
    "港币": (Decimal(1), "港元"),
}
_TIME: Final = frozenset(
    [
        "年",
        "天",
        "日",
        "周",
        "小时",
        "分钟",
        "秒钟",
        "秒",
        "钟头",
        "月",
        "工作日",
        "自然日",
        "星期",
        "季度",
        "周年",
    ]
)
_CASE_LABEL: Final = re.compile(r"[^\s:：]{1,8}$")
_ROUND_AFTER: Final = frozenset("达到共计约有近上超过逾破余于各近足满每")
_ASCII_LETTER: Final = re.compile(r"[A-Za-z0-9_.\-/@]{0,60}$")
_YEAR_BARE: Final = re.compile(r"20[0-3]\d")
_MONTH_DAY: Final = re.compile(r"(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])")
_DAY_CUE: Final = re.compile(r"[一-鿿]{0,10}[日节周月]|[”\"]|(?:国家|国际|全国|世界|宪法)")
_QUOTE_END: Final = '”"」'


def count(scan: Scan, match: Match) -> None:
    """One `count` match: decide what it is and append it."""
    figure, more, scale, unit, figure2, more2, scale2, unit2, half, after = match.group(*_GROUPS)
    text = scan.text
    start, end = match.span()
    if unit is not None or unit2 is not None:
        unit, end = _unit(scan, match, unit or unit2)
        if unit is None:
            half = after = None
    last = text[start - 1] if start > scan.end else ""
    if last in _SPECIAL or (last == " " and text[start - 2 : start - 1] == "第"):
        if _special(scan, match, last, unit, end):
            return
    if not figure[0].isdecimal():
        figure, unit, end = _weight(match, figure, unit, end)
        start = _chinese_start(text, start, figure, scan.end)
        figure = figure[start - match.start() :]
        if figure == "一" and last and last in ARTICLE_AFTER and figure2 is None:
            return
        if not _stands(scan, match, figure, unit, start, last):
            return
    elif (
        unit is None
        and more is None
        and scale is None
        and figure2 is None
        and _bare(scan, match, figure, end)
    ):
        return
    if figure2 is not None:
        if _range(scan, match, start, end, unit):
            return
        end = match.end("scale") if scale else match.end("more") if more else match.end("figure")
        _split(scan, match, start)
        return
    said = values.read(figure + scale if scale else figure)
    if said is None:
        return
    _append(scan, start, end, said, unit, more, after, half, figure)


def _append(
    scan: Scan,
    start: int,
    end: int,
    said: tuple[Decimal, Decimal],
    unit: str | None,
    more: str | None,
    after: str | None,
    half: str | None,
    figure: str,
) -> None:
    low: Exact
    high: Exact
    low, high = said
    kind: Kind = "quantity"
    if unit is not None:
        if half is not None or unit in _SPECIAL_UNITS:
            low, high, unit = _converted(low, high, unit, half, figure)
        if unit in _TIME:
            kind = "duration"
    if unit is None and not end:
        return
    ahead = before(scan.text, start, scan.end, unit, figure in _ROUND)
    sign = _sign(scan, ahead)
    begin = ahead.start
    if sign:
        begin -= sign
        low, high = -high, -low
    word = after.strip() if after else None
    scan.add_bounds(
        begin,
        end,
        bounds(low, high, first=ahead.hedge, middle=more, last=word),
        unit,
        rule="count",
        kind=kind,
        each=ahead.each,
    )


_ROUND: Final = frozenset("百千万亿")
_SPECIAL: Final = frozenset("第:：备〔[" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$¥￥")
_SPECIAL_UNITS: Final = frozenset(
    [
        *_SCALED,
        "折",
        "番",
        "个小时",
        "个半小时",
        "个半月",
        "个钟头",
        "个工作日",
        "个自然日",
        "个星期",
        "个季度",
        "个月",
        "个百分点",
        "秒钟",
    ]
)


def _unit(scan: Scan, match: Match, unit: str) -> tuple[str | None, int]:
    """The measure word without spaces, and where the phrase ends; a word over a line break may be no measure word."""
    end = match.end()
    if "\n" in match.group():
        group = "unit" if match.start("unit") >= 0 else "unit2"
        at = match.start(group)
        gap = scan.text.rfind("\n", match.start(), at)
        if gap >= 0 and scan.text.rfind("\n", max(0, gap - 15), gap) >= 0:
            previous = max(
                match.end(name) for name in ("figure", "more", "scale", "figure2", "more2", "scale2")
            )
            return None, previous
    if not unit.isalpha():
        unit = "".join(character for character in unit if character not in " \n\t\u3000\xa0()（）")
    return unit, end


def _converted(
    low: Exact, high: Exact, unit: str, half: str | None, figure: str
) -> tuple[Exact, Exact, str | None]:
    """Value in the unit it is stored in: 三成五 is 35 %, 两个半小时 2.5 小时, 八折 80 %, 翻两番 4 倍."""
    if unit.startswith("个半"):
        low, high, unit = low + Decimal("0.5"), high + Decimal("0.5"), unit[2:]
    elif half == "半":
        low, high = low + Decimal("0.5"), high + Decimal("0.5")
    elif half is not None:
        tenth = values.read(half)
        assert tenth is not None  # the grammar admits one digit here
        low, high = low + tenth[0] / 10, high + tenth[0] / 10
    if unit == "折":
        factor = Decimal(1) if low >= 10 else _TEN
        return low * factor, high * factor, "%"
    if unit in _SCALED:
        factor, stored = _SCALED[unit]
        return low * factor, high * factor, stored
    if unit == "秒钟":
        unit = "秒"
    return low, high, unit[1:] if unit[0] == "个" and len(unit) > 1 and unit not in ("个次",) else unit


def _weight(match: Match, figure: str, unit: str | None, end: int) -> tuple[str, str | None, int]:
    """二两 is 2 两, 一千克 1 千克: the last character of the figure belongs to the measure word."""
    if unit is None and len(figure) > 1 and figure[-1] == "两" and match.end() == match.end("figure"):
        return figure[:-1], "两", end
    if (
        unit in ("克", "米", "瓦", "瓦时")
        and figure[-1] == "千"
        and match.end("figure") == match.start("unit")
    ):
        if values.read(figure) is None or not any(character in "百千万亿" for character in figure[:-1]):
            return figure[:-1], f"千{unit}", end
    return figure, unit, end


def _chinese_start(text: str, start: int, figure: str, floor: int) -> int:
    """统一一次, 唯一一个: the first 一 belongs to the word before."""
    if (
        len(figure) > 1
        and figure[0] == "一"
        and figure[1] in DIGITS
        and start > floor
        and text[start - 1] in "统唯逐单专万"
    ):
        return start + 1
    return start


def _whole(scan: Scan, match: Match) -> bool:
    """The text holds nothing but this numeral."""
    text = scan.text
    return len(text) < 60 and text.strip(" 。，,.；;！!负-—－约近超\n") == match.group().strip()


def _stands(scan: Scan, match: Match, figure: str, unit: str | None, start: int, last: str) -> bool:
    """Whether a Chinese numeral counts something here, or is part of a word."""
    text = scan.text
    if unit is not None:
        return _counts(scan, match, figure, unit, start, last)
    if _whole(scan, match):
        return True
    more, figure2 = match.group("more", "figure2")
    first = figure[0]
    if figure2 is not None:
        return len(figure) > 1 or len(figure2) > 1
    if more is not None:
        return figure[-1] in UNITS and (
            first in DIGITS or figure in "十百千万亿" or figure in ("千万", "百万")
        )
    if "点" in figure or first in "几数" or figure[-1] == "几":
        return True
    if figure in _ROUND:
        ahead = before(text, start, scan.end, None, True)
        return ahead.hedge is not None
    if last in "双" and last:
        return False
    has_unit = any(character in UNITS for character in figure)
    return (
        len(figure) > 1
        and has_unit
        and (first in DIGITS or first in "十廿卅卌")
        and figure not in ("一百", "十一")
    )


def _counts(scan: Scan, match: Match, figure: str, unit: str, start: int, last: str) -> bool:
    """Whether a Chinese numeral with a measure word counts: 一起纠纷 does, 一起 does not, 万人 only when hedged."""
    text = scan.text
    more, figure2 = match.group("more", "figure2")
    if more is None and figure2 is None:
        word = figure + unit
        if word in AMBIGUOUS:
            return text.startswith(AMBIGUOUS[word], match.end()) or _whole(scan, match)
        if figure in _ROUND and last not in _ROUND_AFTER and not _whole(scan, match):
            if before(text, start, scan.end, unit, True).hedge is None:
                if unit[0] in "名场家户人次个年日里件" and figure != "百" or unit in ("名", "日", "场"):
                    scan.add(start, match.end(), "name", rule="round")
                return False
    return True


def _bare(scan: Scan, match: Match, figure: str, end: int) -> bool:
    """Digits without measure word that are no quantity: hotlines, years, 12.4 before 宪法日, 126号, 20届."""
    text = scan.text
    start = match.start()
    if len(figure) > 30:
        scan.add(start, end, "document_number", rule="code")
        return True
    follow = text[end : end + 1]
    if follow == "号":
        return _number_sign(scan, start, end + 1, figure)
    if follow in "届级" and follow:
        scan.add(start, end + 1, "name", rule="level")
        return True
    if "." in figure and _MONTH_DAY.fullmatch(figure) and _DAY_CUE.match(text, end):
        scan.add(start, end, "date", rule="month and day")
        return True
    if _is_hotline(text, figure, end):
        scan.add(start, end, "name", rule="hotline")
        return True
    if len(figure) == 4 and _YEAR_BARE.fullmatch(figure) and not _whole(scan, match):
        scan.add(start, end, "date", rule="bare year")
        return True
    if len(figure) > 11 and figure.isdecimal():
        scan.add(start, end, "document_number", rule="code")
        return True
    return False


def _number_sign(scan: Scan, start: int, end: int, figure: str) -> bool:
    """126号: the number of a document, else of a house, a line, an order."""
    follow = scan.text[end : end + 1]
    kind: Kind = "name" if follow and follow in "楼线院栋路店桩机井" else "document_number"
    scan.add(start, end, kind, rule="number sign")
    return True


def _is_hotline(text: str, figure: str, end: int) -> bool:
    while text[end : end + 1] and text[end] in _QUOTE_END:
        end += 1
    if HOTLINE.fullmatch(figure):
        return end < len(text) or end > 5
    cues = HOTLINES["cues"] if figure in HOTLINES["known"] else HOTLINES["strong_cues"]
    return 2 < len(figure) < 9 and figure.isdecimal() and text.startswith(tuple(cues), end)


def _special(scan: Scan, match: Match, last: str, unit: str | None, end: int) -> bool:
    """What the character before the figure says: 第3次, 浏览:76次, A4, ¥500."""
    from transforms.quantify import not_quantities as other

    return other.after(scan, match, last, unit, end)


def _sign(scan: Scan, ahead: Before) -> int:
    """Width of the minus before the phrase: 负, 负的, -, 零下; 0 for none."""
    text, at = scan.text, ahead.start
    room = at - scan.end
    if room < 1:
        return 0
    last = text[at - 1]
    if last == "负":
        return 1
    if last == "的" and room > 1 and text[at - 2] == "负":
        return 2
    if last == "下" and room > 1 and text[at - 2] == "零":
        return 2
    if last in "-−" and (at < 2 or not (text[at - 2].isalnum() or text[at - 2] in "-—")):
        return 1
    return 0


def _range(scan: Scan, match: Match, start: int, end: int, unit: str | None) -> bool:
    """3至5名, 1万-5万, 120到150万; False where the two figures are no range (由6到4, 12-5)."""
    text = scan.text
    figure, scale, figure2, scale2 = match.group("figure", "scale", "figure2", "scale2")
    low = values.read(figure[start - match.start() :] + (scale or ""))
    high = values.read(figure2 + (scale2 or ""))
    if low is None or high is None:
        return False
    first = _shared(figure + (scale or ""), figure2 + (scale2 or ""), low[0], high[1])
    if first >= high[1] or (text[start - 1 : start] == "由" and start > 0):
        return False
    after, half = match.group("after", "half")
    _append(scan, start, end, (first, high[1]), unit, None, after if unit or after else None, half, figure)
    return True


def _shared(figure: str, figure2: str, low: Decimal, high: Decimal) -> Decimal:
    """3-5万 and 一百二十到一百五十万 share the 万; 80到1万 does not."""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)):
        if figure2.endswith(unit) and not any(character in "百千万亿" for character in figure[-1:]):
            if unit not in figure and low < high / size:
                return low * size
            return low
    return low


def _split(scan: Scan, match: Match, start: int) -> None:
    """Two figures that looked like a range: read apart."""
    cut = match.start("figure2")
    first = max(match.end(name) for name in ("figure", "more", "scale", "unit"))
    reader = scan.read
    _single(scan, match, start, first)
    reader(scan, cut, match.end())


def _single(scan: Scan, match: Match, start: int, end: int) -> None:
    figure, more, scale, unit = match.group("figure", "more", "scale", "unit")
    said = values.read(figure[start - match.start() :] + (scale or ""))
    if said is not None:
        _append(scan, start, end, said, unit, more, None, None, figure)
