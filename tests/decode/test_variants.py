"""A report gives the same facts in whatever format it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import transforms
from tests.decode.office_files import written_docx, written_pdf
from transforms.decode import find_files, read_bytes
from transforms.decode.sandbox import close_children

# broken lines; brackets the writer's font lacks; not reports of a town
LEFT_OUT = ("zhaohua-2023.txt", "jianba-2021.txt", "jishi.txt", "jingbian-2023.txt")
TEXTS = {
    found.relative_path: [line for raw in found.read().text.split("\n") if (line := raw.strip())]
    for found in find_files(Path(__file__).parents[2] / "samples")
    if found.relative_path.endswith(".txt") and found.relative_path not in LEFT_OUT
}


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


def variants(lines: list[str]) -> dict[str, bytes]:
    text = "\n".join(lines)
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return {
        "UTF-8 with mark": text.encode("utf-8-sig"),
        "GB18030": text.encode("gb18030"),
        "UTF-16": text.encode("utf-16"),
        "UTF-16 big endian, no mark": text.encode("utf-16-be"),
        "CRLF": text.replace("\n", "\r\n").encode(),
        "web page": f"<html><body><div>{paragraphs}</div></body></html>".encode(),
        "Word": written_docx(lines, (("附表", "略"),)),
        "PDF": written_pdf(lines),
        "PDF without indents": written_pdf(lines, indented=False),
    }


def facts_of(data: bytes, name: str) -> Counter[tuple[object, ...]]:
    facts = transforms.extract(read_bytes(data, name, name)).facts
    return Counter((f.indicator, f.value, f.low, f.high, f.bound, f.unit, f.period, f.status) for f in facts)


@pytest.mark.parametrize("name", TEXTS)
def test_every_format_gives_the_facts_of_the_plain_text(name: str) -> None:
    plain = facts_of("\n".join(TEXTS[name]).encode(), name)
    assert plain
    for kind, data in variants(TEXTS[name]).items():
        found = facts_of(data, name)
        assert found == plain, (kind, plain - found, found - plain)
