"""Digits without measure word: which of them are no quantity."""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify.chinese import whole
from transforms.quantify.grammar import HOTLINE
from transforms.quantify.lexicon import CONTACT_LABELS, HOTLINES
from transforms.quantify.quantity import Kind
from transforms.quantify.scan import Match, Scan

_YEAR: Final = re.compile(r"20(?:0[1-9]|[1-3]\d)")
_CUES: Final = tuple(HOTLINES["cues"])
_STRONG_CUES: Final = tuple(HOTLINES["strong_cues"])
_KNOWN: Final = frozenset(HOTLINES["known"])
_CALLED_BY: Final = tuple(HOTLINES["called_by"])
_HOUSES: Final = "楼线院栋路店桩机井"
# 文昌路128号: a house. 街 alone may end a street office that numbers its papers.
_STREETS: Final = ("路", "巷", "弄", "胡同", "大街", "大道", *(f"{c}街" for c in "东西南北中前后新老正横"))
_PAPERS: Final = ("文", "令", "公告", "通告", "通知", "决定")
_PROPOSALS: Final = ("建议", "提案", "议案")  # 16号建议: which of them
_LONGEST: Final = 11  # digits of the largest figure written out without separators; a longer run is a code


def is_no_quantity(scan: Scan, match: Match, figure: str, end: int) -> bool:
    """Append 126号, 20届, 12345, a bare 2023, an index number as what it is; False for a plain figure."""
    text = scan.text
    start = match.start()
    follow = text[end : end + 1]
    if follow == "号":
        scan.add(start, end + 1, _numbered(text, start, end + 1), rule="number sign")
    elif follow and follow in "届级":
        scan.add(start, end + 1, "name", rule="level")
    elif len(figure) > 4 and text.endswith(CONTACT_LABELS, 0, start):
        scan.add(start, end, "furniture", rule="label")
    elif _is_hotline(text, start, figure, end):
        scan.add(start, end, "name", rule="hotline")
    elif len(figure) == 4 and _YEAR.fullmatch(figure) and not whole(text, match):
        scan.add(start, end, "date", rule="bare year")
    elif figure.isdecimal() and (len(figure) > _LONGEST or (len(figure) > 2 and figure[0] == "0")):
        scan.add(start, end, "document_number", rule="code")
    else:
        return False
    return True


def _numbered(text: str, start: int, end: int) -> Kind:
    """What bears the number with 号: a house or a line, a proposal of a deputy, else a paper."""
    if text.startswith(_PROPOSALS, end):
        return "ordinal"
    house = text[end : end + 1]
    on_street = text.endswith(_STREETS, 0, start) and not text.startswith(_PAPERS, end)
    if on_street or (house and house in _HOUSES):
        return "name"
    return "document_number"


def _is_hotline(text: str, start: int, figure: str, end: int) -> bool:
    """12345 before anything but a measure word; 8890, 110 and others only beside a word that calls them."""
    if not 2 < len(figure) < 9 or not figure.isdecimal():
        return False
    while end < len(text) and text[end] in '”"」':
        end += 1
    if HOTLINE.fullmatch(figure):
        return len(text) > len(figure)
    if text.startswith(_STRONG_CUES, end):
        return True
    return figure in _KNOWN and (text.startswith(_CUES, end) or text.endswith(_CALLED_BY, 0, start))
