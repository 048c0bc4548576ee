"""The one reader of web_pages.toml: element lists as sets, line patterns compiled once."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

RULES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "web_pages.toml").read_text(encoding="utf-8"))

UNSEEN = frozenset(RULES["elements"]["unseen"])
BLOCKS = frozenset(RULES["elements"]["blocks"])
SHALLOW = frozenset(RULES["elements"]["shallow"])
CONTAINERS = frozenset(name for names in RULES["containers"].values() for name in names)


def _any_of(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule['pattern']})" for rule in RULES[kind]))


FURNITURE = _any_of("furniture")
OPENING = _any_of("opening")
CLOSING = _any_of("closing")
