"""XML parts of zipped office files: members within limits, no entities, no network, no document types."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from transforms.decode.archives import DAMAGE
from transforms.decode.limits import Limits
from transforms.decode.reading import refuse


class Package:
    """An office file as its zip members; the sum of what is unpacked stays under `limits.expanded_bytes`."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._left = limits.expanded_bytes
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise refuse(
                "damaged_file", f"the file is cut short or damaged ({error}); ask for it again"
            ) from error
        self.names = frozenset(self._archive.namelist())

    def member(self, name: str) -> bytes:
        """Bytes of one member; refused where it is encrypted, damaged or unpacks past what is left."""
        info = self._archive.getinfo(name)
        if info.flag_bits & 1:
            raise refuse(
                "password_protected", "the file is protected by a password; save it again without one"
            )
        try:
            with self._archive.open(info) as stream:
                data = stream.read(self._left + 1)
        except DAMAGE as error:
            raise refuse(
                "damaged_file", f"{name} cannot be unpacked ({error}); ask for the file again"
            ) from error
        if len(data) > self._left:
            raise refuse(
                "archive_bomb", f"{name} unpacks to more than is allowed; the file is damaged or an attack"
            )
        self._left -= len(data)
        return data

    def tree(self, name: str) -> etree._Element | None:
        """Root element of an XML member; None if there is no such member."""
        return parse_xml(self.member(name), name) if name in self.names else None


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Root of an XML document; refused if not well formed or with a document type (entities live there)."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:  # the document may be sound
            raise MemoryError from error
        raise refuse(
            "damaged_file", f"{name} is no well-formed XML ({error}); ask for the file again"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise refuse("forbidden_xml", f"{name} declares a document type, which office files never need")
    return root


def local_name(element: etree._Element) -> str:
    """The tag without its namespace: transitional and strict files differ only there."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str) -> str | None:
    """The value of an attribute by its local name."""
    if element is None:
        return None
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names; None where it breaks off."""
    return None if element is None else element.find("/".join("{*}" + name for name in path))


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Child elements of one local name."""
    return iter(()) if element is None else element.iterfind("{*}" + name)
