"""What the copy radar compares: digests of each clause of a current report, with and without its numbers, and
without what two towns write differently: their own names, spaces, punctuation, readings beside characters.

Patterns and names are taken out here, at less than half of what the database takes for it; the digests are
its own md5, which no version of it computes otherwise.
"""

from __future__ import annotations

import re

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.arrow import frame_of
from warehouse.schema import read, statements

LEAST = 10  # characters of a clause, and of what is left of it without numbers: shorter ones stand everywhere
_SPACES = r"[ \t\n\r\f\v\u3000]+"
_ENDS = "[。；;！？!?，,：:]+"
_NEITHER_WORD_NOR_NUMBER = r"[^\p{Han}0-9０-９〇]+"
_NUMERALS = "[0-9０-９〇零一二三四五六七八九十百千万亿两]+"
_NUMBER = "[0-9０-９]|[〇零一二三四五六七八九十百千万亿两]{2}"
_KIND = re.compile("(?<=..)(?:民族乡|街道|苏木|镇|乡)$")  # a name of one character would empty the text

_TEXTS = """
SELECT u.report_id, u.load_id, x.text, t.name, t.county
FROM unprinted_report u
JOIN report_text x USING (report_id) JOIN report r USING (report_id) JOIN town t USING (town_id)
WHERE u.slice = ?
"""
_PRINTS = """
INSERT INTO clause_print
SELECT report_id, masked, min(exact), any_value(characters), bool_or(has_number), any_value(load_id)
FROM (
    SELECT report_id, load_id, has_number, length(bare) AS characters,
           ('0x' || md5(bare)[:15])::BIGINT AS masked,
           if(words = bare, masked, ('0x' || md5(words)[:15])::BIGINT) AS exact
    FROM clause_to_print
) GROUP BY report_id, masked
"""


def print_clauses(connection: DuckDBPyConnection) -> int:
    """Brings `clause_print` up to the current reports, within the caller's transaction; returns how many of
    them were printed anew.
    """
    for statement in statements(read("unprinted.sql")):
        connection.execute(statement)
    slices = connection.execute(
        "SELECT slice, count(*) FROM unprinted_report GROUP BY 1 ORDER BY 1"
    ).fetchall()
    for number, _ in slices:
        connection.register("clause_to_print", _clauses(_texts(connection, number)).to_arrow())
        try:
            connection.execute(_PRINTS).fetchall()
        finally:
            connection.unregister("clause_to_print")
    return sum(count for _, count in slices)


def _texts(connection: DuckDBPyConnection, number: int) -> pl.DataFrame:
    """(report_id, load_id, text) of a slice: texts without spaces and the names of their town."""
    found = frame_of(connection, _TEXTS, [number])
    spaceless = found.with_columns(pl.col("text").str.replace_all(_SPACES, ""))
    named = spaceless.select("text", "county", "name").iter_rows()
    return spaceless.select(
        "report_id", "load_id", text=pl.Series([_nameless(*row) for row in named], dtype=pl.String)
    )


def _nameless(text: str, county: str | None, name: str) -> str:
    """Without the county, the town, and the town named without its kind.

    >>> _nameless("关河县柳湾镇司法所为柳湾群众调解", "关河县", "柳湾镇")
    '司法所为群众调解'
    """
    for word in (county, name, _KIND.sub("", name)):
        text = text.replace(word, "") if word else text
    return text


def _clauses(texts: pl.DataFrame) -> pl.DataFrame:
    """(report_id, load_id, text) -> (report_id, load_id, words, bare, has_number), a row a clause."""
    words, bare = pl.col("words"), pl.col("bare")
    lines = texts.select(
        "report_id", "load_id", words=pl.col("text").str.replace_all(_ENDS, "\n").str.split("\n")
    )
    return (
        lines.explode("words")
        .with_columns(words.str.replace_all(_NEITHER_WORD_NOR_NUMBER, ""))
        .filter(words.str.len_chars() >= LEAST)
        .with_columns(bare=words.str.replace_all(_NUMERALS, ""), has_number=words.str.contains(_NUMBER))
        .filter(bare.str.len_chars() >= LEAST)
    )
