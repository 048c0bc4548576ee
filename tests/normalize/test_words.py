"""words.toml both ways: every entry on its own examples."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from transforms.normalize.mirrors import stray_latin
from transforms.normalize.signature import person_names

WORDS = tomllib.loads(resources.files("transforms.normalize").joinpath("words.toml").read_text("utf-8"))


@pytest.mark.parametrize("word", WORDS["function_word"], ids=lambda word: str(word["english"]))
def test_function_words(word: dict[str, str]) -> None:
    assert [change.new for change in stray_latin(word["matches"])] == [word["chinese"]]
    assert stray_latin(word["misses"]) == []


@pytest.mark.parametrize("label", WORDS["signature"]["labels"])
def test_every_label_shields_a_name(label: str) -> None:
    assert person_names(f"{label}：沈乾\n") == [(len(label) + 1, len(label) + 3)]


def test_examples_of_signatures() -> None:
    assert all(person_names(example) for example in WORDS["signature"]["matches"])
    assert not any(person_names(example) for example in WORDS["signature"]["misses"])
