"""Spaces inside numbers."""

from __future__ import annotations

import re

from .aligned_text import Change

_UNIT = "余餘多几幾个個件次场場份人名条條起家户戶处處项項期张張本册冊幅块塊面台辆輛支篇宗例笔筆天日月年度号號小学學万萬亿億千百元%％"
_GAP = re.compile(rf"(?<=\d)[ \u00a0\u3000](?=[{_UNIT}]|\d[\d ]*[{_UNIT}])|(?<=[余餘多]人) (?=次)")


def number_gaps(text: str) -> list[Change]:
    return [Change(m.start(), m.end(), "") for m in _GAP.finditer(text)]
