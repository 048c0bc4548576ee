"""Copy the warehouse FROM one file TO a DuckLake or back, prove all tables equal, and publish the copy.

One of the two is a folder with warehouse.duckdb, the other ducklake:postgres://USER@HOST:PORT/DATABASE, whose
folder is the setting lake_folder. TO must hold no load yet; FROM stays as it is. Let no run write meanwhile.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from flows.commands.warehouse_option import WarehouseFailure, require_file
from flows.failures import DONE, UsageFailure
from flows.settings import Settings, load_settings

HELP = "copy the warehouse into a DuckLake or back, proved equal"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of this command."""
    parser.add_argument("source", metavar="FROM", help="folder, or ducklake:postgres://…")
    parser.add_argument("goal", metavar="TO", help="folder, or ducklake:postgres://…")


def execute(arguments: argparse.Namespace) -> int:
    """Move, publish, and say how many rows were proved equal."""
    source, goal = (_settings(arguments, place) for place in (arguments.source, arguments.goal))
    if bool(source.catalog) == bool(goal.catalog):
        raise UsageFailure(
            f"{source.place} to {goal.place}: one must be a folder and one ducklake:postgres://…"
        )
    require_file(source)
    from flows.opening import open_house
    from warehouse import WarehouseError
    from warehouse.move import move_to_file, move_to_lake

    try:
        if goal.catalog:
            rows = move_to_lake(source.warehouse, goal.catalog, goal.warehouse)
        else:
            rows = move_to_file(source.catalog, source.warehouse, goal.warehouse)
        with open_house(goal) as house:
            house.publish()
    except WarehouseError as error:
        raise WarehouseFailure(error) from error
    print(f"{goal.place}: {len(rows)} tables with {sum(rows.values())} rows, proved equal, published")
    return DONE


def _settings(arguments: argparse.Namespace, place: str) -> Settings:
    return load_settings({"warehouse": place}, os.environ, Path.cwd(), arguments.config)
