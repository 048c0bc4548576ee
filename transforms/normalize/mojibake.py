"""Chinese that was decoded with the wrong encoding before it was saved.

Three kinds are undone: UTF-8 read as Windows-1252 or Latin-1 (å¹´ is 年), GBK read as Latin-1 (¹ØÓÚ is 关于)
and UTF-8 read as GBK (鍏充簬 is 关于). Nothing is guessed: a run is replaced only when its bytes decode
without an error, give Chinese, and hold no digit; what lost a byte stays as it is. ftfy would do the first
kind only (it knows no GBK), so it is no dependency.
"""

from __future__ import annotations

import re

from .aligned_text import Change

_CHINESE = re.compile(r"[\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e“”‘’—…·]+")
# what GBK makes of the UTF-8 of ， 。 “ and of frequent characters; rare in real text
_GBK_HINT = re.compile("[锛銆鈥鐨鏄鍦鍙鍏]")
# no full-width digits, letters and signs: these are the text's own and become ASCII later
_GBK_RUN = re.compile("[\u0391-\u0451\u2010-\u2642\u3001-\u3129\u4e00-\u9fff！-＄＆-／：-＠［-｀｛-￥]{3,}")
# three bytes a character, as UTF-8 has them for Chinese; six are three characters of GBK
_UTF8_HAN = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2,}")


def _western(first: int, last: int) -> str:
    """The characters Windows-1252, or Latin-1 where that has none, makes of a range of bytes."""
    return "".join(chr(b) + bytes([b]).decode("cp1252", "ignore") for b in range(first, last + 1))


_BYTES = {c: b for b in range(0x80, 0x100) for c in (chr(b), bytes([b]).decode("cp1252", "ignore")) if c}
_UTF8_AS_WESTERN = re.compile(f"(?:[â-ï][{re.escape(_western(0x80, 0xBF))}]{{2}})+")
_GBK_AS_LATIN = re.compile("(?:[\xb0-\xd7][\xa1-\xfe]|\xa1[\xa2-\xbf]|\xa3[\xa1-\xaf\xba-\xc0]){2,}")


def mojibake(text: str) -> list[Change]:
    """Runs of wrongly decoded Chinese, each with what it says.

    >>> [change.new for change in mojibake("2022å¹´ç¤¾ä¼š，¹ØÓÚ鎮")]
    ['年社会', '关于']
    >>> [change.new for change in mojibake("鍏充簬涔￠晣锛屾斂搴滃叧浜庯紝")]
    ['关于乡镇，政府关于，']
    >>> [change.new for change in mojibake("，鍏充簬涔 café, naïve")]  # of the third character a byte is lost
    ['关于']
    """
    changes = []
    for match in _UTF8_AS_WESTERN.finditer(text):
        changes += _changed(*match.span(), bytes(_BYTES[c] for c in match.group()), "utf-8")
    for match in _GBK_AS_LATIN.finditer(text):
        changes += _changed(*match.span(), match.group().encode("latin-1"), "gb2312")
    if _GBK_HINT.search(text):
        for match in _GBK_RUN.finditer(text):
            changes += _gbk_parts(match.group(), match.start())
    return _apart(sorted(changes))


def _gbk_parts(run: str, offset: int) -> list[Change]:
    """The parts of a run that are UTF-8 as bytes, whatever stands beside them: three characters make two.

    A part needs one of the telling characters, for the bytes of real words may be UTF-8 by chance.
    """
    pairs = (character.encode("gbk", "replace") for character in run)
    data = b"".join(pair if len(pair) == 2 else b"??" for pair in pairs)
    changes: list[Change] = []
    for part in _UTF8_HAN.finditer(data):
        first = part.start() + part.start() % 2 * 3  # from the first byte that begins a character of both
        last = part.end() - (part.end() - first) % 6
        if first < last and _GBK_HINT.search(run, first // 2, last // 2):
            changes += _changed(offset + first // 2, offset + last // 2, data[first:last], "utf-8")
    return changes


def _changed(start: int, end: int, data: bytes, encoding: str) -> list[Change]:
    try:
        says = data.decode(encoding)
    except UnicodeDecodeError:
        return []
    if not _CHINESE.fullmatch(says) or any(c.isdecimal() for c in says):
        return []
    return [Change(start, end, says)]


def _apart(changes: list[Change]) -> list[Change]:
    """Without those that overlap an earlier one."""
    kept: list[Change] = []
    for change in changes:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return kept
