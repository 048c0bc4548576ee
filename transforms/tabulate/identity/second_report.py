"""A second report in the same file, whose figures would be read as those of the first."""

from __future__ import annotations

import re

from transforms.tabulate.identity.mentions import mentions
from transforms.tabulate.identity.passage import without_blanks

_PLAIN = r"[^\n，。；：:、！？《》\t]"
# a line that is a title; the name of the town may stand on the line above it
_TITLE = re.compile(
    rf"\n([^\n]{{0,50}}\n[ \u3000]*{_PLAIN}{{0,50}}?法治{_PLAIN}{{0,24}}(?:报告|总结)[ \u3000]*)(?=\n)"
)
_CHAPTER = re.compile(r"\n[ \t\u3000]*一、")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NEAR = 3000  # characters within which a report comes to its first chapter


def second_report(body: str, town: str, year: int) -> str | None:
    """The title of a report of another town or year that begins below the chapters of the first.

    A link to another report is followed by no chapter; an annex of this town and year is its own.
    """
    begun = _CHAPTER.search(body)
    if begun is None:
        return None
    for title in _TITLE.finditer(body, begun.end()):
        if _CHAPTER.search(body, title.end(), title.end() + _NEAR) is None:
            continue
        said = without_blanks(title.group(1))
        years = set(_YEAR.findall(said))
        if (years and str(year) not in years) or (mentions(said) and town not in said):
            return title.group(1).strip().split("\n")[-1].strip()
    return None
