"""How a text is set: in lines of one width, in lines broken anywhere, or in paragraphs of one line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter

SENTENCE_MARK = re.compile(r"[，。；]|[,;](?!\d)")
SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’）)》]{0,3}$")
# A sentence ends within the line, and another runs on at its end.
_RUNS_ON = re.compile(r"[。；][^。；：:！？!?]*[^。；：:！？!?”）)]$")
WIDEST = 60
_STRAYS = 30  # longer lines that are looked past


class Shape:
    """How a text is set: in lines of one width, and whether its paragraphs close with a mark."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return [line.strip() for line in re.split(r"[\n\f]", self._text) if line.strip()]

    @cached_property
    def _is_of_paragraphs(self) -> bool:
        return self._text.count("\n") * 2 * WIDEST < len(self._text)

    @cached_property
    def width(self) -> int | None:
        """Characters in a full line (ASCII counts half); None where lines are paragraphs.

        Wrapped by hand or by a scanner: lines of at most 60 characters, a third of them full. A few lines
        may be longer, if they are none of the running text: the title, a running head, an address.
        """
        if self._is_of_paragraphs:
            return None
        measured = sorted(((line_width(line), line) for line in self._lines), key=itemgetter(0))
        widths = [width for width, _ in measured]
        fewest = len(widths) - bisect_left(widths, 10)
        for beyond, (widest, line) in enumerate(reversed(measured)):
            full = bisect_right(widths, widest) - bisect_left(widths, widest - 2)
            if 15 <= widest <= WIDEST and full >= 3 and full * 3 >= fewest:
                return widest
            if beyond >= max(2, min(fewest // 12, _STRAYS)) or SENTENCE_MARK.search(line):
                return None
        return None

    @cached_property
    def usual(self) -> int | None:
        """Characters in a line as most are, where sentences end within lines and run on into the next.

        Of a text that was broken by hand, or read from columns, no width is that of a third of its lines.
        """
        if self._is_of_paragraphs:
            return None
        lines = [line for line in self._lines if line_width(line) >= 10]
        if len(lines) < 6 or sum(line_width(line) > WIDEST for line in lines) * 12 > len(lines):
            return None
        running = sum(_RUNS_ON.search(line) is not None for line in lines)
        if running < 3 or running * 8 < len(lines):
            return None
        return sorted(line_width(line) for line in lines)[len(lines) * 2 // 3]

    @cached_property
    def closes_paragraphs(self) -> bool:
        """Whether most paragraphs of some length end with a mark, so that one without looks cut."""
        long = [line for line in self._lines if len(line) >= 25 and SENTENCE_MARK.search(line)]
        return 2 * sum(bool(SENTENCE_END.search(line[-4:])) for line in long) + 1 >= len(long)


def line_width(line: str) -> int:
    narrow = len(line.encode("ascii", "ignore"))
    return len(line) - narrow // 2
