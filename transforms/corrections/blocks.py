"""A block of a corrections file as written: its keys with their lines, and complaints that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|(?P<head>^[ \t]*\[\[[^\]\n]*\]\])|(?P<key>^[ \t]*[A-Za-z0-9_-]+(?=[ \t]*=))",
    re.S | re.M,
)


class BadCorrections(ValueError):  # noqa: N818 - a verdict on a file, named as such in the logs
    """The file cannot be used; the message names file, line and remedy."""


class Block:
    """One `[[correction]]` as written, with the lines of its keys."""

    def __init__(self, name: str, number: int, content: dict[str, Any], lines: Mapping[str, int]) -> None:
        self.name, self.number, self.content, self.lines = name, number, content, lines

    def place(self, key: str = "") -> str:
        """File and line of a key, of the head where the key is not there."""
        line = self.lines.get(key, self.lines.get("", 0))
        return f"{self.name}, line {line}" if line else f"{self.name}, correction {self.number}"

    def refuse(self, message: str, key: str = "") -> NoReturn:
        """Raise with the place of `key`."""
        raise BadCorrections(f"{self.place(key)}: {message}")

    def text(self, key: str) -> str | None:
        """A string with something in it, or None where the key is missing."""
        value = self.content.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{key} = {value!r} is not a text in quotes with something in it", key)
        return value.strip()


def line_of(text: str, key: str) -> int:
    """Line, from 1, on which a key first stands."""
    found = re.search(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}\b", text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def lines_of(text: str, blocks: int) -> Sequence[Mapping[str, int]]:
    """Line of the head ("") and of each key of each block; nothing where blocks are written another way."""
    found: list[dict[str, int]] = []
    line, seen = 1, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", seen, token.start())
        seen = token.start()
        if token["head"] is not None:
            found.append({"": line})
        elif token["key"] is not None and found:
            found[-1].setdefault(token["key"].strip(), line)
    return found if len(found) == blocks else [{} for _ in range(blocks)]
