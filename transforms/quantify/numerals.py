"""Every numeral of a text once, in order: a quantity with its bounds, or what else it is.

`numerals` is the whole truth, `quantities` the part of it that counts something.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from transforms.quantify import not_quantities as other
from transforms.quantify.contents import without_pages_of_contents
from transforms.quantify.counts import count, simple
from transforms.quantify.grammar import PATTERN
from transforms.quantify.lexicon import fold
from transforms.quantify.masked import without_hidden
from transforms.quantify.quantity import Numeral, Quantity
from transforms.quantify.rates import both, fraction, half_unit, multiply, percent
from transforms.quantify.scan import Match, Scan

_DIGITS: Final = re.compile(r"\d+")
_LONGEST: Final = 30  # digits of a figure; what is longer is a code

_READERS: Final[dict[str, Callable[[Scan, Match], None]]] = {
    "count": count,
    "percent": percent,
    "both": both,
    "fraction": fraction,
    "multiply": multiply,
    "half_unit": half_unit,
    "title": other.title,
    "quoted": other.quoted,
    "circled": other.plain("list_marker", "circled"),
    "slogan_n": other.slogan,
    "slogan": other.slogan,
    "name": other.plain("name", "name"),
    "latin": other.code,
    "damaged": other.damaged,
    "document": other.document,
    "date": other.date,
    "cn_date": other.date,
    "clock": other.plain("clock", "clock"),
    "cn_clock": other.plain("clock", "clock"),
    "furniture": other.plain("furniture", "telephone or page"),
    "code": other.code,
    "marker": other.marker,
    "cn_marker": other.marker,
}


def read(scan: Scan, start: int, end: int) -> None:
    """Append the numerals of `text[start:end]`; digits that no reader took are appended as they stand."""
    found = scan.found
    for match in PATTERN.finditer(scan.text, start, end):
        shape = match.lastgroup
        if shape == "simple":
            simple(scan, match)
            continue
        if shape is None or shape == "word":
            continue
        known = len(found)
        _READERS[shape](scan, match)
        first, last = match.span()
        whole = found and found[-1][0] <= first and last <= found[-1][1]
        if not whole and _DIGITS.search(scan.text, first, last):
            _leftovers(scan, known, first, last)


def _leftovers(scan: Scan, known: int, start: int, end: int) -> None:
    """The law that no digit is lost, also where a reader declined a shape that holds some."""
    known = min(known, len(scan.found))
    taken = scan.found[max(0, known - 1) :]
    for match in _DIGITS.finditer(scan.text, start, end):
        if any(numeral.start <= match.start() and match.end() <= numeral.end for numeral in taken):
            continue
        if len(match.group()) > _LONGEST:
            scan.add(match.start(), match.end(), "document_number", rule="code")
        else:
            scan.add_quantity(match.start(), match.end(), Decimal(match.group()), None, "digits")
    scan.found[known:] = sorted(scan.found[known:], key=lambda numeral: numeral.start)
    if len(scan.found) > known:
        scan.end = scan.found[-1].end


def numerals(text: str) -> list[Numeral]:
    """Every numeral of `text`, in order and without overlap.

    Digit runs of any width are covered by exactly one numeral each; Chinese numerals are reported where they
    count, date, order or name something, and not inside words (统一, 进一步, 十分).

    >>> [(n.kind, text[n.start:n.end]) for text in ["第3次会议印发2千余份"] for n in numerals(text)]
    [('ordinal', '第3次'), ('quantity', '2千余份')]
    """
    scan = Scan(fold(text))
    scan.read = read
    read(scan, 0, len(text))
    return without_pages_of_contents(scan.text, without_hidden(scan.text, scan.found))


def quantities(text: str) -> list[Quantity]:
    """The numbers of `text` that count or measure something, lengths of time among them (24小时, 近三年).

    Whoever must tell a duration from a count reads `numerals`, where it has its own kind.

    >>> [(q.value, q.bound, q.unit) for q in quantities("发放宣传资料2千余份，调解成功率达98%以上")]
    [(Decimal('2000'), 'at_least', '份'), (Decimal('98'), 'at_least', '%')]
    """
    return [numeral.quantity for numeral in numerals(text) if numeral.quantity is not None]
