"""Repaired text that knows the way back: every repair is an edit with its step's name.

A repair either moves text (it deletes, inserts or replaces stretches of another length) or swaps characters
one for one (script, width). Only the first kind needs a map, so a text that was only swapped, or not touched
at all, maps onto itself. The maps of the steps stay apart and are walked from the last to the first: a report
has three or four, each a few integers long.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from operator import add, sub
from typing import NamedTuple


class Edit(NamedTuple):
    """`raw[raw_start:raw_end]` was replaced by `text[start:end]` in the step named."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    step: str


class Change(NamedTuple):
    """What a repair asks for: put `new` where `text[start:end]` of its own input stands."""

    start: int
    end: int
    new: str


_Columns = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Moved:
    """The changes of one step that shift what follows, as four parallel columns of offsets, sorted."""

    step: str
    in_starts: Sequence[int]
    in_ends: Sequence[int]
    out_starts: Sequence[int]
    out_ends: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Span of this step's output -> span of its input."""
        return _carry(self.out_starts, self.out_ends, self.in_starts, self.in_ends, start, end)

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """Span of this step's input -> span of its output."""
        return _carry(self.in_starts, self.in_ends, self.out_starts, self.out_ends, start, end)

    def spans(self) -> list[tuple[int, int, int, int, str]]:
        """Each change as (start, end) in the output, (start, end) in the input and the step's name."""
        return [(*row, self.step) for row in zip(*self.columns, strict=True)]

    @property
    def columns(self) -> _Columns:
        """Starts and ends in the output, then in the input."""
        return self.out_starts, self.out_ends, self.in_starts, self.in_ends


@dataclass(frozen=True, slots=True)
class Swapped:
    """A step that changed characters one for one; which ones, and by which rule, is worked out when asked."""

    step: str
    before: str
    after: str
    rules: Callable[[str, str], list[tuple[int, int, str]]] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The same span: nothing moved."""
        return start, end

    forth = back

    def spans(self) -> list[tuple[int, int, int, int, str]]:
        """As in `Moved`; the rules of the step split its name (`script:place`) where it has any."""
        if self.rules is not None:
            return [(s, e, s, e, f"{self.step}:{rule}") for s, e, rule in self.rules(self.before, self.after)]
        return [(s, e, s, e, self.step) for s, e in differing_runs(self.before, self.after)]


Layer = Moved | Swapped


@dataclass(frozen=True, slots=True)
class AlignedText:
    """`text` is `raw` repaired. Positions of `text` lead back to `raw` exactly and in order.

    Who owns what at an edge: a deleted stretch (a space inside a number, a line break inside a sentence)
    belongs to a span only when the span has text on both sides of it. Inline pinyin belongs to the character
    it annotates, so a span that ends with that character takes the pinyin along. A span that cuts into
    replaced text takes all of it.

    >>> from transforms.normalize import normalize
    >>> aligned = normalize("開展宣傳14場(chǎng)次，受眾5 00 0 余人 次。")
    >>> aligned.text
    '开展宣传14场次，受众5000余人次。'
    >>> start = aligned.text.index("14场")
    >>> aligned.raw[slice(*aligned.to_raw(start, start + 3))]
    '14場(chǎng)'
    """

    text: str
    raw: str
    layers: tuple[Layer, ...] = ()
    # the columns of the layers that shift anything, last first: worked out once, walked for every span
    _moves: tuple[_Columns, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        moves = [layer.columns for layer in reversed(self.layers) if isinstance(layer, Moved)]
        object.__setattr__(self, "_moves", tuple(moves))

    @property
    def is_in_place(self) -> bool:
        """Whether nothing moved: every position of `text` is the same one of `raw`."""
        return not self._moves

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of `.text` -> half-open span of `.raw` that its characters came from.

        An empty span stays empty and lies after whatever was deleted at its place. ValueError outside the
        text.
        """
        if start < 0 or end < start or end > len(self.text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(self.text)} characters")
        if not self._moves:
            return start, end
        first, last, empty, sticks = start, end, start == end, False
        for out_starts, out_ends, in_starts, in_ends in self._moves:
            i = bisect_right(out_starts, first) - 1
            if sticks:
                k = bisect_left(out_starts, first) - 1
                if k >= 0:
                    first = in_ends[k] + max(first - out_ends[k], 0)
            elif i >= 0 and out_ends[i] > first:
                # Text put in from nothing (the full stop of a table row) belongs to what stands before it, in
                # this step and in all steps before it: two spans that meet here meet in the raw text.
                first = in_starts[i]
                sticks = first == in_ends[i]
            elif i >= 0:
                first += in_ends[i] - out_ends[i]
            k = bisect_left(out_starts, last) - 1
            if k >= 0:
                last = in_ends[k] + (last - out_ends[k] if last > out_ends[k] else 0)
        return first, first if empty else max(first, last)

    def spans_to_raw(self, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """`to_raw` of each span of the text; spans as they are where nothing moved."""
        return [self.to_raw(start, end) for start, end in spans] if self._moves else spans

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every change in order of its place in `.raw`, with the name of the step that made it.

        Worked out when asked. A stretch changed by two steps (pinyin stripped, then script) stands in two
        edits.
        """
        found = []
        for depth, layer in enumerate(self.layers):
            for start, end, raw_start, raw_end, step in layer.spans():
                for later in self.layers[depth + 1 :]:
                    start, end = later.forth(start, end)
                for earlier in reversed(self.layers[:depth]):
                    raw_start, raw_end = earlier.back(raw_start, raw_end)
                found.append(Edit(start, end, raw_start, raw_end, step))
        return tuple(sorted(found, key=lambda edit: (edit.raw_start, edit.raw_end, edit.start)))


def moved(text: str, changes: Sequence[Change], step: str) -> tuple[str, Moved]:
    """Carry out `changes` (sorted, not overlapping) on `text`; the new text and the way back."""
    starts, ends, news = zip(*changes, strict=True)
    sizes = list(map(len, news))
    # how far what follows each change is shifted
    shifts = accumulate(map(sub, sizes, map(sub, ends, starts)))
    out_ends = list(map(add, ends, shifts))
    out_starts = list(map(sub, out_ends, sizes))
    kept = [text[end:start] for end, start in zip((0, *ends), (*starts, len(text)), strict=True)]
    pieces = chain.from_iterable(zip(kept, (*news, ""), strict=True))
    return "".join(pieces), Moved(step, starts, ends, out_starts, out_ends)


def differing_runs(before: str, after: str) -> list[tuple[int, int]]:
    """Maximal stretches in which two texts of equal length differ.

    >>> differing_runs("法治鎮縣", "法治镇县")
    [(2, 4)]
    """
    runs: list[tuple[int, int]] = []
    for i, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _carry(
    here_starts: Sequence[int],
    here_ends: Sequence[int],
    there_starts: Sequence[int],
    there_ends: Sequence[int],
    start: int,
    end: int,
) -> tuple[int, int]:
    """Carry a span over one step, either way: the columns of the side it is on, then of the other.

    An empty span stands before what the step put in or took out at its place: what is nothing belongs to what
    stands before it, on every way.
    """
    i = (bisect_left if start == end else bisect_right)(here_starts, start) - 1
    there_start = start
    if i >= 0:
        inside = here_ends[i] > start
        there_start = there_starts[i] if inside else there_ends[i] + start - here_ends[i]
    if start == end:
        return there_start, there_start
    i = bisect_left(here_starts, end) - 1
    there_end = end
    if i >= 0:
        inside = here_ends[i] >= end
        there_end = there_ends[i] if inside else there_ends[i] + end - here_ends[i]
    return there_start, max(there_start, there_end)
