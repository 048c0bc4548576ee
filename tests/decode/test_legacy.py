"""Word files of before 2007: as their text, and with the install line where the extra is missing.

The files under files/ were written by LibreOffice 7.4 from samples/ and from text of our own.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from transforms.decode import Report, UnreadableFile, read_bytes, read_report
from transforms.decode.legacy import read_doc
from transforms.decode.limits import Limits
from transforms.decode.sandbox import close_children

FILES = Path(__file__).parent / "files"
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
MANNERS = FILES / "manners.doc"


@pytest.fixture(scope="module", autouse=True)
def _no_children_left() -> Iterator[None]:
    yield
    close_children()


@pytest.fixture
def extra() -> None:
    pytest.importorskip("office_oxide", reason="the extra `legacy` is not installed")


def outcome(data: bytes) -> Report | str:
    try:
        return read_bytes(data, "a.doc", "a.doc")
    except UnreadableFile as refused:
        return refused.problem.code


@pytest.mark.usefixtures("extra")
def test_a_wps_comes_back_paragraph_by_paragraph() -> None:
    expected = (SAMPLES / "tuocheng-2023.txt").read_text(encoding="utf-8").split("\n")
    report = read_report(FILES / "tuocheng-2023.wps")
    assert report.text.split("\n") == [line.strip() for line in expected if line.strip()]
    assert report.media_type == "application/msword"
    assert report.problems == ()


@pytest.mark.usefixtures("extra")
def test_tables_runs_and_lists_come_heads_and_hidden_text_do_not() -> None:
    text = read_report(MANNERS).text
    assert "调解成功124件。\n" in text
    assert "\n序号\t项目\t单位\t数量\n1\t调解矛盾纠纷\t件\t126\n2\t法治宣传活动\t场次\t31\n" in text
    assert "健全制度\n强化责任\n" in text
    assert "999" not in text
    assert "第1页" not in text


def test_without_the_extra_the_file_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "office_oxide", None)
    with pytest.raises(UnreadableFile, match=r"pip install 'townfacts\[legacy\]'") as caught:
        read_doc(MANNERS.read_bytes(), Limits())
    assert caught.value.problem.code == "needs_extra_legacy"


@pytest.mark.usefixtures("extra")
def test_a_password_is_named() -> None:
    data = bytearray(MANNERS.read_bytes())
    block = next(i for i in range(512, len(data), 512) if data.startswith(b"\xec\xa5", i))
    data[block + 11] |= 1
    assert outcome(bytes(data)) == "password_protected"


@pytest.mark.usefixtures("extra")
@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.95])
def test_a_file_cut_short_gives_a_reason(share: float) -> None:
    data = MANNERS.read_bytes()
    assert outcome(data[: int(len(data) * share)]) in ("damaged_file", "unsupported_format")


@pytest.mark.usefixtures("extra")
def test_flipped_bytes_give_a_reading_or_a_reason() -> None:
    rng = random.Random(8)
    whole = MANNERS.read_bytes()
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(rng.randrange(1, 300)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        found = outcome(bytes(data))
        assert found.text.strip() if isinstance(found, Report) else found != "reader_timeout"
