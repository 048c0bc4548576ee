"""From the bytes of a report to its facts: decode, normalize, quantify, segment, tabulate. No database."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transforms.extraction import Extraction, extract, read_text

__all__ = ["Extraction", "extract", "read_text"]


def __getattr__(name: str) -> Any:
    """The stages are loaded when first asked for: the process that reads a risky file needs only decode."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from transforms import extraction

    return getattr(extraction, name)
