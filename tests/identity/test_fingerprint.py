"""Copies of one report agree in their key; near-copies never do."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from transforms.decode.read import read_bytes
from transforms.normalize import normalize
from transforms.tabulate.identity.fingerprint import content_key

TEXT = (
    "{town}{year}年法治政府建设工作报告\n\n县司法局：\n"
    "{year}年，我镇着力推进依法行政，于年内完成各项工作。现将有关情况报告如下：\n"
    "一、主要工作\n（一）学法用法。组织学法{n}次，发放资料3000余份，覆盖干部群众五千余人次。\n"
    "（二）化解纠纷。调解纠纷88件，制定村规民约后，群众满意度显著提升。\n"
)


def key(text: str) -> str:
    return content_key(normalize(text))


def base(**changes: object) -> str:
    return TEXT.format(**{"town": "古蔺县太平镇", "year": 2023, "n": 5, **changes})


def traditional(text: str) -> str:
    return str(import_module("opencc").OpenCC("s2t").convert(text))


def page_of(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    head = "<html><head><title>政务公开</title></head><body><div>首页 &gt; 政务公开 &gt; 法治</div>"
    tools = "<div>发布时间：2024-01-30 浏览：76次</div>"
    foot = "<div>打印 关闭</div><div>主办：某办</div></body></html>"
    return f"{head}{tools}<div id='zoom'>{body}</div>{foot}".encode()


@pytest.mark.parametrize(
    "copy",
    [
        traditional(base()),
        base().replace("现将", "?,F將"),
        base().replace("，", ",").replace("：", ":"),
        base().replace("3000", "３０００"),
        "首页 > 政务公开 > 法治\n发布时间：2024-01-30　浏览：76次\n" + base() + "打印 关闭\n",
    ],
    ids=["traditional", "lost 现", "half width", "full-width digits", "furniture"],
)
def test_copies_agree(copy: str) -> None:
    assert key(copy) == key(base())


def test_official_page_mirror_and_text_agree() -> None:
    for text in (base(), traditional(base())):
        report = read_bytes(page_of(text), "a.html", "a.html")
        assert content_key(normalize(report.text), report) == key(base())


@pytest.mark.parametrize(
    "other",
    [
        {"n": 6},
        {"n": 15},
        {"year": 2022},
        {"town": "古蔺县龙山镇"},
        {"town": "江油市太平镇"},
        {"town": "太平镇"},
    ],
    ids=str,
)
def test_near_copies_differ(other: dict[str, object]) -> None:
    assert key(base(**other)) != key(base())


def test_real_reports_agree_with_their_traditional_copies(shared: Path) -> None:
    keys = set()
    for path in sorted((shared / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert key(text) == key(traditional(text)), path.name
        keys.add(key(text))
    assert len(keys) == 5
