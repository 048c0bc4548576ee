"""Batches told before the persons in them, with one noun behind both (接待43批、97人次来访)."""

from __future__ import annotations

from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import Number
from transforms.tabulate.readings.right import HEARERS, further
from transforms.tabulate.readings.scored import Reading

_BATCHES = frozenset({"批", "批次", "拨"})


def of_batches(number: Number, context: Context) -> list[Reading]:
    """Readings of a number of batches through the noun behind the number of persons listed next."""
    phrase = number.right
    if phrase is None or phrase.end > phrase.start or phrase.number is None:
        return []
    if number.quantity.unit not in _BATCHES or phrase.number.quantity.unit not in HEARERS:
        return []
    return further(number, phrase.number, context)
