"""What every Python from 3.11.0 on does alike."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POSSESSIVE_GROUP = re.compile(r"\)(?:[+*?]|\{\d*,?\d*\})\+")


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Before 3.11.5 such a pattern loses matches; on single classes it is sound."""
    assert POSSESSIVE_GROUP.search(r"(?:a\d++)++")
    sources = [p for s in ("transforms", "validation", "warehouse", "flows") for p in (ROOT / s).rglob("*")]
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources
        if path.suffix in (".py", ".toml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if POSSESSIVE_GROUP.search(line)
    ]
    assert not found
