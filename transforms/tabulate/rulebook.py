"""The rulebook as data: what a word means, which frames it can open, one automaton for all words.

Reads `vocabulary.toml` (words all domains share) and `indicators/<domain>.toml` (nouns and frames of a
domain). A frame is reached through the concepts of its object, so the cost of a number does not depend on how
many frames there are. What is misspelt in the files is an error here, never a rule that does nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.resources import files
from typing import Any, NamedTuple, cast

import ahocorasick_rs

from transforms.built_once import BuiltOnce
from transforms.tabulate.frames import Frame, RulebookError, parse_frames

__all__ = ["Cue", "Frame", "Rulebook", "RulebookError", "Word", "load", "rule_files", "rulebook"]

# Tables of the rule files and what a word listed there is; a word may stand in several.
KINDS = ("nouns", "decoys", "verbs", "modifiers", "people", "agents", "places", "own", "scope")
NOUNS = frozenset({"nouns", "people", "places"})
ENTITIES = frozenset({"people", "agents", "places", "scope", "own"})
# One character is a cue only here: everywhere else it is half of some other word.
SHORT_WORDS = frozenset("村辖有签挂罚")
# 排查|办理 makes 查办, 综治中心|组织 makes 中心组; a longer word is one.
LONGEST_SEAM = 3


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One cue word with all its concepts; the flags say which part it may play in a phrase."""

    text: str
    concepts: frozenset[str]
    acts: frozenset[str]  # the same of a verb, else none
    noun: bool  # may be the thing counted, on either side of the number
    verb: bool
    decoy: bool  # a thing without an indicator: it takes the number away from every other reading
    entity: bool  # people, agents, places: they may stand by without being the thing counted
    frames: tuple[Frame, ...]  # that count it
    worded: tuple[Frame, ...]  # that state it in words
    heads: bool  # some frame counts it
    bracketed: bool  # its brackets are no marks: 村（社区）
    plain: bool  # says little by itself: an unknown word right before it makes it another thing (河道巡查)
    _counting: dict[str | None, tuple[Frame, ...]] = field(default_factory=dict, repr=False)

    def counting(self, unit: str | None) -> tuple[Frame, ...]:
        """The frames that count it in this measure word; with None those that do without one."""
        known = self._counting.get(unit)
        if known is None:
            known = tuple([f for f in self.frames if unit in f.units or (unit is None and f.bare)])
            self._counting[unit] = known
        return known


class Cue(NamedTuple):
    """A word of the rulebook at its place in the normalised text."""

    start: int
    end: int
    word: Word


