"""Views and macros: those of views.sql and macros.sql, and the wide views that have a column for each
indicator.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

from duckdb import DuckDBPyConnection

from transforms.tabulate.catalogue import catalogue, domains
from warehouse.schema import base_tables, quoted, read, statements

# English name, Chinese heading, expression, comment: the columns before the indicators.
HEAD = (
    ("province", "省份", "t.province", "Province, region or municipality"),
    ("city", "地市", "t.city", "Prefecture-level city, where there is one"),
    ("county", "县区", "t.county", "County, district, banner or county-level city"),
    ("town", "乡镇", "t.name", "Latest official name of the township"),
    ("kind", "类别", "t.kind", "镇, 乡, 民族乡, 街道, 苏木 or 其他"),
    ("town_id", "乡镇编号", "r.town_id", "Key of the township"),
    (
        "town_code",
        "区划代码",
        "c.code",
        "Official code in that year, of the nearest list where none covers it",
    ),
    ("year", "年度", "r.year", "The year reported on"),
    ("title", "标题", "r.title", "Title of the report"),
    ("doc_number", "文号", "r.doc_number", "The document's own number"),
    ("issued_on", "成文日期", "r.issued_on", "Day of signature or of posting"),
    ("report_id", "报告编号", "r.report_id", "Key of the report"),
)
FIGURES = (
    ("", "", "as stated; empty where not stated, in conflict or a range"),
    ("_low", "（下限）", "at least"),
    ("_high", "（上限）", "at most"),
)


# Columns of the long views that are not columns of a table, or whose namesake there is of something else.
LONG = {
    "report_id": "Key of the report that speaks for the town and year; empty where there is none",
    "value": "The figure as stated; empty where none is, in conflict or a range",
    "measure": "flow, stock, rate or amount",
    "confidence": "How sure the figure is, 0 to 1: the least of reading, rule and arithmetic",
    "bound": "exact, at_least, at_most, approx or range; empty for a conflict",
    "as_of": "Cut-off where nothing better than a part-year figure was stated",
    "title": "Title of the report",
    "town": "Latest official name of the township",
    "shown": "The figure with its bounds for people: 16, ≥ 2000, ≤ 20, 3 to 5, about 1400",
    "state": "reported, zero, denied, conflict, hard to read, not for the year, mentioned without number, "
    "silent, in quarantine, unreadable or report missing",
    "flag": "tenfold_rise, tenfold_fall, same_as_last_year, far_from_neighbours, change_confirmed or "
    "change_contradicted",
    "load_before": "The changing load before, whose state is held against the last",
    "counted_before": "How many there were after the load before; empty where there was none",
    "difference": "How many more or less there are now",
    "other_low": "At least: the figure it is held against, of the year before or usual in the county",
    "other_high": "At most: the figure it is held against, of the year before or usual in the county",
}


def create_views(connection: DuckDBPyConnection, with_comments: bool = True) -> None:
    """All macros and views, in the schema that is in use."""
    for statement in (*statements(read("macros.sql")), *statements(read("views.sql")), *_wide_views()):
        connection.execute(statement)
    if not with_comments:
        return
    comments = (*_comments("views.sql", "VIEW"), *_comments("macros.sql", "MACRO"), *_wide_comments())
    connection.execute(";\n".join((*comments, *_long_comments(connection))))


def _long_comments(connection: DuckDBPyConnection) -> list[str]:
    """Columns of views.sql are described as the columns of the same name in the tables they come from."""
    known = {c.name: c.comment for made in reversed(base_tables()) for c in made.columns} | LONG
    counted = {c.name: c.comment for made in base_tables() if made.name == "audit" for c in made.columns}
    columns = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_name IN ('indicator_long', 'coverage', 'flag', 'drift')"
        " AND table_catalog = current_database()"
    ).fetchall()
    return [
        f"COMMENT ON COLUMN {view}.{name} IS {quoted((known | counted if view == 'drift' else known)[name])}"
        for view, name in columns
    ]


@cache
def fingerprint() -> str:
    """Changes with any view, macro or line of the catalogue."""
    files = ("macros.sql", "views.sql", "accuracy.csv", "first_looks.csv")
    parts = (*map(read, files), *_wide_views(), *_wide_comments(), *LONG.values())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


_MADE = re.compile(r"((?:--[^\n]*\n)+)CREATE OR REPLACE (VIEW|MACRO) (\w+)( AS|\([^)]*\) AS( TABLE)?)")


def _comments(name: str, kind: str) -> list[str]:
    """The lines above each CREATE as its COMMENT."""
    found = []
    for head, _, made, _, is_table in _MADE.findall(read(name)):
        words = " ".join(line[2:].strip() for line in head.strip().splitlines())
        found.append(f"COMMENT ON {kind}{is_table} {made} IS {quoted(words)}")
    return found


def _wide_views() -> list[str]:
    """Short, because DuckDB copies the whole query of a view for each of its columns that gets a comment."""
    tables = "\n".join(
        f"LEFT JOIN fact_{d} ON fact_{d}.town_id = r.town_id AND fact_{d}.year = r.year" for d in domains()
    )
    source = (
        "FROM report r JOIN town t ON t.town_id = r.town_id\n"
        "LEFT JOIN town_code c ON c.town_id = r.town_id AND c.year = r.year\n"
        f"{tables}\nWHERE r.is_current"
    )
    columns = [f"{sql} AS {name}" for name, _, sql, _ in HEAD]
    columns += [f"fact_{domain}.* EXCLUDE (town_id, year)" for domain in domains()]
    chinese = [heading for _, heading, _, _ in HEAD]
    chinese += [f"{row.name_zh}{words}" for row in catalogue().values() for _, words, _ in FIGURES]
    names = ", ".join(f'"{name}"' for name in chinese)
    return [
        f"CREATE OR REPLACE VIEW town_year AS\nSELECT {', '.join(columns)}\n{source}",
        f"CREATE OR REPLACE VIEW town_year_zh AS\nFROM town_year AS chinese ({names})",
    ]


def _wide_comments() -> list[str]:
    sentence = "One row per town and year with a current report; one column per indicator, with its bounds."
    found = [f"COMMENT ON VIEW {name} IS {quoted(sentence)}" for name in ("town_year", "town_year_zh")]
    for name, heading, _, comment in HEAD:
        found.append(f"COMMENT ON COLUMN town_year.{name} IS {quoted(comment)}")
        found.append(f'COMMENT ON COLUMN town_year_zh."{heading}" IS {quoted(comment)}')
    for row in catalogue().values():
        for suffix, words, meaning in FIGURES:
            comment = quoted(f"{row.name_en} ({row.name_zh}), {row.unit}: {meaning}")
            found.append(f"COMMENT ON COLUMN town_year.{row.code}{suffix} IS {comment}")
            found.append(f'COMMENT ON COLUMN town_year_zh."{row.name_zh}{words}" IS {comment}')
    return found
