"""Counted once of each: of topics (宪法、民法典宣传各1场), of counts before (金额分别为2万元、1万元)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.phrases import Number, Phrase, Sentence
from transforms.tabulate.readings import Reading
from transforms.tabulate.rulebook import Cue

# 二季度、8月: of which time each is, the words before the first numbers say
_TIME = re.compile(r"\d年|季度|\d月|半年|年度")


def of_those_before(run: Sequence[Number], each: re.Match[str], sentence: Sentence) -> list[Number]:
    """普通程序41件、简易程序302件，处罚金额分别为12万元、2万元: one of each of those counted right before.

    Rates so told are of parts of the town's cases, and none of its own.
    """
    first, size = run[0], len(run)
    if _is_of_each_event(run, sentence):
        return _said_before(run, each)
    if told := _told_anew(run, each, sentence):
        return told
    before = sentence.numbers[max(0, first.index - size) : first.index]
    units = {n.quantity.unit for n in before}
    if len(before) < size or not units.isdisjoint({first.quantity.unit, "%"}):
        return []
    if len(units) > 1 and not units <= _PLACES:
        return []  # 与9个村、12家企业、6所学校签订责任书分别为9份、12份、6份
    if first.quantity.unit == "%" or _TIME.search(sentence.text, before[0].left.start, first.left.start):
        return []
    return _said_before(run, each)


# whatever places are counted in
_PLACES = frozenset({"个", "家", "所", "户", "处"})
# 全年这两样的总量分别为75条、190张: those counted right before are pointed at, each by its unit.
_POINTS_BACK = re.compile(
    r"(?:这|上述|以上|[两二三四五](?=[项样类者]))(?:[两二三四五几])?[项样类者]?(?:数据|指标|工作)?的?"
    r"(?:总量|总数|合计|总计|累计)?数?[值量]?[，,]?(?:全年|累计|合计)?$"
)


def _told_anew(run: Sequence[Number], each: re.Match[str], sentence: Sentence) -> list[Number]:
    """悬挂横幅20条，张贴海报60张；全年这两样分别为75条、190张: of another time, in the same words."""
    numbers, end, size = sentence.numbers, run[0].index, len(run)
    if end and numbers[end - 1].quantity.unit == "项" and numbers[end - 1].quantity.value == size:
        end -= 1  # 这两项分别为: how many they are
    before = numbers[max(0, end - size) : end]
    if [n.quantity.unit for n in before] != [n.quantity.unit for n in run]:
        return []
    if not _POINTS_BACK.search(sentence.text, before[-1].quantity.end, each.start()):
        return []
    return [
        Number(n.numeral, n.quantity._replace(start=b.start), b.left, n.index, None)
        for n, b in zip(run, before, strict=True)
    ]


def _is_of_each_event(run: Sequence[Number], sentence: Sentence) -> bool:
    """讲座、宣传各办4场，受众分别为300人、950人: those who came to each."""
    first = run[0]
    if not first.index or first.quantity.unit not in _CAME:
        return False
    before = sentence.numbers[first.index - 1].quantity
    if before.unit not in _EVENTS:
        return False
    left = sentence.numbers[first.index - 1].left
    return before.each or before.value == len(run) or "各" in sentence.text[left.start : before.start]


_EVENTS, _CAME = frozenset({"次", "场", "场次", "期"}), frozenset({"人", "人次", "名", "位"})


def _said_before(run: Sequence[Number], each: re.Match[str]) -> list[Number]:
    """The numbers, each with the words before 分别."""
    left = run[0].left
    said = left.of([c for c in left.cues if c.end <= each.start()], left.start, each.start())
    return [Number(n.numeral, n.quantity._replace(start=each.start()), said, n.index, None) for n in run]


# 国家安全法, 民法典, 信访条例: laws by their names
_NAMES_A_TOPIC = re.compile(r"[\u4e00-\u9fff](?:法|法典|条例)[”》]?$")
_TOPICS = frozenset({"law_theme", "safety", "drug", "unlawful"})


def topics_named(reading: Reading, phrase: Phrase, parts: Sequence[tuple[int, int]], text: str) -> int:
    """宪法、民法典宣传各1场: of how many topics or audiences each had so many; 0 where a part is no such."""
    named = [p for p in parts if p[0] < reading.cue.end]
    if len(named) < 2 or named[-1][1] < reading.cue.end:
        return 0
    for start, end in named[:-1]:
        cues = [c for c in phrase.cues if start <= c.start < end and not c.word.verb]
        if not (_NAMES_A_TOPIC.search(text, start, end) or _is_topic(cues)):
            return 0
    return len(named)


def _is_topic(cues: Sequence[Cue]) -> bool:
    """Whether the words of a part say of what or for whom, and none of them is counted itself."""
    if any(c.word.heads and c.word.noun and not _is_audience(c) for c in cues):
        return False
    return any(not _TOPICS.isdisjoint(c.word.concepts) or _is_audience(c) for c in cues)


_AUDIENCES = frozenset(
    {
        "villagers",
        "officials",
        "students",
        "grid_worker",
        "mediator",
        "pathfinder",
        "enforcement_officer",
        "school",
        "firm",
    }
)


def are_audiences(parts: Sequence[Sequence[Cue]]) -> bool:
    """Whether all parts of a list say for whom something was held, and nothing else."""
    return all(part and all(_is_audience(c) for c in part) for part in parts)


def _is_audience(cue: Cue) -> bool:
    return not _AUDIENCES.isdisjoint(cue.word.concepts)
