"""Do the checks find what does not add up, and leave alone what does? Generated reports with planted errors.

    python -m benchmarks planted

1,000 reports whose numbers hang together (rates rounded or cut off to 0, 1 or 2 decimals, hedged counts
beside them, numbers of other scopes and years) and 200 of the same make in which one number was changed so
that it cannot be true any more.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.timing import Goal

CLEAN, PLANTED = 1000, 200


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and whether one of its numbers was changed."""

    text: str
    is_planted: bool


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "planted.toml").read_text(encoding="utf-8"))


def made(index: int, is_planted: bool, seed: int = 1) -> Made:
    """Report `index` of its kind; depends on nothing else."""
    rng = random.Random(f"planted/{seed}/{is_planted}/{index}")
    entries = _data()["entry"]
    chosen = rng.sample(range(len(entries)), k=rng.randint(3, len(entries)))
    broken = rng.choice(chosen) if is_planted else None
    lines = [_sentence(rng, entries[at], at == broken) for at in chosen]
    for sentence in rng.sample(_data()["plain"]["sentences"], k=3):
        lines.insert(rng.randint(0, len(lines)), _print(rng, sentence, {}))
    year = rng.randint(2018, 2025)
    head = (
        f"柳湾镇{year}年法治政府建设工作报告\n\n{year}年，我镇扎实推进法治政府建设。现将有关情况报告如下：\n"
    )
    return Made(head + "\n".join(lines) + "\n", is_planted)


def _sentence(rng: random.Random, entry: dict[str, Any], is_broken: bool) -> str:
    numbers = _NUMBERS[entry["kind"]](rng, is_broken)
    return _print(rng, rng.choice(entry["sentences"]), numbers)


def _print(rng: random.Random, sentence: str, numbers: dict[str, object]) -> str:
    others = {"x": rng.randint(2, 40), "y": rng.randint(2, 90), "z": rng.choice(("95", "98.6", "99", "100"))}
    return sentence.format(**others, **numbers)


def _ratio(rng: random.Random, is_broken: bool) -> dict[str, object]:
    whole = rng.randint(12, 900)
    part = whole - rng.randint(0, max(1, whole // 10))
    places, rounding = rng.randint(0, 2), rng.choice((ROUND_HALF_UP, ROUND_DOWN))
    rate = Decimal(part * 100) / whole
    if is_broken:
        # two points off at least, to either side, never above 100
        shift = Decimal(rng.uniform(2, 12)).quantize(Decimal("0.1"))
        rate = rate - shift if rate + shift > 100 or rng.random() < 0.5 else rate + shift
    printed = rate.quantize(Decimal(1).scaleb(-places), rounding=rounding)
    return {"a": whole, "b": part, "r": f"{printed}%"}


def _share(rng: random.Random, is_broken: bool) -> dict[str, object]:
    whole = rng.randint(4, 300)
    part = whole + rng.randint(1, 40) if is_broken else rng.randint(max(1, whole // 2), whole)
    return {"a": whole, "b": part}


def _parts(rng: random.Random, is_broken: bool) -> dict[str, object]:
    parts = [rng.randint(3, 60) for _ in range(3)]
    whole = sum(parts) + rng.choice((0, 0, rng.randint(1, 9)))
    if is_broken:
        parts[rng.randrange(3)] += whole
    return {"a": whole, "m": parts[0], "n": parts[1], "p": parts[2]}


def _sum(rng: random.Random, is_broken: bool) -> dict[str, object]:
    villages, communities = rng.randint(4, 40), rng.randint(1, 9)
    off = rng.choice((-3, -2, -1, 1, 2, 3)) if is_broken else 0
    return {"a": villages, "b": communities, "c": villages + communities + off}


_NUMBERS = {"ratio": _ratio, "share": _share, "parts": _parts, "sum": _sum}


def contradicted(reports: list[Made]) -> list[bool]:
    """For each report whether any check contradicts it."""
    from transforms import extract
    from transforms.decode import report_from_text
    from validation.detective import investigate
    from validation.frames import frames_of

    read = [extract(report_from_text(report.text)) for report in reports]
    check = investigate(frames_of(read, "planted")).check
    bad = set(check.filter(check["verdict"] == "contradicted")["report_id"])
    return [extraction.report.report_id in bad for extraction in read]


def measured(clean: int = CLEAN, planted: int = PLANTED, seed: int = 1) -> tuple[float, float]:
    """(share of planted reports contradicted, share of clean ones contradicted)."""
    found = contradicted([made(i, True, seed) for i in range(planted)])
    alarms = contradicted([made(i, False, seed) for i in range(clean)])
    return sum(found) / planted, sum(alarms) / clean


def goals() -> Iterator[Goal]:
    """The two shares of issue 9."""
    share, alarms = measured()
    yield Goal("planted contradictions found, of 200", ">= 95 %", f"{share:.1%}", share >= 0.95)
    yield Goal("clean reports contradicted, of 1,000", "<= 1 %", f"{alarms:.2%}", alarms <= 0.01)
