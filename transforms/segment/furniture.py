"""Page furniture: breadcrumbs, index tables, counters and print links between or behind the sentences.

Web readers cut most of it off by the page's structure; this finds what is left, and all of it in plain-text
copies of pages, by what such lines say. A visit counter (浏览:76次) is a number with 次 and must never become
a fact. Needs nothing but the text, so that segmenting and identity can both ask.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

LONGEST_LINE = 200  # characters; a longer line holds prose, of which only `part` patterns take something
LONGEST_VALUE = 60  # of a row whose label stands on the line before
_SHORT = 16  # up to here a line may be a page number or a row of links

_EMPTY_LABEL = re.compile(r"^[ \t　]*[\[【［][^\[\]【】［］\n0-9]{2,8}[\]】］][ \t　]*$")
_BETWEEN_COMMAS = re.compile(r"[，,][^，,\n]{4,}[，,]")


class _Patterns(NamedTuple):
    whole: re.Pattern[str]
    whole_words: re.Pattern[str]  # without one of these a longer line cannot match `whole`
    part: re.Pattern[str]
    part_words: re.Pattern[str]  # without one of these no line can match `part`


@cache
def _patterns() -> _Patterns:
    rules = tomllib.loads((files(__package__) / "furniture.toml").read_text(encoding="utf-8"))
    return _Patterns(
        re.compile("|".join(f"(?:{pattern})" for pattern in rules["whole"].values())),
        re.compile("|".join(rules["words"]["whole"])),
        re.compile("|".join(f"(?:{pattern})" for pattern in rules["part"].values())),
        re.compile("|".join(rules["words"]["part"])),
    )


def furniture_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of `text` that are furniture, in order; whole lines where nothing else is in them.

    >>> text = "来源：本网　浏览次数：86次\\n全年开展宣传活动86场次。\\n打印 关闭"
    >>> [text[a:b] for a, b in furniture_spans(text)]
    ['来源：本网\\u3000浏览次数：86次', '打印 关闭']
    """
    spans: list[tuple[int, int]] = []
    patterns = _patterns()
    has_parts = patterns.part_words.search(text) is not None
    value_follows, end = False, -1
    for content in text.split("\n"):
        start, end = end + 1, end + 1 + len(content)
        stops = "。" in content
        if not stops:
            if not content or content.isspace():
                continue
            prose = end - start > LONGEST_LINE or _is_prose(content)
            if not prose and (value_follows and end - start <= LONGEST_VALUE or _is_furniture(content)):
                spans.append((start, end))
                value_follows = _EMPTY_LABEL.match(content) is not None
                continue
        value_follows = False
        if has_parts and patterns.part_words.search(content):
            spans += [(start + m.start(), start + m.end()) for m in patterns.part.finditer(content)]
    return spans


def _is_prose(content: str) -> bool:
    return "；" in content or _BETWEEN_COMMAS.search(content) is not None


@lru_cache(maxsize=4_096)  # segment and identity ask for the same lines of a report
def _is_furniture(content: str) -> bool:
    patterns = _patterns()
    may_be = len(content) <= _SHORT or patterns.whole_words.search(content)
    return bool(may_be and patterns.whole.search(content))
