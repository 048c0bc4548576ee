"""Some of what was counted before, told by kind or manner: 重大隐患2处 behind 62处, 属占道经营的41起."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.tabulate.numbers import Read
from transforms.tabulate.part_of import alike
from transforms.tabulate.phrases import Sentence

# One of these stands in every such part: 的 or 占 right before the number, an attempt, or a kind.
# A class first, and what goes with each of it behind: searched for three times as fast as choices.
MAY_BE_KIND = re.compile(
    r"[的占重疑复双突较典历标初次轮涉](?:(?<=的)(?=(?:共?有|共|达|为|是|计)?\s*[\d近约一二三四五六七八九十两])|"
    r"(?<=占)|(?<=重)[大点复]|(?<=疑)难|(?<=复)杂|(?<=双)随机|(?<=突)出|(?<=较)大|(?<=典)型|(?<=历)史|"
    r"(?<=标)志|(?<=初)次|(?<=涉)企|(?<=[一首当][次轮])|(?<=[次轮])(?=[调化谈和以及才方就]))"
)
# 一次调成220起, 经两次以上才调成的20起: at which attempt, of all that were settled
_ATTEMPT = re.compile(
    r"(?:一次性?|首次|当次|[经用过][过了]?[两三四五2-9一1][次轮](?:以上|以内|及以上)?(?:才|方|就)?)(?:调|化解|谈|和解)[^，,；;。\d]{0,6}$"
)
# 属占道经营的41起, 标的百万元以上的4份: with no noun of its own, said of what was counted
_HEADLESS = re.compile(r"的(?:共?有|共|达|为|是|计)?$")
# 初信初访占88件, 财政信息16条，占总数的25%
_SHARE = re.compile(r"占(?:了|到|约)?$")
_SHARE_BEHIND = re.compile(r"[，,（(]\s*约?占(?:比|[\u4e00-\u9fff]{0,4}总[数量]|全部)?的?[约为达]?\s*\d")
_KINDS = "重大|重点|疑难|复杂|重复|双随机|突出|较大|典型|历史遗留|标志性|初次|涉企"
_KIND, _OF_KIND = re.compile(rf"(?:{_KINDS})的?$"), re.compile(_KINDS)
_NARROWED = re.compile(
    r"重大|重点|疑难|复杂|重复|双随机|突出|较大|典型|一般|普通|简易|历史|初次|涉企|[、和与及]"
)


def of_kinds(sentence: Sentence, reads: Sequence[Read]) -> set[int]:
    """Indexes of the numbers that say how many of those counted before were of a kind."""
    found: set[int] = set()
    if not MAY_BE_KIND.search(sentence.text, reads[0].number.quantity.end, reads[-1].number.quantity.end):
        return found
    for i in range(1, len(reads)):
        number = reads[i].number
        unit = number.quantity.unit
        if unit == "%" or not _names_a_kind(reads[i], sentence.text):
            continue
        if any(_is_whole(reads[k], reads[i], sentence.text) for k in range(i - 1, -1, -1) if k not in found):
            found.add(i)
    return found


def _names_a_kind(read: Read, text: str) -> bool:
    if _says_which(read, text) or _at_attempt(read, text):
        return True
    return bool(read.readings) and _kind_of_noun(read, text) is not None


def _says_which(read: Read, text: str) -> bool:
    """With no noun of its own, or with what share of all it is."""
    left, at = read.number.left, read.number.start
    if _HEADLESS.search(text, left.start, at) or _SHARE.search(text, left.start, at):
        return True
    return _SHARE_BEHIND.match(text, read.number.quantity.end) is not None


def _at_attempt(read: Read, text: str) -> bool:
    """The attempt is a number itself (一次), and so stands before the phrase."""
    start = max(0, read.number.left.start - LONGEST_ATTEMPT)
    return _ATTEMPT.search(text, start, read.number.start) is not None


LONGEST_ATTEMPT = 6
# Of those found or taken in, those settled at the first attempt are the ones settled.
_SETTLED = ("disputes_mediated", "disputes_resolved")


def _kind_of_noun(read: Read, text: str) -> re.Match[str] | None:
    """重大合同4份: the kind stands right before the noun, which touches its number (涉企检查：61次)."""
    cue, left = read.readings[0].cue, read.number.left
    if cue.start < left.start or text[cue.end : read.number.start].strip("：: "):
        return None
    return _KIND.search(text, left.start, cue.start) or _OF_KIND.match(cue.word.text)


def _is_whole(whole: Read, part: Read, text: str) -> bool:
    """An earlier and larger count of the same, itself of no kind; of disputes whatever became of them."""
    mine, all_ = part.number.quantity, whole.number.quantity
    if not alike(whole, part) or (mine.value or 0) >= (all_.value or 0):
        return False
    if not whole.readings:
        return "mediate" in whole.number.left.verbs and _at_attempt(part, text)
    if not part.readings:
        return True
    reading, other = part.readings[0], whole.readings[0]
    if _at_attempt(part, text):
        return other.frame.indicator in _SETTLED
    if reading.frame.indicator != other.frame.indicator:
        return False
    if _says_which(part, text):
        return True
    same_noun = reading.cue.word.text[-2:] == other.cue.word.text[-2:]
    return same_noun and not _NARROWED.search(text, whole.number.left.start, whole.number.start)
