"""Own samples by kind, in Simplified script and as other scripts, widths and contexts would write them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.quantify.notation import told
from transforms.quantify import numerals
from transforms.quantify.lexicon import DATA

SAMPLES = tomllib.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(text, said, id=f"{kind}: {text}")
    for kind, group in SAMPLES.items()
    for text, said in group.items()
]
FULL = {
    plain: other
    for other, plain in zip(DATA["fold"]["from"], DATA["fold"]["to"], strict=True)
    if plain.isascii()
}
TRADITIONAL = {
    plain: other
    for other, plain in zip(DATA["fold"]["from"], DATA["fold"]["to"], strict=True)
    if not plain.isascii()
}


@pytest.mark.parametrize(("text", "said"), CASES)
def test_says_what_a_reader_says(text: str, said: list[str]) -> None:
    assert told(text) == said


@pytest.mark.parametrize("table", [FULL, TRADITIONAL], ids=["full width", "Traditional"])
@pytest.mark.parametrize(("text", "said"), CASES)
def test_script_and_width_change_nothing(text: str, said: list[str], table: dict[str, str]) -> None:
    """Spans, kinds and values are those of the plain text; the unit stays Simplified."""
    other = text.translate(str.maketrans(table))
    plain = [(n.start, n.end, n.kind, n.quantity) for n in numerals(text)]
    assert [(n.start, n.end, n.kind, n.quantity) for n in numerals(other)] == plain


# a numeral that is the whole text counts without a measure word; inside a sentence it may be a word
IN_SENTENCES = [case for case in CASES if [f"{case.values[0]}"] != [s.split("|")[0] for s in case.values[1]]]


@pytest.mark.parametrize(("text", "said"), IN_SENTENCES)
def test_a_sentence_around_changes_nothing(text: str, said: list[str]) -> None:
    """On a line of its own, between full stops, a sample says the same."""
    assert told(f"工作总结如下。\n{text}。\n特此报告。") == said


def test_every_kind_has_samples() -> None:
    """A kind nobody samples is a kind nobody checks."""
    kinds = {numeral.kind for group in SAMPLES.values() for text in group for numeral in numerals(text)}
    assert kinds == {
        "quantity",
        "date",
        "clock",
        "duration",
        "ordinal",
        "document_number",
        "citation",
        "list_marker",
        "name",
        "damaged",
        "furniture",
    }
