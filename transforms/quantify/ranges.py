"""Two figures joined by 至, 到 or a dash: a range, or two numbers side by side."""

from __future__ import annotations

from decimal import Decimal

from transforms.quantify import values
from transforms.quantify.chinese import ROUND
from transforms.quantify.phrases import Phrase, append
from transforms.quantify.scan import Match, Scan


def join(scan: Scan, match: Match, start: int, end: int, figure: str, unit: str | None) -> None:
    """3至5名, 1万-5万, 120到150万; read apart where the two figures make no range (12-5, 由6到8)."""
    scale, figure2, scale2, minus2 = match.group("scale", "figure2", "scale2", "minus2")
    left, right = figure + (scale or ""), figure2 + (scale2 or "")
    low, high = values.read(left), values.read(right)
    if low is not None and high is not None:
        first = _shared(left, right, low[0], high[1])
        if (first < high[1] or minus2 or _negative(scan, start)) and not scan.text.endswith("由", 0, start):
            phrase = Phrase(start, end, first, high[1], unit, after=match.group("after"))
            phrase.second_negative = bool(minus2)
            append(scan, phrase)
            return
    _apart(scan, match, start, low)


def _negative(scan: Scan, start: int) -> bool:
    return start > scan.end and scan.text[start - 1] in "负-下"


def _apart(scan: Scan, match: Match, start: int, low: tuple[Decimal, Decimal] | None) -> None:
    cut = max(match.end(name) for name in ("figure", "more", "scale", "unit"))
    if low is not None:
        append(scan, Phrase(start, cut, low[0], low[1], match.group("unit"), more=match.group("more")))
    scan.read(scan, match.start("figure2"), match.end())


def _shared(left: str, right: str, low: Decimal, high: Decimal) -> Decimal:
    """3-5万 and 一百二十到一百五十万 share the last unit; 80到1万 and 5千到1万 do not."""
    size = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}.get(right[-1])
    if size is None or right[-1] in left or low >= high / size or left[-1] in ROUND:
        return low
    return low * size
