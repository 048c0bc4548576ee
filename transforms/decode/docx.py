"""Word files (.docx): paragraphs and table rows as printed, read from the XML itself.

python-docx silently drops the text of smart tags, tracked insertions, content controls, fields and text
boxes: dates and counts among them. Deleted and hidden text, phonetic guides and the second copy of a text box
are left out; headers and footers are furniture and not read.
"""

from __future__ import annotations

import re

from lxml import etree

from transforms.decode.docx_numbering import Numbering, numbering_of
from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, refuse
from transforms.decode.xml_parts import Package, attribute, child, children, local_name

_PAGE = "\f"  # stands for a page break until the text is joined
_SKIPPED = frozenset(
    (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "Fallback",
        "pPr",
        "rPr",
        "sdtPr",
        "tblPr",
        "tcPr",
        "trPr",
        "rt",
    )
)
_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice", "hyperlink")
)
_UNSEEN = ("vanish", "strike", "dstrike")
_REFERENCE = re.compile(r"\s*[\[［(（]?\d{1,3}[\]］)）]?\s*")
_MARKS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": _PAGE}


def read_docx(data: bytes, limits: Limits) -> Reading:
    """One paragraph a line, one table row a line with cells apart by tabs, automatic numbers written out."""
    package = Package(data, limits)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    root = package.tree(main)
    lists = package.tree(f"{folder}/numbering.xml")
    uses_styles = lists is not None and root is not None and next(root.iter("{*}pStyle"), None) is not None
    numbering = numbering_of(lists, package.tree(f"{folder}/styles.xml") if uses_styles else None)
    lines = _blocks(child(root, "body"), numbering)
    for notes in ("footnotes", "endnotes"):
        lines += _notes(package.tree(f"{folder}/{notes}.xml"), numbering)
    text, breaks = _without_page_marks("\n".join(lines))
    if not text.strip():
        raise refuse(
            "no_text", "the document holds no text; if it is a scan, its text must be recognised first"
        )
    return Reading(text, (0, len(text)), page_breaks=breaks, metadata=_metadata(package))


def _main_part(package: Package) -> str:
    """The document part, by the package's own relations (it need not be called document.xml)."""
    for relation in children(package.tree("_rels/.rels"), "Relationship"):
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            name = (attribute(relation, "Target") or "").lstrip("/")
            if name in package.names:
                return name
    if "word/document.xml" not in package.names:
        raise refuse("damaged_file", "the Word file has no document part; ask for it again")
    return "word/document.xml"


def _blocks(container: etree._Element | None, numbering: Numbering) -> list[str]:
    """Lines of paragraphs and tables, in order. Depth is bounded by the parser (256)."""
    lines: list[str] = []
    for element in container if container is not None else ():
        name = local_name(element)
        if name == "p":
            lines += _paragraph(element, numbering)
        elif name == "tbl":
            lines += ["\t".join(_cells(row, numbering)) for row in _rows(element)]
        elif name in _WRAPPERS and not _is_placeholder(element):
            lines += _blocks(element, numbering)
    return lines


def _paragraph(paragraph: etree._Element, numbering: Numbering) -> list[str]:
    parts: list[str] = []
    _inline(paragraph, parts, numbering)
    label = numbering.label(child(paragraph, "pPr"))
    text = "".join(parts).strip(" \t\n\u3000\u00a0")
    return [label + text] if text.strip(_PAGE) or text else []


def _inline(element: etree._Element, parts: list[str], numbering: Numbering) -> None:
    """Text of runs and what may stand between them, appended to `parts`."""
    name = local_name(element)
    if name == "t":
        parts.append(element.text or "")
    elif name in _MARKS:
        parts.append(_MARKS[name])
    elif name == "br":
        parts.append(_PAGE if attribute(element, "type") == "page" else "\n")
    elif name == "txbxContent":
        parts.append("\n" + "\n".join(_blocks(element, numbering)) + "\n")
    elif name not in _SKIPPED and not _is_hidden(element) and not _is_placeholder(element):
        for inner in element:
            _inline(inner, parts, numbering)


def _is_hidden(element: etree._Element) -> bool:
    """Hidden or struck out, or a note's number set above the line, which would run into a figure: 46² 场."""
    if local_name(element) != "r":
        return False
    for name in _UNSEEN:
        mark = child(element, "rPr", name)
        if mark is not None and attribute(mark, "val") not in ("0", "false", "off"):
            return True
    raised = child(element, "rPr", "vertAlign")
    if raised is None or attribute(raised, "val") != "superscript":
        return False
    return _REFERENCE.fullmatch("".join(element.itertext())) is not None


def _is_placeholder(element: etree._Element) -> bool:
    """A content control nobody filled in shows "click here to enter text"."""
    return local_name(element) == "sdt" and child(element, "sdtPr", "showingPlcHdr") is not None


def _rows(table: etree._Element) -> list[etree._Element]:
    rows = []
    for element in table:
        name = local_name(element)
        if name == "tr" and child(element, "trPr", "del") is None:
            rows.append(element)
        elif name in _WRAPPERS:
            rows += _rows(element)
    return rows


def _cells(row: etree._Element, numbering: Numbering) -> list[str]:
    cells = []
    for element in row:
        name = local_name(element)
        if name == "tc":
            cells.append(" ".join(" ".join(_blocks(element, numbering)).split()))
        elif name in _WRAPPERS:
            cells += _cells(element, numbering)
    return cells


def _notes(root: etree._Element | None, numbering: Numbering) -> list[str]:
    """Footnotes and endnotes but the separators every file carries."""
    lines: list[str] = []
    for note in root if root is not None else ():
        if attribute(note, "type") is None:
            lines += _blocks(note, numbering)
    return lines


def _without_page_marks(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without the marks, and the offset in it of every page after the first."""
    pages = text.split(_PAGE)
    offsets, position = [], 0
    for page in pages[:-1]:
        position += len(page)
        offsets.append(position)
    text = "".join(pages)
    return text, tuple(sorted({o for o in offsets if 0 < o < len(text)}))


def _metadata(package: Package) -> dict[str, str]:
    """Title and dates of the file's properties; often of another document, so never called `title`."""
    root = package.tree("docProps/core.xml")
    found = {}
    for element in root if root is not None else ():
        value = " ".join((element.text or "").split())
        if value and local_name(element) in ("title", "created", "modified"):
            found[f"file_{local_name(element)}"] = value
    return found
