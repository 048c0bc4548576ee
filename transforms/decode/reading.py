"""What one reader takes from one file's bytes, before its place on disk is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from transforms.decode.encoding import DecodedText
from transforms.decode.report import Problem, UnreadableFile


@dataclass(frozen=True, slots=True)
class Reading:
    """Text, the slice that is the report, and what the container said (fields as in Report)."""

    text: str
    body: tuple[int, int]
    encoding: str | None = None
    page_breaks: tuple[int, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    weak_spans: tuple[tuple[int, int, float], ...] = ()


def refuse(code: str, message: str) -> UnreadableFile:
    """The exception for a file that goes to quarantine; raise it."""
    return UnreadableFile(Problem(code, message))


def refuse_if_larger(data: bytes, ceiling: int) -> None:
    """UnreadableFile("too_large") if the content exceeds what its format may have."""
    if len(data) > ceiling:
        raise refuse(
            "too_large", f"the content has {len(data):,} bytes, more than the {ceiling:,} allowed for it"
        )


def damage_warning(decoded: DecodedText) -> tuple[Problem, ...]:
    """A warning if some bytes could not be decoded; numbers beside them deserve a look."""
    if not decoded.damaged:
        return ()
    message = (
        f"{decoded.damaged} places could not be decoded as {decoded.encoding} and stand as U+FFFD in the"
        " text; ask for the original file if a number is among them"
    )
    return (Problem("damaged_bytes", message, "warning"),)
