"""A web page as its visible lines: one line a block, table cells apart by tabs, in reading order.

The tree is copied into flat lists first and walked with an explicit stack, so that neither depth nor broken
markup can exhaust the interpreter; cost is linear in the size of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.decode.web_rules import BLOCKS, UNSEEN

CELLS = frozenset({"td", "th"})
LONG_CELL = 300  # characters; a cell with more holds layout, not a table entry

_SPACES = re.compile(r"[ \u3000]{2,}")
_WHITE = re.compile(r"[ \t\r\n\f\u00a0\u200b\ufeff]+")
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![\d.])"
    r"|text-decoration[\w-]*\s*:[^;]*line-through",
    re.I,
)
_REFERENCE = re.compile(r"\s*[\[［(（]?\d{1,3}[\]］)）]?\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One visible line. `linked` counts its characters inside links; `node` is the element it came from."""

    text: str
    linked: int
    node: int


@dataclass(slots=True)
class Page:
    """The nodes of a page in document order, as parallel lists; node i ends before `end[i]`."""

    tag: list[str]
    names: list[str]  # "#id .class .class" of each element
    end: list[int]
    text: list[str]  # of text nodes, else ""
    size: list[int]  # visible characters inside
    blocks_inside: list[int]


def page_of(tree: LexborHTMLParser, with_hidden: bool = False) -> Page:
    """Visible nodes of the tree in document order; `with_hidden` also those only a script would uncover."""
    page = Page([], [], [], [], [], [])
    if tree.root is None:
        return page
    parents: list[int] = []
    stack: list[tuple[LexborNode, int]] = [(tree.root, -1)]
    while stack:
        node, parent = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            _append(page, tag, node.text_content or "", "")
            parents.append(parent)
            continue
        attributes = node.attributes
        if not _is_seen(tag, attributes, with_hidden) or (tag == "sup" and _is_reference(node)):
            continue
        index = len(page.tag)
        _append(page, tag, "", _names(attributes) if attributes else "")
        parents.append(parent)
        children = []
        child = node.child
        while child is not None:
            children.append((child, index))
            child = child.next
        stack += reversed(children)
    _sum_up(page, parents)
    return page


_Attributes = Mapping[str, str | None]


def _is_seen(tag: str, attributes: _Attributes, with_hidden: bool) -> bool:
    if not tag or tag.startswith(("-", "!", "#")) and tag not in ("-undef", "-document", "#document"):
        return False
    if tag in UNSEEN:
        return False
    if with_hidden or not attributes:
        return True
    style = attributes.get("style")
    return "hidden" not in attributes and not (style and _HIDDEN.search(style))


def _is_reference(node: LexborNode) -> bool:
    """A note's number set above the line, which would run into the figure before it: 46² 场."""
    return _REFERENCE.fullmatch(node.text() or "") is not None


def _append(page: Page, tag: str, text: str, names: str) -> None:
    page.tag.append(tag)
    page.text.append(text)
    page.names.append(names)
    page.end.append(len(page.tag))
    page.size.append(len(text.strip()))
    page.blocks_inside.append(0)


def _names(attributes: _Attributes) -> str:
    """#id .class .class of an element."""
    names = [f"#{attributes['id']}"] if attributes.get("id") else []
    return " ".join([*names, *(f".{name}" for name in (attributes.get("class") or "").split())])


def _sum_up(page: Page, parents: list[int]) -> None:
    tag, end, size, blocks = page.tag, page.end, page.size, page.blocks_inside
    for i in range(len(parents) - 1, 0, -1):  # children stand after their parents
        parent = parents[i]
        if parent >= 0:
            if end[parent] < end[i]:
                end[parent] = end[i]
            size[parent] += size[i]
            blocks[parent] += blocks[i] + (tag[i] in BLOCKS)


