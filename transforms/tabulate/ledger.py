"""The ledger: every numeral of a report exactly once, with the role it plays."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple

from transforms.normalize import AlignedText
from transforms.quantify.quantity import Exact, Kind, Numeral

Role = Literal[
    "fact", "part", "required", "planned", "change", "mean", "frequency", "context", "duration", "ordinal",
    "rank", "date", "document_number", "citation", "list_marker", "name", "elsewhere", "furniture", "damaged",
    "unmatched",
]  # fmt: skip


@dataclass(slots=True, unsafe_hash=True)
class LedgerEntry:
    """One numeral, `start`/`end` in the DECODED RAW text; `facts` are positions in the report's fact list.

    Not to be changed once made; not frozen only because that triples the cost of making dozens a report.
    """

    start: int
    end: int
    text: str
    role: Role
    value: Exact | None
    unit: str | None
    rule: str | None
    facts: tuple[int, ...] = ()


class Verdict(NamedTuple):
    """What became of one numeral: its role, the rule that gave it, the facts it supports."""

    role: Role
    rule: str
    facts: tuple[int, ...] = ()


# A numeral that is no quantity plays the role its kind says.
ROLE_OF_KIND: Mapping[Kind, Role] = {
    "quantity": "unmatched",
    "date": "date",
    "clock": "date",
    "duration": "duration",
    "ordinal": "ordinal",
    "document_number": "document_number",
    "citation": "citation",
    "list_marker": "list_marker",
    "name": "name",
    "damaged": "damaged",
    "furniture": "furniture",
}

_DIGIT_RUN = re.compile(r"\d+")
# Every character \d stands for and many more, as one class of ranges: a quarter of the cost of \d.
ANY_DIGIT = re.compile(r"[0-9\u0660-\u1fff\ua000-\uabff\uff10-\uff19\U00010000-\U0010ffff]")
# 位列全县第4名, 排名第三: an ordinal that says a place among others; 排名第3批 would count batches.
_RANKED = re.compile(
    r"(?:排名|排行|排在|位列|位居|位次|名列|荣获|夺得|(?<![系罗序开编])列|居(?=全[县市省区国州盟旗]))[^，,；;。、\d]{0,10}$"
)
_NTH = re.compile(r"第\s?[\d一二三四五六七八九十]{1,4}\s?[名位]?")
LOOK_BACK = 16


def ledger(
    text: AlignedText, numerals: Sequence[Numeral], verdicts: Mapping[int, Verdict], body: tuple[int, int]
) -> tuple[LedgerEntry, ...]:
    """One entry a numeral, in order of place, and one for every digit run of the raw text no numeral covers.

    Numerals come in order and keep it on the way back to the raw text. `verdicts` are keyed by position in
    `numerals`; where none is given the kind decides. Digits that a repair removed (page numbers) are
    furniture; those outside the body of a web page too, where they count nothing.
    """
    raw, entries = text.raw, []
    spans = None if text.is_in_place else text.spans_to_raw([numeral[:2] for numeral in numerals])
    for i, numeral in enumerate(numerals):
        start, end, _, quantity, rule = numeral
        if spans is not None:
            start, end = spans[i]
        facts: tuple[int, ...] = ()
        if i in verdicts:
            role, rule, facts = verdicts[i]
        else:
            role = _role(text.text, numeral, start, body)
        value = unit = None
        if quantity is not None:
            value, unit = quantity.value, quantity.unit
        entries.append(LedgerEntry(start, end, raw[start:end], role, value, unit, rule or None, facts))
    missed = () if text.is_in_place else _missed(text, entries)
    return tuple(sorted([*entries, *missed], key=_place) if missed else entries)


_place = attrgetter("start", "end")


def _role(text: str, numeral: Numeral, start: int, body: tuple[int, int]) -> Role:
    """What a numeral that nothing was made of is by its kind."""
    role = ROLE_OF_KIND[numeral.kind]
    if role == "ordinal" and _is_rank(text, numeral):
        return "rank"
    return "furniture" if role == "unmatched" and not body[0] <= start < body[1] else role


def _is_rank(text: str, numeral: Numeral) -> bool:
    if not _NTH.fullmatch(text, numeral.start, numeral.end):
        return False
    return bool(_RANKED.search(text, max(0, numeral.start - LOOK_BACK), numeral.start))


def _missed(text: AlignedText, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Digit runs of the raw text outside every entry: a repair took them away."""
    if not ANY_DIGIT.search(_uncovered(text.raw, entries)):
        return []
    out: list[LedgerEntry] = []
    i, total = 0, len(entries)
    for run in _DIGIT_RUN.finditer(text.raw):
        at, end = run.span()
        while i < total and entries[i].end <= at:
            i += 1
        k = i
        while at < end:
            stop = entries[k].start if k < total and entries[k].start < end else end
            if stop > at:
                out.append(LedgerEntry(at, stop, text.raw[at:stop], "furniture", None, None, "repair"))
            at = entries[k].end if k < total else end
            k += 1
    return out


def _uncovered(raw: str, entries: Sequence[LedgerEntry]) -> str:
    """What of the raw text no entry covers: nearly never a digit, and one search tells."""
    ends = [0, *[entry.end for entry in entries]]
    starts = [*[entry.start for entry in entries], len(raw)]
    return "".join([raw[end:start] for end, start in zip(ends, starts, strict=True)])
