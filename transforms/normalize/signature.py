"""Names of persons in letterheads and signatures, which keep the characters their bearers use."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

_WORDS = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))
_LABELS = "|".join(sorted(_WORDS["signature"]["labels"], key=len, reverse=True))
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_NAME = rf"[{_HAN}][ \u3000]{{1,2}}[{_HAN}]|[{_HAN}]{{1,6}}(?:[·•‧・][{_HAN}]{{1,6}}){{0,3}}"
_SIGNED = re.compile(rf"(?:{_LABELS})[ \t\u3000]*[:：][ \t\u3000]*({_NAME})(?=[\s（(]|$)")
_ANY_LABEL = re.compile(r"[人记記任长長][ \t\u3000]*[:：]")


def person_names(text: str) -> list[tuple[int, int]]:
    """Spans of the names after 签发人：, 镇长：and the like, where nothing but the name follows.

    >>> [("签发人：沈乾 2022年"[slice(*span)]) for span in person_names("签发人：沈乾 2022年")]
    ['沈乾']
    >>> person_names("责任人：各村党支部书记和村委会主任")
    []
    """
    if not _ANY_LABEL.search(text):
        return []
    return [match.span(1) for match in _SIGNED.finditer(text)]
