"""Page furniture: breadcrumbs, index tables, counters and print links that stand between or behind the sentences.

Web readers cut most of it off by the page's structure; this finds what is left, and all of it in plain-text copies
of pages, by what such lines say. A visit counter (浏览:76次) is a number with 次 and must never become a fact.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST_LINE = (
    200  # characters; a longer line holds prose, of which only the `part` patterns may take something
)


class _Patterns(NamedTuple):
    whole: re.Pattern[str]
    part: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    rules = tomllib.loads((files(__package__) / "furniture.toml").read_text(encoding="utf-8"))
    whole = "|".join(f"(?:{pattern})" for pattern in rules["whole"].values())
    part = "|".join(f"(?:{pattern})" for pattern in rules["part"].values())
    return _Patterns(re.compile(whole), re.compile(part))


_LINE = re.compile(r"[^\n]+")
_SHORT = 16  # up to here a line may be a page number or a row of links
_MAY_BE = re.compile(
    r"[:：>＞»›|\t\]】［]|打印|关闭|分享|收藏|来源|版权|主办|承办|ICP|字号|首页|索引|发布|查看|下载|语音|简体|无障碍"
)
_EMPTY_LABEL = re.compile(r"^[ \t　]*[\[【［][^\[\]【】［］\n0-9]{2,8}[\]】］][ \t　]*$")
_SENTENCE = re.compile(r"。|；|[，,][^，,\n]{4,}[，,]")


def furniture_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of `text` that are furniture, sorted and apart; whole lines where the line is nothing else.

    >>> text = "来源：本网　浏览次数：86次\\n全年开展宣传活动86场次。\\n打印 关闭"
    >>> [text[a:b] for a, b in furniture_spans(text)]
    ['来源：本网　浏览次数：86次', '打印 关闭']
    """
    spans: list[tuple[int, int]] = []
    patterns = _patterns()
    value_follows = False
    for line in _LINE.finditer(text):
        start, end = line.span()
        content = line[0]
        if not content.strip():
            continue
        if value_follows and end - start <= 60 and not _SENTENCE.search(content):
            spans.append((start, end))
            value_follows = bool(_EMPTY_LABEL.match(content))
            continue
        value_follows = False
        if end - start > _SHORT and not _MAY_BE.search(content):
            continue
        if end - start <= LONGEST_LINE and not _SENTENCE.search(content) and patterns.whole.search(content):
            spans.append((start, end))
            value_follows = bool(_EMPTY_LABEL.match(content))
        else:
            spans += [(start + m.start(), start + m.end()) for m in patterns.part.finditer(content)]
    return spans
