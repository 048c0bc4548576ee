"""The docs say what the program does: tables, commands and reason codes are compared with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.cli import COMMANDS
from transforms.tabulate.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def indicator_table() -> str:
    """The catalogue as the Markdown table of the README."""
    lines = ["| code | domain | 名称 | name | measure | unit |", "| --- | --- | --- | --- | --- | --- |"]
    for i in catalogue().values():
        lines.append(f"| `{i.code}` | {i.domain} | {i.name_zh} | {i.name_en} | {i.measure} | {i.unit} |")
    return "\n".join(lines)


def part(name: str) -> re.Pattern[str]:
    """What stands between the two comments that mark a generated part."""
    return re.compile(rf"(?<=<!-- {name} -->\n).*?(?=\n<!-- /{name} -->)", re.S)


def test_readme_lists_every_indicator(refresh: bool) -> None:
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    if refresh:
        page.write_text(part("indicators").sub(lambda _: indicator_table(), text), encoding="utf-8")
        return
    assert part("indicators").findall(text) == [indicator_table()]


def test_readme_quotes_the_measured_accuracy(refresh: bool) -> None:
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    measured = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8").split("\n## ")[0]
    quoted = measured.split("\n", 2)[2].strip()
    if refresh:
        page.write_text(part("accuracy").sub(lambda _: quoted, text), encoding="utf-8")
        return
    assert part("accuracy").findall(text) == [quoted]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing, f"{page.name} links to files that do not exist: {missing}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_named_in_the_docs_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|bin/|^)townfacts ([a-z]+)\b", text, re.M))
    unknown = named - set(COMMANDS)
    assert not unknown, f"{page.name} names commands that do not exist: {sorted(unknown)}"


def test_every_make_target_named_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"make ([a-z-]+)\s", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"run", "test"} <= named <= targets
