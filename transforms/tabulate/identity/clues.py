"""All that identity is read from, collected once: the parts of the text, the names of the file, its
address.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from transforms.decode.report import Report
from transforms.normalize.aligned_text import AlignedText
from transforms.normalize.script import to_simplified
from transforms.tabulate.identity.layout import HEAD, Layout, layout_of
from transforms.tabulate.identity.manifest import ManifestLine
from transforms.tabulate.identity.names import word_list
from transforms.tabulate.identity.passage import Passage, outside, without_blanks

FOLDERS = 6  # innermost folders that are read
LONGEST_OUTSIDE = 300  # characters of a html title or file name that are read

_METADATA = word_list("layout")["metadata"]
_ENDING = re.compile(r"(?:\.[A-Za-z]{2,5}){1,3}$")
_SITE = re.compile(r"(?<!\d)[-_|–—>]{1,4}|[-_|–—>]{1,4}(?!\d)")
_REPORTING = re.compile("报告|总结|汇报|情况")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Clues:
    """What the deciders are given. Places are offsets into the repaired text."""

    layout: Layout
    named: list[Passage]  # titles kept outside the text: html title, file name
    around: list[Passage]  # site, folders
    paths: list[str]
    body: Passage  # the report's slice of the text

    @property
    def head(self) -> Passage:
        """The beginning of the report as running text."""
        start, text = self.body.start, self.body.text[:HEAD]
        return Passage("head", text, start, start + len(text))

    @property
    def parts(self) -> list[Passage]:
        """Every part that may name town or county, the weightiest kinds first."""
        own = self.layout
        parts = [*own.titles, *own.letterhead, *self.named, *own.issuers, *own.heading, *own.signature]
        parts += [*own.sources, *own.places, *own.opening[:3], *self.around]
        return [*parts, own.addressee] if own.addressee else parts


def collect(report: Report, text: AlignedText, manifest: ManifestLine | None) -> Clues:
    """Reads head and tail of the report, its container's titles and its path."""
    start, end = body_of(report, text)
    layout = layout_of(text.text, (start, end))
    posted = [report.metadata[key] for key in _METADATA["posted"] if key in report.metadata]
    titles, site = _from_container(report)
    layout.dates += [outside("posted", date) for date in posted]
    layout.titles = _without_menu(layout, titles)
    file_name, folders = _from_path(report.relative_path)
    paths = [report.relative_path, *([manifest.url] if manifest and manifest.url else [])]
    body = Passage("body", text.text[start:end], start, end)
    return Clues(layout, [*titles, *file_name], [*site, *folders], paths, body)


def _without_menu(layout: Layout, named: list[Passage]) -> list[Passage]:
    """Titles without those of other reports that a menu above breadcrumb or own title links to."""
    own = {part.text for part in named}
    starts = [place.start for place in layout.places]
    starts += [title.start for title in layout.titles if title.text in own]
    kept = [title for title in layout.titles if title.start >= max(starts, default=0)]
    return kept or layout.titles


def body_of(report: Report, text: AlignedText) -> tuple[int, int]:
    """The report's slice in the repaired text."""
    if report.body == (0, len(report.text)):
        return 0, len(text.text)
    if text.is_in_place:
        return report.body
    positions = range(len(text.text))
    start, end = (bisect_left(positions, at, key=lambda i: text.to_raw(i, i)[0]) for at in report.body)
    return start, end


def _from_container(report: Report) -> tuple[list[Passage], list[Passage]]:
    """Titles of a page without the name of the site, and that name."""
    titles, site = [], []
    for key in _METADATA["title"]:
        pieces = [simplified(p) for p in _SITE.split(report.metadata.get(key, "")[:LONGEST_OUTSIDE])]
        pieces = [piece for piece in pieces if piece]
        title = next((piece for piece in pieces if _REPORTING.search(piece)), "".join(pieces[:1]))
        if title:
            titles.append(outside("html_title", title))
            site += [outside("source_row", piece) for piece in pieces if piece != title]
    for key in _METADATA["source"]:
        if key in report.metadata:
            site.append(outside("source_row", simplified(report.metadata[key])))
    return list(dict.fromkeys(titles))[:2], list(dict.fromkeys(site))[:6]


def _from_path(path: str) -> tuple[list[Passage], list[Passage]]:
    """File name and folders, where they are in Chinese; the innermost folder first."""
    *folders, name = path.replace("\\", "/").replace("!", "/").split("/")
    bare = _ENDING.sub("", name)
    file_name = [outside("file_name", simplified(bare))] if _CHINESE.search(bare) else []
    return file_name, [
        outside("folder", simplified(f)) for f in folders[: -FOLDERS - 1 : -1] if _CHINESE.search(f)
    ]


@lru_cache(maxsize=1_024)
def simplified(text: str) -> str:
    """A name or title from outside the text as the repaired text would have it, blanks taken out."""
    return without_blanks(to_simplified(text[:LONGEST_OUTSIDE]))
