"""Check what a run needs: versions, settings, folders, the warehouse and its lock, room on the disk, extras,
servers left behind. Says what to do about each; ends with code 4 where a run could not succeed.

Changes nothing.
"""

from __future__ import annotations

import argparse

from flows.commands.warehouse_option import add_warehouse_option, settings_of
from flows.failures import DONE, RUN_FAILED

HELP = "check versions, folders, lock, disk and extras, and say what to do"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Print one line a check; 4 where something must be mended."""
    from flows.doctor import findings
    from flows.tables import print_table

    found = list(findings(settings_of(arguments)))
    print_table([{"": one.mark, "what": one.what, "found": one.found, "do": one.remedy} for one in found], "")
    to_mend = sum(one.mark == "mend" for one in found)
    print(f"\n{to_mend} to mend" if to_mend else "\nnothing to mend")
    return RUN_FAILED if to_mend else DONE
