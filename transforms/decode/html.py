"""Saved web pages (.html, .htm, .mht): all visible text, with the slice of it that is the report."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

from transforms.decode.encoding import DecodedText, decode_text, valid_utf_8
from transforms.decode.html_blocks import Line, lines_of, metadata_of, page_of
from transforms.decode.html_body import body_lines, has_prose, line_value
from transforms.decode.html_guard import guarded, without_unshown
from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, damage_warning, refuse, refuse_if_larger

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_TAG = re.compile(rb"<[^<>]*>")


def read_html(data: bytes, limits: Limits) -> Reading:
    """All visible text of the page, one block a line, cells apart by tabs; `body` is the report's slice."""
    refuse_if_larger(data, limits.text_bytes)
    return _read_markup(_decoded(data, _declared(data)))


def read_mht(data: bytes, limits: Limits) -> Reading:
    """The first HTML part of a page saved as one file (.mht)."""
    refuse_if_larger(data, limits.text_bytes)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return _read_markup(_decoded(payload, part.get_content_charset()))
    raise refuse("no_text", "the saved web page holds no HTML part with text; save the page again as .html")


def _decoded(data: bytes, declared: str | None) -> DecodedText:
    """Text of the page. Evidence is sought between the tags: markup is the same in most encodings."""
    if (plain := valid_utf_8(data)) is not None:
        return plain
    bare = _between_tags(data) if b"\0" not in data[:4096] else data
    judged = decode_text(bare, declared) if bare.strip() else None
    whole = decode_text(data, judged.encoding if judged else declared)
    if judged is not None and whole is not None and judged.encoding != whole.encoding:
        text = data.decode(judged.encoding.removesuffix("-sig"), "replace")
        whole = DecodedText(text, judged.encoding, judged.evidence, text.count("\ufffd"))
    if whole is None:
        raise refuse(
            "undecodable", "the page's bytes read as Chinese in none of UTF-8, GB18030, Big5, UTF-16"
        )
    return whole


def _between_tags(data: bytes) -> bytes:
    """The page without scripts and tags; `<` and `>` are never part of a character in GB18030 or Big5."""
    return _TAG.sub(b" ", without_unshown(data.decode("latin-1")).encode("latin-1"))


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, 4096)
    return found[1].decode("ascii") if found else None


def _read_markup(decoded: DecodedText) -> Reading:
    tree = LexborHTMLParser(guarded(decoded.text))
    page = page_of(tree)
    lines = lines_of(page)
    values = [line_value(line) for line in lines]
    if not has_prose(lines, values):  # the report may lie in a tab that was closed when the page was saved
        page = page_of(tree, with_hidden=True)
        lines = lines_of(page)
        values = [line_value(line) for line in lines]
    if not lines:
        raise refuse(
            "no_text", "the page shows no text without its scripts; open it in a browser and save it again"
        )
    metadata = _first_of_each(metadata_of(tree))
    text = "\n".join(line.text for line in lines)
    return Reading(
        text=text,
        body=_offsets(lines, *body_lines(page, lines, values)),
        encoding=decoded.encoding,
        metadata=metadata | {"encoding_evidence": decoded.evidence},
        problems=damage_warning(decoded),
    )


def _offsets(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Characters of the joined text that lines first to last (exclusive) take up."""
    start = sum(len(line.text) + 1 for line in lines[:first])
    return start, start + sum(len(line.text) + 1 for line in lines[first:last]) - 1


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for name, value in pairs:
        metadata.setdefault(name, value)
    return metadata
