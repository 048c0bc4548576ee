"""The text of a line from the recogniser's steps along it, with a score and a place for each character.

Each step holds a probability for every character and for none. The library takes the likeliest of each step
and, as the score of a character, the first step that shows it: half of that is often still the gap before it,
so that sound digits looked doubtful. Here the surest step counts; forms of one character (2 and ２) share
their probability; a mark that the gap between two characters only just outweighs is not dropped, as a lost 、
gives a figure to another noun; and what may have been lost between two digits is a doubt about both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

KEPT = 0.3  # probability at which a character that the gap outweighs is kept
DOUBT = 0.03  # of what may stand between two digits
_NONE = 0


class Sign(NamedTuple):
    """A recognised character, how sure it is (0 to 1), and where its middle lies along the line (0 to 1)."""

    character: str
    score: float
    place: float


class _Run(NamedTuple):
    """Steps that show one character, and the surest of them."""

    first: int
    end: int
    character: int
    peak: int
    score: float


class LineReader:
    """Takes the place of the library's own decoder, whose arguments and answer it has."""

    def __init__(self, characters: Sequence[str]) -> None:
        self._characters = characters
        self._twin = _twins(characters)
        self._folded = [min(pair) for pair in enumerate(self._twin)]

    def __call__(
        self,
        lines: np.ndarray[Any, Any],
        return_word_box: bool = False,
        wh_ratio_list: Sequence[float] = (),
        max_wh_ratio: float = 1.0,
    ) -> tuple[list[tuple[str, float]], list[list[Sign]]]:
        """Of each line its text and mean score, and its signs.

        `lines` has the axes line, step, character. Lines are as long as the longest of their batch; the
        ratios say which part of each is its own.
        """
        texts, signs = [], []
        for steps, ratio in zip(lines, wh_ratio_list, strict=True):
            found = list(self._signs(steps, len(steps) * ratio / max_wh_ratio))
            scores = [sign.score for sign in found]
            texts.append(("".join(sign.character for sign in found), sum(scores) / max(len(scores), 1)))
            signs.append(found)
        return texts, signs

    def _signs(self, steps: np.ndarray[Any, Any], length: float) -> Iterator[Sign]:
        runs = list(self._runs(steps))
        doubts = [0.0] * (len(runs) + 1)
        lost: list[_Run | None] = [None] * len(runs)
        for n, (run, following) in enumerate(zip(runs, [*runs[1:], None], strict=True)):
            gap = self._between(steps, run, following)
            if gap is not None and gap.score >= KEPT:
                lost[n] = gap
            elif gap is not None and following and self._is_digit(run) and self._is_digit(following):
                doubts[n] = max(doubts[n], gap.score)
                doubts[n + 1] = gap.score
        for n, run in enumerate(runs):
            yield self._sign(run, 1.0 - doubts[n], length)
            if gap := lost[n]:
                yield self._sign(gap, 1.0, length)

    def _sign(self, run: _Run, most: float, length: float) -> Sign:
        place = min(1.0, (run.peak + 0.5) / length)
        return Sign(self._characters[run.character], round(min(run.score, most), 4), place)

    def _runs(self, steps: np.ndarray[Any, Any]) -> Iterator[_Run]:
        best = [self._folded[character] for character in steps.argmax(axis=1).tolist()]
        for character, shown in groupby(range(len(best)), best.__getitem__):
            if character != _NONE:
                first, *others = shown
                yield self._run(steps, first, first + 1 + len(others), character)

    def _run(self, steps: np.ndarray[Any, Any], first: int, end: int, character: int) -> _Run:
        twin = self._twin[character]
        shown = steps[first:end, character]
        if twin != character:
            shown = shown + steps[first:end, twin]
        peak = first + int(shown.argmax())
        character = max((character, twin), key=lambda one: float(steps[peak, one]))
        return _Run(first, end, character, peak, min(1.0, float(shown.max())))

    def _between(self, steps: np.ndarray[Any, Any], run: _Run, following: _Run | None) -> _Run | None:
        """The likeliest character of the gap after a run that is none of its neighbours, if any is likely."""
        beside = {self._folded[one.character] for one in (run, following) if one}
        end = following.first if following else len(steps)
        likeliest: _Run | None = None
        for step in range(run.end, end):
            if 1.0 - steps[step, _NONE] < DOUBT:
                continue
            for character in (-steps[step]).argpartition(3)[:3].tolist():
                folded = self._folded[character]
                if folded in beside or folded == _NONE or not self._characters[folded].strip():
                    continue
                found = self._run(steps, step, step + 1, folded)
                if found.score >= DOUBT and (likeliest is None or found.score > likeliest.score):
                    likeliest = found
        return likeliest

    def _is_digit(self, run: _Run) -> bool:
        return self._characters[run.character].isdecimal()


def _twins(characters: Sequence[str]) -> list[int]:
    """Of each character the number of its other width (２ of 2, 2 of ２), or its own."""
    numbers = {character: number for number, character in enumerate(characters) if len(character) == 1}
    twin = list(range(len(characters)))
    for character, number in numbers.items():
        other = numbers.get(chr(ord(character) - 0xFEE0)) if "！" <= character <= "～" else None
        if other is not None:
            twin[number], twin[other] = other, number
    return twin
