"""The `townfacts` command: reads the arguments, calls one command, turns whatever happens into one line
and a code.

Start-up matters (`townfacts extract` answers for one file in well under two seconds), so nothing heavy is
imported here; each command imports what it needs when it is run.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from flows.commands import (
    backup,
    cases,
    correct,
    diff,
    doctor,
    evaluate,
    extract,
    move,
    package,
    publish,
    quarantine,
    restore,
    review,
    run,
    serve,
    tidy,
    unmatched,
)
from flows.failures import DONE, RUN_FAILED, Failure
from flows.output import give_up, say, steady_output

COMMANDS = {
    "run": run,
    "serve": serve,
    "extract": extract,
    "evaluate": evaluate,
    "cases": cases,
    "quarantine": quarantine,
    "correct": correct,
    "review": review,
    "unmatched": unmatched,
    "diff": diff,
    "publish": publish,
    "package": package,
    "backup": backup,
    "restore": restore,
    "move": move,
    "tidy": tidy,
    "doctor": doctor,
}
EXIT_CODES = """exit codes:
  0  done, also when files went to quarantine
  1  --strict was given and something was quarantined
  2  a flag, a setting or a path cannot be used
  3  the warehouse is held by another run, or was written by a newer townfacts
  4  the run failed; the warehouse is as it was before

settings come from flags, then TOWNFACTS_* in the environment, then townfacts.toml (docs/settings.md)"""


class Help(argparse.RawDescriptionHelpFormatter):
    """Docstrings as they are written, and a column wide enough for every command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=20)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never lets a traceback reach the terminal (but see
    --debug).
    """
    steady_output()
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit:  # help was asked for, or a slip told
        with contextlib.suppress(Failure, BrokenPipeError):
            sys.stdout.flush()
        raise
    try:
        code: int = COMMANDS[arguments.command].execute(arguments)
        sys.stdout.flush()
        return code
    except Failure as failure:
        return _say(str(failure), failure.exit_code)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        give_up(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        return _say("stopped by the keyboard; nothing half-done was kept", RUN_FAILED)
    except Exception as error:
        return _say(_crash_line(error, arguments.debug), RUN_FAILED)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, one sub-parser a command."""
    parser = argparse.ArgumentParser(
        prog="townfacts",
        description="Annual rule-of-law reports of Chinese townships as a warehouse of facts.",
        epilog=EXIT_CODES,
        formatter_class=Help,
    )
    parser.add_argument("--version", action=ShowVersion, nargs=0, help="print the version")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        one = commands.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=Help,
        )
        one.add_argument(
            "--config", type=Path, metavar="FILE", help="settings file instead of ./townfacts.toml"
        )
        one.add_argument("--debug", action="store_true", help="print the traceback of an unexpected error")
        module.configure(one)
    return parser


class ShowVersion(argparse.Action):
    """Looks the version up only when asked: that alone takes a tenth of a second."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print it and end."""
        from flows.versions import package_version

        print(f"townfacts {package_version('townfacts')}")
        parser.exit()


def _say(message: str, code: int) -> int:
    say(" ".join(message.split()))
    return code


def _crash_line(error: Exception, debug: bool) -> str:
    what = f"unexpected {type(error).__name__}: {str(error)[:200]}"
    if debug:
        traceback.print_exc()
        return what
    with tempfile.NamedTemporaryFile(
        "w",
        encoding="utf-8",
        errors="backslashreplace",
        prefix="townfacts-crash-",
        suffix=".txt",
        delete=False,
    ) as file:
        file.write("arguments: " + repr(sys.argv[1:]) + "\n")
        traceback.print_exc(file=file)
    return f"{what}; please report it with {file.name} (or see it with --debug)"
