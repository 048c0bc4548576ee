"""OFD, the national layout format (GB/T 33190-2016): the text objects of each page, joined to paragraphs.

ofdkit opens the package (it copes with the broken names, paths, encodings and namespaces of real producers
and refuses document types). Its own pages are not used: a page it cannot read is dropped with no more than a
warning, and the places of single characters, which part the cells of a table, are not kept.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ofdkit._xml import parse_xml
from ofdkit.errors import OFDError, OFDLimitError
from ofdkit.package import Package

from transforms.decode.encoding import everyday_score
from transforms.decode.limits import Limits
from transforms.decode.ofd_page import POINTS_PER_MM, PageReader, child, children, numbers
from transforms.decode.paged_text import joined_pages, picture_warning
from transforms.decode.printed_lines import PageOfText
from transforms.decode.reading import Reading, refuse
from transforms.decode.report import UnreadableFile

A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres; for documents that name no page box
LEAST_CHARACTERS = 30  # a page on average, as for PDF: with fewer the pages are pictures or outlines
LEAST_SCORE = 0.35  # subset fonts may hold other characters than they draw
_Box = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of the package: where it lies, its page box, template pages and drawing units."""

    path: str
    root: ET.Element
    box: _Box
    templates: Mapping[str, str]
    units: Mapping[str, ET.Element]


def read_ofd(data: bytes, limits: Limits) -> Reading:
    """Paragraphs joined across lines and pages, without running heads; cells of table rows apart by tabs."""
    try:
        parts = _Parts(data, limits)
        contents = parts.tree(parts.found(None, "OFD.xml", "the table of contents"))
        pages = list(_pages(parts, contents, limits))
    except OFDError as error:
        raise _refused(error) from error
    text, breaks = joined_pages(pages)
    if len(text) < LEAST_CHARACTERS * len(pages) or everyday_score(text) < LEAST_SCORE:
        raise refuse(
            "needs_recognition",
            f"{len(pages)} pages hold {len(text)} characters of text, the rest is pictures or outlines;"
            " print it to PDF and recognise its text",
        )
    problems = picture_warning(pages)
    metadata = _metadata(contents)
    return Reading(text, (0, len(text)), page_breaks=breaks, metadata=metadata, problems=problems)


def _refused(error: OFDError) -> UnreadableFile:
    """The library's error in our words; it tells its limits and passwords apart only in its message."""
    if isinstance(error, OFDLimitError) and "DTD" in str(error):
        return refuse("forbidden_xml", f"{error}; a report never needs that, look where it comes from")
    if isinstance(error, OFDLimitError):
        return refuse("archive_bomb", f"{error}; the file is damaged or an attack")
    if "encrypted" in str(error):
        return refuse("password_protected", "the OFD is protected by a password; save it again without one")
    return refuse("damaged_file", f"the OFD cannot be read ({error}); ask for it again")


class _Parts:
    """The package with one ceiling over all that is unpacked, and missing parts as errors."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._package = Package(data)
        self._left = limits.expanded_bytes
        self._templates: dict[str, ET.Element] = {}
        if any(name.lower().endswith("encryptions.xml") for name in self._package.names):
            raise refuse("password_protected", "the OFD is encrypted; save it again without protection")

    def tree(self, name: str) -> ET.Element:
        """Root element of a part."""
        data = self._package.read(name)
        self._left -= len(data)
        if self._left < 0:
            raise refuse(
                "archive_bomb", f"{name} unpacks to more than is allowed; the file is damaged or an attack"
            )
        root: ET.Element = parse_xml(data, name)
        return root

    def template(self, name: str) -> ET.Element:
        """Root element of a template page, which many pages may share."""
        if name not in self._templates:
            self._templates[name] = self.tree(name)
        return self._templates[name]

    def resolve(self, base: str | None, location: str | None) -> str | None:
        """The part at a location written in `base`; None if there is none."""
        name: str | None = self._package.resolve(base, location)
        return name

    def found(self, base: str | None, location: str | None, what: str) -> str:
        """As `resolve`, but the part must be there."""
        name = self.resolve(base, location)
        if name is None:
            raise refuse("damaged_file", f"{what} ({location}) is not in the OFD package; ask for it again")
        return name


def _pages(parts: _Parts, contents: ET.Element, limits: Limits) -> Iterator[PageOfText]:
    count = 0
    for body in children(contents, "DocBody"):
        root = child(body, "DocRoot")
        document = _document(parts, root.text if root is not None else None)
        for page in children(child(document.root, "Pages"), "Page"):
            count += 1
            if count > limits.pages:
                raise refuse("too_many_pages", f"more than the {limits.pages:,} pages allowed")
            yield _page(parts, document, page.get("BaseLoc"), limits)


def _document(parts: _Parts, location: str | None) -> _Document:
    path = parts.found("OFD.xml", location, "a document")
    root = parts.tree(path)
    common = child(root, "CommonData")
    templates = {
        (t.get("ID") or "").strip(): parts.found(path, t.get("BaseLoc"), "a template page")
        for t in children(common, "TemplatePage")
    }
    resources = [r.text for name in ("PublicRes", "DocumentRes") for r in children(common, name)]
    box = _box(child(common, "PageArea")) or A4
    return _Document(path, root, box, templates, _units(parts, path, resources))


def _page(parts: _Parts, document: _Document, location: str | None, limits: Limits) -> PageOfText:
    path = parts.found(document.path, location, "a page")
    root = parts.tree(path)
    box = _box(child(root, "Area")) or document.box
    units = {**document.units, **_units(parts, path, [r.text for r in children(root, "PageRes")])}
    reader = PageReader(units, (box[0], box[1]), box[3], limits)
    for used in children(root, "Template"):
        template = document.templates.get((used.get("TemplateID") or "").strip())
        if template is not None:
            reader.add(parts.template(template))
    reader.add(root)
    glyphs = reader.glyphs()
    is_picture = not glyphs and any(e.tag.endswith("ImageObject") for e in root.iter())
    return PageOfText(box[3] * POINTS_PER_MM, glyphs, is_picture, reader.rules())


def _units(parts: _Parts, base: str, locations: list[str | None]) -> dict[str, ET.Element]:
    """Composite units by ID. A missing list of resources is no matter: most hold fonts and pictures."""
    units: dict[str, ET.Element] = {}
    for location in locations:
        name = parts.resolve(base, location)
        if name is not None:
            for unit in children(child(parts.tree(name), "CompositeGraphicUnits"), "CompositeGraphicUnit"):
                units.setdefault((unit.get("ID") or "").strip(), unit)
    return units


def _box(area: ET.Element | None) -> _Box | None:
    physical = child(area, "PhysicalBox")
    return numbers(physical.text, 4) if physical is not None else None


def _metadata(contents: ET.Element) -> dict[str, str]:
    """Title and dates as the file states them; often of another document, so never called `title`."""
    info = child(contents, "DocBody", "DocInfo")
    wanted = {"Title": "file_title", "CreationDate": "file_created", "ModDate": "file_modified"}
    stated = {key: child(info, name) for name, key in wanted.items()}
    return {
        key: " ".join(element.text.split())
        for key, element in stated.items()
        if element is not None and element.text and element.text.strip()
    }
