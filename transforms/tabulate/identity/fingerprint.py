"""One key for all copies of a report: mirror and official page, Traditional and Simplified, with and
without furniture.

Copies differ in what surrounds the report and in what conversion did to single characters; they agree
in every sentence and every number. Near-copies of other towns, and of other years, differ in name,
county, year or a number, all of which go into the key.
"""

from __future__ import annotations

import hashlib
import re

from transforms.decode.report import Report, report_from_text
from transforms.normalize.aligned_text import AlignedText
from transforms.tabulate.identity.content import Content, bare, content_of
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity

# Parts of the document itself: a county named there tells twins apart
_OWN_PARTS = frozenset({"title", "letterhead", "under_title", "signature", "addressee", "opening"})
# Pairs that machine conversion to and fro does not bring back (着力 -> 著力)
_CONFUSED = dict(zip("著於乾覆藉徵祇週佈佔彙迴註託裏", "着于干复借征只周布占汇回注托里", strict=True))
_LOST = "现"  # by mirrors at the start of sentences (?,F將)


def _is_common(character: str) -> bool:
    """Fonts and page systems lose rare characters, those outside GB 2312."""
    return character not in _CONFUSED and bool(character.encode("gb2312", "ignore"))


_HAN = "".join(filter(_is_common, map(chr, range(0x4E00, 0xA000))))
_COMMON = re.compile(f"[0-9{_HAN}]*")
_KEPT = re.compile(f"[0-9{_HAN}{''.join(_CONFUSED)}]+")


def content_key(text: AlignedText, report: Report | None = None, identity: Identity | None = None) -> str:
    """The key; equal keys mean copies. `report` gives the report's slice, `identity` saves reading twice."""
    report = report or report_from_text(text.raw)
    identity = identity or identify(report, text)
    return key_of(content_of(text, report, identity), identity)


def key_of(content: Content, identity: Identity) -> str:
    """The same of a content that is at hand."""
    counties = {e.value for e in identity.town_evidence if e.field == "county" and e.source in _OWN_PARTS}
    parts = [
        _common(bare(identity.town or "")),
        str(identity.year),
        *sorted(_common(bare(county)) for county in counties),
        _common(content.prose),
    ]
    return "c" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:31]


def _common(content: str) -> str:
    content = content.replace(_LOST, "").replace("覆", "复")  # the one of the confused in daily use (覆盖)
    if _COMMON.fullmatch(content):
        return content
    kept = "".join(_KEPT.findall(content))
    for confused, plain in _CONFUSED.items():  # five times as fast as str.translate
        kept = kept.replace(confused, plain)
    return kept
