"""Raw files to Report: bytes, encodings and file formats are known here and nowhere else."""

from transforms.decode.files import FoundFile, FoundFiles, find_files, readable
from transforms.decode.limits import DEFAULT_LIMITS, Limits
from transforms.decode.read import read_bytes, read_report
from transforms.decode.report import Problem, Report, UnreadableFile, report_from_text

__all__ = [
    "DEFAULT_LIMITS",
    "FoundFile",
    "FoundFiles",
    "Limits",
    "Problem",
    "Report",
    "UnreadableFile",
    "find_files",
    "read_bytes",
    "read_report",
    "readable",
    "report_from_text",
]
