"""docs/add-an-indicator.md does what it says: its entry loads, its sentences are read, its keys exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from transforms.normalize import normalize
from transforms.quantify import numerals
from transforms.segment import segment
from transforms.tabulate import frames
from transforms.tabulate.rulebook import KINDS, load, rule_files
from transforms.tabulate.tabulate import tabulate

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "add-an-indicator.md").read_text(encoding="utf-8")


def entry() -> dict[str, Any]:
    """The TOML of the page, as a second way to state a code that exists."""
    block = re.search(r"```toml\n(.*?)```", PAGE, re.S)
    assert block is not None
    table = tomllib.loads(block[1])
    table["frame"][0] |= {"indicator": "litigation_won", "id": "leads"}
    return table


def test_the_entry_of_the_page_is_read_as_it_says() -> None:
    table = entry()
    book = load([*rule_files(), ("new.toml", table)])
    for wanted, sentences in ((True, table["frame"][0]["yes"]), (False, table["frame"][0]["no"])):
        for sentence in sentences:
            text = normalize(sentence)
            facts, _ = tabulate(text, numerals(text.text), segment(text.text), book=book)
            assert ("litigation_won.leads" in [f.rule for f in facts]) is wanted, sentence


def test_the_page_names_every_key_and_every_table() -> None:
    named = set(re.findall(r"`\[?([a-z_]+)\]?`", PAGE))
    keys = {key for key in vars(frames)["_KEYS"] if key not in ("yes", "no")}
    tables = set(KINDS) - {"own", "scope"}
    assert keys | tables <= named, sorted((keys | tables) - named)
