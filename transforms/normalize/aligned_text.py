"""Repaired text that knows the way back: every repair is an edit with its step's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """`raw[raw_start:raw_end]` was replaced by `text[start:end]` in the step named."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    step: str


@dataclass(frozen=True, slots=True)
class AlignedText:
    """INTERFACE (the inside belongs to transforms/normalize): `.text`, `.raw`, `.to_raw(start, end)`, `.edits`."""

    text: str
    raw: str

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Half-open span of `.text` -> half-open span of `.raw` that its characters came from."""
        raise KeyError((start, end))

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Every change in order of place, with the name of the step that made it."""
        return ()
