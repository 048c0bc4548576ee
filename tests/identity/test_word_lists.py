"""Every word list is tried on what it must find and on what it must leave alone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.segment import furniture as furniture_module
from transforms.segment.furniture import furniture_spans
from transforms.tabulate.identity import identify as identify_module
from transforms.tabulate.identity.layout import addressee
from transforms.tabulate.identity.mentions import mentions
from transforms.tabulate.identity.names import official_name, short_names, word_list


def furniture_rules() -> dict[str, Any]:
    path = Path(furniture_module.__file__).with_name("furniture.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", furniture_rules()["examples"], ids=lambda e: e["text"][:20])
def test_furniture(example: dict[str, Any]) -> None:
    found = [example["text"][start:end] for start, end in furniture_spans(example["text"])]
    assert found == example["furniture"]


def test_every_furniture_pattern_is_tried_by_an_example() -> None:
    rules = furniture_rules()
    furniture = [line for example in rules["examples"] for line in example["furniture"]]
    for kind in ("whole", "part"):
        for name, pattern in rules[kind].items():
            assert any(re.search(pattern, line) for line in furniture), name


@pytest.mark.parametrize("kind", word_list("level")["kinds"], ids=lambda k: f"{k['code']}-{k['where']}")
def test_kinds_of_document(kind: dict[str, Any]) -> None:
    for text in kind["examples"]:
        assert re.search(kind["pattern"], text), text
        assert kind["where"] != "text" or any(word in text for word in kind["needs"]), text
    for text in kind["not"]:
        assert not re.search(kind["pattern"], text), text


@pytest.mark.parametrize("example", word_list("names")["examples"]["official"], ids=lambda e: e["printed"])
def test_official_names(example: dict[str, str]) -> None:
    assert official_name(example["printed"]) == example["official"]


@pytest.mark.parametrize("example", word_list("names")["examples"]["short"], ids=lambda e: e["official"])
def test_short_names(example: dict[str, Any]) -> None:
    assert list(short_names(example["official"])) == example["short"]


@pytest.mark.parametrize("example", word_list("names")["examples"]["mention"], ids=lambda e: e["text"][:12])
def test_mentions(example: dict[str, Any]) -> None:
    assert [mention.name for mention in mentions(example["text"])] == example["names"]


@pytest.mark.parametrize("example", word_list("layout")["examples"]["addressee"], ids=lambda e: e["line"])
def test_addressees(example: dict[str, str]) -> None:
    assert addressee(example["line"]) == ("addressee" in example)


@pytest.mark.parametrize("example", word_list("spam")["examples"], ids=lambda e: e["text"][:12])
def test_spam(example: dict[str, Any]) -> None:
    assert bool(identify_module._SPAM.search(example["text"])) == example["spam"]
