"""Does the copy radar find text that towns share? Generated reports of which one in ten is a copy of another.

A copy takes 60 to 95 % of the clauses of another town's report, with its own name, with new numbers or the
old ones, and a word changed here and there. All reports share the same stock phrases, as real ones do.
"""

from __future__ import annotations

import random
import re
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from benchmarks.timing import Goal

REPORTS, COPIES_SHARE, CLAUSES, STOCK_SHARE = 5000, 0.1, 90, 0.3
FOUND = 0.4
_FOLDER = Path(__file__).parent
WORDS: Final = tomllib.loads((_FOLDER / "copied.toml").read_text(encoding="utf-8"))["words"].split()


@dataclass(frozen=True, slots=True)
class Made:
    """One report; `group` is the same for all that share their text, its own number for all others."""

    town: str
    text: str
    group: int


def _stock() -> list[str]:
    with (_FOLDER / "sentences.toml").open("rb") as handle:
        return list(tomllib.load(handle)["prose"]["sentences"])


def _clause(rng: random.Random) -> str:
    words = "".join(rng.choices(WORDS, k=rng.randint(5, 9)))
    return f"{words}{rng.randint(2, 900)}件" if rng.random() < 0.4 else words


def _name(index: int) -> str:
    first, second = divmod(index, len(WORDS))
    return f"{WORDS[second][0]}{WORDS[first % len(WORDS)][-1]}{'河山岭湾坪'[index % 5]}镇"


def _copied(rng: random.Random, clauses: list[str], town: str, source: str) -> list[str]:
    """The clauses of another town, some replaced, one in ten with a word changed, the numbers perhaps too."""
    kept, new_numbers = rng.uniform(0.6, 0.95), rng.random() < 0.7
    made = []
    for clause in clauses:
        if rng.random() > kept:
            clause = _clause(rng)
        elif rng.random() < 0.1:
            clause = clause[:2] + rng.choice(WORDS) + clause[4:]
        if new_numbers:
            clause = re.sub(r"\d+", lambda _: str(rng.randint(2, 900)), clause)
        made.append(clause.replace(source, town))
    return made


def reports(count: int = REPORTS, seed: int = 1) -> Iterator[Made]:
    """`count` reports in order; the last tenth are copies of others, each other at most four times."""
    rng = random.Random(f"copied/{seed}")
    stock, originals = _stock(), round(count * (1 - COPIES_SHARE))
    bodies = []
    for index in range(originals):
        town = _name(index)
        body = [_clause(rng) for _ in range(CLAUSES)]
        body[::9] = [f"{town}{clause}" for clause in body[::9]]
        bodies.append(body)
        yield _report(rng, town, body, stock, index)
    for index in range(originals, count):
        group = rng.randrange(originals // 4)
        yield _report(
            rng, _name(index), _copied(rng, bodies[group], _name(index), _name(group)), stock, group
        )


def _report(rng: random.Random, town: str, clauses: list[str], stock: list[str], group: int) -> Made:
    body = [*clauses, *rng.choices(stock, k=round(CLAUSES * STOCK_SHARE / 4))]
    return Made(town, f"{town}法治政府建设工作报告。" + "，".join(body) + "。", group)


def warehouse_of(made: list[Made]) -> duckdb.DuckDBPyConnection:
    """The tables the radar reads, with these reports in them and no facts."""
    from warehouse.schema import create

    connection = duckdb.connect()
    create(connection)
    rows: dict[str, list[Any]] = {
        "report_id": [f"r{index:08d}" for index in range(len(made))],
        "town": [one.town for one in made],
        "text": [one.text for one in made],
    }
    connection.register("given", pl.DataFrame(rows).to_arrow())
    connection.execute("INSERT INTO report_text SELECT report_id, text, 1 FROM given")
    connection.execute(
        "INSERT INTO town BY NAME SELECT report_id AS town_id, town AS name, '镇' AS kind FROM given"
    )
    blank = ["level", "source", "relative_path", "media_type", "sha256", "content_key", "year_evidence"]
    blank += ["town_evidence", "warnings", "rulebook_version"]
    empty = ", ".join(f"'' AS {name}" for name in blank)
    connection.execute(
        "INSERT INTO report BY NAME SELECT report_id, report_id AS town_id, 2023 AS year, true AS is_current,"
        f" now()::TIMESTAMP AS loaded_at, 1 AS load_id, {empty} FROM given"
    )
    return connection


def measured(count: int = REPORTS, seed: int = 1) -> tuple[float, float, float]:
    """(share of the copies and copied found, share of the others taken for such, seconds of CPU)."""
    from warehouse.radar import update_likeness

    made = list(reports(count, seed))
    connection = warehouse_of(made)
    start = time.process_time()
    update_likeness(connection)
    seconds = time.process_time() - start
    found = {
        int(report[1:]): int(like[1:])
        for report, like in connection.execute(
            f"SELECT report_id, like_report_id FROM report_likeness WHERE like_share >= {FOUND}"
        ).fetchall()
    }
    sizes: dict[int, int] = {}
    for one in made:
        sizes[one.group] = sizes.get(one.group, 0) + 1
    copies = [i for i, one in enumerate(made) if i >= round(count * (1 - COPIES_SHARE))]
    right = sum(i in found and made[found[i]].group == made[i].group for i in copies)
    alone = [i for i, one in enumerate(made) if sizes[one.group] == 1]
    return right / len(copies), sum(i in found for i in alone) / len(alone), seconds


def goals() -> Iterator[Goal]:
    """What issue 9 asks of the radar."""
    share, alarms, seconds = measured()
    _, _, longer = measured(REPORTS * 4)
    yield Goal(
        "copies found among 5,000 reports, one in ten a copy", ">= 99 %", f"{share:.1%}", share >= 0.99
    )
    yield Goal("reports with a text of their own taken for copies", "-", f"{alarms:.2%}", None)
    yield Goal("radar, CPU seconds for 5,000 reports", "-", f"{seconds:.1f} s", None)
    ratio = longer / seconds / 4
    yield Goal("radar, cost a report among 20,000 against 5,000", "linear", f"{ratio:.2f} x", ratio <= 1.3)
