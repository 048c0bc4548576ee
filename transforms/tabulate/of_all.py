"""What is said of all: 考试46人，全部合格; 执法证全部拿到; 法律明白人92名，村村都有."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from transforms.tabulate import fields
from transforms.tabulate.fits import Context
from transforms.tabulate.rulebook import Cue, Frame

# How far behind the noun the result may stand: over a count or two of those concerned.
WITHIN: Final = 48
_ALL: Final = (
    r"(?:截?[至止到](?:目前|年底|\d{1,2}月底)|成绩|结果|考试|并|且|也|已经?|现已|目前|年底前|实现|做到|达到)*"
    r"(?:(?:全部|均|都|全员|全体|人人|个个|一律)+(?:已经?|能|得到|取得|达到|按期|如期|顺利|一次性|一次)*|无一人?不|一次性)"
)
# 全部合格后上岗, 全部履行的 set a condition; 全部合格率 is a rate, which has a number of its own.
_ENDS: Final = r"(?:到位|完毕|了|以上成绩|成绩|分数线|线|标准)*(?=[，,；;。！）)、\n]|并|且|$)"
# 确保考试全部合格 wishes for it.
_WISH: Final = re.compile(
    r"力争|争取|努力|力求|推动|逐步|有望|拟|将|计划|目标|要求|着力|确保|保证|如|若|须|应当?$"
)
_MARK: Final = re.compile(r"[，,；;。：:（）()\n]")


def of_all(frame: Frame, cue: Cue, context: Context) -> tuple[int, int] | None:
    """Where 全部合格 and the like stand behind the noun, with nothing in between that it could be said of."""
    if cue.word.plain and fields.is_another(cue, context.sentence, context.book):
        return None
    text, sentence = context.sentence.text, context.sentence
    for found in _done(frame.done).finditer(text, cue.end, min(sentence.end, cue.end + WITHIN)):
        lead = _lead(found.start(), cue.end, context)
        if lead is None or _WISH.search(text, _clause_start(cue.start, context), found.start()):
            return None
        if _rival(frame, cue, found.start(), context) or not in_company(frame, context):
            return None
        if not frame.without.isdisjoint(_said(context, cue.end)):
            return None
        return found.span()
    return None


@cache
def _done(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"{_ALL}(?:{'|'.join(words)}){_ENDS}")


def _lead(at: int, noun_end: int, context: Context) -> int | None:
    """The result opens its clause, or stands right behind the noun or a number."""
    text = context.sentence.text
    if at == noun_end or _MARK.match(text, at - 1) or text[at - 1] in "）)”、":
        return at
    return at if any(n.quantity.end == at for n in context.sentence.numbers) else None


def _clause_start(at: int, context: Context) -> int:
    """From the last mark before a place."""
    marks = [m.end() for m in _MARK.finditer(context.sentence.text, context.sentence.start, at)]
    return marks[-1] if marks else context.sentence.start


def _rival(frame: Frame, cue: Cue, end: int, context: Context) -> bool:
    """Another thing with an indicator is named in between: what is said is said of that."""
    for other in context.sentence.cues:
        word = other.word
        if not cue.end <= other.start < end or word.entity or word.verb:
            continue
        if not (word.decoy or (word.noun and word.heads)):
            continue
        if word.concepts.isdisjoint(frame.object | frame.topic):
            return True
    return False


def in_company(frame: Frame, context: Context) -> bool:
    """Of each group the frame asks for a word stands in the sentence."""
    return not frame.with_ or all(not g.isdisjoint(_said(context, context.sentence.end)) for g in frame.with_)


def _said(context: Context, end: int) -> frozenset[str]:
    return frozenset[str]().union(*(c.word.concepts for c in context.sentence.cues if c.start < end))


_ALL_PLACES: Final = re.compile(
    r"[，,、；;（(]?\s*(?:(?:各|每个?|所有)(?:行政)?(?:村|社区|嘎查)(?:[（(][^）)]{1,4}[）)]|、?社区?|居)?|村村|社社)"
    r"(?:均|都|皆)?有(?=[，,；;。！）)\n]|$)"
)


def all_have_it(cue: Cue, context: Context) -> tuple[int, int] | None:
    """法律明白人92名，村村都有: behind the noun, its number and 每村 so many."""
    text, sentence = context.sentence.text, context.sentence
    for found in _ALL_PLACES.finditer(text, cue.end, min(sentence.end, cue.end + WITHIN)):
        if not _MARK.match(text, found.start()) and _lead(found.start(), cue.end, context) is None:
            continue  # 健身器材村村都有
        between = [c.word for c in sentence.cues if cue.end <= c.start < found.start()]
        if any(w.decoy or (w.noun and w.heads and not w.entity and w.text != "村") for w in between):
            return None
        return found.start() + (text[found.start()] in "，,、；;（("), found.end()
    return None
