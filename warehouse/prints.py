"""What the copy radar compares: digests of each clause of a current report, with and without its numbers, and
without what two towns write differently: their own names, spaces, punctuation, readings beside characters.

The database takes the names out and digests (md5, which no version of it computes otherwise); Polars does
what takes a pattern, at half of what the database takes for it.
"""

from __future__ import annotations

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse.schema import read, statements

LEAST = 10  # characters of a clause, and of what is left of it without numbers: shorter ones stand everywhere
_SPACES = r"[ \t\n\r\f\v\u3000]+"
_ENDS = "[。；;！？!?，,：:]+"
_NEITHER_WORD_NOR_NUMBER = r"[^\p{Han}0-9０-９〇]+"
_NUMERALS = "[0-9０-９〇零一二三四五六七八九十百千万亿两]+"
_NUMBER = "[0-9０-９]|[〇零一二三四五六七八九十百千万亿两]{2}"

_TEXTS = """
SELECT u.report_id, u.load_id, x.text, t.name,
       -- a name of one character would empty the text; chr(1) stands in no text
       coalesce(t.county, chr(1)) AS county,
       regexp_replace(t.name, '(.)(民族乡|街道|苏木|镇|乡)$', '\\1') AS stem
FROM unprinted_report u
JOIN report_text x USING (report_id) JOIN report r USING (report_id) JOIN town t USING (town_id)
WHERE u.slice = ?
"""
_NAMELESS = """
SELECT report_id, load_id,
       replace(replace(replace(text, county, ''), name, ''), if(length(stem) > 1, stem, chr(1)), '') AS text
FROM text_to_print
"""
_PRINTS = """
INSERT INTO clause_print
SELECT report_id, ('0x' || md5(bare)[:15])::BIGINT, min(('0x' || md5(words)[:15])::BIGINT),
       any_value(length(bare)), bool_or(has_number), any_value(load_id)
FROM text_to_print GROUP BY report_id, md5(bare)
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
        texts = connection.execute(_TEXTS, [number]).pl()
        spaceless = texts.with_columns(pl.col("text").str.replace_all(_SPACES, ""))
        nameless = _asked(connection, spaceless, _NAMELESS)
        _asked(connection, _clauses(nameless), _PRINTS)
    return sum(count for _, count in slices)


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


def _asked(connection: DuckDBPyConnection, rows: pl.DataFrame, query: str) -> pl.DataFrame:
    """What the query says, for which `text_to_print` stands for the rows."""
    connection.register("text_to_print", rows.to_arrow())
    try:
        return connection.execute(query).pl()
    finally:
        connection.unregister("text_to_print")
