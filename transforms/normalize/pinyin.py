"""Inline pinyin of machine-converted mirrors: 關(guān)刀鎮(zhèn) is 關刀鎮."""

from __future__ import annotations

import re

from .aligned_text import Change

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
_LETTER = rf"[a-z{_TONED}\u0300\u0301\u0304\u0308\u030c]"
_READINGS = rf"{_LETTER}{{1,7}}(?:[ ]?[,，、/;；][ ]?{_LETTER}{{1,7}}){{0,3}}"
_ANNOTATED = re.compile(
    rf"(?<=[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff])[(（][ ]?({_READINGS})[ ]?[)）]"
)
_HINT = re.compile(r"[(（][ ]?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]")


def inline_pinyin(text: str) -> list[Change]:
    if not _HINT.search(text):
        return []
    return [Change(m.start() - 1, m.end(), text[m.start() - 1]) for m in _ANNOTATED.finditer(text)]
