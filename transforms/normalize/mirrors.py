"""Damage that mirrors and text recognition do to words: inline pinyin, a lost 现, stray English."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

from .aligned_text import Change
from .script import is_traditional_only

_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_LETTER = rf"[a-zü{_TONES}\u0300\u0301\u0304\u0308\u030c]"
_READING = rf"{_LETTER}{{1,7}}(?:[ ]?[,，、/;；·][ ]?{_LETTER}{{1,7}}){{0,3}}"
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# Begins with the bracket, so that the search leaps from one bracket to the next; each bracket has a search of
# its own, since one character is looked for eight times as fast as one of two.
_ANNOTATED = tuple(
    re.compile(rf"{bracket}(?<=[{_HAN}].)[ ]?({_READING})[ ]?[)）](?:[(（][ ]?{_READING}[ ]?[)）])*")
    for bracket in (r"\(", "（")
)
_TONE = re.compile(rf"[{_TONES}\u0300\u0301\u0304\u030c]")
_INITIAL = "b|p|m|f|d|t|n|l|g|k|h|j|q|x|zh|ch|sh|r|z|c|s|y|w"
_FINAL = (
    "a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|iong"
    "|u|ua|uo|uai|ui|uan|un|uang|v|ve|ue|ü|üe"
)
_SYLLABLE = re.compile(rf"(?:{_INITIAL})(?:{_FINAL})|er|[ae]|ai|ei|ao|ou|an|en|ang")

_HAN_CHARACTER = re.compile(f"[{_HAN}]")

# the converter of these mirrors turned "。现" into ?,F (with or without its pinyin) and "，现" into ,F
_LOST_XIAN = re.compile(
    rf"(?:([？?])[,，]?F(?:[(（]xi[aà]n[)）])?(?=[{_HAN}])|[,，]F(?:[(（]xi[aà]n[)）]|(?=[將将就]))(?=[{_HAN}]))"
)

_WORDS = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))
_FUNCTION_WORDS = {word["english"]: word["chinese"] for word in _WORDS["function_word"]}
# begins with the first letters, so that the search leaps from one to the next
_INITIALS = "".join(sorted({c for word in _FUNCTION_WORDS for c in (word[0], word[0].upper())}))
_STRAY = re.compile(
    rf"[{_INITIALS}](?<=[{_HAN} ].)(?:"
    + "|".join(rf"(?<=[{word[0]}{word[0].upper()}])(?i:{word[1:]})" for word in _FUNCTION_WORDS)
    + rf")[ ]?(?=[{_HAN}])"
)


def inline_pinyin(text: str) -> list[Change]:
    """Pinyin in brackets after the character it spells; the character keeps the whole stretch as its own.

    A reading with a tone mark is pinyin for certain. Without one it must be a syllable, and stand after a
    character of Traditional script (these mirrors annotate only what they converted) or in company:
    系统(an)和平台(app) stay.

    >>> inline_pinyin("關(guān)愛鎮（zhen）")
    [Change(start=0, end=7, new='關'), Change(start=8, end=15, new='鎮')]
    >>> inline_pinyin("人工智能(ai)平台")
    []
    """
    found = [match for pattern in _ANNOTATED for match in pattern.finditer(text)]
    if not found:
        return []
    found.sort(key=re.Match.start)
    certain = [_TONE.search(match[1]) for match in found]
    in_company = len(found) - certain.count(None) > 2 or sum(map(_is_toneless_pinyin, found)) > 2
    changes = []
    for match, toned in zip(found, certain, strict=True):
        start, end = match.span()
        spelled = text[start - 1]
        if toned or (_is_toneless_pinyin(match) and (in_company or is_traditional_only(spelled))):
            changes.append(Change(start - 1, end, spelled))
    return changes


def _is_toneless_pinyin(match: re.Match[str]) -> bool:
    return all(_SYLLABLE.fullmatch(part) for part in re.split("[ ,，、/;；·]+", match.group(1)))


def lost_xian(text: str) -> list[Change]:
    """The sentence start `?,F(xiàn)將` is 。現將, `,F就` is ，現就.

    >>> lost_xian("取得成效?,F(xiàn)將工作報告如下")
    [Change(start=4, end=13, new='。現')]
    """
    if "F" not in text:
        return []
    return [
        Change(*match.span(), "。現" if match.group(1) else "，現") for match in _LOST_XIAN.finditer(text)
    ]


def stray_latin(text: str) -> list[Change]:
    """An English function word between Chinese words (行政行为 and 经营行为) is the Chinese one."""
    changes = []
    for match in _STRAY.finditer(text):
        start = match.start() - (text[match.start() - 1] == " ")
        if _HAN_CHARACTER.match(text[start - 1 : start]):
            changes.append(Change(start, match.end(), _FUNCTION_WORDS[match.group().strip().lower()]))
    return changes
