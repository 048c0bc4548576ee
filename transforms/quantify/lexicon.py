"""The words around numbers, as `lexicon.toml` lists them, in the shapes the grammar needs.

The one reader of that file. Everything here is built once at import and never changes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from transforms.quantify.quantity import Bound

DATA: Final[dict[str, Any]] = tomllib.loads(
    files("transforms.quantify").joinpath("lexicon.toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that turns a figure into a bound; `inclusive` says whether the figure itself still counts."""

    word: str
    bound: Bound
    inclusive: bool | None = None
    over_verb: bool = False  # also with 达, 有, 为, 占 in between (约达97%)
    bare: bool = False  # only before a bare 百, 千, 万, 亿 (上百人)
    noun_after: str = ""  # after one of these characters the word is part of a noun (附近, 村规民约)
    unless_after: tuple[str, ...] = ()  # but one of these words takes that character (张贴近百张)
    noun_after_verb: tuple[str, ...] = ()  # after one of these words it is a noun (查找不足5项)
    not_before: str = ""  # before one of these characters it is part of another word (10来访群众)
    not_before_word: tuple[str, ...] = ()  # before one of these words likewise (12多元化解)
    unit: str = ""  # only after one of these measure words (两年多)
    counting: bool = False  # only before a measure word (60+条, but not 1+N)


def _hedge(row: dict[str, Any]) -> Hedge:
    known = {name: row[name] for name in Hedge.__slots__ if name in row}
    for name in ("unless_after", "noun_after_verb", "not_before_word"):
        known[name] = tuple(row.get(name, ()))
    return Hedge(**known)


def _by_last(hedges: Iterable[Hedge]) -> dict[str, tuple[Hedge, ...]]:
    """Hedges by their last character, longest first: what stands before a number is read backwards."""
    found: dict[str, list[Hedge]] = {}
    for hedge in sorted(hedges, key=lambda hedge: -len(hedge.word)):
        found.setdefault(hedge.word[-1], []).append(hedge)
    return {last: tuple(group) for last, group in found.items()}


_FROM, _TO = DATA["fold"]["from"], DATA["fold"]["to"]
_FOLD: Final = str.maketrans(_FROM, _TO)
_NEEDS_FOLD: Final = re.compile(f"[{re.escape(_FROM)}]")


def fold(text: str) -> str:
    """`text` with Traditional and full-width characters that matter to numbers read as their plain form.

    One character for one, so positions are those of `text`; a text that needs nothing costs one scan.

    >>> fold("１萬餘份")
    '1万余份'
    """
    return text.translate(_FOLD) if _NEEDS_FOLD.search(text) else text


def trie(words: Iterable[str], joint: str = "") -> str:
    """A regular expression for exactly these words, longest first, that tries each character once."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], set()).add(word[1:])
    leaves = "".join(sorted(first for first, rest in by_first.items() if rest == {""} and first))
    parts = []
    for first in sorted(by_first):
        rest = by_first[first] - {""}
        if first and rest:
            optional = "?" if "" in by_first[first] else ""
            parts.append(f"{re.escape(first)}(?:{joint}{trie(rest, joint)}){optional}")
    if leaves:
        parts.append(f"[{re.escape(leaves)}]" if len(leaves) > 1 else re.escape(leaves))
    return "(?:" + "|".join(parts) + ")"


_SHORT: Final[dict[str, str | list[str]]] = DATA["measure_words"]["short"]
_COMPOUND: Final[list[str]] = DATA["measure_words"]["plain"].split()


def _measure_words() -> str:
    """Compounds first, then 人次-like words written apart, then single words unless part of another word."""
    free = [word for word, blocked in _SHORT.items() if not blocked]
    singles = [word for word in free if len(word) == 1]
    longer = [word for word in free if len(word) > 1]
    bracketed = [r"[(（]场[)）]\s?次", r"[人件场户家批]\s?[(（]次[)）]"]
    parts = [trie(_COMPOUND, r"\s?"), *bracketed]
    for word, blocked in _SHORT.items():
        if blocked:
            parts.append(f"{word}(?!{'|'.join(blocked) if isinstance(blocked, list) else f'[{blocked}]'})")
    return "(?:" + "|".join([*parts, *longer, f"[{re.escape(''.join(singles))}]"]) + ")"


def quick_measure_words(words: str, others: str) -> str:
    """Each of `words`, one character long, where nothing follows that might make another word of it.

    Blocks more than `MEASURE_WORD` does, by one character alone: what one of `others`, a hedge or the second
    character of a compound might begin, the full grammar reads.
    """
    shared = {word[0] for word in AFTER} | set(others)
    parts = []
    for word in words:
        compounds = {compound[1] for compound in _COMPOUND if compound[0] == word}
        blocked = compounds | shared | set(re.findall(r"[^\[\](?!)|]", "".join(_SHORT[word])))
        parts.append(f"{word}(?![{re.escape(''.join(sorted(blocked)))}])")
    return "(?:" + "|".join(parts) + ")"


MEASURE_WORD: Final = _measure_words()
MEASURE_FIRST: Final = "".join(sorted({word[0] for word in [*_COMPOUND, *_SHORT]} | {"(", "（"}))

BEFORE: Final = tuple(_hedge(row) for row in DATA["before"])
BEFORE_BY_LAST: Final = _by_last(BEFORE)
BETWEEN: Final = {row["word"]: _hedge(row) for row in DATA["between"]}
AFTER: Final = {row["word"]: _hedge(row) for row in DATA["after"]}
NAMES: Final = tuple(DATA["names"]["terms"].split())

HOTLINES: Final[dict[str, Any]] = DATA["hotlines"]
FURNITURE_LABELS: Final = tuple(DATA["furniture"]["labels"])
CONTACT_LABELS: Final = tuple(DATA["furniture"]["contacts"])
CODE_LABELS: Final = tuple(DATA["furniture"]["codes"])
AMBIGUOUS: Final[dict[str, tuple[str, ...]]] = {key: tuple(rest) for key, rest in DATA["ambiguous"].items()}
ARTICLE_AFTER: Final[str] = DATA["articles"]["after"]
DATE_CUES: Final = tuple(DATA["dates"]["day_cues"])
SCHEME_CUES: Final = tuple(DATA["schemes"]["cues"])
