"""Numerals that count nothing: dates, markers, names, codes, and numbers that lost characters."""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify.lexicon import CODE_LABELS, FURNITURE_LABELS
from transforms.quantify.quantity import Kind
from transforms.quantify.scan import Match, Scan

_CITED: Final = frozenset(["条", "款", "项", "章", "节", "编", "目"])
_MONTH_DAY: Final = re.compile(r"(?:1[0-2]|0?[1-9])[.·•‧∙・](?:3[01]|[12]\d|0?[1-9])")
_LABEL: Final = re.compile(r"([^\s:：]{1,10})\s{0,2}[:：]\s?$")
_LETTERS: Final = re.compile(r"[A-Za-z0-9_.\-/@%?=&]{0,80}$")
_ONE_NUMBER: Final = re.compile(r"[\d.,]+\s?(?:%|[件次个人名份场条项家户起处])")


def title(scan: Scan, match: Match) -> None:
    """《…》: dates stay dates, every other number is part of a citation."""
    _inside(scan, match, "citation", "title")


def quoted(scan: Scan, match: Match) -> None:
    """“八五”, “1+2+N”, “百名律师进百村”: a short quotation with a numeral in it is a name; a date in it stays a date."""
    start, end = match.start() + 1, match.end()
    content = scan.text[start:end]
    if _MONTH_DAY.fullmatch(content):
        scan.add(start, end, "date", rule="month and day")
        return
    if _ONE_NUMBER.fullmatch(content):
        scan.read(scan, start, end)
        return
    known = len(scan.found)
    scan.read(scan, start, end)
    if any(numeral.kind in ("date", "damaged") for numeral in scan.found[known:]):
        return
    del scan.found[known:]
    scan.add(start, end, "name", rule="quoted")


def _inside(scan: Scan, match: Match, kind: Kind, rule: str) -> None:
    known = len(scan.found)
    scan.read(scan, match.start() + 1, match.end())
    inner = scan.found[known:]
    del scan.found[known:]
    for numeral in inner:
        if numeral.kind in ("date", "damaged", "document_number", "ordinal", "citation", "name"):
            scan.found.append(numeral)
        else:
            scan.add(numeral.start, numeral.end, kind, rule=rule)
    if inner:
        scan.end = inner[-1].end


def circled(scan: Scan, match: Match) -> None:
    """①, ㈠."""
    scan.add(match.start(), match.end(), "list_marker", rule="circled")


def slogan(scan: Scan, match: Match) -> None:
    """1+5, 1+2+N, N+1."""
    start = match.start()
    while start > scan.end and scan.text[start - 1] in "+Nn":
        start -= 1
    scan.add(start, match.end(), "name", rule="slogan")


def name(scan: Scan, match: Match) -> None:
    """Terms of the lexicon and of a named series: 八五普法, 二十大, 一岗双责."""
    scan.add(match.start(), match.end(), "name", rule="name")


def damaged(scan: Scan, match: Match) -> None:
    """20212025年, 〔202526号, 1231日, 2***: characters are lost, no value can be read."""
    start, end = match.span()
    while end < len(scan.text) and scan.text[end] in "年月日号" and end < match.end() + 1:
        end += 1
    scan.add(start, end, "damaged", rule="lost characters")


def document(scan: Scan, match: Match) -> None:
    """〔2022〕126号."""
    scan.add(max(scan.end, match.start() - 1), match.end(), "document_number", rule="bracketed year")


def date(scan: Scan, match: Match) -> None:
    start = match.start()
    kind: Kind = "date"
    if start > scan.end and scan.text[start - 1] == "第":
        start -= 1
    scan.add(start, match.end(), kind, rule="date")


def cn_date(scan: Scan, match: Match) -> None:
    date(scan, match)


def clock(scan: Scan, match: Match) -> None:
    scan.add(match.start(), match.end(), "clock", rule="clock")


def code(scan: Scan, match: Match) -> None:
    """Letters and digits mixed, telephone numbers, versions."""
    start = _letters(scan, match.start())
    kind: Kind = "document_number" if match.end() - start > 9 else "name"
    scan.add(start, match.end(), kind, rule="code")


