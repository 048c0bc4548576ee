"""The parts of a township's name: its kind, its stem, the people it is named for, its short forms."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_list(name: str) -> dict[str, Any]:
    """A TOML file of this folder, read once."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


_WORDS = word_list("names")
NOT_NAMES = frozenset(_WORDS["not_names"])
_PEOPLES = "|".join(sorted(_WORDS["peoples"], key=lambda p: (-len(p), p)))
_KINDS = "|".join(sorted(_WORDS["kinds"] + _WORDS["zones"], key=lambda k: (-len(k), k)))
_OF_A_PEOPLE = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})族)*(?:(?:{_PEOPLES})民?族)(?=乡|镇|苏木)")
_KIND = re.compile(rf"(?:{_KINDS})$")
_REMARK = re.compile(r"[（(][^）)]*[）)]")
_OFFICE = re.compile(r"(?:(?<=街道)|(?<=地区))(?:办事处|办事|办)$|(?<=[镇乡])人民政府$")


def official_name(printed: str) -> str:
    """The name without the office that bears it and without remarks in brackets.

    Up to 2018 the statistical list gave the offices (东华门街道办事处), later the units (东华门街道).

    >>> official_name("北街街道办事处"), official_name("泰达街道（天津经济技术开发区东区）")
    ('北街街道', '泰达街道')
    """
    return _OFFICE.sub("", _REMARK.sub("", printed).strip())


def short_names(name: str) -> tuple[str, ...]:
    """The forms a report uses for itself after the full name stood once; the people is left out.

    >>> short_names("晓关侗族乡"), short_names("太平镇")
    (('晓关乡',), ())
    """
    short = _OF_A_PEOPLE.sub("", name)
    return (short,) if short != name else ()


def stem(name: str) -> str:
    """The name without people and kind, at least one character long: what stays when 乡 becomes 镇.

    >>> stem("晓关侗族乡"), stem("沙面街道"), stem("镇")
    ('晓关', '沙面', '镇')
    """
    bare = _OF_A_PEOPLE.sub("", name)
    return _KIND.sub("", bare) or bare
