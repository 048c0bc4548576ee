"""Bytes of a Chinese text file to characters: a closed set of encodings, decided by evidence.

Order of evidence: a byte order mark; strict UTF-8 (Chinese in another encoding is never valid UTF-8 beyond a
few characters); then the candidate whose decoded text consists most of everyday Chinese. The last step also
decides files with damaged bytes, because one bad byte lowers a score and does not void it.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transforms.decode.resync import resynchronised

CANDIDATES = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be")
SAMPLE_BYTES = 1 << 16  # even, so that a UTF-16 sample never ends inside a code unit
DAMAGED_SAMPLE_BYTES = 1 << 12  # read byte by byte where the plain reading decides nothing
CLEAR_SCORE = 0.6  # from here on a plain reading needs no second look
LEAST_SCORE = 0.25  # random bytes stay under 0.15 in each candidate, six characters of prose over 0.6
STEPPED = ("gb18030", "big5")  # one bad byte puts the rest of a line out of step
# Big5 as Windows and Hong Kong wrote it; tried when plain Big5 meets a byte pair it does not know
BIG5_DIALECTS = ("cp950", "big5hkscs")

_COMMON_SCORE, _KNOWN_SCORE, _NEUTRAL_SCORE, _CONTROL_SCORE, _LOST_SCORE = 1.0, 0.8, 0.5, -1.0, -1.0
_LOST_RUN = re.compile("\ufffd+")
# A run of lost bytes, or one control character that no text holds (26 ends old DOS files).
_ODD = re.compile("\ufffd+|[\x00-\x08\x0e-\x19\x1b-\x1f]")
_ANY_ODD = re.compile("[\ufffd\x00-\x08\x0e-\x19\x1b-\x1f]")  # one class: ten times as fast to find none
_PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉〔〕【】「」『』—…·％℃①②③④⑤⑥⑦⑧⑨⑩○〇－―～　\u00a0"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text with its encoding, the evidence for it in one phrase, and how many damaged places it holds.

    Each damaged place is one U+FFFD in `text`; nothing is guessed in its stead.
    """

    text: str
    encoding: str
    evidence: str
    damaged: int


