"""What holds for any text: no exception, places inside it, the same answer twice; codes are documented."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.decode.report import report_from_text
from transforms.normalize import normalize
from transforms.segment.furniture import furniture_spans
from transforms.tabulate.identity import identify as identify_module
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.names import word_list

WORDS = """
桑木镇 沙面街 習水縣 古蔺县 太平镇 人民政府 办事处 委员会 文件 关于 2023年 二〇二三年 度 法治政府建设
工作 情况 报告 总结 ： ， 。 〔2023〕5号 签发人： 索引号 [发布机构] 来源： 发布时间： 2024-01-10
2024年1月10日 2024年2月30日 《 》 现将 如下 我镇 县委、县政府： * ****年 一、 （一） 首页 > 打印
浏览：76次 鎮(zhèn) 榃 𦙶 ( ) 截至10月底 上半年 1— 12月 XX镇 娱乐
"""
FRAGMENTS = st.sampled_from([*WORDS.split(), "\n", "\n\n", " ", "\u3000", "\t", "|"])
TEXTS = st.lists(FRAGMENTS, max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.just("a.txt"), TEXTS))
def test_any_text_is_read_and_every_place_lies_in_it(text: str, name: str) -> None:
    report = report_from_text(text, name, {"title": name, "pubdate": name})
    identity = identify(report, normalize(text))
    assert identity == identify(report, normalize(text))
    for evidence in (*identity.town_evidence, *identity.year_evidence):
        if evidence.start is not None:
            assert evidence.end is not None
            assert 0 <= evidence.start <= evidence.end <= len(text)
    if identity.town_id:
        assert identity.town
        assert identity.county
        assert identity.province
    if identity.level == "township" and not identity.problems:
        assert identity.town_id
        assert identity.year


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_furniture_spans_are_in_order_and_apart(text: str) -> None:
    position = 0
    for start, end in furniture_spans(text):
        assert position <= start < end <= len(text)
        position = end


def test_every_code_is_documented() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "reason-codes.md").read_text(encoding="utf-8")
    source = Path(identify_module.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'Problem\("(\w+)"', source))
    assert len(codes) >= 8
    assert all(f"`{code}`" in page for code in codes)
    assert all(kind["code"] in page for kind in word_list("level")["kinds"])