def lines_of(page: Page) -> list[Line]:
    """The page's visible lines. A short cell joins its row by a tab; a cell that holds layout opens lines."""
    writer = _LineWriter()
    open_until: list[tuple[int, str]] = []  # (index at which the element ends, its role)
    for i, tag in enumerate(page.tag):
        while open_until and open_until[-1][0] <= i:
            writer.leave(open_until.pop()[1])
        if tag == "-text":
            writer.write(page.text[i], i)
        elif role := _role(page, i):
            writer.enter(role)
            open_until.append((page.end[i], role))
    while open_until:
        writer.leave(open_until.pop()[1])
    writer.break_line()
    return writer.lines


def _role(page: Page, i: int) -> str:
    tag = page.tag[i]
    if tag in CELLS:
        return "block" if _is_layout(page, i) else "cell"
    if tag == "pre":
        return "pre"
    return "link" if tag == "a" else "block" if tag in BLOCKS else ""


def _is_layout(page: Page, i: int) -> bool:
    """A cell that places a part of the page and is no entry of a table."""
    blocks, size = page.blocks_inside[i], page.size[i]
    holds_table = blocks > 0 and "table" in page.tag[i + 1 : page.end[i]]
    return holds_table or size > LONG_CELL or (blocks > 2 and size > LONG_CELL // 5)


class _LineWriter:
    """Collects text into lines; a cell is a stretch in which blocks give a space and no new line."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._linked = self._node = 0
        self._cells = self._links = self._pres = 0
        self._after_link = False

    def write(self, text: str, node: int) -> None:
        if self._pres and not self._cells:
            *whole, text = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self._add(line, node)
                self.break_line()
        self._add(collapsed(text), node)

    def _add(self, text: str, node: int) -> None:
        if text.strip() and not self._parts:
            self._node = node
        self._after_link = False
        if text.strip() or self._parts:
            self._parts.append(text)
            self._linked += len(text.strip()) if self._links else 0

    def enter(self, role: str) -> None:
        self._cells += role == "cell"
        self._links += role == "link"
        self._pres += role == "pre"
        if role in ("block", "pre"):
            self._block()
        elif role == "link" and self._parts and self._after_link:
            self._parts.append(" ")  # menus set links apart by style sheet alone

    def leave(self, role: str) -> None:
        self._cells -= role == "cell"
        self._links -= role == "link"
        self._pres -= role == "pre"
        if role in ("block", "pre"):
            self._block()
        elif role == "cell" and not self._cells:
            self._parts.append("\t")
        self._after_link = role == "link"

    def _block(self) -> None:
        if not self._cells:
            self.break_line()
        elif self._parts and not self._parts[-1].endswith(("\t", " ")):
            self._parts.append(" ")

    def break_line(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        if "  " in text or "\u3000" in text:
            text = _SPACES.sub(_one_space, text)
        cells = (cell.strip() for cell in text.split("\t"))
        if text := "\t".join(cells).strip():
            self.lines.append(Line(text, self._linked, self._node))
        self._parts.clear()
        self._linked = 0


def _one_space(run: re.Match[str]) -> str:
    return "\u3000" if "\u3000" in run[0] else " "


def collapsed(text: str) -> str:
    """White space as a browser shows it, but a source line end beside a Chinese character joins the line.

    >>> collapsed("全镇调解\\n    纠纷12件")
    '全镇调解纠纷12件'
    >>> collapsed("Land \\n law")
    'Land law'
    """
    return _WHITE.sub(_shown, text) if _WHITE.search(text) else text


def _shown(run: re.Match[str]) -> str:
    if "\n" not in run[0] and "\r" not in run[0]:
        return " " if run[0].strip("\u200b\ufeff") else ""
    before = run.string[run.start() - 1 : run.start()]
    after = run.string[run.end() : run.end() + 1]
    return " " if before.isascii() and after.isascii() else ""


def metadata_of(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """("title", …) and every named meta tag with content, names lower-case, in page order."""
    title = tree.css_first("title")
    if title is not None and (text := " ".join((title.text() or "").split())):
        yield "title", text
    for meta in tree.css("meta"):
        name = (
            meta.attributes.get("name") or meta.attributes.get("property") or meta.attributes.get("itemprop")
        )
        content = " ".join((meta.attributes.get("content") or "").split())
        if name and content:
            yield name.strip().lower(), content
