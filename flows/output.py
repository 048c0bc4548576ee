"""What a command prints, wherever that goes: nobody reading, a full disk or a closed stream end no run."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from flows.failures import RUN_FAILED, Failure


class NotPrinted(Failure):
    """Standard output takes nothing: the disk is full, or the like."""

    exit_code = RUN_FAILED

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"what was to be printed cannot be written: {error.strerror}; make room, or print elsewhere"
        )


class Printed(io.TextIOWrapper):
    """Standard output, whose troubles are told from those of other files; that nobody reads on stays a
    BrokenPipeError.
    """

    def write(self, text: str) -> int:
        """As of any text file, or NotPrinted."""
        with self._told():
            return super().write(text)

    def flush(self) -> None:
        """As of any text file, or NotPrinted."""
        with self._told():
            super().flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            give_up(self)
            raise NotPrinted(error) from error


def steady_output() -> None:
    """UTF-8 into files and pipes whatever the locale; on a terminal its own encoding, without ever
    failing on a character.

    A lone surrogate (a byte of a file name that is no UTF-8) comes out as \\udcXX, which is also how JSON
    writes it.
    """
    _open_what_is_closed()
    if type(sys.stdout) is io.TextIOWrapper:
        is_terminal, encoding = sys.stdout.isatty(), sys.stdout.encoding
        sys.stdout = Printed(sys.stdout.detach(), encoding, line_buffering=is_terminal)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _open_what_is_closed() -> None:
    """Some services start programs without standard streams: the next file opened, which may be the
    warehouse, would be taken for one of them.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for the whole process
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def say(line: str) -> None:
    """One line of the log. Where it cannot be written the work goes on."""
    try:
        print(f"townfacts: {line}", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        give_up(sys.stderr)


def give_up(stream: IO[str]) -> None:
    """Nothing more is written to it, and what waits to be written is dropped."""
    with contextlib.suppress(OSError, ValueError):
        number, nothing = stream.fileno(), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, number)
        os.close(nothing)
    with contextlib.suppress(OSError, ValueError, Failure):
        stream.flush()
