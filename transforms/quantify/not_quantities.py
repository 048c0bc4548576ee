"""Shapes that count nothing: dates, markers, names, codes, quotations, and numbers that lost characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from transforms.quantify.quantity import Kind
from transforms.quantify.rates import is_both
from transforms.quantify.scan import Match, Scan

_MONTH_DAY: Final = re.compile(r"(?:1[0-2]|0?[1-9])[.·•‧∙・](?:3[01]|[12]\d|0?[1-9])")
_MAY_BE_OTHER: Final = re.compile(r"\d[\d\s.,]*[年月日号.*Xx—-]|[年月]|^\d[\d.,]*\s?[%一-鿿]$|\d{6}")
_ONE_NUMBER: Final = re.compile(r"[\d.,]+\s?(?:%|[件次个人名份场条项家户起处])")
_BOTH: Final = frozenset(["双百", "双100%", "双百分之百"])
_CLOSE: Final = re.compile(r"\s?[)）]")
# kinds that keep their own name inside 《》
_OWN: Final = frozenset(["date", "damaged", "document_number", "ordinal", "citation", "name"])


def title(scan: Scan, match: Match) -> None:
    """《…》: dates stay dates, every other number is part of a citation."""
    known = len(scan.found)
    scan.read(scan, match.start() + 1, match.end())
    inner = scan.found[known:]
    del scan.found[known:]
    for numeral in inner:
        if numeral.kind in _OWN:
            scan.found.append(numeral)
        else:
            scan.add(numeral.start, numeral.end, "citation", rule="title")
    if inner:
        scan.end = inner[-1].end


def quoted(scan: Scan, match: Match) -> None:
    """“八五”, “1+2+N”, “百名律师进百村”: a short quotation with a numeral is a name, a date a date."""
    start, end = match.start() + 1, match.end()
    content = scan.text[start:end]
    if _MONTH_DAY.fullmatch(content):
        scan.add(start, end, "date", rule="month and day")
        return
    if content in _BOTH and is_both(scan, match.start()):
        scan.add_quantity(start, end, Decimal(100), "%", "both")
        return
    if not _MAY_BE_OTHER.search(content):
        scan.add(start, end, "name", rule="quoted")
        return
    known = len(scan.found)
    scan.read(scan, start, end)
    inner = scan.found[known:]
    if _ONE_NUMBER.fullmatch(content) or any(numeral.kind in ("date", "damaged") for numeral in inner):
        return
    del scan.found[known:]
    scan.add(start, end, "name", rule="quoted")


def plain(kind: Kind, rule: str) -> Callable[[Scan, Match], None]:
    """A reader for shapes that need no second look."""

    def read(scan: Scan, match: Match) -> None:
        scan.add(match.start(), match.end(), kind, rule=rule)

    return read


def slogan(scan: Scan, match: Match) -> None:
    """1+5, 1+2+N, N+1."""
    start = match.start()
    while start > scan.end and scan.text[start - 1] in "+Nn":
        start -= 1
    scan.add(start, match.end(), "name", rule="slogan")


def damaged(scan: Scan, match: Match) -> None:
    """20212025年, 〔202526号, 1231日, 2***: characters are lost, no value can be read."""
    end = match.end()
    if end < len(scan.text) and scan.text[end] in "年月日号":
        end += 1
    scan.add(match.start(), end, "damaged", rule="lost characters")


def document(scan: Scan, match: Match) -> None:
    """〔2022〕126号, with the bracket before."""
    scan.add(max(scan.end, match.start() - 1), match.end(), "document_number", rule="bracketed year")


def date(scan: Scan, match: Match) -> None:
    """A date, with 第 or 前 before a quarter."""
    start = match.start()
    if start > scan.end and scan.text[start - 1] == "第":
        start -= 1
    scan.add(start, match.end(), "date", rule="date")


def code(scan: Scan, match: Match) -> None:
    """Letters and digits mixed, versions, index numbers."""
    kind: Kind = "document_number" if match.end() - match.start() > 9 else "name"
    scan.add(match.start(), match.end(), kind, rule="code")


def marker(scan: Scan, match: Match) -> None:
    """一是, 1., 1、 and （一） with its brackets; 第（三）项 is cited, 婚姻家庭（18）、 counts."""
    text = scan.text
    start, end = match.span()
    close = _CLOSE.match(text, end)
    if start > scan.end and text[start - 1] in "(（" and close:
        start, end = start - 1, close.end()
        if _is_part(text, start, end):
            scan.add_quantity(start + 1, match.end(), Decimal(match.group()), None, "in brackets")
            return
    if start > scan.end and text[start - 1] in "第其":
        cited = text[start - 1] == "第" and end < len(text) and text[end] in "项款条目"
        scan.add(start - 1, end + cited, "citation" if cited else "list_marker", rule="marker")
        return
    scan.add(start, end, "list_marker", rule="marker")


def _is_part(text: str, start: int, end: int) -> bool:
    """婚姻家庭（18）、: a figure in brackets after its noun and before a break, not a marker."""
    noun = start > 0 and text[start - 1].isalpha() and not text[start - 1].isascii()
    return noun and text[start + 1 : end - 1].isdecimal() and text[end : end + 1] in ("", *"、，；。,;\n)）")