# As Cue(...), at a third of the cost: a report has a hundred.
_cue = cast("Callable[[tuple[int, int, Word]], Cue]", partial(tuple.__new__, Cue))


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All words and frames."""

    words: tuple[Word, ...]
    frames: tuple[Frame, ...]
    light: re.Pattern[str]
    version: str
    automaton: ahocorasick_rs.AhoCorasick = field(repr=False)
    # what gaps.py remembers of texts between cues; here, so that it goes with the book
    weights: dict[str, int] = field(default_factory=dict, repr=False)
    leads: dict[str, int] = field(default_factory=dict, repr=False)

    def cues(self, text: str, start: int, end: int) -> list[Cue]:
        """The longest words in `text[start:end]`: a word inside a longer one is not reported, overlaps are.

        >>> [c.word.text for c in rulebook().cues("调解成功率98%", 0, 8)]
        ['调解成功率']

        A short one that lies in two that meet is their ends and no word: 排查办理 holds no 查办.

        >>> [c.word.text for c in rulebook().cues("责任书签订", 0, 5)]
        ['责任书', '签订']
        """
        kept: list[Cue] = []
        words, first, last = self.words, len(text), -1
        found = self.automaton.find_matches_as_indexes(text[start:end], overlapping=True)
        # The automaton reports words as they end, of several that end together the longest first. From the
        # last on, a word lies in one that was kept before it, or begins further ahead than all of them.
        for index, at, to in reversed(found):
            if at < first:
                if to == last or (
                    len(kept) > 1 and kept[-2][0] - start <= to and kept[-1][1] - kept[-1][0] <= LONGEST_SEAM
                ):
                    kept.pop()
                kept.append(_cue((at + start, to + start, words[index])))
                first, last = at, to
        kept.reverse()
        return kept


def expand(pattern: str) -> list[str]:
    """Every word a pattern stands for.

    >>> expand("{普法,法治}宣传{,活动}")
    ['普法宣传', '普法宣传活动', '法治宣传', '法治宣传活动']
    """
    if pattern.count("{") != pattern.count("}"):
        raise RulebookError(f"{pattern!r}: braces do not match")
    parts = [part.split(",") for part in re.split(r"[{}]", pattern)]
    parts = [part if i % 2 else [",".join(part)] for i, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*parts)]


@dataclass(slots=True)
class _Tables:
    """What the rule files hold, before words and frames are made of it."""

    kinds: dict[str, str] = field(default_factory=dict)  # concept -> table
    words: dict[str, set[str]] = field(default_factory=dict)  # word -> concepts
    measures: dict[str, frozenset[str]] = field(default_factory=dict)
    light: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)
    frames: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


def load(tables: Iterable[tuple[str, Mapping[str, Any]]]) -> Rulebook:
    """A rulebook from parsed rule files (name, content), the shared vocabulary among them."""
    read = _Tables()
    for name, table in tables:
        for key, content in table.items():
            _read_table(read, name, key, content)
    frames = parse_frames(read.frames, read.kinds, read.measures)
    counted = _index(f for f in frames if f.worded is None)
    worded = _index(f for f in frames if f.worded is not None)
    words = tuple(_words(read, counted, worded))
    automaton = ahocorasick_rs.AhoCorasick(
        [w.text for w in words], implementation=ahocorasick_rs.Implementation.ContiguousNFA
    )
    return Rulebook(words, frames, _light(read.light), _version(read), automaton)


def _read_table(read: _Tables, name: str, key: str, content: Any) -> None:
    if key == "frame":
        read.frames += [(name, frame) for frame in content]
    elif key == "measures":
        read.measures.update({k: frozenset(v) for k, v in content.items()})
    elif key == "light":
        read.light.update(content["words"])
    elif key == "plain":
        read.plain.update(itertools.chain.from_iterable(map(expand, content["words"])))
    elif key in KINDS:
        _read_words(read, name, key, content)
    else:
        raise RulebookError(
            f"{name}: table [{key}] is none of {', '.join(KINDS)}, measures, light, plain, frame"
        )


def _read_words(read: _Tables, name: str, kind: str, content: Mapping[str, Sequence[str]]) -> None:
    for concept, patterns in content.items():
        concept = "scope" if kind == "scope" else concept
        if read.kinds.setdefault(concept, kind) != kind:
            raise RulebookError(
                f"{name}: concept {concept!r} stands in [{read.kinds[concept]}] and in [{kind}]"
            )
        for word in itertools.chain.from_iterable(map(expand, patterns)):
            if len(word) < 2 and word not in SHORT_WORDS:
                raise RulebookError(f"{name}: {concept}: a pattern gives {word!r}, too short to tell")
            for written in {word, word.translate(_NARROW)}:
                read.words.setdefault(written, set()).add(concept)


# 村（社区） is written 村(社区) too.
_NARROW = str.maketrans("（）", "()")


def _index(frames: Iterable[Frame]) -> dict[str, list[Frame]]:
    index: dict[str, list[Frame]] = {}
    for frame in frames:
        for concept in sorted(frame.object):
            index.setdefault(concept, []).append(frame)
    return index


def _words(
    read: _Tables, counted: Mapping[str, Sequence[Frame]], worded: Mapping[str, Sequence[Frame]]
) -> Iterator[Word]:
    """All words in order. Thirty words mean the same on average, and share all that follows from it: what a
    report touches stays small enough to be near at hand.
    """
    meanings: dict[frozenset[str], Word] = {}
    for text in sorted(read.words):
        concepts = frozenset(read.words[text])
        if concepts not in meanings:
            meanings[concepts] = _meaning(concepts, read.kinds, counted, worded)
        bracketed = "（" in text or "(" in text
        yield replace(meanings[concepts], text=text, bracketed=bracketed, plain=text in read.plain)


def _meaning(
    concepts: frozenset[str],
    kinds: Mapping[str, str],
    counted: Mapping[str, Sequence[Frame]],
    worded: Mapping[str, Sequence[Frame]],
) -> Word:
    """A word of these concepts, whichever it is."""
    tables = {kinds[c] for c in concepts}
    decoy = "decoys" in tables
    frames = () if decoy else _of(concepts, counted)
    return Word(
        text="",
        concepts=concepts,
        acts=concepts if "verbs" in tables else frozenset(),
        noun=bool(tables & NOUNS) and not decoy,
        verb="verbs" in tables,
        decoy=decoy,
        entity=bool(tables & ENTITIES) and "nouns" not in tables,
        frames=frames,
        worded=_of(concepts, worded),
        heads=bool(frames),
        bracketed=False,
        plain=False,
    )


def _of(concepts: Iterable[str], index: Mapping[str, Sequence[Frame]]) -> tuple[Frame, ...]:
    """The frames of all concepts of a word, each once."""
    found = {f.rule: f for c in sorted(concepts) for f in index.get(c, ())}
    return tuple(found[rule] for rule in sorted(found))


def _light(words: set[str]) -> re.Pattern[str]:
    """Words that say nothing of what is counted, names in quotes and titles among them."""
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(
        r"《[^》\n]*》|“[^”\n]*”|[0-9０-９.,·—\-~至]+|" + "|".join(map(re.escape, longest_first))
    )


def _version(read: _Tables) -> str:
    """Changes when a word, a measure or a frame does."""
    content = repr(
        (
            sorted((w, sorted(c)) for w, c in read.words.items()),
            sorted(read.light),
            sorted(read.plain),
            read.frames,
        )
    )
    units = repr(sorted((k, sorted(v)) for k, v in read.measures.items()))
    return hashlib.sha256((content + units).encode()).hexdigest()[:12]


def rule_files() -> list[tuple[str, Mapping[str, Any]]]:
    """The shipped rule files in a fixed order, parsed."""
    here = files(__package__)
    paths = [here / "vocabulary.toml"]
    domains = [p for p in (here / "indicators").iterdir() if p.name.endswith(".toml")]
    paths += sorted(domains, key=lambda p: p.name)
    return [(p.name, tomllib.loads(p.read_text(encoding="utf-8"))) for p in paths]


@BuiltOnce
def rulebook() -> Rulebook:
    """The rulebook that travels with the package, loaded once."""
    return load(rule_files())
