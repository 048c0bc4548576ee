"""Write the published copy as a data package: CSV for spreadsheets, Parquet, datapackage.json, a data
dictionary in Chinese and English, a README.

Names of private persons in clauses are masked unless --with-names is given. DEST is a new or empty folder,
or a package of before, which is replaced as a whole.
"""

from __future__ import annotations

import argparse

from flows.commands.warehouse_option import WarehouseFailure, add_warehouse_option, settings_of
from flows.failures import DONE, UsageFailure, given_path

HELP = "write a data package"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument(
        "dest",
        type=given_path,
        nargs="?",
        metavar="DEST",
        help="folder of the package (default: package/ in the warehouse folder)",
    )
    parser.add_argument(
        "--with-names", action="store_true", help="leave names of private persons as they are"
    )
    add_warehouse_option(parser)


def execute(arguments: argparse.Namespace) -> int:
    """Write, and say what is there."""
    settings = settings_of(arguments)
    published = settings.warehouse / "published" / "townfacts.duckdb"
    if not published.is_file():
        raise UsageFailure(
            f"{published}: no published copy here; townfacts run SOURCE or townfacts publish makes it"
        )
    from warehouse import WarehouseError
    from warehouse.data_package import write_package

    try:
        made = write_package(
            published, arguments.dest or settings.warehouse / "package", arguments.with_names
        )
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    hidden = "names left as they are" if arguments.with_names else f"{made.masked} texts masked"
    print(f"{made.folder}: {made.files} files, {made.rows} rows, {hidden}")
    print(f"begin with: {made.folder / 'README.md'}")
    return DONE
