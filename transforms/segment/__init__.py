"""Sections, sentences and clauses of the normalised text."""

from transforms.segment.clauses import Clause, Section, SectionKind, Segments, segment

__all__ = ["Clause", "Section", "SectionKind", "Segments", "segment"]
