"""Characters that are not what they look like: invisible, private, compatibility, full-width."""

from __future__ import annotations

import re
import unicodedata

from .aligned_text import Change

# One scan decides whether any repair of this file, or of mojibake.py, has work to do.
_UNUSUAL = re.compile(
    r"[\x00-\x08\x0b\x0d-\x1f\x7f-\xb6\xb8-\xdfâ-çëïðñôõö÷øûýþÿ"  # controls, Latin-1 save vowels of pinyin
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"  # no width
    r"\u2e80-\u2fdf\uf900-\ufaff"  # radicals and compatibility ideographs, more of which stand in plane 2
    r"\ue000-\uf8ff\U0002f800-\U0010ffff"  # private use; of high planes one range, as two double the cost
    r"︐-︘︰-︳︵-﹄﹇﹈﹐-﹫"  # punctuation of vertical lines, small punctuation
    r"０-９Ａ-Ｚａ-ｚ％＋．－／"
    r"锛錛銆鈥鐨鏄鍦鍙鍏]"  # UTF-8 that was read as GBK
)

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)
_LINE_END = re.compile(r"\r\n?|[\x0b\x1c-\x1f\x85\u2028\u2029]")
_LINE_ENDS = re.compile(rf"[\r\n\x0b\x1c-\x1f\x85\u2028\u2029]{{16,}}|{_LINE_END.pattern}")
_ODD_SPACE = re.compile(r"[\xa0\u2000-\u200a\u202f\u205f]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_COMPATIBILITY = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]|[＋．－／](?=[０-９\d])")
_SET_OTHERWISE = re.compile(r"[︐-︘︰-︳︵-﹄﹇﹈﹐-﹫]")
# 12〇5件: the Chinese zero behind an Arabic digit (○ may also stand for a digit that is hidden)
_ROUND_ZERO = re.compile(r"(?<=[0-9０-９])〇+(?![一二三四五六七八九])")

# CJK Radicals Supplement has no decompositions; these are the ones PDF fonts put for whole characters
# (source: EquivalentUnifiedIdeograph.txt of the Unicode Character Database)
_RADICALS = dict(
    zip(
        "⺁⺄⺌⺍⺎⺗⺘⺝⺟⺠⺡⺪⺫⺬⺮⺷⺸⺻⻁⻂⻄⻅⻆⻉⻋⻌⻏⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻬⻭⻮⻰⻲⻳⻑",
        "厂乙小小兀㣺扌月母民氵疋罒示竹羊羊聿虎衤西见角贝车辶阝钅長长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄齐歯齿龙亀龟長",
        strict=True,
    )
)


def _swap_table() -> dict[int, str]:
    """Full-width and compatibility characters -> the ordinary ones; one character each."""
    table = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
    table |= {
        code: chr(code - 0xFEE0) for code in (*range(0xFF41, 0xFF5B), 0xFF05, 0xFF0B, 0xFF0E, 0xFF0D, 0xFF0F)
    }
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        plain = unicodedata.normalize("NFKC", _RADICALS.get(chr(code), chr(code)))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


_SWAP = _swap_table()
_VERTICAL = "︐︑︒︓︔︕︖︗︘︰︱︲︳︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈"
_UPRIGHT = "，、。：；！？〖〗：—–_（）{}〔〕【】《》〈〉「」『』[]"
_SMALL = "﹐﹑﹒﹔﹕﹖﹗﹘﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫"
_USUAL_SIZE = "，、.；：？！—（）{}〔〕#&*+-<>=\\$%@"
_AS_USUALLY_SET = str.maketrans(_VERTICAL + _SMALL, _UPRIGHT + _USUAL_SIZE)


def looks_usual(text: str) -> bool:
    """Whether no character of `text` can need a repair of this file or of `mojibake`."""
    return not _UNUSUAL.search(text)


def line_ends(text: str) -> list[Change]:
    """Every way to end a line becomes a line feed; a form feed stays, since it says that a page ended.

    Many in a row are one change: a file of millions of them is no reason to hold gigabytes of changes.
    """
    changes = (Change(*match.span(), _as_line_feeds(match.group())) for match in _LINE_ENDS.finditer(text))
    return [change for change in changes if text[change.start : change.end] != change.new]


def _as_line_feeds(ends: str) -> str:
    return _LINE_END.sub("\n", ends)


def invisible(text: str) -> list[Change]:
    """Zero-width and control characters go; what they stood between was one word to the eye."""
    return [Change(*match.span(), "") for match in _INVISIBLE.finditer(text)]


def odd_spaces(text: str) -> str:
    """Spaces of other widths become ordinary ones, save the ideographic space, which indents paragraphs."""
    return _ODD_SPACE.sub(" ", text)


def private_use(text: str) -> str:
    """A private-use character becomes a space: some font's bullet, or a rare character nobody can name.

    It is not deleted, because the digits on either side of it were two numbers to the eye.
    """
    return _PRIVATE.sub(" ", text)


def compatibility(text: str) -> str:
    """Radicals and compatibility ideographs become the characters they look like, as PDF fonts need.

    >>> compatibility("⼯作⾯⻚")
    '工作面页'
    """
    return _COMPATIBILITY.sub(_swap, text)


def full_width(text: str) -> str:
    """Digits, letters, percent signs and the signs inside numbers become ASCII; Chinese punctuation stays.

    >>> full_width("２０２３年，Ａ类９８．５％（已办结）")
    '2023年，A类98.5%（已办结）'
    """
    return _FULL_WIDTH.sub(_swap, text)


def set_otherwise(text: str) -> str:
    """Punctuation of vertical lines and small punctuation become what a line of running text has.

    >>> set_otherwise("召开会议４次︐研究问题７项︒﹙含社区﹚")
    '召开会议４次，研究问题７项。（含社区）'
    """
    return _SET_OTHERWISE.sub(lambda match: match.group().translate(_AS_USUALLY_SET), text)


def round_zero(text: str) -> str:
    """The Chinese zero behind an Arabic digit, as some input methods and recognisers put it, is 0.

    >>> round_zero("2〇23年受理1〇5件，二〇二三年"), round_zero("1〇〇%")
    ('2023年受理105件，二〇二三年', '100%')
    """
    return _ROUND_ZERO.sub(lambda match: "0" * len(match.group()), text) if "〇" in text else text


def _swap(match: re.Match[str]) -> str:
    return _SWAP.get(ord(match.group()), match.group())
