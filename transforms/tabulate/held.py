"""One number for events of several kinds (法治讲座、业务培训26场): it says of none how many there were."""

from __future__ import annotations

import re

from transforms.tabulate import gaps
from transforms.tabulate.phrases import JOINERS, Number, Phrase
from transforms.tabulate.rulebook import Cue, Rulebook

# What is held to teach, to examine, to study or to tell: none of them is a wider word for another.
_HELD = (
    frozenset({"training_sessions"}),
    frozenset({"law_exams"}),
    frozenset({"study_sessions", "centre_group_study"}),
    frozenset(
        {
            "publicity_events",
            "village_outreach_events",
            "law_lectures",
            "school_events",
            "consultation_events",
        }
    ),
)
# 法治文艺汇演、法治电影放映等活动共11场: the general word counts them all.
_ACTIVITIES = re.compile(r"[^，。；]{0,10}等")
STUDIED = 2
_TIMES = frozenset({"次", "场", "场次", "期"})


def of_several_kinds(phrase: Phrase, i: int, number: Number, text: str, book: Rulebook) -> bool:
    """法治讲座、业务培训26场; 应急演练、法治宣传12场: the noun at `i` ends a list of other things held."""
    cue = phrase.cues[i]
    if number.quantity.unit not in _TIMES or _ACTIVITIES.match(text, cue.end, number.start):
        return False
    mine = _kinds(cue, number)
    if not mine:
        return False
    mark = _joint(phrase, i, text, book)
    if mark < 0:
        return False
    before = phrase.cues[i - 1] if i else None
    if before is not None and before.end == mark:
        theirs = _kinds(before, number)
        if theirs:
            return mine.isdisjoint(theirs)
    if STUDIED in mine:
        return False  # 专题党课、研讨会及学习会: one studies in many forms
    return _OTHER.search(text, max(phrase.start, mark - LONGEST), mark) is not None


def _kinds(cue: Cue, number: Number) -> set[int]:
    if not (cue.word.noun and cue.word.heads):
        return set()
    unit = number.quantity.unit
    counted = {f.indicator for f in cue.word.frames if not f.with_ and unit in f.units}
    return {kind for kind, indicators in enumerate(_HELD) if not indicators.isdisjoint(counted)}


def _joint(phrase: Phrase, i: int, text: str, book: Rulebook) -> int:
    """Where the list mark right before a noun stands, words that say little passed over; -1 for none."""
    cue = phrase.cues[i]
    start = max(phrase.start, cue.start - LONGEST, phrase.cues[i - 1].end if i else 0)
    mark = max(text.rfind(joiner, start, cue.start) for joiner in JOINERS)
    if mark < 0 or gaps.residue(text, mark + 1, cue.start, (), book):
        return -1
    return mark


# The longest name looked at on either side of a list mark.
LONGEST = 8
# Things held that no rule counts. Meetings of villagers are held to tell them something.
_OTHER = re.compile(
    r"(?:演练|竞赛|座谈会|研讨会|推进会|交流会|联席会|观摩|参观|走访|家访|慰问|巡查|检查|排查|调研|督导|"
    r"庭审|体检|义诊|演讲|征文|比赛|招聘会|党日|代办)(?:活动)?[”》]?$"
)
