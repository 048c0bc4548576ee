"""Sentences and clauses in their sections. Marks only help: run-on text is one long clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import sub

from transforms.segment.sections import Section, SectionKind, sections

__all__ = ["Clause", "Section", "SectionKind", "Segments", "segment"]

_SENTENCE_END = re.compile(r"[。！？!?\n](?:(?<=\n)\n*|[。！？!?]*[”’」』）)]*)")
# An ASCII comma or point between digits belongs to the number (12,600).
# One class in front, so that the search leaps from mark to mark.
CLAUSE_MARK = re.compile(r"[，；：;,:](?:(?<=[，；：;])|(?<![0-9].)|(?![0-9]))")
# Where no full stop comes for so many characters, a sentence ends at a clause mark: every number is weighed
# against those before it in its sentence, and a megabyte of commas would take hours. The longest sentence of
# the reports in hand has some 600.
LONGEST = 2000
# Lesser marks where there is no clause mark; where there is none at all, away from any number or behind one.
_PLAIN = r"(?:(?![一二两三四五六七八九十百千万亿零〇几半])[\u4e00-\u9fff])"
_CUTS = (
    CLAUSE_MARK,
    re.compile(r"[、）)”」』》\s]"),
    re.compile(rf"{_PLAIN}{{6}}(?={_PLAIN}{{6}})"),
    re.compile(rf"(?<=[0-9]){_PLAIN}(?={_PLAIN}{{3}})"),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of normalised text between clause marks; `sentence` counts sentences from the top."""

    start: int
    end: int
    sentence: int
    section: Section


@dataclass(frozen=True)
class Segments:
    """A text cut three ways. Sentences and sections cover it wholly; clauses are cut when first asked for."""

    text: str
    sections: tuple[Section, ...]
    sentence_ends: tuple[int, ...]  # ascending, the last is the length of the text

    def sentence_at(self, position: int) -> int:
        """Number of the sentence that holds the character at `position`."""
        return bisect_right(self.sentence_ends, position)

    def sentence(self, number: int) -> tuple[int, int]:
        """Half-open span of a sentence, its end mark included."""
        return (self.sentence_ends[number - 1] if number else 0, self.sentence_ends[number])

    def section_at(self, position: int) -> Section:
        """The innermost section that holds `position`."""
        return self.sections[bisect_right(self._section_starts, position) - 1]

    def clause_at(self, position: int) -> tuple[int, int]:
        """Half-open span between clause marks around `position`, within its sentence."""
        start, end = self.sentence(self.sentence_at(position))
        for mark in CLAUSE_MARK.finditer(self.text, start, end):
            if mark.start() >= position:
                return start, mark.start()
            start = mark.end()
        return start, end

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in order, end marks left out."""
        out = []
        for number in range(len(self.sentence_ends)):
            start, end = self.sentence(number)
            for mark in [*CLAUSE_MARK.finditer(self.text, start, end), None]:
                stop = mark.start() if mark else end
                if self.text[start:stop].strip("。！？!?\n 　"):
                    out.append(Clause(start, stop, number, self.section_at(start)))
                start = mark.end() if mark else end
        return tuple(out)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [s.start for s in self.sections]


def segment(text: str) -> Segments:
    """Cut normalised text into sections, sentences and clauses.

    >>> s = segment("召开会议4次，研究问题7项。签订责任书3份。")
    >>> [s.text[c.start:c.end] for c in s.clauses]
    ['召开会议4次', '研究问题7项。', '签订责任书3份。']
    """
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    for mark in _CUTS:
        starts = [0, *ends[:-1]]
        if max(map(sub, ends, starts)) <= LONGEST:  # nearly every text
            break
        spans = zip(starts, ends, strict=True)
        ends = [cut for start, end in spans for cut in _shortened(mark, text, start, end)]
    return Segments(text, sections(text), tuple(ends))


def _shortened(mark: re.Pattern[str], text: str, start: int, end: int) -> list[int]:
    """Ends of the parts of a sentence: as long as may be, or to the first mark where none is nearer."""
    ends: list[int] = []
    if end - start > LONGEST:
        last = start
        for found in mark.finditer(text, start, end):
            if found.end() - start > LONGEST:
                start = last if last > start else found.end()
                ends.append(start)
            last = found.end()
    return [*(cut for cut in ends if cut < end), end]
