"""Automatic numbering of Word paragraphs (一、 （二） 3.), which stands in no text run.

Without it 'the second' of a report's measures has no marker, and a heading is no heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from transforms.decode.xml_parts import attribute, child, children, local_name

_DIGITS = "零一二三四五六七八九"
_CHINESE_FORMATS = ("chinese", "ideograph", "taiwanese", "japaneseCounting", "japaneseLegal")
_DEEPEST_STYLE = 20  # styles based on styles; a loop ends here


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, what it prints (`第%1条`) and where it starts."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The document's lists and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by numId
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # style -> (numId, level)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, properties: etree._Element | None) -> str:
        """What Word prints before a paragraph with these properties ("" for bullets and plain ones)."""
        number, depth = self._place(properties)
        levels = self.levels.get(number, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.abstract.get(number, number), {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if levels[depth].format in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda m: _printed(levels, counts, int(m[1]) - 1), levels[depth].text)

    def _place(self, properties: etree._Element | None) -> tuple[str, int]:
        """numId and level of a paragraph: its own, else its style's; numId 0 switches numbering off."""
        style = attribute(child(properties, "pStyle"), "val") or ""
        number, depth = self.styles.get(style, ("0", 0))
        own = child(properties, "numPr")
        number = attribute(child(own, "numId"), "val") or number
        stated = attribute(child(own, "ilvl"), "val")
        return number, int(stated) if stated and stated.isdigit() else depth


def _printed(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    level = levels.get(depth, Level("decimal", "", 1))
    value = counts.get(depth, level.start)
    return chinese_count(value) if level.format.startswith(_CHINESE_FORMATS) else str(value)


def chinese_count(number: int) -> str:
    """List numbers as Word writes them in Chinese.

    >>> [chinese_count(n) for n in (3, 10, 11, 20, 35, 101)]
    ['三', '十', '十一', '二十', '三十五', '101']
    """
    tens, units = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[units] if units else "")


def numbering_of(lists: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """Read from word/numbering.xml and word/styles.xml; either may be missing."""
    numbering = Numbering()
    abstract = {
        attribute(a, "abstractNumId"): {int(attribute(v, "ilvl") or 0): _level(v) for v in children(a, "lvl")}
        for a in children(lists, "abstractNum")
    }
    for num in children(lists, "num"):
        number = attribute(num, "numId") or ""
        source = attribute(child(num, "abstractNumId"), "val")
        numbering.levels[number] = abstract.get(source, {})
        if not any(local_name(c) == "lvlOverride" for c in num):  # an override begins a list of its own
            numbering.abstract[number] = f"abstract {source}"
    numbering.styles = _numbered_styles(styles)
    return numbering


def _level(level: etree._Element) -> Level:
    start = attribute(child(level, "start"), "val") or "1"
    return Level(
        format=attribute(child(level, "numFmt"), "val") or "decimal",
        text=attribute(child(level, "lvlText"), "val") or "",
        start=int(start) if start.isdigit() else 1,
    )


def _numbered_styles(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in children(styles, "style"):
        name = attribute(style, "styleId") or ""
        based[name] = attribute(child(style, "basedOn"), "val") or ""
        number = attribute(child(style, "pPr", "numPr", "numId"), "val")
        if number:
            depth = attribute(child(style, "pPr", "numPr", "ilvl"), "val") or "0"
            own[name] = (number, int(depth) if depth.isdigit() else 0)
    found = {}
    for name in based:
        ancestor = name
        for _ in range(_DEEPEST_STYLE):
            if ancestor in own:
                found[name] = own[ancestor]
                break
            ancestor = based.get(ancestor, "")
    return found
