"""Which files a run looks at, and which of them it reads although nothing about them changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase

from flows.failures import UsageFailure

_AGO = re.compile(r"(\d{1,4})([dh])")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Selection:
    """The wishes of one run.

    `only`: patterns of relative paths, of which a file must meet one. `since_ns`: files changed before are
    passed over. `years`: first and last report year of known files; new files are passed over. `full`: read
    also what is unchanged. `keep_stale`: leave what was read with older rules as it is. `prune`: forget at
    most so many files that are gone, with what only they said.
    """

    full: bool = False
    only: Sequence[str] = ()
    since_ns: int | None = None
    years: tuple[int, int] | None = None
    keep_stale: bool = False
    prune: int = 0

    def looks_at(self, relative_path: str) -> bool:
        """Whether the path is one of those asked for."""
        return not self.only or any(matches(relative_path, pattern) for pattern in self.only)

    def takes(self, mtime_ns: int, known_year: int | None) -> bool:
        """Whether time and report year are those asked for."""
        if self.since_ns is not None and mtime_ns < self.since_ns:
            return False
        first, last = self.years or (0, 0)
        return self.years is None or (known_year is not None and first <= known_year <= last)

    def __str__(self) -> str:
        """For the name of the run; empty for a plain run."""
        since = self.since_ns and datetime.fromtimestamp(self.since_ns / 1e9, UTC)
        words = {
            "full": self.full,
            "only " + " ".join(self.only): bool(self.only),
            f"since {since:%Y-%m-%d %H:%M} UTC" if since else "": bool(since),
            f"years {'-'.join(map(str, self.years or ()))}": bool(self.years),
            "stale kept": self.keep_stale,
            f"prune {self.prune}": bool(self.prune),
        }
        return ", ".join(word for word, is_wished in words.items() if is_wished)


def matches(relative_path: str, pattern: str) -> bool:
    """As in a shell, where `*` also crosses folders; a pattern without `/` is for the name of the file.

    >>> matches("2019/县/a.txt", "2019/*"), matches("2019/县/a.txt", "a.*"), matches("2019/a.txt", "/a.txt")
    (True, True, False)
    """
    if "/" not in pattern:
        return fnmatchcase(relative_path.rpartition("/")[2], pattern)
    return fnmatchcase(relative_path, pattern.removeprefix("./"))


def selection_of(
    full: bool = False,
    only: Sequence[str] = (),
    since: str | None = None,
    years: str | None = None,
    keep_stale: bool = False,
    prune: str | int = 0,
) -> Selection:
    """From the words of a person; raises UsageFailure for what cannot be meant."""
    if full and keep_stale:
        raise UsageFailure("--full reads everything and --keep-stale leaves files as they are; choose one")
    if not all(only):
        raise UsageFailure("--only '': an empty pattern meets no file")
    return Selection(
        bool(full),
        tuple(only),
        _moment(since) if since else None,
        _span(years) if years else None,
        bool(keep_stale),
        _count(str(prune)),
    )


def _moment(since: str) -> int:
    """A date or time (local where it names no zone), or how long ago: 36h, 7d. As nanoseconds of mtime."""
    ago = _AGO.fullmatch(since)
    if ago:
        days = timedelta(days=int(ago[1])) if ago[2] == "d" else timedelta(hours=int(ago[1]))
        return int((datetime.now(UTC) - days).timestamp()) * 10**9
    try:
        return int(datetime.fromisoformat(since).timestamp()) * 10**9
    except (ValueError, OverflowError, OSError):
        raise UsageFailure(
            f"--since {since}: neither a date (2026-11-01, 2026-11-01T08:00) nor a time ago (36h, 7d)"
        ) from None


def _span(years: str) -> tuple[int, int]:
    found = _YEARS.fullmatch(years)
    if not found:
        raise UsageFailure(f"--years {years}: neither a year (2019) nor a span of years (2015-2019)")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise UsageFailure(f"--years {years}: ends before it begins")
    return first, last


def _count(prune: str) -> int:
    if not (prune.isascii() and prune.isdigit() and len(prune) < 10):
        raise UsageFailure(f"--prune {prune}: not a whole number of 0 or more")
    return int(prune)
