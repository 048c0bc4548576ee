"""Characters from the recogniser's steps: their scores, forms of one character; what a gap may hide."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="comes with the extra `ocr`")

from transforms.decode.character_steps import LineReader, Sign  # noqa: E402

CHARACTERS = ["blank", "2", "２", "7", ".", "件", "二", "存", "、", " "]


def read(*steps: dict[str, float]) -> list[Sign]:
    """Steps by the likely characters of each; what is left of 1 is that of the gap."""
    array = np.zeros((1, len(steps), len(CHARACTERS)), np.float32)
    for n, step in enumerate(steps):
        for character, share in step.items():
            array[0, n, CHARACTERS.index(character)] = share
        array[0, n, 0] = 1 - sum(step.values())
    (text, _), (signs,) = (found[0] if k == 0 else found for k, found in enumerate(read_all(array)))
    assert text == "".join(sign.character for sign in signs)
    return signs


def read_all(array: Any) -> tuple[list[tuple[str, float]], list[list[Sign]]]:
    return LineReader(CHARACTERS)(array, True, wh_ratio_list=(4.0,), max_wh_ratio=4.0)


def test_a_character_is_as_sure_as_its_surest_step() -> None:
    signs = read({}, {"7": 0.52}, {"7": 0.99}, {}, {"件": 1.0})
    assert [(sign.character, round(sign.score, 2)) for sign in signs] == [("7", 0.99), ("件", 1.0)]
    assert [round(sign.place, 1) for sign in signs] == [0.5, 0.9]


def test_forms_of_one_character_share_their_probability() -> None:
    (wide, _) = read({"2": 0.47, "２": 0.52}, {}, {"件": 1.0})
    assert (wide.character, round(wide.score, 2)) == ("２", 0.99)
    (one, _) = read({"2": 0.9}, {"２": 0.8}, {}, {"件": 1.0})
    assert (one.character, round(one.score, 2)) == ("2", 0.9)


def test_a_mark_that_the_gap_only_just_outweighs_is_kept_and_weak() -> None:
    signs = read({"二": 1.0}, {}, {"、": 0.36}, {}, {"存": 1.0})
    assert [(sign.character, round(sign.score, 2)) for sign in signs] == [("二", 1), ("、", 0.36), ("存", 1)]
    assert len(read({"二": 1.0}, {}, {"、": 0.1}, {}, {"存": 1.0})) == 2


def test_what_may_stand_between_two_digits_is_a_doubt_about_both() -> None:
    assert [round(s.score, 2) for s in read({"2": 1.0}, {".": 0.2}, {"7": 1.0})] == [0.8, 0.8]
    assert [round(s.score, 2) for s in read({"2": 1.0}, {".": 0.2}, {"件": 1.0})] == [1.0, 1.0]
    assert [round(s.score, 2) for s in read({"2": 1.0}, {"２": 0.2}, {}, {"7": 1.0})] == [1.0, 1.0]
