"""Which of the words around a noun speak of it: those near it, of its own name, of all parts of its list."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import Phrase
from transforms.tabulate.rulebook import Cue

# How far before its noun a word may stand and still speak of it; a verb only where no other stands nearer.
WINDOW, VERB_WINDOW = 26, 12


def near(text: str, phrase: Phrase, cue: Cue) -> Phrase:
    """The phrase without what stands far before the noun: run-on text is one long phrase.

    A verb further off than `VERB_WINDOW` still counts where no other verb stands nearer, or where a
    list runs between (研究解决力量配备、经费保障等问题). One before 的 only says which it is
    (审查以镇政府名义对外签订的各类合作协议).
    """
    if "等" in text[phrase.start : cue.start + 1]:
        phrase = _without_examples(text, phrase, cue)
    limit = cue.start - VERB_WINDOW
    if phrase.start >= limit:
        return phrase
    reach = max(phrase.start, cue.start - LONGEST_LIST)
    first = cue.start - WINDOW - _titles(text, reach, cue.start) - _listed(text, reach, cue.start)
    nearer = any(c.word.verb and limit <= c.start < cue.start and text[c.end] != "的" for c in phrase.cues)
    nearer = nearer and "、" not in text[max(phrase.start, cue.start - WINDOW) : cue.start]
    cues = [c for c in phrase.cues if c.start >= first and not (nearer and c.word.verb and c.start < limit)]
    return phrase.of(cues, max(phrase.start, first), phrase.end)


# Laws named in between (中心组对《监察法》《信访工作条例》等集体学法) are no distance, nor is a list to 等.
LONGEST_LIST = 160
_TITLE = re.compile(r"《[^《》\n]{1,40}》")


def _titles(text: str, start: int, end: int) -> int:
    """How many characters of titles stand between two places."""
    if text.find("《", start, end) < 0:
        return 0
    return sum(len(title[0]) for title in _TITLE.finditer(text, start, end))


# 等, 等的, 等各: what may stand between a list and the noun for all of it.
AFTER_LIST = 2


def _listed(text: str, start: int, end: int) -> int:
    """How many characters of a list are closed by 等 before a place (公开政策解读、年度计划等各类信息)."""
    closed = text.rfind("等", max(start, end - AFTER_LIST), end)
    first = text.find("、", start, closed) if closed >= 0 else -1
    return closed - first if first >= 0 else 0


def _without_examples(text: str, phrase: Phrase, cue: Cue) -> Phrase:
    """违法建设、安全生产等执法行动: what not all of the things before 等 are does not say of what kind."""
    dropped = examples(text, phrase, text.rfind("等", phrase.start, cue.start + 1))
    if not dropped:
        return phrase
    return phrase.of([c for c in phrase.cues if c not in dropped], phrase.start, phrase.end)


def examples(text: str, phrase: Phrase, end: int) -> list[Cue]:
    """Words of a list that ends at 等 which say of one of its parts what is not said of the others.

    A verb before the list, or 在 and 围绕, leads it and belongs to no part.
    """
    last = text.rfind("、", phrase.start, end) if end > phrase.start else -1
    if last < 0:
        return []
    if any("hold" in c.word.acts and last < c.start < end for c in phrase.cues):
        return []  # 党委、政府开展“安全生产百日攻坚”等行动: the list ended before what was done
    lead = max((c.end for c in phrase.cues if _leads_list(c) and c.end <= last), default=phrase.start)
    if (about := _ABOUT.search(text, lead, last)) is not None:
        lead = about.end()
    first = text.find("、", lead, end)
    listed = [c for c in phrase.cues if lead <= c.start < end and not c.word.verb]
    marks = [first, *(i for i in range(first + 1, end) if text[i] == "、"), end]
    parts = [
        set().union(*(c.word.concepts for c in listed if a <= c.start < b))
        for a, b in zip([lead, *marks], marks, strict=False)
    ]
    shared = set.intersection(*parts)
    return [c for c in listed if shared.isdisjoint(c.word.concepts)]


def _leads_list(cue: Cue) -> bool:
    """联合公安、市监等部门执法: that it was done with others is no part of who they were."""
    return cue.word.verb or "partner" in cue.word.concepts


# 中心组围绕宪法、行政处罚法等学习: who studied is no part of the list.
_ABOUT = re.compile(r"围绕|聚焦|针对|结合|[将把以就]")
_NAMES = re.compile(r"(?:“[^“”]{1,16}”[、和]?){2,}")


def of_one_name(text: str, phrase: Phrase, cue: Cue | None = None) -> list[Cue]:
    """“校园小课堂”“银发专场”活动2场: words of one name which the other names do not say.

    `cue` is the noun behind the names; without it every row of names of the phrase is looked at.
    """
    if "”“" not in text[phrase.start : phrase.end] and "”、“" not in text[phrase.start : phrase.end]:
        return []
    out: list[Cue] = []
    for row in _NAMES.finditer(text, phrase.start, phrase.end):
        if cue is not None and not row.end() - 1 <= cue.start <= row.end():
            continue
        at = row.start()
        parts = []
        for end in [i + 1 for i in range(row.start(), row.end()) if text[i] == "”"]:
            parts.append([c for c in phrase.cues if at <= c.start and c.end <= end and c is not cue])
            at = end
        shared = set.intersection(*(set().union(*(c.word.concepts for c in part)) for part in parts))
        out += [c for part in parts for c in part if shared.isdisjoint(c.word.concepts)]
    return out
