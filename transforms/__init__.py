"""From the bytes of a report to its facts: decode, normalize, quantify, segment, tabulate. No database, no engine."""

from transforms.extraction import Extraction, extract, read_text

__all__ = ["Extraction", "extract", "read_text"]
