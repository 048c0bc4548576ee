"""What people read in a data package: README and data dictionary, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from duckdb import DuckDBPyConnection
from jinja2 import Environment, FunctionLoader, StrictUndefined

from transforms.tabulate.catalogue import catalogue
from warehouse.data_package.descriptor import State, Written
from warehouse.data_package.resources import Resource
from warehouse.looking import accuracy_by_domain
from warehouse.pages.frame import words

# Wide tables repeat the catalogue three times over; the dictionary tells their columns once.
WIDE = ("town_year", "town_year_zh")
LOOKS = 20  # first looks told in the README; the table accuracy of the warehouse has all
VOCABULARIES = (
    "role",
    "bound",
    "status",
    "period",
    "policy",
    "state",
    "verdict",
    "flag",
    "measure",
    "domain",
)


def readme(connection: DuckDBPyConnection, state: State, written: Iterable[Written]) -> str:
    """README.md; `expected`: what the measured confidence of the facts makes one expect."""
    return (
        _page(False)
        .get_template("readme.md")
        .render(
            state=state,
            tables=[file for file in written if file.path.endswith(".csv")],
            expected=accuracy_by_domain(connection),
            measured=_measured(connection),
            domains=words()["domain"],
        )
    )


def _measured(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    """Set, whether nobody had learned from it, facts, precision, recall: the latest first looks first, LOOKS
    of them.
    """
    found: list[tuple[object, ...]] = connection.execute(
        "SELECT measured_on, is_first_look, facts, precision, recall FROM accuracy WHERE domain = 'all'"
        " ORDER BY is_first_look DESC, measured_day DESC, measured_on"
    ).fetchall()
    looks = sum(bool(row[1]) for row in found)
    return found[: min(looks, LOOKS)] + found[looks:]


def dictionary_markdown(tables: Sequence[Resource]) -> str:
    """dictionary.md."""
    return _page(False).get_template("dictionary.md").render(**_told(tables))


def dictionary_html(tables: Sequence[Resource]) -> str:
    """dictionary.html: one file, no script, nothing from elsewhere."""
    return _page(True).get_template("dictionary.html").render(**_told(tables))


def _told(tables: Sequence[Resource]) -> dict[str, object]:
    return {
        "tables": tables,
        "wide": WIDE,
        "indicators": list(catalogue().values()),
        "vocabularies": {name: words()[name] for name in VOCABULARIES},
        "codes": set(catalogue()),
    }


@cache
def _page(is_html: bool) -> Environment:
    made = Environment(
        loader=FunctionLoader(
            lambda name: (files(__package__) / "templates" / name).read_text(encoding="utf-8")
        ),
        autoescape=is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    made.filters["heads"] = _heads
    return made


def _heads(table: Resource) -> list[object]:
    """Columns to describe: all, or of a wide table those that are no indicator's."""
    if table.name not in WIDE:
        return list(table.fields)
    return [field for field in table.fields if not field.type.startswith("DECIMAL")]