def decode_text(data: bytes, declared: str | None = None) -> DecodedText | None:
    """Text of `data` without byte order mark, line ends as they are; None if no candidate gives Chinese text.

    `declared` (the charset a web page claims) only settles a near tie: pages often claim a wrong one.

    >>> decode_text("全镇调解纠纷12件。".encode("gb18030")).encoding
    'gb18030'
    >>> decode_text(bytes(range(128, 256))) is None
    True
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], encoding, "byte order mark")
    if b"\0" not in data and (text := _strict(data, "utf-8")) is not None:
        return _utf_8(text)
    scores = candidate_scores(data[:SAMPLE_BYTES], declared)
    best = max(scores, key=lambda e: scores[e])  # the first of equals, in the order of CANDIDATES
    if scores[best] < LEAST_SCORE:
        return None
    evidence = "everyday characters: " + ", ".join(f"{e} {s:.2f}" for e, s in scores.items())
    return _finish(data, best, evidence)


def valid_utf_8(data: bytes) -> DecodedText | None:
    """As `decode_text` where the bytes are text in UTF-8 without a mark, else None; no other is tried."""
    marked = data.startswith(codecs.BOM_UTF8) or b"\0" in data
    text = None if marked else _strict(data, "utf-8")
    return None if text is None else _utf_8(text)


def _utf_8(text: str) -> DecodedText | None:
    return DecodedText(text, "utf-8", "valid UTF-8 throughout", 0) if _is_text(text) else None


_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


def candidate_scores(data: bytes, declared: str | None = None) -> dict[str, float]:
    """Share of everyday Chinese under each candidate, about -2 to 1; prose in the right one has over 0.6."""
    scores = {e: everyday_score(data.decode(e, "replace")) for e in CANDIDATES}
    if max(scores.values()) < CLEAR_SCORE:
        sample = data[:DAMAGED_SAMPLE_BYTES]
        scores |= {e: everyday_score(_repaired(sample, e)) for e in STEPPED}
    if (claim := _canonical(declared)) in scores:
        scores[claim] += 0.03
    return scores


def everyday_score(text: str) -> float:
    """Mean over characters: everyday Han 1 or 0.8, ASCII and Chinese punctuation 0.5, the rest 0 or less."""
    if not text:
        return _LOST_SCORE
    weight = _weights()
    text = _LOST_RUN.sub("\ufffd", text)  # a lost character of UTF-8 leaves up to three
    total = sum(count * weight.get(c, 0.0) for c, count in Counter(text).items())
    return total / len(text)


@cache
def _weights() -> dict[str, float]:
    """Score of every character that has one; unlisted ones (rare Han, other scripts) score 0."""
    lists = tomllib.loads((Path(__file__).parent / "everyday_characters.toml").read_text(encoding="utf-8"))
    weights = {chr(o): _CONTROL_SCORE for o in _odd_code_points()}
    weights |= dict.fromkeys((chr(o) for o in range(0x20, 0x7F)), _NEUTRAL_SCORE)
    weights |= dict.fromkeys((chr(o) for o in range(0xFF01, 0xFF5F)), _NEUTRAL_SCORE)  # full-width ASCII
    weights |= dict.fromkeys(_PUNCTUATION + "\r\n\t", _NEUTRAL_SCORE)
    weights |= dict.fromkeys(lists["known"] + lists["known_traditional"], _KNOWN_SCORE)
    weights |= dict.fromkeys(lists["common"] + lists["common_traditional"], _COMMON_SCORE)
    weights["\ufffd"] = _LOST_SCORE
    return weights


def _odd_code_points() -> Iterator[int]:
    """Controls, surrogates and private use: never in prose, common under a wrong encoding."""
    for first, last in ((0x00, 0x20), (0x7F, 0xA0), (0xD800, 0xF900)):
        yield from range(first, last)


def _finish(data: bytes, encoding: str, evidence: str) -> DecodedText | None:
    text = _strict(data, encoding.removesuffix("-sig"))
    if text is None or encoding in STEPPED:
        text = _repaired(data, encoding)
    if encoding == "big5" and "\ufffd" in text:
        encoding, text = _in_dialect(data, text)
    return DecodedText(text, encoding, evidence, len(_LOST_RUN.findall(text))) if _is_text(text) else None


def _in_dialect(data: bytes, plain: str) -> tuple[str, str]:
    """Big5 as Windows or Hong Kong wrote it, where that reads better than plain Big5 with losses."""
    found = ((dialect, _strict(data, dialect)) for dialect in BIG5_DIALECTS)
    readings = [("big5", plain), *((dialect, text) for dialect, text in found if text is not None)]
    return max(readings, key=lambda reading: everyday_score(reading[1]))


def _repaired(data: bytes, encoding: str) -> str:
    """Decoded with U+FFFD for what is lost; encodings that lose step after a bad byte are brought back."""
    if encoding in STEPPED:
        return resynchronised(data, encoding, _weights())
    return data.decode(encoding.removesuffix("-sig"), "replace")


def _is_text(text: str) -> bool:
    """At most one character in twenty, and six more, is a control or undecodable: else a binary."""
    return not _ANY_ODD.search(text) or len(_ODD.findall(text)) <= 6 + len(text) // 20


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _canonical(declared: str | None) -> str:
    """gb2312 and gbk are gb18030 to us; an unknown name is no evidence."""
    name = (declared or "").strip().lower().replace("_", "-")
    if name in ("gb2312", "gbk", "gb18030", "x-gbk", "gb-2312", "cp936"):
        return "gb18030"
    return "big5" if name.startswith("big5") or name == "cp950" else name.replace("utf8", "utf-8")
