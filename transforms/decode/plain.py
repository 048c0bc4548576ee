"""Plain text files: the whole decoded file, line ends as they are."""

from __future__ import annotations

from transforms.decode.encoding import decode_text
from transforms.decode.limits import Limits
from transforms.decode.reading import Reading, damage_warning, refuse, refuse_if_larger


def read_plain(data: bytes, limits: Limits) -> Reading:
    """The decoded file without its byte order mark; `not_text` if no encoding makes Chinese of it."""
    refuse_if_larger(data, limits.text_bytes)
    decoded = decode_text(data)
    if decoded is None:
        raise refuse("not_text", "the bytes are no Chinese text in any of UTF-8, GB18030, Big5, UTF-16")
    if not decoded.text.strip():
        raise refuse("no_text", "the file holds nothing but white space")
    return Reading(
        text=decoded.text,
        body=(0, len(decoded.text)),
        encoding=decoded.encoding,
        metadata={"encoding_evidence": decoded.evidence},
        problems=damage_warning(decoded),
    )
