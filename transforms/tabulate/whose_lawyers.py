"""Lawyers that have villages of their own are village advisers, whatever they are called."""

from __future__ import annotations

import re

from transforms.tabulate.rulebook import Cue

LAWYERS = frozenset({"lawyers"})
ADVISERS = frozenset({"village_adviser"})
_PLACES = r"(?:全[镇乡]|各|辖区|\d+|[一二三四五六七八九十百两]+|个|行政|名|人)*(?:村|社区)"
# 律师与27个村结对, 律师结对14个村, 律师7人包28个村, 律师每月进村值班: a standing duty there, no single visit.
_HAVE_VILLAGES = re.compile(
    rf"(?:\d+[名人位])?(?:(?:与|同|和){_PLACES}[^，,；;。]{{0,6}}结对|"
    rf"(?:结对|包联|挂联|联系|包|联|驻|挂)(?:帮扶|服务)?{_PLACES})"
)
_COME_REGULARLY = re.compile(
    r"(?:全年|每[月周季][^，,；;。]{0,8}|定期|轮流|按[月周])*(?:进|入|下|到|驻)(?:村|社区)(?:（社区）)?(?:开展|进行)?"
    r"(?:法律)?(?:值班|坐班|值守|坐诊|服务|[^，,；;。]{0,2}[1-9一两]天)"
)
# 组织律师进村服务: those sent once are somebody's lawyers.
_SENT = re.compile(r"(?:组织|邀请|联合|安排|请|会同|抽调)(?:了|\d+[名位]|多名|专业|执业|公益)*$")
_CALLED_SO = ("结对", "包村", "包村的", "挂村", "联村", "结对的")


def have_villages(cue: Cue, text: str) -> bool:
    """Whether lawyers are said to be those of villages, before or behind their name.

    >>> from transforms.tabulate.rulebook import rulebook
    >>> said = "9名律师与27个村结对，解答咨询80人次"
    >>> have_villages(rulebook().cues(said, 0, 5)[0], said)
    True
    """
    if text.endswith(_CALLED_SO, 0, cue.start) or _HAVE_VILLAGES.match(text, cue.end):
        return True
    sent = _SENT.search(text, max(0, cue.start - 8), cue.start)
    return sent is None and _COME_REGULARLY.match(text, cue.end) is not None


# 各村均有律师参与调解: who was there on occasions is no adviser.
_ATTEND = re.compile(r"(?:参与|参加|到场|出席|宣讲|授课|讲课|讲|介入|协助|陪同|在场|见证|走进)")


def at_one_event(cue: Cue, text: str) -> bool:
    """Whether lawyers were there on an occasion, which says of no village that it has one."""
    return not LAWYERS.isdisjoint(cue.word.concepts) and _ATTEND.match(text, cue.end) is not None
