"""Script cases: a Traditional string and the Simplified one it must become, character for character."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from transforms.normalize import to_simplified


@dataclass(slots=True)
class ScriptScore:
    """Counts over a bank; `misses` are (case, expected, said) in the order of the bank."""

    cases: int = 0
    right: int = 0
    misses: list[tuple[str, str, str]] = field(default_factory=list)


def score_script(
    cases: Iterable[Mapping[str, Any]], convert: Callable[[str], str] = to_simplified
) -> ScriptScore:
    """A case passes when the whole string agrees.

    >>> score_script([{"id": "a", "input": "漢", "expected": "汉"}]).right
    1
    """
    score = ScriptScore()
    for case in cases:
        said = convert(case["input"])
        score.cases += 1
        score.right += said == case["expected"]
        if said != case["expected"]:
            score.misses.append((case["id"], case["expected"], said))
    return score
