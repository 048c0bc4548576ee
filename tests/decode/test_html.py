"""Saved pages: all visible text, the report's slice of it, and pages built to exhaust a parser."""

from __future__ import annotations

import re
import time

import pytest

from transforms.decode import Report, read_bytes
from transforms.decode.web_rules import RULES

REPORT = [
    "2023年，河湾镇坚持依法行政，扎实推进法治政府建设各项工作。现将有关情况报告如下：",
    "一、主要做法",
    "（一）抓实普法宣传。全年开展宣传活动26场次，发放资料5400余份，受众达1.2万人次。",
    "（二）化解矛盾纠纷。调解纠纷138件，成功135件，成功率97.8%。",
    "二、存在问题",
    "普法形式不够新颖，执法力量仍显不足，公共法律服务供给不充分。",
]
FURNITURE = ["河湾县人民政府门户网站", "索引号", "浏览次数", "网站标识码", "上一篇"]


def page(body: str, head: str = "") -> bytes:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>河湾镇2023年报告</title>
    <meta name="PubDate" content="2024-01-12 10:00">{head}<style>.a{{}}</style></head><body>
    <div class="top"><a href="/">首页</a><a href="/b">河湾县人民政府门户网站</a></div>
    <div>首页 &gt; 乡镇 &gt; 河湾镇</div>
    <table><tr><td>索引号</td><td>000014349/2024-10221</td><td>发布机构</td><td>河湾镇</td></tr></table>
    <h1>河湾镇2023年度法治政府建设情况报告</h1>
    <p>发布时间：2024-01-12　浏览次数：<span>86</span>次</p>
    {body}
    <div>上一篇：<a href="/1">河湾镇2022年工作总结</a></div>
    <script>document.write("打印9999次")</script>
    <div>主办：河湾县人民政府办公室　网站标识码：4401030001</div></body></html>""".encode()


def read(data: bytes, name: str = "page.html") -> Report:
    return read_bytes(data, name, name)


def body_of(report: Report) -> str:
    return report.text[slice(*report.body)]


def paragraphs(mark: str = "p") -> str:
    return "".join(f"<{mark}>{line}</{mark}>\n" for line in REPORT)


BODIES = {
    "trs": f'<div class="TRS_Editor">{paragraphs()}</div>',
    "hanweb": f'<div id="zoom">{paragraphs()}</div>',
    "vsb": f'<div class="v_news_content"><div id="vsb_content">{paragraphs()}</div></div>',
    "unknown container": f'<div class="zz9"><div>{paragraphs()}</div></div>',
    "no container": paragraphs(),
    "divs only": f'<div class="q">{paragraphs("div")}</div>',
    "line breaks in a layout table": "<table><tr><td><table><tr><td>"
    + "<br>\n".join(f"&nbsp;&nbsp;&nbsp; {line}" for line in REPORT)
    + "</td></tr></table></td></tr></table>",
    "unclosed tags": "<div class=x><font>" + "".join(f"<p><span>{line}" for line in REPORT) + "</div>",
    "word soup": "".join(
        f'<p class="MsoNormal"><span lang="EN-US">{line[:4]}</span><o:p></o:p><span>{line[4:]}</span></p>'
        for line in REPORT
    ),
}


@pytest.mark.parametrize("kind", BODIES)
def test_the_body_is_the_report_and_nothing_else(kind: str) -> None:
    report = read(page(BODIES[kind]))
    lines = body_of(report).split("\n")
    assert [line for line in lines if line in REPORT] == REPORT
    assert not any(mark in body_of(report) for mark in FURNITURE)
    assert all(mark in report.text for mark in FURNITURE), "furniture stays in the text"


def test_every_number_shown_stands_in_the_text_and_no_hidden_one() -> None:
    hidden = '<p style="display: none">隐藏777</p><div hidden>888</div><noscript>999</noscript>'
    text = read(page(BODIES["trs"] + hidden)).text
    for number in ("2024-10221", "86", "26", "5400", "1.2", "138", "135", "97.8", "4401030001"):
        assert number in text
    for number in ("777", "888", "999", "9999"):
        assert re.search(rf"(?<!\d){number}(?!\d)", text) is None


def test_a_report_in_a_closed_tab_is_read_where_nothing_else_is() -> None:
    report = read(page(f'<div style="display:none">{paragraphs()}</div>'))
    assert body_of(report).split("\n") == REPORT


def test_metadata_is_lower_case_and_the_first_of_a_name_wins() -> None:
    extra = '<meta name="pubdate" content="1999"><meta name="ContentSource" content="河湾镇">'
    metadata = read(page(BODIES["trs"], extra)).metadata
    assert metadata["title"] == "河湾镇2023年报告"
    assert (metadata["pubdate"], metadata["contentsource"]) == ("2024-01-12 10:00", "河湾镇")


def test_cells_of_a_row_stand_apart_and_a_table_stays_in_the_body() -> None:
    table = (
        "<table><tr><th>项目</th><th><p>数量</p><p>（件）</p></th></tr>"
        "<tr><td>调解纠纷</td><td>138</td></tr></table>"
    )
    report = read(page(f'<div class="TRS_Editor">{paragraphs()}{table}</div>'))
    assert "项目\t数量 （件）\n调解纠纷\t138" in body_of(report)


def test_title_lines_and_signature_belong_to_the_body() -> None:
    head = "<h2>河湾镇人民政府<br>关于2023年法治政府建设情况的报告</h2><p>县人民政府：</p>"
    tail = "<p>河湾镇人民政府</p><p>2024年1月10日</p>"
    lines = body_of(read(page(head + paragraphs() + tail))).split("\n")
    assert lines[:3] == ["河湾镇人民政府", "关于2023年法治政府建设情况的报告", "县人民政府："]
    assert lines[-2:] == ["河湾镇人民政府", "2024年1月10日"]


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1"])
@pytest.mark.parametrize("actual", ["utf-8", "gb18030", "utf-16-le"])
def test_the_declared_charset_may_lie(declared: str, actual: str) -> None:
    markup = page(BODIES["no container"]).decode().replace('charset="utf-8"', f'charset="{declared}"')
    report = read(markup.encode(actual))
    assert report.encoding == actual
    assert REPORT[2] in report.text


def test_entities_source_line_ends_and_spaces_read_as_shown() -> None:
    line = "<p>全镇&#35843;&#x89E3;纠纷\n      138\n件&nbsp;&lt;详见附件&gt;，增加&mdash;&mdash;12件</p>"
    report = read(page(line))
    assert "全镇调解纠纷138件 <详见附件>，增加——12件" in report.text


def test_a_page_saved_as_one_file() -> None:
    import email.mime.multipart
    import email.mime.text

    message = email.mime.multipart.MIMEMultipart("related")
    message.attach(email.mime.text.MIMEText(page(BODIES["trs"]).decode(), "html", "gb2312"))
    report = read(
        message.as_bytes().replace(
            b"Content-Type: multipart", b"MIME-Version: 1.0\nContent-Type: multipart", 1
        ),
        "a.mht",
    )
    assert report.media_type == "multipart/related"
    assert body_of(report).split("\n") == REPORT


@pytest.mark.parametrize("kind", ["furniture", "opening", "closing"])
def test_each_line_pattern_matches_its_examples_and_not_the_others(kind: str) -> None:
    for rule in RULES[kind]:
        pattern = re.compile(rule["pattern"])
        assert rule["matches"]
        assert [text for text in rule["matches"] if not pattern.search(text)] == [], rule["name"]
        assert [text for text in rule["not"] if pattern.search(text)] == [], rule["name"]


SENTENCE = "全镇调解纠纷12件，发放资料300份。"
ATTACKS = {
    "divs": "<div>" * 100_000,
    "spans": "<span>" * 100_000,
    "tables": "<table><tr><td>" * 30_000,
    "lists": "<ul><li>" * 30_000,
    "attributes": "<div " + " ".join(f"a{i}=1" for i in range(100_000)) + ">",
    "quoted attributes": "<div " + " ".join(f'a{i}=">"' for i in range(50_000)) + ">",
    "angle brackets": "<" * 500_000 + "p>",
    "cells": "<table><tr>" + "<td>" * 50_000,
    "scripts before": "<script>1</script>" * 50_000,
    "svg": "<svg></svg>" * 30_000,
    "entities": "&amp;" * 200_000,
}


@pytest.mark.parametrize("kind", ATTACKS)
def test_pages_built_to_exhaust_a_parser_read_in_time(kind: str) -> None:
    begin = time.process_time()
    report = read(f"<html><body><p>{SENTENCE}</p>{ATTACKS[kind]}{SENTENCE}".encode())
    assert time.process_time() - begin < 5
    assert report.text.count(SENTENCE) == 2


@pytest.mark.parametrize(
    "inside",
    [
        "调解纠纷<del>27</del>39件",
        "调解纠纷<span style='text-decoration:line-through'>27</span>39件",
        "调解纠纷<span style='font-size: 0'>27</span>39件",
        "调解纠纷39<sup><a href='#n2'>2</a></sup>件",
        "调解纠纷39<sup>[12]</sup>件",
    ],
)
def test_struck_text_and_raised_note_numbers_run_into_no_figure(inside: str) -> None:
    assert "调解纠纷39件" in read(page(f"<p>{inside}，群众满意。</p>" + paragraphs())).text
