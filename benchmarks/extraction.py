"""What one report costs, stage by stage, against a bare scan by one frozen number pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from benchmarks.bare_scan import scan
from benchmarks.corpus import corpus
from benchmarks.numbers import engines, reading
from benchmarks.timing import Goal, Job, at_least, at_most, medians, missing, over
from flows.together import TOGETHER
from transforms import extract
from transforms.decode import read_bytes
from transforms.decode.report import report_from_text
from transforms.extraction import Extraction, extract_all
from transforms.normalize import normalize
from transforms.quantify import numerals
from transforms.segment import segment
from transforms.tabulate.identity.fingerprint import content_key
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.rulebook import Rulebook, load, rule_files
from transforms.tabulate.tabulate import tabulate

REPORTS: Final = 150
SLOW_SHARE: Final = 10
ROUNDS: Final = (
    15  # the bare scan lasts milliseconds: of five rounds, three that were disturbed are the median
)
TIMES_LONGER: Final = 100
TWIN: Final = "twin"
BARE, WHOLE = "bare scan", "decode to facts"
IN_A_RUN: Final = "decode to facts, as many reports together as in a run"
KEY: Final = "key of copies"  # made when the warehouse asks, so no part of the whole


def doubled() -> Rulebook:
    """The rulebook in which every frame stands twice, the second time under another name."""
    return load((name, _with_twins(table)) for name, table in rule_files())


def _with_twins(table: Mapping[str, Any]) -> dict[str, Any]:
    frames = table.get("frame", [])
    twins = [{**frame, "id": f"{frame.get('id', '')}_{TWIN}".strip("_")} for frame in frames]
    return {**table, "frame": [*frames, *twins]} if frames else dict(table)


def stages() -> dict[str, Job]:
    """Each stage over the same reports, its input made ready beforehand."""
    raw = [(made.text.encode(), made.path, made.path) for made in corpus(REPORTS)]
    reports = [read_bytes(*given) for given in raw]
    texts = [normalize(report.text) for report in reports]
    names = [identify(report, text, None) for report, text in zip(reports, texts, strict=True)]
    ready = [
        (t, numerals(t.text), segment(t.text), r.body, i.year, i.period_end, True)
        for t, r, i in zip(texts, reports, names, strict=True)
    ]
    as_decoded, as_repaired = [(r.text,) for r in reports], [(t.text,) for t in texts]
    jobs = {
        BARE: over(scan, as_decoded),
        "decode": over(read_bytes, raw),
        "normalize": over(normalize, as_decoded),
        "quantify": over(numerals, as_repaired),
        "segment": over(segment, as_repaired),
        "identity": over(identify, zip(reports, texts, strict=True)),
        "tabulate": over(tabulate, ready),
        "tabulate, rules doubled": over(partial(tabulate, book=doubled()), ready),
        KEY: over(content_key, zip(texts, reports, names, strict=True)),
        WHOLE: over(lambda *given: extract(read_bytes(*given)), raw),
        IN_A_RUN: over(_together, [raw[at : at + TOGETHER] for at in range(0, len(raw), TOGETHER)]),
    }
    return jobs | {
        name: reading(read, [r.text for r in reports[::SLOW_SHARE]]) for name, read in engines().items()
    }


def _together(*some: tuple[bytes, str, str]) -> list[Extraction]:
    return extract_all([(read_bytes(*given), None) for given in some])


def growth() -> float:
    """Cost of a character in a text made a hundred times longer, against that in the short one."""
    body = "\n".join(made.text for made in corpus(3, seed=7) if made.path.endswith(".txt"))
    short, long = report_from_text(body), report_from_text(body * TIMES_LONGER)
    taken = medians(
        {"short": lambda: [extract(short) for _ in range(TIMES_LONGER)], "long": lambda: extract(long)}, 3
    )
    return taken["long"] / taken["short"]


def goals() -> Iterator[Goal]:
    """What is asked of the whole extraction; the stages without a figure of their own are shown beside it."""
    taken = medians(stages(), ROUNDS)
    for name in ("decode", "normalize", "quantify", "segment", "identity", "tabulate"):
        cost = f"{taken[name] / taken[BARE]:.3g} x"
        yield Goal(f"of it {name} / bare scan", "", f"{cost}, {taken[name] / REPORTS * 1e6:.0f} us", None)
    yield Goal(f"beside it {KEY} / bare scan", "", f"{taken[KEY] / taken[BARE]:.3g} x", None)
    for name in (WHOLE, IN_A_RUN):
        yield at_most(f"{name} / bare scan", 40, taken[name] / taken[BARE])
    yield at_most("identity / decode to facts", 25, 100 * taken["identity"] / taken[WHOLE], "%")
    for name, asked in (("cn2an", 10), ("recognizers-text-number", 1)):
        goal = f"speed of decode to facts / {name}, numbers only"
        if name in taken:
            yield at_least(goal, asked, taken[name] * SLOW_SHARE / taken[WHOLE])
        else:
            yield missing(goal, f">= {asked} x", name)
    yield at_most("a character of a text 100 times as long", 1.15, growth())
    yield at_most("tabulate, rules doubled", 1.15, taken["tabulate, rules doubled"] / taken["tabulate"])
