"""A report's text as HTML: every numeral in a mark, beside each repaired line its repaired form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from transforms.normalize import AlignedText


class Mark(NamedTuple):
    """A stretch of the decoded text that is shown as item `number` of the page, in the colours of `role`."""

    start: int
    end: int
    number: int
    role: str
    is_doubtful: bool


class Hunk(NamedTuple):
    """`raw[raw_start:raw_end]` reads `text[start:end]` after the repairs named; all else is the same."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    steps: str


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole lines of the text; `repaired` is empty where they were not changed."""

    html: Markup
    repaired: Markup


def hunks(aligned: AlignedText) -> list[Hunk]:
    """Where raw and repaired text differ, in order, none touching another.

    >>> from transforms.normalize import normalize
    >>> [h[:4] for h in hunks(normalize("開展宣傳14場(chǎng)次。"))]
    [(0, 1, 0, 1), (3, 4, 3, 4), (6, 14, 6, 7)]
    """
    out: list[Hunk] = []
    for start, end, raw_start, raw_end, step in aligned.edits:
        step = step.partition(":")[0]
        if out and (raw_start <= out[-1].raw_end or start < out[-1].end):
            last = out.pop()
            steps = last.steps if step in last.steps.split(" ") else f"{last.steps} {step}"
            raw_start, start = min(last.raw_start, raw_start), min(last.start, start)
            out.append(Hunk(raw_start, max(last.raw_end, raw_end), start, max(last.end, end), steps))
        else:
            out.append(Hunk(raw_start, raw_end, start, end, step))
    return out


def blocks(aligned: AlignedText, differences: Sequence[Hunk], marks: Sequence[Mark]) -> Iterator[Block]:
    """The text in whole lines; lines that a repair joined are one block. `differences`: its `hunks`."""
    raw, shift, at, first_mark, first_hunk = aligned.raw, 0, 0, 0, 0
    while at < len(raw):
        end, last_hunk = _line_end(raw, at, differences, first_hunk)
        here = differences[first_hunk:last_hunk]
        while first_mark < len(marks) and marks[first_mark].end <= at:
            first_mark += 1
        inside = list(_reaching(marks, first_mark, end))
        text_start = at + shift
        shift += sum((h.end - h.start) - (h.raw_end - h.raw_start) for h in here)
        repaired = _repaired(aligned.text, text_start, end + shift, here) if here else Markup()
        yield Block(_published(raw, at, end, inside, here), repaired)
        at, first_hunk = end, last_hunk


def _reaching(marks: Sequence[Mark], first: int, end: int) -> Iterator[Mark]:
    while first < len(marks) and marks[first].start < end:
        yield marks[first]
        first += 1


def _line_end(raw: str, at: int, differences: Sequence[Hunk], first: int) -> tuple[int, int]:
    """End of the block that begins at `at`, and the number of the first hunk after it."""
    end, last = _after_newline(raw, at), first
    # what a repair puts after the last character belongs to the last line
    while last < len(differences) and (differences[last].raw_start < end or end == len(raw)):
        if differences[last].raw_end >= end and end < len(raw):
            end = _after_newline(raw, max(end, differences[last].raw_end))
        last += 1
    return end, last


def _after_newline(raw: str, at: int) -> int:
    found = raw.find("\n", at)
    return len(raw) if found < 0 else found + 1


def _published(raw: str, start: int, end: int, marks: Sequence[Mark], here: Sequence[Hunk]) -> Markup:
    out, at = [], start
    for mark in marks:
        left, right = max(mark.start, start), min(mark.end, end)
        if left < at:  # a numeral inside another; the ledger has none, facts in words may
            continue
        out.append(_with_hunks(raw, at, left, here))
        doubtful = " d" if mark.is_doubtful else ""
        inner = _with_hunks(raw, left, right, here)
        out.append(Markup(f'<mark class="{mark.role}{doubtful}" data-n={mark.number}>{inner}</mark>'))
        at = right
    out.append(_with_hunks(raw, at, end, here))
    return Markup("").join(out)


def _with_hunks(raw: str, start: int, end: int, here: Sequence[Hunk]) -> Markup:
    out, at = [], start
    for number in range(bisect_right(here, start, key=lambda hunk: hunk.raw_end), len(here)):
        left, right = max(here[number].raw_start, at), min(here[number].raw_end, end)
        if left >= end:
            break
        if left >= right:
            continue
        out.append(f"{escape(raw[at:left])}<s>{escape(raw[left:right])}</s>")
        at = right
    out.append(str(escape(raw[at:end])))
    return Markup("".join(out))


def _repaired(text: str, start: int, end: int, here: Sequence[Hunk]) -> Markup:
    out, at = [], start
    for hunk in here:
        out.append(str(escape(text[at : hunk.start])))
        if hunk.end > hunk.start:
            inner = escape(text[hunk.start : hunk.end])
            out.append(f'<ins title="{escape(hunk.steps)}">{inner}</ins>')
        else:
            out.append(f'<ins class=gone title="{escape(hunk.steps)}"></ins>')
        at = max(at, hunk.end)
    out.append(str(escape(text[at:end])))
    return Markup("".join(out))