def marker(scan: Scan, match: Match) -> None:
    """一是, （一）, 1., 1、 with its brackets."""
    start, end = match.span()
    text = scan.text
    if text[end : end + 1] in ")）" and start and text[start - 1] in "(（" and end < len(text):
        start, end = start - 1, end + 1
    elif text[end : end + 2].strip() in (")", "）") and end < len(text):
        end += text[end : end + 2].index(text[end : end + 2].strip()) + 1
        start = max(scan.end, start - 1)
    if text[start] in "(（" and _is_part(text, start, end):
        scan.read(scan, start + 1, end - 1) if False else _plain(scan, match)
        return
    if start > scan.end and text[start - 1] == "第" or (text[start - 2 : start] == "第(" and False):
        start -= 1
    scan.add(max(start, scan.end), end, "list_marker", rule="marker")


def _is_part(text: str, start: int, end: int) -> bool:
    """婚姻家庭（18）、: a figure in brackets after its noun, not a marker."""
    before = text[start - 1 : start]
    follow = text[end : end + 1]
    return before.isalpha() and follow != "" and follow in "、，；。,;" and text[start + 1].isdecimal()


def _plain(scan: Scan, match: Match) -> None:
    from decimal import Decimal

    digits = match.group().strip(".．、)）")
    scan.add_quantity(match.start(), match.start() + len(digits), Decimal(digits), None, "digits")


def word(scan: Scan, match: Match) -> None:
    """A numeral character inside a word: nothing to report."""


def after(scan: Scan, match: Match, last: str, unit: str | None, end: int) -> bool:
    """What the character before the figure says; False where it says nothing."""
    start = match.start()
    if last in "第 ":
        _ordinal(scan, match, unit, end)
        return True
    if last in ":：":
        return _labelled(scan, match, end)
    if last == "备":
        scan.add(start, match.end("figure"), "furniture", rule="registration")
        return True
    if last in "$¥￥":
        return False
    if last in "〔[":
        return False
    if unit is not None or not match.group("figure").isascii() or match.group("more"):
        return False
    begin = _letters(scan, start)
    scan.add(
        begin,
        match.end("figure"),
        "document_number" if match.end("figure") - begin > 9 else "name",
        rule="code",
    )
    _rest(scan, match)
    return True


def _rest(scan: Scan, match: Match) -> None:
    if match.group("figure2"):
        scan.read(scan, match.start("figure2"), match.end())


def _letters(scan: Scan, start: int) -> int:
    text = scan.text
    begin = start
    while (
        begin > scan.end
        and start - begin < 80
        and text[begin - 1].isascii()
        and (text[begin - 1].isalnum() or text[begin - 1] in "_-/.@")
    ):
        begin -= 1
    return begin


def _ordinal(scan: Scan, match: Match, unit: str | None, end: int) -> None:
    """第3次, 第八个, 第三届; 第十九条 is a citation, 第126号 a document number."""
    text = scan.text
    start = match.start() - (1 if text[match.start() - 1] == "第" else 2)
    kind: Kind = "ordinal"
    if match.group("figure2"):
        end = match.end("figure")
        unit = None
    if unit is None:
        end = match.end("figure")
        follow = text[end : end + 1]
        if follow in _CITED:
            kind, end = "citation", end + 1
        elif follow == "号":
            kind, end = "document_number", end + 1
        elif follow and follow in "届页季步章期批卷讲":
            end += 1
    elif unit in _CITED:
        kind = "citation"
    scan.add(max(start, scan.end), end, kind, rule="ordinal")
    _rest(scan, match)


def _labelled(scan: Scan, match: Match, end: int) -> bool:
    """浏览:76次 and 电话：… are page furniture, 索引号：… a code."""
    start = match.start()
    label = _LABEL.search(scan.text[max(0, start - 24) : start])
    if label is None:
        return False
    if label.group(1).endswith(FURNITURE_LABELS):
        scan.add(start, end, "furniture", rule="label")
    elif label.group(1).endswith(CODE_LABELS):
        scan.add(start, end, "document_number", rule="label")
    else:
        return False
    return True
