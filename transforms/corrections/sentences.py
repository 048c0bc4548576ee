"""Finding a sentence again: in normalised text, whatever its spaces, punctuation and line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from transforms.normalize import AlignedText, normalize
from transforms.normalize.dictionaries import characters

# What a sentence is known by. A mark between digits belongs to the number (98.5, 3-5); a comma or a space
# there is one writer's habit.
_KEPT = re.compile(r"[0-9A-Za-z〇%‰\u3400-\u9fff\U00020000-\U0003ffff]|(?<=[0-9])[^\s,，0-9A-Za-z](?=[0-9])")

# In a few words out of their page, inline pinyin is not recognised by its company.
_PINYIN = re.compile(r"[(（][a-zü]*[\u00e0-\u01dc][a-zü\u00e0-\u01dc]*[)）]")


def sentence_key(text: str) -> str:
    """The characters a sentence is known by, in Simplified script.

    >>> sentence_key("發放宣傳資料 4,600 余份。") == sentence_key("发放宣传资料4600余份，")
    True
    >>> sentence_key("满意率98.5%") == sentence_key("满意率985%")
    False
    """
    return _key(_PINYIN.sub("", normalize(text).text))


def _key(text: str) -> str:
    """Characters both scripts use are folded whatever stands around them: a few words do not tell."""
    return "".join(_KEPT.findall(text)).translate(_folded())


@cache
def _folded() -> dict[int, str]:
    return {ord(old): new for old, new in characters().items() if len(old) == len(new) == 1}


@dataclass(frozen=True)
class KeyedText:
    """A report's text with its key; places found lead back to the decoded text."""

    text: AlignedText

    @cached_property
    def key(self) -> str:
        """See `sentence_key`."""
        return _key(self.text.text)

    @cached_property
    def _places(self) -> list[int]:
        return [found.start() for found in _KEPT.finditer(self.text.text)]

    def find(self, key: str, within: tuple[int, int] | None = None) -> Iterator[tuple[int, int]]:
        """Half-open spans in `self.key` where `key` stands and no number is cut in two."""
        start, stop = within or (0, len(self.key))
        while key and (at := self.key.find(key, start, stop)) >= 0:
            end = at + len(key)
            if not (self._cuts_number(at) or self._cuts_number(end)):
                yield at, end
            start = at + 1

    def whole(self, key: str) -> Iterator[tuple[int, int]]:
        """As `find`, where the text has a mark or an end on both sides, so that no word is left out."""
        for at, end in self.find(key):
            if self._is_edge(at) and self._is_edge(end):
                yield at, end

    def to_raw(self, span: tuple[int, int]) -> tuple[int, int]:
        """Span of `self.key` -> span of the decoded text."""
        start, end = span
        return self.text.to_raw(self._places[start], self._places[end - 1] + 1)

    def words(self, span: tuple[int, int]) -> str:
        """Normalised text of a span of `self.key`."""
        return self.text.text[self._places[span[0]] : self._places[span[1] - 1] + 1]

    def _cuts_number(self, at: int) -> bool:
        if not 0 < at < len(self.key):
            return False
        before, after = self.key[at - 1], self.key[at]
        return (before.isdigit() or _is_number_mark(before)) and (after.isdigit() or _is_number_mark(after))

    def _is_edge(self, at: int) -> bool:
        if not 0 < at < len(self.key):
            return True
        between = self.text.text[self._places[at - 1] + 1 : self._places[at]]
        return bool(between)


def _is_number_mark(character: str) -> bool:
    return not character.isalnum() and character not in "%‰〇"
