"""See whole_flow.py."""

from benchmarks.whole_flow import of_many as goals

__all__ = ["goals"]
