"""Frames: one way each in which an indicator is stated, parsed from the rule files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from transforms.tabulate.catalogue import catalogue

Worded = Literal["full", "none", "all"]
# Units without which a number is not the thing: money, rates, hours are never left out.
NEVER_BARE = frozenset({"元", "%", "小时", "学时", "格"})


class RulebookError(ValueError):
    """A rule file says something that cannot be meant; the message names file, table and word."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to state an indicator. Sets of concepts are "any of", the groups of `with_` are "all of"."""

    rule: str
    indicator: str
    measure: str  # of the catalogue: flow, stock, rate, amount
    object: frozenset[str]
    units: frozenset[str]
    bare: bool  # may the measure word be missing
    action: frozenset[str] = frozenset()
    free: bool = False  # the action adds weight but is not required
    own_action: bool = False  # a verb of an earlier phrase will not do
    with_: tuple[frozenset[str], ...] = ()
    without: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()  # rivals of topic or subject: the nearest of both decides
    not_topic: frozenset[str] = frozenset()
    open_topic: bool = False  # neither topic nor rival in sight is fine
    yields: bool = False  # where one phrase names topic and rival, the rival has it
    fresh: frozenset[str] = frozenset()  # a topic named before and not yet counted
    not_fresh: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()  # named soon behind the number: what came of it tells what it was
    then: frozenset[str] = frozenset()  # named in the very next clause: what the money is for
    leads: bool = False  # the noun opens its phrase
    own: bool = False  # only of the town as a whole
    touches: bool = False  # a verb that counts by itself: nothing between it and its number
    through_list: bool = False  # one that touches, but for a list of what it was done to: 受理婚育、社保等9件
    paired: bool = False  # only of persons counted right behind the batches they came in
    keep_mean: bool = False  # a mean by definition (study hours per official)
    worded: Worded | None = None
    have: bool = False  # 各村均有 + noun states it too
    done: tuple[str, ...] = ()  # 全部 and one of these, behind the noun, state it
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    # derived once, read for every candidate
    weight: int = 0  # how much it demands: the more demanding frame wins
    looks_back: bool = False
    asks: frozenset[str] = frozenset()


_LOOK_BACK = ("topic", "not_topic", "fresh", "not_fresh", "subject", "not_subject")
_SETS = ("action", "without", "over", "later", "then", *_LOOK_BACK)
_FLAGS = (
    "free",
    "own_action",
    "open_topic",
    "yields",
    "leads",
    "own",
    "touches",
    "through_list",
    "paired",
    "keep_mean",
    "have",
)
_KEYS = {"indicator", "id", "object", "with", "worded", "measure", "done", "yes", "no", *_SETS, *_FLAGS}


def parse_frames(
    raw: Sequence[tuple[str, Mapping[str, Any]]],
    concepts: Iterable[str],
    measures: Mapping[str, frozenset[str]],
) -> tuple[Frame, ...]:
    """Frames from (file name, table) in order; every name they use must be defined somewhere."""
    known = frozenset(concepts)
    frames = [_frame(name, entry, known, measures) for name, entry in raw]
    seen: set[str] = set()
    for frame in frames:
        if frame.rule in seen:
            raise RulebookError(f"two frames are called {frame.rule!r}; give the second an id")
        seen.add(frame.rule)
    return tuple(frames)


def _frame(
    name: str, entry: Mapping[str, Any], known: frozenset[str], measures: Mapping[str, frozenset[str]]
) -> Frame:
    indicator = str(entry.get("indicator"))
    rule = f"{indicator}.{entry['id']}" if "id" in entry else indicator
    where = f"{name}: frame {rule}"
    _check(where, indicator, entry)
    sets: dict[str, Any] = {key: _concepts(where, entry.get(key, ()), known) for key in _SETS}
    groups = tuple(_concepts(where, group.split("|"), known) for group in entry.get("with", ()))
    units = _units(where, entry.get("measure", ()), measures)
    weight = len(groups) + sum(
        bool(sets[key]) for key in ("action", "topic", "subject", "fresh", "later", "then")
    )
    flags: dict[str, Any] = {key: bool(entry.get(key)) for key in _FLAGS}
    return Frame(
        rule=rule,
        indicator=indicator,
        measure=catalogue()[indicator].measure,
        object=_concepts(where, entry["object"], known),
        units=units,
        bare=units.isdisjoint(NEVER_BARE),
        with_=groups,
        worded=cast("Worded | None", entry.get("worded")),
        done=tuple(entry.get("done", ())),
        yes=tuple(entry["yes"]),
        no=tuple(entry.get("no", ())),
        weight=weight,
        looks_back=any(sets[key] for key in _LOOK_BACK),
        asks=sets["action"].union(*groups),
        **sets,
        **flags,
    )


def _check(where: str, indicator: str, entry: Mapping[str, Any]) -> None:
    if unknown := set(entry) - _KEYS:
        raise RulebookError(f"{where}: unknown keys {sorted(unknown)}")
    if indicator not in catalogue():
        raise RulebookError(f"{where}: {indicator!r} is not in catalogue.csv")
    if not entry.get("yes"):
        raise RulebookError(f"{where}: give at least one sentence in `yes` that the frame must match")
    if not entry.get("object"):
        raise RulebookError(f"{where}: `object` is missing")
    if not entry.get("measure") and "worded" not in entry:
        raise RulebookError(f"{where}: `measure` is missing")
    if entry.get("worded", "none") not in ("full", "none", "all"):
        raise RulebookError(f"{where}: `worded` is none of full, none, all")


def _concepts(where: str, names: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    names = frozenset(names)
    if unknown := sorted(names - known):
        raise RulebookError(f"{where}: no rule file defines the concepts {unknown}")
    return names


def _units(where: str, types: Iterable[str], measures: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if unknown := [name for name in types if name not in measures]:
        raise RulebookError(f"{where}: [measures] has no type {unknown[0]!r}")
    return frozenset[str]().union(*(measures[name] for name in types))
