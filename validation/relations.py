"""The relations of checks.toml, checked against the catalogue when read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from transforms.tabulate.catalogue import catalogue

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ratio:
    """`rate` in per cent is one of `is_` (count / count); `or_` are readings some towns use; `near`: the
    counts are looked for beside the rate only.
    """

    name: str
    rate: str
    is_: tuple[Pair, ...]
    or_: tuple[Pair, ...]
    near: bool


@dataclass(frozen=True, slots=True)
class AtMost:
    """`part` is never more than `whole`; `near`: asked only within one sentence."""

    name: str
    part: str
    whole: str
    near: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """`parts` together are `total`."""

    name: str
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """All of checks.toml; `indicators` are those that any of them reads, `together` the sets of them of which
    a report must state all before one says anything.
    """

    ratios: tuple[Ratio, ...]
    at_most: tuple[AtMost, ...]
    sums: tuple[Sum, ...]
    indicators: frozenset[str]
    together: tuple[frozenset[str], ...]

    def meeting(self, stated: Set[str]) -> set[str]:
        """Those of the indicators a report states that can be compared with others of them."""
        return {indicator for needed in self.together if needed <= stated for indicator in needed}


@cache
def relations() -> Relations:
    """Read once a process.

    Raises ValueError naming the entry where an indicator is not in the catalogue or a rate is none.
    """
    return parse(tomllib.loads((files(__package__) / "checks.toml").read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Relations:
    """Relations from the content of such a file; errors as `relations`."""
    ratios = tuple(
        Ratio(e["name"], e["rate"], _pairs(e["is"]), _pairs(e.get("or", [])), e.get("near", False))
        for e in data["ratio"]
    )
    at_most = tuple(AtMost(e["name"], e["part"], e["whole"], e.get("near", False)) for e in data["at_most"])
    sums = tuple(Sum(e["name"], e["total"], tuple(e["parts"])) for e in data["sum"])
    used: dict[str, str] = {}
    for ratio in ratios:
        counts = [indicator for pair in ratio.is_ + ratio.or_ for indicator in pair]
        used |= dict.fromkeys([ratio.rate, *counts], ratio.name)
    for pair in at_most:
        used |= dict.fromkeys([pair.part, pair.whole], pair.name)
    for entry in sums:
        used |= dict.fromkeys([entry.total, *entry.parts], entry.name)
    _refuse_unknown(used, ratios)
    together = [frozenset((r.rate, *pair)) for r in ratios for pair in r.is_ + r.or_]
    together += [frozenset((pair.part, pair.whole)) for pair in at_most]
    together += [frozenset((entry.total, *entry.parts)) for entry in sums]
    return Relations(ratios, at_most, sums, frozenset(used), tuple(dict.fromkeys(together)))


def _pairs(rows: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((part, whole) for part, whole in rows)


def _refuse_unknown(used: Mapping[str, str], ratios: tuple[Ratio, ...]) -> None:
    known = catalogue()
    for indicator, name in used.items():
        if indicator not in known:
            raise ValueError(f"checks.toml, {name}: no indicator {indicator!r} in the catalogue")
    for ratio in ratios:
        if known[ratio.rate].measure != "rate":
            raise ValueError(f"checks.toml, {ratio.name}: {ratio.rate} is no rate")
