"""Number cases of public test suites: a string and the quantities a reader must find in it, in order.

A case holds `input` and `expected`, a list of objects with `value` (a decimal or fraction string), or
`lo` and `hi`; an empty list means that nothing in the string is a quantity. A case passes when the
count and every stated number agree (relative tolerance 1e-9); what a case leaves out or leaves null is
not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from transforms.quantify import Quantity, quantities

TOLERANCE: Final = Fraction(1, 10**9)
_ASKED: Final = (
    ("value", "value"),
    ("lo", "low"),
    ("hi", "high"),
)  # field of the case, field of the quantity


@dataclass(slots=True)
class NumberScore:
    """Counts over a bank, also by `kind`; `misses` are (case, input, what was said) in the order of the
    bank.
    """

    cases: int = 0
    right: int = 0
    cases_by_kind: Counter[str] = field(default_factory=Counter)
    right_by_kind: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Share of cases that pass; 1 for no cases."""
        return self.right / self.cases if self.cases else 1.0


def score_numbers(
    cases: Iterable[Mapping[str, Any]], read: Callable[[str], Sequence[Quantity]] = quantities
) -> NumberScore:
    """Score `read` on the cases.

    >>> score_numbers([{"id": "a", "input": "三分之一", "expected": [{"value": "1/3"}]}]).accuracy
    1.0
    """
    score = NumberScore()
    for case in cases:
        said = read(case["input"])
        kind = str(case.get("kind", ""))
        score.cases += 1
        score.cases_by_kind[kind] += 1
        if agrees(case["expected"], said):
            score.right += 1
            score.right_by_kind[kind] += 1
        else:
            shown = ", ".join(case["input"][quantity.start : quantity.end] for quantity in said)
            score.misses.append((str(case.get("id", "")), case["input"], shown))
    return score


def agrees(expected: Sequence[Mapping[str, Any]], said: Sequence[Quantity]) -> bool:
    """Whether count and every stated number agree."""
    return len(expected) == len(said) and all(map(_same, expected, said))


def _same(wanted: Mapping[str, Any], quantity: Quantity) -> bool:
    for asked, name in _ASKED:
        stated = wanted.get(asked)
        if stated is None:
            continue
        number = getattr(quantity, name)
        if number is None or abs(Fraction(number) - Fraction(stated)) > abs(Fraction(stated)) * TOLERANCE:
            return False
    return True
