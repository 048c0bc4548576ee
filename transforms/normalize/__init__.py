"""Decoded text -> repaired, Simplified text in which every position leads back to the decoded text."""

from .aligned_text import AlignedText, Edit
from .script import to_simplified
from .steps import normalize

__all__ = ["AlignedText", "Edit", "normalize", "to_simplified"]
