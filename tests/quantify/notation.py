"""Numerals written out as in `samples.toml`, so that a difference can be read."""

from __future__ import annotations

from transforms.quantify import Numeral, Quantity, numerals

_SIGN = {"exact": "", "at_least": ">=", "at_most": "<=", "approx": "~"}


def figure(quantity: Quantity) -> str:
    """value|unit with hedge, each and inclusive where they apply."""
    if quantity.bound == "range":
        said = f"{quantity.low}..{quantity.high}"
    else:
        said = f"{_SIGN[quantity.bound]}{quantity.value}"
    parts = [said, quantity.unit or "-"]
    parts += [quantity.hedge] if quantity.hedge else []
    parts += ["each"] if quantity.each else []
    parts += [] if quantity.inclusive is None else ["incl" if quantity.inclusive else "excl"]
    return "|".join(parts)


def shown(text: str, numeral: Numeral) -> str:
    """One numeral of `text`."""
    span = text[numeral.start : numeral.end]
    parts = [span] if numeral.kind == "quantity" else [span, numeral.kind]
    return "|".join([*parts, figure(numeral.quantity)] if numeral.quantity else parts)


def told(text: str) -> list[str]:
    """Every numeral of `text`, in order."""
    return [shown(text, numeral) for numeral in numerals(text)]
