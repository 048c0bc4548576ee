"""What is known of the error rate, in the warehouse itself: one row a set that was measured and domain.

`accuracy.csv` is written by `make score`. `first_looks.csv` is kept by hand, since a first look at text
nobody had learned from cannot be repeated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from duckdb import DuckDBPyConnection

from warehouse.schema import insert, read

MEASURED, FIRST_LOOKS = "accuracy.csv", "first_looks.csv"
COLUMNS = ("measured_on", "domain", "facts", "precision", "recall", "day")
ALL = "all"


def fill_accuracy(connection: DuckDBPyConnection) -> None:
    """The table `accuracy` is what was measured of this version, whatever it held."""
    connection.execute("DELETE FROM accuracy")
    insert(connection, "accuracy", list(_rows()))


def _rows() -> Iterator[tuple[str, str, int, float, float, float, bool, str]]:
    for name, is_first in ((FIRST_LOOKS, True), (MEASURED, False)):
        for row in csv.DictReader(read(name).splitlines()):
            precision, recall = float(row["precision"]), float(row["recall"])
            both = precision + recall
            f1 = round(2 * precision * recall / both, 4) if both else 0.0
            told = row["measured_on"], row.get("domain") or ALL, int(row["facts"])
            yield (*told, precision, recall, f1, is_first, row["day"])
