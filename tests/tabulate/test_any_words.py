"""Words of the rulebook, numbers and marks in any order: whatever they say, reading them ends."""

from __future__ import annotations

import random

import pytest

from transforms import read_text
from transforms.tabulate.rulebook import rulebook

NUMBERS = ("3", "12", "一百二十", "近20", "30余", "1.5万", "上百", "100", "3至5", "第3")
UNITS = ("个", "次", "件", "名", "人次", "份", "场", "%", "项", "处", "万元", "")
BETWEEN = tuple("，、。；：（）为由均共达") + ("其中", "增至", "调整为", "降至", "较去年")
TEXTS = 1500


def any_words(seed: int) -> list[str]:
    """Texts of up to a dozen pieces, the same for the same seed."""
    choose = random.Random(seed)
    words = sorted(word.text for word in rulebook().words)
    texts = []
    for _ in range(TEXTS):
        pieces = [
            choose.choice((choose.choice(words), choose.choice(NUMBERS) + choose.choice(UNITS), between))
            for between in choose.choices(BETWEEN, k=choose.randint(3, 12))
        ]
        texts.append("".join(pieces))
    return texts


@pytest.mark.parametrize("seed", [1, 2])
def test_any_words_are_read_to_the_end(seed: int) -> None:
    for text in any_words(seed):
        facts = read_text(text, 2023)[0]
        assert all(text[fact.start : fact.end] for fact in facts), text


def test_two_levels_behind_a_verb_without_a_noun() -> None:
    read_text("调整优化到政法工作满意度普法进万家活动二条上百场一百二十起调整为街道行政事业编制0场。", 2023)
