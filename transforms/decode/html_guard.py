"""What is taken off a web page before it is parsed, so that the parser's time stays linear in its size.

The parser compares the attributes of one tag in pairs and looks through all open elements at each new one: a
page of a hundred thousand attributes or nested elements would hold it for minutes. Text is never taken off.
"""

from __future__ import annotations

import re

from transforms.decode.web_rules import SHALLOW

MOST_ATTRIBUTES = 300
DEEPEST = 400  # nested elements; pages of content managers stay under 60

_UNSHOWN = re.compile(r"<(script|style)\b|<(!--)", re.I)
_END_OF_UNSHOWN = {
    "script": re.compile(r"</script[^>]*>", re.I),
    "style": re.compile(r"</style[^>]*>", re.I),
    "!--": re.compile(r"-->"),
}
_TAG_OPENING = re.compile(r"<[a-zA-Z][a-zA-Z0-9:-]*(?=[\s/])")
# a quotation mark opens a value only after the equals sign, as the HTML standard has it
_TAG_PIECE = re.compile(r"=\s*\"[^\"]*(?:\"|\Z)|=\s*'[^']*(?:'|\Z)|[^=>]+|=|(>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:\"[^\"<>]*\"|'[^'<>]*'|[^<>\"'])*>")


def guarded(markup: str) -> str:
    """Markup safe to parse: no scripts, styles, comments, crowded tags or elements nested too deep."""
    return flattened(with_few_attributes(without_unshown(markup.replace("\0", ""))))


def without_unshown(markup: str) -> str:
    """Markup without scripts, styles and comments; an unclosed one reaches to the end, as in a browser.

    >>> without_unshown("a<SCRIPT>var x='<p>'</SCRIPT>b<!-- c -->d<script>e")
    'abd'
    """
    kept, position = [], 0
    for opening in _UNSHOWN.finditer(markup):
        if opening.start() < position:
            continue
        kept.append(markup[position : opening.start()])
        closing = _END_OF_UNSHOWN[(opening[1] or opening[2]).lower()].search(markup, opening.end())
        if closing is None:
            return "".join(kept)
        position = closing.end()
    return "".join([*kept, markup[position:]])


def with_few_attributes(markup: str) -> str:
    """Markup in which tags with more than MOST_ATTRIBUTES attributes stand bare.

    >>> with_few_attributes("<p class='a>b'>x</p>")
    "<p class='a>b'>x</p>"
    >>> with_few_attributes("<p " + "a=1 " * 1000 + ">x")
    '<p>x'
    """
    kept, position = [], 0
    for opening in _TAG_OPENING.finditer(markup):
        if opening.start() < position:
            continue
        end = _end_of_tag(markup, opening.end())
        inside = markup[opening.end() : end]
        if len(inside) > MOST_ATTRIBUTES and len(inside.split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES:
            kept += [markup[position : opening.end()], ">"]
            position = end
        else:
            kept.append(markup[position:end])
            position = end
    return "".join([*kept, markup[position:]])


def _end_of_tag(markup: str, position: int) -> int:
    """One past the `>` that closes the tag, or the end of the page."""
    for piece in _TAG_PIECE.finditer(markup, position):
        if piece[1]:
            return piece.end()
    return len(markup)


def flattened(markup: str) -> str:
    """Markup without the tags that would nest deeper than DEEPEST; their places become line breaks.

    >>> flattened("<div>" * 3 + "x") == "<div>" * 3 + "x"
    True
    >>> flattened("<div>" * 1000).count("<div>") == DEEPEST
    True
    """
    if markup.count("<") <= DEEPEST:
        return markup
    depth, kept, position = 0, [], 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() in SHALLOW or tag[0].endswith("/>"):
            continue
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > DEEPEST or (tag[1] and depth == DEEPEST):
            kept += [markup[position : tag.start()], "<br>"]
            position = tag.end()
    return "".join([*kept, markup[position:]]) if kept else markup
