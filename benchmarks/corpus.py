"""Generated reports with known facts: one seed, always the same bytes.

    python -m benchmarks.corpus N FOLDER [SEED]

A corpus holds reports of real gazetteer towns in the shares seen in the wild: 60 % Simplified, 25 %
Traditional, 15 % Traditional with inline pinyin; one in four a saved web page. FOLDER.gold.jsonl beside the
folder lists what was put in.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transforms.tabulate.identity.gazetteer import gazetteer

SLOT = re.compile(r"\{(\w+):([^:}]+):(\w)\}")
MARKS = ("一", "二", "三", "四", "五", "六")
PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
    '<div class="nav"><a href="/">首页</a> | <a href="/zwgk">政务公开</a></div><h1>{title}</h1>'
    '<p class="info">发布时间：{posted} 来源：{town}人民政府 浏览次数：{visits}</p>'
    '<div class="TRS_Editor">{body}</div>'
    '<div class="footer">主办单位：{county}人民政府办公室</div></body></html>'
)


@dataclass(frozen=True, slots=True)
class Generated:
    """One made report: where it goes, its text, and what a reader must find in it."""

    path: str
    text: str
    town: str
    county: str
    year: int
    facts: tuple[tuple[str, float, str], ...]  # indicator, value, bound


@cache
def _parts() -> list[tuple[str, list[str]]]:
    with (Path(__file__).parent / "sentences.toml").open("rb") as handle:
        return [(part["heading"], part["sentences"]) for part in tomllib.load(handle)["part"]]


@cache
def _units() -> list[tuple[str, str, str]]:
    """(province, county, town) of a spread of units whose names end as townships do, in gazetteer order."""
    found = set()
    for unit in gazetteer().units():
        place = unit.place_in(2020)
        name = unit.name_in(2020)
        if place.county and name[-1] in "镇乡道":
            found.add((place.province, place.county, name))
    return sorted(found)


def _number(rng: random.Random, size: str, unit: str) -> tuple[str, float, str]:
    """The phrase as written, the value meant and its bound."""
    if size == "r":
        value = rng.choice((100.0, 100.0, 98.0, 96.5, 97.3, 95.0))
        return f"{value:g}%", value, "exact"
    if size == "y":
        value = rng.randint(1, 400) / 10
        return f"{value:g}万元", round(value * 10_000, 2), "exact"
    number = rng.randint(*{"s": (1, 30), "m": (20, 900), "l": (500, 90_000)}[size])
    if size == "l" and rng.random() < 0.4:
        number = number // 100 * 100
        return f"{number}余{unit}", float(number), "at_least"
    return f"{number}{unit}", float(number), "exact"


def _fill(rng: random.Random, sentence: str, facts: list[tuple[str, float, str]]) -> str:
    def one(match: re.Match[str]) -> str:
        phrase, value, bound = _number(rng, match[3], match[2])
        facts.append((match[1], value, bound))
        return phrase

    return SLOT.sub(one, sentence)


@cache
def _prose() -> list[str]:
    with (Path(__file__).parent / "sentences.toml").open("rb") as handle:
        return list(tomllib.load(handle)["prose"]["sentences"])


def _body(rng: random.Random, facts: list[tuple[str, float, str]]) -> list[str]:
    """Six parts: about one fact sentence to six without numbers, as dense as real reports are."""
    lines = []
    for mark, (heading, sentences) in zip(MARKS, _parts(), strict=True):
        paragraph = [_fill(rng, rng.choice(sentences), facts), *rng.choices(_prose(), k=5)]
        if rng.random() < 0.3:
            paragraph.append(_fill(rng, rng.choice(sentences), facts))
        rng.shuffle(paragraph)
        lines += [f"{mark}、{heading}", "".join(paragraph)]
    return lines


@cache
def _traditional() -> object:
    import opencc

    return opencc.OpenCC("s2t")


def _in_script(text: str, share: float) -> str:
    """Simplified as it is, else Traditional, the last share with a reading behind every twelfth character."""
    if share < 0.6:
        return text
    traditional: str = _traditional().convert(text)  # type: ignore[attr-defined]
    if share < 0.85:
        return traditional
    return re.sub(r"([\u4e00-\u9fff]{11}[^\W\d_\u0000-\u00ff])(?=[\u4e00-\u9fff])", r"\1(zhì)", traditional)


def report(index: int, seed: int) -> Generated:
    """The report number `index` of the corpus with this seed; depends on nothing else."""
    rng = random.Random(f"{seed}/{index}")
    province, county, town = _units()[rng.randrange(len(_units()))]
    year = rng.randint(2018, 2025)
    facts: list[tuple[str, float, str]] = []
    title = f"{county}{town}{year}年度法治政府建设情况报告"
    first = (
        f"{year}年，{town}坚持以习近平新时代中国特色社会主义思想为指导，扎实推进法治政府建设。"
        "现将有关情况报告如下："
    )
    lines = [first, *_body(rng, facts), f"{town}人民政府", f"{year + 1}年1月{rng.randint(2, 28)}日"]
    share = rng.random()
    name = f"{year}/{index:07d}"
    if rng.random() < 0.25:
        body = "".join(f"<p>{line}</p>" for line in lines)
        page = PAGE.format(
            title=title, posted=f"{year + 1}-02-10", town=town, county=county, visits=index % 997, body=body
        )
        return Generated(f"{name}.html", _in_script(page, share), town, county, year, tuple(facts))
    text = _in_script("\n".join([title, "", *lines, ""]), share)
    return Generated(f"{name}.txt", text, town, county, year, tuple(facts))


def corpus(count: int, seed: int = 1) -> Iterator[Generated]:
    """`count` reports in order."""
    return (report(index, seed) for index in range(count))


def write(count: int, folder: Path, seed: int = 1) -> None:
    """Writes the corpus and its gold below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.gold.jsonl").open("w", encoding="utf-8") as gold:
        for made in corpus(count, seed):
            target = folder / made.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(made.text, encoding="utf-8")
            row = {
                "report": made.path,
                "town": made.town,
                "county": made.county,
                "year": made.year,
                "facts": made.facts,
            }
            gold.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
