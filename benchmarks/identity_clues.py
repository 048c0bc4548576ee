"""Reports of namesakes, each with one clue to its county and something that misleads: how many are told
right.

The sweep over all names asks what a title alone does; this asks what each other place of a document
does, for units that share their name with others. Without a clue all must stay undecided; with one,
none may be wrong.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from benchmarks.identity_sweep import units_of
from benchmarks.timing import Goal, at_least, at_most
from transforms.decode.report import report_from_text
from transforms.normalize.aligned_text import AlignedText
from transforms.tabulate.identity.gazetteer import Unit
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.mentions import county_stem

YEAR = 2023
NUMBER, SEED = 400, 7

# Clue -> the part of the document that carries it; C county, T town, O office, S stem, P pinyin
CLUES: dict[str, dict[str, str]] = {
    "none": {},
    "title": {"title": "{C}{T}"},
    "addressee": {"addressee": "{C}人民政府：\n"},
    "signature": {"signature": "{C}{T}{O}"},
    "breadcrumb": {"head": "当前位置：首页 > {C} > {T} > 政务公开\n"},
    "source": {"head": "来源：{C}{T} 发布时间：2024-01-09 浏览：88次\n"},
    "plan": {"opening": "落实《{C}2023年法治政府建设工作要点》，"},
    "slogan": {"opening": "为建设法治{S}作贡献，"},
    "court": {"opening": "邀请{C}人民法院授课，"},
    "file": {"name": "{C}{T}2023年总结.txt"},
    "folder": {"name": "{C}/{T}/2023.txt"},
    "path": {"name": "/{P}/zwgk/fzzf/content_12.html"},
}
MISLEADING = (
    "与{C}{T}建立联防机制，化解纠纷6起。",
    "赴{C}学习经验1次。",
    "与{T}联合执法3次。",
    "接待{N}考察团2批。",  # N: the county of a namesake
)
TEXT = (
    "{head}{title}2023年法治政府建设工作报告\n\n{addressee}"
    "2023年，{T}坚持依法行政，{opening}扎实推进各项工作。{more}现将情况报告如下：\n"
    "一、工作情况\n学法5次。{more}\n\n{signature}\n2024年1月9日\n"
)


@cache
def namesakes() -> dict[str, list[Unit]]:
    """Units of the year by name."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units_of(YEAR):
        found[unit.name_in(YEAR)].append(unit)
    return dict(found)


def words_of(unit: Unit) -> dict[str, str]:
    town, place = unit.name_in(YEAR), unit.place_in(YEAR)
    office = "办事处" if town.endswith("街道") else "人民政府"
    return {"C": place.county, "T": town, "O": office, "S": county_stem(place.county), "P": place.pinyin}


def document(unit: Unit, clue: str, chance: random.Random) -> tuple[str, str]:
    """Name and text of a report with that clue; one in two misleads as well."""
    words = words_of(unit)
    parts = {
        "title": "{T}",
        "signature": "{T}{O}",
        "head": "",
        "addressee": "",
        "opening": "",
        "name": "a.txt",
    }
    filled = {part: text.format(**words) for part, text in {**parts, **CLUES[clue]}.items()}
    stranger = chance.choice(chance.choice(list(namesakes().values())))
    twin = chance.choice(namesakes()[words["T"]])
    more = chance.choice(MISLEADING).format(**words_of(stranger), N=twin.place_in(YEAR).county)
    text = TEXT.format(**filled, T=words["T"], more=more if chance.random() < 0.5 else "")
    return filled["name"], text


def outcome(unit: Unit, clue: str, chance: random.Random) -> str:
    """`right`, `undecided`, or what it was taken for."""
    name, text = document(unit, clue, chance)
    said = identify(report_from_text(text, name), AlignedText(text, text))
    if said.town_id is None:
        return "undecided"
    right = (said.town_id, said.county, said.year, said.level)
    wanted = (unit.town_id, unit.place_in(YEAR).county, YEAR, "township")
    return "right" if right == wanted else f"{unit!r} read as {said.province}{said.county}{said.town}"


def measure(number: int, seed: int) -> dict[str, Counter[str]]:
    """Outcomes by clue, for `number` units each."""
    chance = random.Random(seed)
    shared = [unit for units in namesakes().values() if len(units) > 1 for unit in units]
    return {clue: Counter(outcome(u, clue, chance) for u in chance.sample(shared, number)) for clue in CLUES}


def goals() -> Iterator[Goal]:
    """What is asked of one clue among things that mislead: never a wrong town, and mostly a decided one."""
    found = measure(NUMBER, SEED)
    none = found.pop("none")
    wrong = sum(outcomes.total() - outcomes["right"] - outcomes["undecided"] for outcomes in found.values())
    right = sum(outcomes["right"] for outcomes in found.values())
    yield at_most("namesakes without a clue, decided", 0, NUMBER - none["undecided"], "reports")
    yield at_most("namesakes with one clue to the county, wrong", 0, wrong, "reports")
    yield at_least("namesakes with one clue to the county, right", 90, 100 * right / NUMBER / len(found), "%")
