"""Candidate readings of a number: which frame, through which word, how far-fetched; the best of them win."""

from transforms.tabulate.readings.choice import readings, settle
from transforms.tabulate.readings.scored import Reading

__all__ = ["Reading", "readings", "settle"]
