"""Which indicators a report speaks of at all: silence and a word without a number are different answers."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.tabulate.catalogue import Indicator, catalogue

SHORTEST = 3  # 社区 or 横幅 alone would be met in nearly every report
_BRACKETS = re.compile(r"（[^）]*）")
_HAN = re.compile(r"[\u3400-\u9fff]+")


def mentions(content: str) -> dict[str, str]:
    """Indicator -> the words of it met first. `content` is Simplified text without spaces and punctuation.

    >>> mentions("法律援助案件和宣传资料均有登记")
    {'leaflets': '宣传资料', 'legal_aid_cases': '法律援助案件'}
    """
    automaton, owners = _automaton()
    found: dict[str, str] = {}
    # words, not places: to count the characters before each match takes longer than to find it
    for word in dict.fromkeys(automaton.find_matches_as_strings(content, overlapping=True)):
        for code in owners[word]:
            found.setdefault(code, word)
    return dict(sorted(found.items()))


def words_of(indicator: Indicator) -> list[str]:
    """Its Chinese name, with and without what stands in brackets, and the Chinese terms of its note."""
    name = indicator.name_zh
    terms = [_BRACKETS.sub("", name), name.replace("（", "").replace("）", "")]
    terms += [part.strip() for part in indicator.note.split("·") if _HAN.fullmatch(part.strip())]
    return [term for term in dict.fromkeys(terms) if len(term) >= SHORTEST and _HAN.fullmatch(term)]


@cache
def _automaton() -> tuple[AhoCorasick, dict[str, list[str]]]:
    owners: dict[str, list[str]] = {}
    for code, indicator in catalogue().items():
        for word in words_of(indicator):
            owners.setdefault(word, []).append(code)
    return AhoCorasick(list(owners), implementation=Implementation.DFA), owners
