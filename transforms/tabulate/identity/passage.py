"""A part of a document that identity reads, and the place it was taken from."""

from __future__ import annotations

from typing import NamedTuple

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
OUTSIDE = -1  # start and end of a passage that does not stand in the text: html title, file name, folder


class Passage(NamedTuple):
    """`text` may lack blanks and line breaks of the place `start` to `end` it was taken from."""

    kind: str
    text: str
    start: int
    end: int

    def place_of(self, start: int, end: int) -> tuple[int, int]:
        """Place of a piece of `text`; of the whole part where blanks were taken out."""
        if len(self.text) == self.end - self.start:
            return self.start + start, self.start + end
        return self.start, self.end


def outside(kind: str, text: str) -> Passage:
    """A passage without a place in the text."""
    return Passage(kind, text, OUTSIDE, OUTSIDE)


def without_blanks(text: str) -> str:
    """Blanks of every kind taken out: names and titles are spaced out for looks.

    >>> without_blanks("嘎　吉 镇 人民政府")
    '嘎吉镇人民政府'
    """
    return "".join(text.split())
