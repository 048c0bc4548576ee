"""See whole_flow.py."""

from benchmarks.whole_flow import of_two_processes as goals

__all__ = ["goals"]
