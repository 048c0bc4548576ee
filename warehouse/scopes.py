"""Kinds of scopes that are disjoint: levels of government, halves and quarters of the year."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files


@cache
def scope_families() -> dict[str, dict[str, re.Pattern[str]]]:
    """Family -> class -> pattern, from disjoint_scopes.toml."""
    text = (files(__package__) / "disjoint_scopes.toml").read_text(encoding="utf-8")
    return {
        family: {name: re.compile(rule) for name, rule in rules.items() if isinstance(rule, str)}
        for family, rules in tomllib.loads(text).items()
    }


@lru_cache(maxsize=4_096)
def scope_class(scope: str) -> tuple[str, str] | None:
    """Family and class of a scope, None where it is of no family.

    >>> scope_class("村级"), scope_class("夜间")
    (('level', 'village'), None)
    """
    for family, rules in scope_families().items():
        for name, pattern in rules.items():
            if pattern.fullmatch(scope):
                return family, name
    return None
