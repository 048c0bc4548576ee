"""What a person decided about a sentence or a report, from a file they edit to the facts it changes."""

from .apply import corrected
from .blocks import BadCorrections
from .book import NO_CORRECTIONS, Corrections
from .correction import Action, Correction
from .reading import parse_corrections, read_corrections
from .writing import block

__all__ = [
    "NO_CORRECTIONS",
    "Action",
    "BadCorrections",
    "Correction",
    "Corrections",
    "block",
    "corrected",
    "parse_corrections",
    "read_corrections",
]
