"""What every reader yields: one report as text, with where it came from and what its container said."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["quarantine", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know about a file: why it waits in quarantine, or what was odd but bearable.

    `code` is stable and machine-read (snake_case, listed in docs/reason-codes.md); `message` is one sentence
    in English naming the place and, where there is one, the remedy.
    """

    code: str
    message: str
    severity: Severity = "quarantine"


class UnreadableFile(Exception):  # noqa: N818 - it is a verdict on a file, named as such in the logs
    """A file no report text could be taken from. Carries the problem that goes to quarantine."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Report:
    """One report as read.

    `text` is the decoded text every span points into (characters, not bytes). For plain text it is the file's
    whole text; for a web page it is all visible text, block by block, and `body` says which slice of it is
    the report itself (the rest is page furniture, kept because identity reads it and no number may be lost).
    `page_breaks` are offsets into `text` at which a new page begins. `metadata` holds what the container says
    of itself (html title, meta tags, rows of an index table are NOT parsed here), keys lower-case.
    `weak_spans` are (start, end, confidence 0 to 1) of characters a recogniser of scans was unsure of, in
    order; outside them, and always where nothing was recognised, the text is taken as read.
    """

    source: str
    relative_path: str
    sha256: str
    media_type: str
    encoding: str | None
    text: str
    body: tuple[int, int]
    page_breaks: tuple[int, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    weak_spans: tuple[tuple[int, int, float], ...] = ()

    @property
    def report_id(self) -> str:
        """Derived from the raw bytes alone, so that the same file has the same id wherever it lies."""
        return "r" + self.sha256[:16]


def report_from_text(text: str, source: str = "<text>", metadata: Mapping[str, str] | None = None) -> Report:
    """A report around a string that is already decoded (case banks, tests, notebooks).

    >>> report_from_text("全年召开会议4次。").body
    (0, 9)
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(
        source=source,
        relative_path=source,
        sha256=digest,
        media_type="text/plain",
        encoding=None,
        text=text,
        body=(0, len(text)),
        metadata=metadata or {},
    )
