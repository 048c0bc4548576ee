"""The page numbers of a table of contents, which stand behind words that facts are read from."""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify.quantity import Numeral, numeral_of

_HEADING: Final = re.compile(r"(?:^|\n)[ \t\u3000]*目[ \t\u3000]*[录錄次][ \t\u3000]*\n")
# 一、主要工作	3 and 一、主要工作……3
_LINE: Final = re.compile(r"\s*[^\n\d][^\n]{1,60}?[\t .…·．]\s?(\d{1,3})[ \t\u3000]*(?:\n|\Z)")


def without_pages_of_contents(text: str, found: list[Numeral]) -> list[Numeral]:
    """The same numerals, the numbers at the line ends below 目录 as page furniture, as long as they rise.

    >>> from transforms.quantify.numerals import numerals
    >>> [n.kind for n in numerals("目录\\n普法宣传\\t2\\n调解纠纷……5\\n全年调解纠纷 5件")]
    ['furniture', 'furniture', 'quantity']
    """
    heading = _HEADING.search(text) if "目" in text else None
    if heading is None:
        return found
    pages = _pages(text, heading.end())
    return [
        numeral_of((n.start, n.end, "furniture", None, "page of contents")) if n.end in pages else n
        for n in found
    ]


def _pages(text: str, position: int) -> set[int]:
    """Where the page numbers of the contents that begin at `position` end."""
    ends: set[int] = set()
    last = 0
    while (line := _LINE.match(text, position)) and last <= int(line.group(1)):
        last = int(line.group(1))
        ends.add(line.end(1))
        position = line.end()
    return ends
