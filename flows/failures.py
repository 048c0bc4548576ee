"""What ends a command early: one line for the person, one exit code for the script around it."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

DONE = 0
STRICT_AND_QUARANTINED = 1
USAGE = 2
RUN_FAILED = 4


def given_path(text: str) -> Path:
    """A path of the command line. An empty one is a variable that is not set, far more often than this
    folder, which is a dot.
    """
    if not text:
        raise ArgumentTypeError("an empty path; this folder is written as a dot")
    return Path(text)


class Failure(Exception):  # noqa: N818 - raised to end a command, never caught as an error condition
    """Ends the command with `exit_code`; the message is one line that names the file and the remedy."""

    exit_code = RUN_FAILED


class UsageFailure(Failure):
    """A flag, a setting or a path the person gave cannot be used."""

    exit_code = USAGE
