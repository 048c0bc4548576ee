"""The rulebook as data: concepts (what a word means), frames (what an indicator is), one automaton for all words.

Reads `vocabulary.toml` (words all domains share) and `indicators/<domain>.toml` (nouns and frames of a domain).
A frame is found through the concepts of its object, so the cost of a number does not depend on how many frames
there are. Everything misspelt in the files is an error here, never a rule that silently does nothing.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, cast

import ahocorasick_rs

from transforms.tabulate.catalogue import catalogue

Worded = Literal["full", "none", "all"]

# Tables of the rule files and what a word listed there is. Order decides when a word stands in several.
KINDS = ("nouns", "decoys", "verbs", "modifiers", "people", "agents", "places", "own", "scope")


# One character is a cue only here: everywhere else it is half of some other word.
SHORT_WORDS = frozenset("村辖有签挂")


class RulebookError(ValueError):
    """A rule file says something that cannot be meant; the message names file, table and word."""


@dataclass(frozen=True, slots=True)
class Word:
    """One cue word with all its concepts; the flags say which part it may play in a phrase."""

    text: str
    concepts: frozenset[str]
    noun: bool  # may be the thing counted, on either side of the number
    verb: bool
    decoy: bool  # a thing without an indicator: it takes the number away from every other reading
    entity: bool  # people, agents, places: they may stand by without being the thing counted


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which an indicator is stated. Lists of concepts are "any of"; the groups of `with_` are "all of"."""

    rule: str
    indicator: str
    measure: str  # of the catalogue: flow, stock, rate, amount
    object: frozenset[str]
    units: frozenset[str]
    bare: bool  # may the measure word be missing
    action: frozenset[str] = frozenset()
    free: bool = False  # the action is only forbidden to be another one; none at all will do
    with_: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()  # rivals of the topic: the nearest of both decides
    open_topic: bool = False  # neither topic nor rival in sight is fine
    not_topic: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()  # a topic named before and not yet counted
    not_fresh: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    yields: bool = False  # where one phrase names topic and rival, the rival has it
    have: bool = False  # 各村均有 + noun states it too
    own_action: bool = False  # a verb of an earlier phrase will not do
    own: bool = False
    keep_mean: bool = False
    worded: Worded | None = None
    weight: int = 0  # how much it demands: the more demanding frame wins
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Cue(NamedTuple):
    """A word of the rulebook at its place in the normalised text."""

    start: int
    end: int
    word: Word


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All words and frames, with the two indexes that make look-up independent of their number."""

    words: tuple[Word, ...]
    frames: tuple[Frame, ...]
    by_object: Mapping[str, tuple[Frame, ...]]
    worded: Mapping[str, tuple[Frame, ...]]
    light: re.Pattern[str]
    version: str
    automaton: ahocorasick_rs.AhoCorasick = field(repr=False, compare=False)

    def cues(self, text: str, start: int, end: int) -> list[Cue]:
        """The longest words in `text[start:end]`: a word inside a longer one is not reported, overlaps are.

        >>> [c.word.text for c in rulebook().cues("调解成功率98%", 0, 8)]
        ['调解成功率']
        """
        found = self.automaton.find_matches_as_indexes(text[start:end], overlapping=True)
        found.sort(key=_leftmost_longest)
        out: list[Cue] = []
        reach = 0
        words = self.words
        for index, at, to in found:
            if to > reach:
                reach = to
                out.append(Cue(at + start, to + start, words[index]))
        return out


def _leftmost_longest(match: tuple[int, int, int]) -> tuple[int, int]:
    return match[1], -match[2]


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


def load(tables: Iterable[tuple[str, Mapping[str, Any]]]) -> Rulebook:
    """A rulebook from parsed rule files (name, content), the shared vocabulary among them."""
    kinds: dict[str, str] = {}
    concepts: dict[str, set[str]] = {}
    measures: dict[str, frozenset[str]] = {}
    light: set[str] = set()
    raw_frames: list[tuple[str, Mapping[str, Any]]] = []
    for name, table in tables:
        for key, content in table.items():
            if key == "frame":
                raw_frames += [(name, frame) for frame in content]
            elif key == "measures":
                measures.update({k: frozenset(v) for k, v in content.items()})
            elif key == "light":
                light.update(content["words"])
            elif key in KINDS:
                _add_words(name, key, content, kinds, concepts)
            else:
                raise RulebookError(f"{name}: table [{key}] is none of {', '.join(KINDS)}, measures, light, frame")
    words = tuple(_word(text, concepts[text], kinds) for text in sorted(concepts))
    frames = _frames(raw_frames, kinds, measures)
    by_object = _index(f for f in frames if f.worded is None)
    worded = _index(f for f in frames if f.worded is not None)
    automaton = ahocorasick_rs.AhoCorasick(
        [w.text for w in words], implementation=ahocorasick_rs.Implementation.ContiguousNFA
    )
    digest = hashlib.sha256(repr((words, frames, sorted(light))).encode()).hexdigest()[:12]
    return Rulebook(words, frames, by_object, worded, _light(light), digest, automaton)


def _add_words(
    name: str, kind: str, content: Mapping[str, Sequence[str]], kinds: dict[str, str], concepts: dict[str, set[str]]
) -> None:
    for concept, patterns in content.items():
        concept = concept if kind != "scope" else "scope"
        if kinds.setdefault(concept, kind) != kind:
            raise RulebookError(f"{name}: concept {concept!r} stands in [{kinds[concept]}] and in [{kind}]")
        for pattern in patterns:
            for word in expand(pattern):
                if len(word) < 2 and word not in SHORT_WORDS:
                    raise RulebookError(f"{name}: {concept}: {pattern!r} expands to {word!r}, too short to tell")
                concepts.setdefault(word, set()).add(concept)


def _word(text: str, concepts: set[str], kinds: Mapping[str, str]) -> Word:
    present = {kinds[c] for c in concepts}
    return Word(
        text=text,
        concepts=frozenset(concepts),
        noun=bool(present & {"nouns", "people", "places"}) and "decoys" not in present,
        verb="verbs" in present,
        decoy="decoys" in present,
        entity=bool(present & {"people", "agents", "places", "scope", "own"}) and "nouns" not in present,
    )


_FRAME_KEYS = {
    "indicator", "id", "object", "action", "free", "with", "without", "topic", "over", "open_topic", "not_topic",
    "fresh", "not_fresh", "subject", "not_subject", "own_action", "own", "yields", "have", "keep_mean", "worded", "measure", "yes", "no",
}  # fmt: skip
_SETS = ("action", "without", "topic", "over", "not_topic", "fresh", "not_fresh", "subject", "not_subject")


def _frames(
    raw: Sequence[tuple[str, Mapping[str, Any]]], kinds: Mapping[str, str], measures: Mapping[str, frozenset[str]]
) -> tuple[Frame, ...]:
    frames = [_frame(name, entry, kinds, measures) for name, entry in raw]
    seen: set[str] = set()
    for frame in frames:
        if frame.rule in seen:
            raise RulebookError(f"two frames are called {frame.rule!r}; give the second an id")
        seen.add(frame.rule)
    return tuple(frames)


def _frame(
    name: str, entry: Mapping[str, Any], kinds: Mapping[str, str], measures: Mapping[str, frozenset[str]]
) -> Frame:
    indicator = str(entry.get("indicator"))
    rule = f"{indicator}.{entry['id']}" if "id" in entry else indicator
    where = f"{name}: frame {rule}"
    if unknown := set(entry) - _FRAME_KEYS:
        raise RulebookError(f"{where}: unknown keys {sorted(unknown)}")
    if indicator not in catalogue():
        raise RulebookError(f"{where}: {indicator!r} is not in catalogue.csv")
    if not entry.get("yes"):
        raise RulebookError(f"{where}: give at least one sentence in `yes` that the frame must match")
    sets = {key: _concepts(where, entry.get(key, ()), kinds) for key in _SETS}
    groups = tuple(_concepts(where, group.split("|"), kinds) for group in entry.get("with", ()))
    units = _units(where, entry.get("measure", ()), measures)
    worded = cast("Worded | None", entry.get("worded"))
    if not units and worded is None:
        raise RulebookError(f"{where}: `measure` is missing")
    return Frame(
        rule=rule,
        indicator=indicator,
        measure=catalogue()[indicator].measure,
        object=_concepts(where, entry.get("object", ()), kinds),
        units=units,
        bare=not units & {"元", "%", "小时"},
        free=bool(entry.get("free")),
        with_=groups,
        open_topic=bool(entry.get("open_topic")),
        yields=bool(entry.get("yields")),
        have=bool(entry.get("have")),
        own_action=bool(entry.get("own_action")),
        own=bool(entry.get("own")),
        keep_mean=bool(entry.get("keep_mean")),
        worded=worded,
        weight=len(groups) + bool(sets["action"]) + bool(sets["topic"]) + bool(sets["subject"]),
        yes=tuple(entry["yes"]),
        no=tuple(entry.get("no", ())),
        **sets,
    )


def _concepts(where: str, names: Iterable[str], kinds: Mapping[str, str]) -> frozenset[str]:
    names = frozenset(names)
    if unknown := sorted(n for n in names if n not in kinds):
        raise RulebookError(f"{where}: no rule file defines the concepts {unknown}")
    return names


def _units(where: str, types: Iterable[str], measures: Mapping[str, frozenset[str]]) -> frozenset[str]:
    out: set[str] = set()
    for name in types:
        if name not in measures:
            raise RulebookError(f"{where}: [measures] has no type {name!r}")
        out |= measures[name]
    return frozenset(out)


def _index(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, list[Frame]] = {}
    for frame in frames:
        for concept in sorted(frame.object):
            index.setdefault(concept, []).append(frame)
    return {concept: tuple(found) for concept, found in index.items()}


def _light(words: set[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(r"《[^》\n]*》|“[^”\n]*”|[0-9０-９.,·—\-~至]+|" + "|".join(map(re.escape, longest_first)))


def rule_files() -> list[tuple[str, Mapping[str, Any]]]:
    """The shipped rule files in a fixed order, parsed."""
    here = files(__package__)
    paths = [here / "vocabulary.toml"]
    paths += sorted((p for p in (here / "indicators").iterdir() if p.name.endswith(".toml")), key=lambda p: p.name)
    return [(p.name, tomllib.loads(p.read_text(encoding="utf-8"))) for p in paths]


@cache
def rulebook() -> Rulebook:
    """The rulebook that travels with the package, loaded once."""
    return load(rule_files())



