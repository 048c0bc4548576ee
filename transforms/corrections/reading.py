"""Corrections files: TOML that people edit, checked key by key; every complaint names file and line.

One block `[[correction]]` a decision (docs/corrections.md). Nothing is guessed: an unknown key, a missing
reason or a figure that contradicts its bound refuses the whole file, since a decision half understood could
change the wrong number.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePosixPath
from typing import cast, get_args

from transforms.corrections.blocks import BadCorrections, Block, line_of, lines_of
from transforms.corrections.correction import OF_FACTS, OF_REPORTS, Action, Correction
from transforms.corrections.figures import check_measure, figures_of
from transforms.corrections.sentences import sentence_key
from transforms.tabulate.catalogue import catalogue
from transforms.tabulate.facts import Period

LARGEST = 64 * 1024 * 1024  # bytes; far beyond what people decide by hand
SHORTEST = 8  # characters by which a sentence must be known to stand for itself in every report
WHERE = ("report", "report_id", "town", "county", "year", "sentence")
FIGURES = ("value", "low", "high", "bound")
EVERYWHERE = ("action", "expected", "reason", "author", "date")
ALLOWED: Mapping[Action, tuple[str, ...]] = {
    "set": ("indicator", *FIGURES, "unit", "period"),
    "drop": ("indicator",),
    "confirm": ("indicator", *FIGURES),
    "set_town": ("value", "new_county", "new_province"),
    "set_year": ("value",),
}
KNOWN = (*EVERYWHERE, *WHERE, "indicator", *FIGURES, "unit", "period", "new_county", "new_province")
_REPORT_ID = re.compile(r"r[0-9a-f]{16}")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Corrections of a file in its order; OSError where it cannot be read, BadCorrections where not used."""
    if path.stat().st_size > LARGEST:
        raise BadCorrections(f"{path}: larger than {LARGEST:,} bytes; this is no corrections file")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCorrections(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    return parse_corrections(text, str(path))


def parse_corrections(text: str, name: str = "corrections.toml") -> tuple[Correction, ...]:
    """As `read_corrections`, of text already decoded.

    >>> text = '[[correction]]\\naction = "drop"\\nsentence = "全年召开会议4次"\\nexpected = "4次"\\n'
    >>> parse_corrections(text + 'indicator = "staff"\\nreason = "no staff"\\nauthor = "Li"\\n')
    Traceback (most recent call last):
    ...
    transforms.corrections.blocks.BadCorrections: corrections.toml, line 1: date is missing; ...
    """
    text = text.replace("\r\n", "\n")
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, InvalidOperation) as error:
        raise BadCorrections(f"{name}: not valid TOML: {error}; mend the file") from error
    for key in content:
        if key != "correction":
            place = f"{name}, line {line_of(text, key)}"
            raise BadCorrections(f"{place}: unknown key {key!r}; every decision is a block [[correction]]")
    blocks = content.get("correction", [])
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise BadCorrections(f"{name}: write [[correction]] with two brackets, once for each decision")
    lines = lines_of(text, len(blocks))
    made = [_correction(Block(name, n + 1, block, lines[n])) for n, block in enumerate(blocks)]
    return _agreed(made)


def _correction(block: Block) -> Correction:
    for key in block.content:
        if key not in KNOWN:
            block.refuse(f"unknown key {key!r}; known: {', '.join(KNOWN)}", key)
    action = _action(block)
    for key in block.content:
        if key not in (*EVERYWHERE, *WHERE, *ALLOWED[action]):
            block.refuse(f"{key} says nothing with action = {action!r}; remove it", key)
    made = Correction(
        action=action,
        reason=_needed(block, "reason", "why it is decided so"),
        author=_needed(block, "author", "who decided it"),
        decided_on=_date(block),
        report=_path(block),
        report_id=_report_id(block),
        town=block.text("town"),
        county=block.text("county"),
        year=_year(block, "year"),
        sentence=block.text("sentence"),
        expected=block.text("expected"),
        place=block.place(),
    )
    _check_where(block, made)
    return _of_fact(block, made) if action in OF_FACTS else _of_report(block, made)


