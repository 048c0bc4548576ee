"""Files through all stages, a few of them together: what the stages need stays at hand in the processor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flows.candidate import Candidate
from flows.reading import Unread, opened, read_report
from transforms.decode import Report
from transforms.extraction import Extraction, extract_all
from transforms.tabulate.identity.manifest import ManifestLine

# As many as the rows of which are made at once (validation/frames.py), for the same reason.
TOGETHER = 16
CHARACTERS = 100_000

Opened = tuple[Candidate, Report | Unread]


def read_together(batch: Iterable[Candidate]) -> Iterator[Extraction | Unread]:
    """What `read_through` makes of each file, in order."""
    some: list[Opened] = []
    characters = 0
    for candidate in batch:
        report = opened(candidate.found)
        some.append((candidate, report))
        characters += len(report.text) if isinstance(report, Report) else 0
        if len(some) >= TOGETHER or characters >= CHARACTERS:
            yield from _read(some)
            some, characters = [], 0
    yield from _read(some)


def _read(some: Sequence[Opened]) -> Iterator[Extraction | Unread]:
    """Those without corrections in one go; the others, and all where our own code slips, one by one."""
    plain = [(r, c.line) for c, r in some if isinstance(r, Report) and not c.corrections]
    read = iter(_all_or_none(plain))
    for candidate, report in some:
        if isinstance(report, Unread):
            yield report
        elif not candidate.corrections and (extraction := next(read, None)):
            yield extraction
        else:
            yield read_report(candidate.found, report, candidate.line, candidate.corrections)


def _all_or_none(asked: Sequence[tuple[Report, ManifestLine | None]]) -> Sequence[Extraction]:
    """None where one of them makes our own code slip: read one by one, that one tells of it."""
    try:
        return extract_all(asked)
    except Exception:
        return ()
