"""Chinese that was decoded with the wrong encoding before it was saved.

ftfy knows one of the three kinds (UTF-8 read as Latin-1); the two through GBK, which Chinese systems make, it leaves.
All three are a decoding to be undone, so they are undone here, run by run, and nothing is guessed: a run is replaced
only when its bytes decode without a single error, give Chinese, and leave every digit as it was.
"""

from __future__ import annotations

import re

from .aligned_text import Change

# characters that Windows-1252 or Latin-1 makes of bytes 0x80-0xFF
_WESTERN_RUN = re.compile("[\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2,}")
_LATIN_LETTER = re.compile("[\x80-\xff]")
# what GBK makes of the UTF-8 of ， 。 “ 的 是 在 口-radical characters; rare in real text
_GBK_HINT = re.compile("[锛銆鈥鐨鏄鍦鍙]")
_GBK_RUN = re.compile("[^\x00-\x7f]{3,}")
_CHINESE = re.compile(r"[\u3001-\u3011\u4e00-\u9fff\uff01-\uff5e“”‘’—…·]+")
_COMMON_GB = re.compile(rb"(?:[\xb0-\xd7][\xa1-\xfe]|\xa1[\xa2-\xbf]|\xa3[\xa1-\xaf\xba-\xc0])+")


def mojibake(text: str) -> list[Change]:
    """Runs of wrongly decoded Chinese, each with what it says.

    >>> [change.new for change in mojibake("2022å¹´ç¤¾ä¼š，¹ØÓÚ鎮")]
    ['年社会', '关于']
    >>> [change.new for change in mojibake("，鍏充簬涔￠晣 café")]
    []
    >>> [change.new for change in mojibake("鍏充簬涔￠晣锛屾斂搴滃叧浜庯紝")]
    ['关于乡镇，政府关于，']
    """
    changes = []
    if _LATIN_LETTER.search(text):
        for match in _WESTERN_RUN.finditer(text):
            changes += _changed(match, _from_western(match.group()))
    if _GBK_HINT.search(text):
        for match in _GBK_RUN.finditer(text):
            changes += _changed(match, _from_gbk(match.group()))
    return sorted(changes)


def _changed(match: re.Match[str], says: str | None) -> list[Change]:
    if says is None or not _CHINESE.fullmatch(says) or any(c.isdecimal() for c in says + match.group()):
        return []
    return [Change(*match.span(), says)]


def _from_western(run: str) -> str | None:
    """UTF-8 first, since its errors are certain; else GBK, if every pair is a common character or a sign."""
    data = _western_bytes(run)
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if len(data) < 4 or not _COMMON_GB.fullmatch(data):
            return None
        return data.decode("gb2312", "ignore")


def _western_bytes(run: str) -> bytes | None:
    """The bytes Windows-1252, or Latin-1 where that has no character, was given."""
    data = bytearray()
    for character in run:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if character > "\xff":
                return None
            data.append(ord(character))
    return bytes(data)


def _from_gbk(run: str) -> str | None:
    try:
        return run.encode("gbk").decode("utf-8")
    except UnicodeError:
        return None