def _action(block: Block) -> Action:
    action, known = block.content.get("action"), (*OF_FACTS, *OF_REPORTS)
    if action not in known:
        said = f"action = {action!r} is unknown" if action is not None else "action is missing"
        block.refuse(f"{said}; choose one of {', '.join(known)}", "action")
    return cast(Action, action)


def _needed(block: Block, key: str, meaning: str) -> str:
    text = block.text(key)
    if text is None:
        block.refuse(f"{key} is missing; say {meaning}")
    return text


def _date(block: Block) -> date:
    value = block.content.get("date")
    if value is None:
        block.refuse("date is missing; say when it was decided, as date = 2026-01-31")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        block.refuse(f"date = {value!r} is not a date written YYYY-MM-DD", "date")


def _path(block: Block) -> str | None:
    text = block.text("report")
    if text is None:
        return None
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or path.parts[:1] == ():
        block.refuse(f"report = {text!r} is not a path below the folder of the reports", "report")
    return str(path)


def _report_id(block: Block) -> str | None:
    text = block.text("report_id")
    if text is not None and not _REPORT_ID.fullmatch(text):
        block.refuse(f"report_id = {text!r} is not r and sixteen hexadecimal digits", "report_id")
    return text


def _year(block: Block, key: str) -> int | None:
    value = block.content.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1900 <= value <= 2100:
        block.refuse(f"{key} = {value!r} is not a year of four digits without quotes", key)
    return value


def _check_where(block: Block, made: Correction) -> None:
    if not (made.names_report or made.sentence):
        block.refuse("says nothing of where: give report, report_id, town with year, or sentence")
    if (made.town is None) != (made.year is None):
        block.refuse("town and year name a report together; give both or neither", "town")
    if made.county and not made.town:
        block.refuse("county only tells towns of one name apart; give town and year too", "county")
    if sum(bool(way) for way in (made.report, made.report_id, made.town)) > 1:
        block.refuse("names its report twice; keep one of report, report_id, town with year")
    key = sentence_key(made.sentence) if made.sentence else ""
    if made.sentence and not key:
        block.refuse("the sentence holds no words or digits", "sentence")
    if made.sentence and not made.names_report and len(key) < SHORTEST:
        block.refuse(
            f"the sentence {made.sentence!r} is too short to hold wherever it stands; name its report too",
            "sentence",
        )
    if made.sentence and made.expected and sentence_key(made.expected) not in key:
        block.refuse(f"expected = {made.expected!r} does not stand in the sentence", "expected")


def _of_fact(block: Block, made: Correction) -> Correction:
    indicator = _needed(block, "indicator", "which number it is about, by its code")
    if indicator not in catalogue():
        block.refuse(
            f"indicator = {indicator!r} is not in the catalogue; codes stand in README.md", "indicator"
        )
    if made.expected is None or not sentence_key(made.expected):
        block.refuse("expected is missing; give the characters of the number as they stand there", "expected")
    figures = figures_of(block) if made.action != "drop" else None
    if figures:
        check_measure(block, indicator, figures)
    return replace(made, indicator=indicator, figures=figures, unit=block.text("unit"), period=_period(block))


def _of_report(block: Block, made: Correction) -> Correction:
    if made.sentence or not made.names_report:
        block.refuse(f"{made.action} is for one report: give report, report_id or town with year", "sentence")
    if made.action == "set_year":
        year = _year(block, "value")
        if year is None:
            block.refuse("value is missing; give the year, as value = 2022")
        return replace(made, new_year=year)
    town = _needed(block, "value", 'the town, as value = "太平镇"')
    return replace(
        made, new_town=town, new_county=block.text("new_county"), new_province=block.text("new_province")
    )


def _period(block: Block) -> Period | None:
    value = block.text("period")
    if value is not None and value not in get_args(Period):
        block.refuse(f"period = {value!r} is none of {', '.join(get_args(Period))}", "period")
    return cast("Period | None", value)


def _agreed(made: Sequence[Correction]) -> tuple[Correction, ...]:
    """The same decision twice is one; two decisions on one subject are refused with both places."""
    kept: dict[tuple[object, ...], Correction] = {}
    for one in made:
        before = kept.setdefault(one.subject, one)
        if before.correction_id != one.correction_id:
            raise BadCorrections(
                f"{one.place}: decides otherwise than {before.place} on the same number; keep one of them"
            )
    return tuple(kept.values())
