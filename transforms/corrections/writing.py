"""A correction as the block people would have written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from transforms.corrections.correction import OF_FACTS, Correction, plain


def block(correction: Correction) -> str:
    """TOML that reads back as the same correction, with an empty line before it."""
    return "\n[[correction]]\n" + "".join(f"{key} = {value}\n" for key, value in _lines(correction))


def _lines(c: Correction) -> Iterator[tuple[str, str]]:
    texts: list[tuple[str, object]] = [
        ("action", c.action),
        ("report", c.report),
        ("report_id", c.report_id),
        ("town", c.town),
        ("county", c.county),
        ("year", c.year),
        ("sentence", c.sentence),
        ("expected", c.expected),
        ("indicator", c.indicator),
        *_decided(c),
        ("reason", c.reason),
        ("author", c.author),
    ]
    for key, value in texts:
        if value is not None:
            yield key, plain(value) if isinstance(value, (int, Decimal)) else _quoted(str(value))
    yield "date", c.decided_on.isoformat()


def _decided(c: Correction) -> Iterator[tuple[str, object]]:
    if c.action not in OF_FACTS:
        yield "value", c.new_town if c.action == "set_town" else c.new_year
        yield "new_county", c.new_county
        yield "new_province", c.new_province
        return
    if c.figures:
        value, low, high, bound = c.figures
        if bound == "range":
            yield from (("low", low), ("high", high))
        else:
            yield "value", value
        if bound not in ("exact", "range"):
            yield "bound", bound
    yield "unit", c.unit
    yield "period", c.period


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
