"""What stands between a noun and a number: how much of it no rule knows, and whether that is the head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.phrases import JOINERS, Number, Phrase
from transforms.tabulate.rulebook import Cue, Rulebook

# What is done to people or things there are: 配备网格员12名、增配8名.
HAVING = frozenset({"equip", "equip_staff", "cultivate", "build", "new_verb", "registered", "hold", "closed"})
# What is counted without a measure word: 辖10村1社区.
PLACES = frozenset({"village", "community", "village_community", "hamlet"})
# Texts between cues of which a book keeps what they weigh: clerks write the same few again and again.
REMEMBERED = 20_000


def residue(text: str, start: int, end: int, known: Sequence[Cue], book: Rulebook) -> int:
    """How many characters between two places are neither cues nor light words."""
    rest = _unknown(text, start, end, known)
    return _weigh(rest, book) if rest else 0


def _unknown(text: str, start: int, end: int, known: Sequence[Cue]) -> str:
    """What stands between two places less the cues, a line each."""
    if end <= start:
        return ""
    if start and text[start - 1] == "《":
        start = text.find("》", start, end) + 1 or start  # 讲解《行政复议法》3场: the word ends in the mark
    if text[start] in "（(" and (added := _ADDED.match(text, start, end)):
        start = added.end()
    if "《" in text[start:end]:
        text = text[:start] + _TITLE.sub(_blank, text[start:end]) + text[end:]
    rest, at = "", start
    for cue in known:
        if cue.start >= end:
            break
        if cue.start > at:
            rest += text[at : cue.start] + "\n"
        at = max(at, cue.end)
    return rest + text[at:end]


def holds_a_word(text: str, start: int, end: int, known: Sequence[Cue], book: Rulebook) -> bool:
    """接受审计9次, 引进人才9名: a character no rule knows makes a word with a light one beside it.

    So it does with the verb before it where it touches the number (举办招聘会9场).
    """
    rest = _unknown(text, start, end, known)
    if any(c.end == end - 1 and c.word.verb for c in known) and _weigh(text[end - 1], book):
        return True
    return any(len(run) > 1 for run in book.light.sub(_half_words, rest).split())


_HALVES = frozenset("计人本点量数来里期合总会现处中后时对向新")


def _half_words(light: re.Match[str]) -> str:
    return light[0] if light[0] in _HALVES else "\n"


# 法治讲座（培训、报告会）30场: what brackets add to the noun is not between it and the number.
_ADDED = re.compile(r"[（(][^（）()\d，；。\n]{1,20}[）)]")
_TITLE = re.compile(r"《[^》\n]*》")


def _blank(title: re.Match[str]) -> str:
    """A law named between noun and number (学习《民法典》等8次) weighs nothing, whatever words it holds."""
    return "\n" * len(title[0])


def _weigh(text: str, book: Rulebook) -> int:
    known = book.weights.get(text)
    if known is None:
        known = len(book.light.sub("", text).replace("\n", ""))
        _remember(book.weights, text, known)
    return known


def _remember(known: dict[str, int], text: str, answer: int) -> None:
    if len(known) == REMEMBERED:
        known.clear()
    known[text] = answer


def ends_in_unknown(text: str, phrase: Phrase, cue: Cue, number: Number, book: Rulebook) -> bool:
    """矛盾纠纷化解能手3名: what stands right before the number is no word of ours, so the head is unknown."""
    start = max([cue.end, *(c.end for c in phrase.cues if c.end <= number.start)])
    gap = _TOLD.sub("", text[start : number.start])
    ends = [w.end() for w in book.light.finditer(gap) if not _is_half(w, gap)]
    return len(gap) - max(ends, default=0) > 1 and "等" not in gap  # 法治公园、长廊等阵地5处


# 旁听行政诉讼庭审共3次: what only leads to the number says nothing of what is counted.
_TOLD = re.compile(r"(?:总共|共计|共|累计|合计|总计|达到|达|约|近)+$")


def is_modifier(text: str, cue: Cue, stop: int, book: Rulebook) -> bool:
    """宣传音频12次: an unknown noun right after the cue is the head, the cue only says of what kind."""
    return stop > cue.end and unknown_lead(text[cue.end : stop], book) > 1


def unknown_lead(gap: str, book: Rulebook) -> int:
    """How many unknown characters a gap begins with."""
    known = book.leads.get(gap)
    if known is None:
        lights = (w.start() for w in book.light.finditer(gap) if not _is_half(w, gap))
        known = next(lights, len(gap))
        _remember(book.leads, gap, known)
    return known


_NOUN_ENDS = frozenset("本点量")


def _is_half(light: re.Match[str], gap: str) -> bool:
    """The 本 of 样本: a light character right behind one that no rule knows, at the end of what is told."""
    return 0 < light.start() == len(gap) - 1 and light[0] in _NOUN_ENDS


def list_mark_before(text: str, start: int, number: Number) -> bool:
    """专题会议、5次推进会: the noun before a list mark right before the number is not what is counted."""
    if number.quantity.each:
        return False
    gap = text[start : number.start].rstrip(' “”"）)')
    return bool(gap) and gap[-1] in JOINERS
