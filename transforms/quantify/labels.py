"""What the characters right before a figure say about it: 第3次, 浏览:76次, A4, ICP备123."""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify.lexicon import CODE_LABELS, CONTACT_LABELS, FURNITURE_LABELS
from transforms.quantify.quantity import Kind
from transforms.quantify.scan import Match, Scan

CITED: Final = frozenset(["条", "款", "项", "章", "节", "编", "目"])
_SERIES: Final = frozenset("届季步章期批卷讲")
_LABEL: Final = re.compile(r"([^\s:：]{1,10})\s{0,2}[:：]\s?$")


def after_character(scan: Scan, match: Match, last: str, unit: str | None, end: int) -> bool:
    """Append what `last`, the character before the match, makes of it; False where it makes nothing."""
    start = match.start()
    if last == "第":
        return _ordinal(scan, match, start - 1, unit, end)
    if last == " ":
        return (
            scan.text.startswith("第", start - 2)
            and start - 2 >= scan.end
            and _ordinal(scan, match, start - 2, unit, end)
        )
    if last in ":：":
        return _labelled(scan, start, end, unit)
    if last == "共":
        return unit == "页" and _furniture(scan, start, end, "page")
    if last == "备":
        return len(match.group("figure")) > 4 and _furniture(scan, start, match.end("figure"), "registration")
    return _code(scan, match, unit)


def _furniture(scan: Scan, start: int, end: int, rule: str) -> bool:
    scan.add(start, end, "furniture", rule=rule)
    return True


def _labelled(scan: Scan, start: int, end: int, unit: str | None) -> bool:
    """浏览:76次 and 电话：… are page furniture, 索引号：… a code."""
    label = _LABEL.search(scan.text, max(scan.end, start - 24), start)
    if label is None:
        return False
    visits = label.group(1).endswith(FURNITURE_LABELS)
    if visits or (unit is None and label.group(1).endswith(CONTACT_LABELS)):
        return _furniture(scan, start, end, "label")
    if label.group(1).endswith(CODE_LABELS):
        scan.add(start, end, "document_number", rule="label")
        return True
    return False


def _code(scan: Scan, match: Match, unit: str | None) -> bool:
    """A letter before the figure makes it a code, unless a measure word shows that it counts (约RMB500元)."""
    figure, more = match.group("figure", "more")
    if unit is not None or more is not None or not figure.isascii():
        return False
    begin = match.start()
    while begin > scan.end and scan.text[begin - 1].isascii() and scan.text[begin - 1].isalnum():
        begin -= 1
    end = match.end("figure")
    scan.add(begin, end, "document_number" if end - begin > 9 else "name", rule="code")
    _rest(scan, match)
    return True


def _rest(scan: Scan, match: Match) -> None:
    if match.group("figure2"):
        scan.read(scan, match.start("figure2"), match.end())


def _ordinal(scan: Scan, match: Match, start: int, unit: str | None, end: int) -> bool:
    """第3次, 第八个, 第三届; 第十九条 is a citation, 第126号 a document number, 第3页 page furniture."""
    kind: Kind = "ordinal"
    if unit is None or match.group("figure2"):
        end = match.end("figure")
        follow = scan.text[end : end + 1]
        if follow in CITED:
            kind, end = "citation", end + 1
        elif follow == "号":
            kind, end = "document_number", end + 1
        elif follow and follow in _SERIES:
            end += 1
    elif unit in CITED:
        kind = "citation"
    elif unit == "页":
        kind = "furniture"
    scan.add(start, end, kind, rule="ordinal")
    _rest(scan, match)
    return True
