"""Headings, and what they say of the numbers below them: work done, problems, plans."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, cast

from transforms.segment.closings import closings

SectionKind = Literal["head", "work", "problems", "plans", "closing"]

# The longest title that is still read as one: a heading glued to its sentence has no end of its own.
TITLE_LENGTH = 40

_OPENING = (
    r"[ \t\u3000]*(?:(?P<top>[一二三四五六七八九十]{1,3})[、.．:：]"
    r"|[（(](?P<sub>[一二三四五六七八九十]{1,3})[）)]、?"
    # 下一步 opens the plans also where no heading stands before it
    r"|(?P<plan>(?=(?:在)?(?:下一步|下步|下一阶段|今后的?工作中)[，,、：:将我工的打]|(?:20\d\d年)?(?:工作)?打算[：:])))"
)
_FIRST = re.compile(_OPENING)
# Begins with one class of characters, so that the search leaps from mark to mark.
_LATER = re.compile(r"[\n。；！？;!]" + _OPENING)
_TITLE_END = re.compile(r"[。，；：！？\n,;:!?]")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under one heading; `kind` decides whether its numbers are results or plans."""

    start: int
    end: int
    kind: SectionKind
    title: str | None


def sections(text: str) -> tuple[Section, ...]:
    """The text cut at its headings, without gap or overlap; a sub-heading without a kind has its parent's.

    >>> [(s.kind, s.title) for s in sections("一、主要举措\\n（一）抓学习。\\n二、存在的问题\\n一是不够。")]
    [('work', '主要举措'), ('work', '抓学习'), ('problems', '存在的问题')]
    """
    marks = _marks(text)
    out: list[Section] = []
    parent: SectionKind = "work"
    if not marks or marks[0].start > 0:
        out.append(Section(0, marks[0].start if marks else len(text), "head" if marks else "work", None))
    for i, mark in enumerate(marks):
        end = marks[i + 1].start if i + 1 < len(marks) else len(text)
        kind = "plans" if mark.level == "plan" else kind_of_title(mark.title)
        if mark.level == "top" and kind == "plans" and _tells_problems_first(mark.title, marks[i + 1 :]):
            kind = "problems"
        if mark.level != "sub":
            parent = kind or "work"
        out.append(Section(mark.start, end, kind or parent, mark.title if mark.is_heading else None))
    return tuple(out)


class _Mark(NamedTuple):
    """What opens a section; a `closing` opens what stands below a report."""

    start: int
    level: str  # top | sub | plan | closing
    title: str

    @property
    def is_heading(self) -> bool:
        return self.level in ("top", "sub")


_PROBLEMS_AND = re.compile(
    r"(?:问题|不足|困难|短板)[^，。]{0,4}?[和与及、].*(?:下一?步|打算|计划|思路|今后|20\d\d年)"
)


def _tells_problems_first(title: str, below: Sequence[_Mark]) -> bool:
    """存在的问题和下一步打算, where something below says how far the problems go."""
    if not _PROBLEMS_AND.search(title):
        return False
    for mark in below:
        if mark.level in ("top", "closing"):
            return False
        if mark.level == "plan" or kind_of_title(mark.title) == "plans":
            return True
    return False


def _marks(text: str) -> list[_Mark]:
    """Whatever opens a section, in order."""
    found = [(m.start() + 1, m) for m in _LATER.finditer(text)]
    if first := _FIRST.match(text):
        found.insert(0, (0, first))
    ends = [start for start, _ in found[1:]]
    marks = [
        _Mark(start, m.lastgroup or "", _title(text, m.end(), end))
        for (start, m), end in zip(found, [*ends, len(text)], strict=False)
    ]
    closed = [_Mark(start, "closing", title) for start, title in closings(text)]
    return sorted([*marks, *closed]) if closed else marks


def _title(text: str, start: int, end: int) -> str:
    stop = _TITLE_END.search(text, start, min(end, start + TITLE_LENGTH))
    return text[start : stop.start() if stop else min(end, start + TITLE_LENGTH)].strip()


def kind_of_title(title: str) -> SectionKind | None:
    """What a heading promises, None where it promises nothing but work.

    >>> kind_of_title("下一年度推进法治政府建设的主要安排"), kind_of_title("问题整改回头看")
    ('plans', None)
    """
    for kind, (words, unless) in _kinds().items():
        if words.search(title) and not unless.search(title):
            return kind
    return None


@cache
def _kinds() -> Mapping[SectionKind, tuple[re.Pattern[str], re.Pattern[str]]]:
    table = tomllib.loads((files(__package__) / "sections.toml").read_text(encoding="utf-8"))
    return {cast(SectionKind, k): (_any_of(v["words"]), _any_of(v["unless"])) for k, v in table.items()}


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Finds one of the words; without any it finds nothing."""
    return re.compile("|".join(map(re.escape, words)) or "(?!)")
