"""A report of a few lines, and what identity says of it."""

from __future__ import annotations

from transforms.decode.report import Report, report_from_text
from transforms.normalize import normalize
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity
from transforms.tabulate.identity.manifest import ManifestLine

BODY = "{year}年，{town}坚持依法行政，各项工作取得实效。现将有关情况报告如下：\n一、主要工作\n学法5次。\n"


def text_of(title: str, town: str, year: int = 2023, end: str = "") -> str:
    return f"{title}{year}年法治政府建设工作报告\n\n" + BODY.format(year=year, town=town) + end


def read(text: str, name: str = "a.txt", manifest: ManifestLine | None = None) -> Identity:
    report: Report = report_from_text(text, name)
    return identify(report, normalize(text), manifest)


def codes(identity: Identity, severity: str = "quarantine") -> set[str]:
    return {problem.code for problem in identity.problems if problem.severity == severity}
