# ruff: noqa: E501
"""Each repair on what it is for, and on what looks like it and must stay."""

from __future__ import annotations

import pytest

from transforms.normalize import normalize

REPAIRED = {
    "pinyin": [
        ("關(guān)刀鎮(zhèn)", "关刀镇"),
        ("關（guān）刀鎮（zhèn）", "关刀镇"),
        ("處(chu)理糾(jiu)紛", "处理纠纷"),
        ("調(diào,tiáo)解與重(chóng/zhòng)點", "调解与重点"),
        ("綠(lǜ)色、女(nü3)", "绿色、女(nü3)"),  # a tone digit is a digit, and digits stay
        ("開展宣傳14場(chǎng)次，覆蓋20個(gè)村", "开展宣传14场次，覆盖20个村"),
    ],
    "lost_xian": [
        ("各方面?,F(xiàn)將工作總結(jié)如下", "各方面。现将工作总结如下"),
        ("取得成效,F就有關情況報告", "取得成效,现就有关情况报告".replace(",现", "，现")),
    ],
    "stray_latin": [
        ("行政行为 and 经营服务行为", "行政行为和经营服务行为"),
        ("审查or备案", "审查或备案"),
    ],
    "doubled": [
        ("会议4次,,培训3次,、宣传5次。。", "会议4次,培训3次、宣传5次。"),
        ("会议4次，，培训3次，。", "会议4次，培训3次。"),
    ],
    "width": [
        ("２０２３年１２场，合格率９８．５％", "2023年12场，合格率98.5%"),
        ("Ａ类８件（已办结）", "A类8件（已办结）"),
    ],
    "numbers": [
        ("受教育群众 5 00 0 余人 次。", "受教育群众5000余人次。"),
        ("新增用户1 200 人，罚没款46 250元。", "新增用户1200人，罚没款46250元。"),
        ("1 200 人", "1200人"),
        ("联合执法 １ ４ 次，整改 5 9 处，持证率 100 %。", "联合执法14次，整改59处，持证率100%。"),
        ("2022 年共 40 余次、3 千多人次、3 万 余份，约 2 0 2 2 年。", "2022年共40余次、3千多人次、3万余份，约2022年。"),
        ("合格率达98. 5%，办结率99 .5 %。", "合格率达98.5%，办结率99.5%。"),
        ("满意度达到9 9. 5%，关于 2022 年 度工作", "满意度达到99.5%，关于2022年度工作"),
        ("完成16 场次、5 人 次，", "完成16场次、5人次，"),
        ("送出挂历3, 450份，惠及1 2 , 6 0 0 余人", "送出挂历3,450份，惠及12,600余人"),
        ("参评率93。4%，投入1·8万元", "参评率93.4%，投入1.8万元"),
        ("2〇22年受理1〇6件，办结率1〇〇%", "2022年受理106件，办结率100%"),
    ],
    "emphasis": [
        ("召开会议**6**次，**发放资料1300份**。", "召开会议6次，发放资料1300份。"),
        ("共__12__件，办结____ 9 ____件", "共12件，办结9件"),
        ("成效\n**一、执法监督**\n办结***9***件", "成效\n一、执法监督\n办结9件"),
    ],
    "words": [
        ("加强人民调 解工作，维护社会 稳定。", "加强人民调解工作，维护社会稳定。"),
        ("调 解 矛 盾 纠 纷 2 9 件", "调解矛盾纠纷29件"),
    ],
    "lines": [
        ("我镇坚持依法行政，不断提高运用法治思维的能力，带头遵\n守宪法法律。", "我镇坚持依法行政，不断提高运用法治思维的能力，带头遵守宪法法律。"),
        ("全年共调解29\n件，成功28件。", "全年共调解29件，成功28件。"),
        ("召开会议4次，\n培训3次。", "召开会议4次，培训3次。"),
        ("印发《2022\n年度普法清单》，落实责任。", "印发《2022年度普法清单》，落实责任。"),
        ("会议4次\n，培训3次。", "会议4次，培训3次。"),
        ("活动12场\n次，资料3 000\n余份。", "活动12场次，资料3000余份。"),
        ("我镇成立领导小组，由书记任组\n长，全年会议4次。", "我镇成立领导小组，由书记任组长，全年会议4次。"),
    ],
    "pages": [
        ("我镇没有大规模群体\n\n— 3 —\n\n性事件，共受理纠纷29件，成功调解。", None),
        ("没有发生大规模群体性事件，各类矛\n第 3 页 共 9 页\n盾纠纷29件，全部化解。", "没有发生大规模群体性事件，各类矛盾纠纷29件，全部化解。"),
        ("没有发生大规模群体性事件，各类矛\n3\n\f盾纠纷29件，全部化解。", "没有发生大规模群体性事件，各类矛盾纠纷29件，全部化解。"),
        ("没有发生大规模群体性事件，各类矛\n\f盾纠纷29件，全部化解。", "没有发生大规模群体性事件，各类矛盾纠纷29件，全部化解。"),
    ],
    "characters": [
        ("调\u200b解\ufeff29\u00ad件", "调解29件"),
        ("⼯作⾯⼴，⻓期坚持", "工作面广，长期坚持"),
        ("會\uf9e9", "会里"),
        ("2022å¹´ç¤¾ä¼š", "2022年社会"),
        ("第一行。\r\n第二行。\u2028第三行。", "第一行。\n第二行。\n第三行。"),
        ("29\u00a0件", "29件"),
        ("巡查8次︐整改9处︒﹙含社区﹚", "巡查8次，整改9处。（含社区）"),
        ("巡查有序推进.全年80次,整改9处.", "巡查有序推进。全年80次,整改9处。"),
    ],
}  # fmt: skip

UNTOUCHED = [
    "共受理**件，其中**件办结",
    "****年办结**6**件",
    "电话138**12**34，文件a_12_b",
    "系统(an)和平台(app)上线，人工智能(ai)应用",
    "接待来访36批 58人",
    "村名 12 15 18\n甲村 3 12 7",
    "发布时间：2023-01-05 15:30 点击量",
    "1 件件有着落\n2 项项有回音",
    "纠纷总数\n化解数\n88件\n86件",
    "2 项目建设\n3 件件落实",
    "1. 5个村参加\n2. 6个村参加",
    "2022 126",
    "12345 17件",
    "签发人：毛霞 联系人：李四",
    "沙河镇人民政府\n关于2022年法治政府建设的报告",
    "一、加强组织领导，压实工作责任\n今年以来，召开会议4次。",
    "（一）强化学习，提升能力\n全年学法5次。",
    "全年召开会议4次。\n调解纠纷29件。",
    "现将工作情况报告如下：\n一、主要做法",
    "全年工作有序推进，取得明显成效\n清河镇人民政府\n2022年10月27日",
    "　　第一段结束。 \n\n　　第二段开始，",
    "省略……等等——完",
    "3,,5,,7",
    "。。。",
    "2023年，A类B类LED屏，Wi-Fi与App",
    "café，naïve",
    "第3页\n目录",
    "第一项　规章 0　本年废止件数 0 本年新增 3 项目数 2",
    "全年会议4次。……（省略650字，登录后查看全部的内容）\n\n更多素材请关注本站，谢谢。",
    "合格率\n%\n98",
    "— 3 —",
    "乾县、於潜镇、濛阳街道成效显著",
    "A,F组",
    "三个村分别走访14, 210, 185户",
    "调解员艾力.吾守尔参与调解。群众满意。",
    "12·4宣传日，〇件，调解23。12件在办",
    "",
    "\n",
    " ",
]


@pytest.mark.parametrize(
    ("raw", "text"), [pair for pairs in REPAIRED.values() for pair in pairs if pair[1] is not None]
)
def test_repaired(raw: str, text: str) -> None:
    aligned = normalize(raw)
    assert aligned.text == text
    assert aligned.to_raw(0, len(text)) == (0, len(raw))


@pytest.mark.parametrize("raw", UNTOUCHED)
def test_untouched(raw: str) -> None:
    aligned = normalize(raw)
    assert aligned.text == raw
    assert aligned.edits == ()
    assert aligned.to_raw(0, len(raw)) == (0, len(raw))


@pytest.mark.parametrize(
    ("raw", "piece", "span"),
    [
        ("覆蓋20個(gè)村", "20个", "20個(gè)"),  # pinyin goes with the character it spells
        ("覆蓋20個(gè)村", "村", "村"),
        ("共 2 次 会议，", "2次", "2 次"),  # a gap inside the number belongs to it, one at its edge does not
        ("受众5 00 0 余人 次。", "5000余人次", "5 00 0 余人 次"),
        ("共计29\n件，完成。", "29件", "29\n件"),
        ("率９８．５％。", "98.5%", "９８．５％"),
        ("效果好?,F(xiàn)將", "现", "?,F(xiàn)"),  # a piece of replaced text takes all of it
    ],
)
def test_who_owns_what_was_repaired(raw: str, piece: str, span: str) -> None:
    aligned = normalize(raw)
    start = aligned.text.index(piece)
    assert raw[slice(*aligned.to_raw(start, start + len(piece)))] == span


def test_an_empty_span_lies_behind_what_was_deleted() -> None:
    aligned = normalize("2 次")
    assert aligned.text == "2次"
    assert aligned.to_raw(1, 1) == (2, 2)
    assert (aligned.to_raw(0, 1), aligned.to_raw(1, 2)) == ((0, 1), (2, 3))


@pytest.mark.parametrize("span", [(-1, 1), (0, 4), (2, 1)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="does not lie in a text of 3 characters"):
        normalize("29件").to_raw(*span)


def test_edits_name_their_steps() -> None:
    raw = "鎮(zhèn)調解２９ 件,,成功28件。没有发生大规模群体性事件，各类矛\n— 3 —\n盾纠纷29件，全部化解。"
    steps = [edit.step for edit in normalize(raw).edits]
    assert steps == sorted(steps, key=steps.index)
    assert {
        "inline_pinyin",
        "full_width",
        "gaps",
        "doubled_punctuation",
        "page_furniture",
        "script:character",
    } <= set(steps)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("罚款2'860元", "罚款2860元"),
        ("参加3’200人次，共1'234'567元", "参加3200人次，共1234567元"),
        ("发放资料2＇８６０份", "发放资料2860份"),
        ("届次'23年", "届次'23年"),
        ("发放资料1.3\u30005万份", "发放资料1.35万份"),
        ("成功率98.2 5%", "成功率98.25%"),
        ("1.3 5万份资料", "1.3 5万份资料"),
        ("调解纠纷1,2\n34件", "调解纠纷1,234件"),
        ("调解纠纷1,2\n345件", "调解纠纷1,2\n345件"),
        ("发放资料1.\n35万份", "发放资料1.35万份"),
        ("发放资料1.3\n5万份", "发放资料1.35万份"),
    ],
)
def test_one_number_however_its_digits_are_set_apart(text: str, mended: str) -> None:
    aligned = normalize(text)
    assert aligned.text == mended
    digits = [c for c in aligned.text if c.isdigit()]
    assert [c for c in aligned.raw.translate(str.maketrans("８６０", "860")) if c.isdigit()] == digits


@pytest.mark.parametrize(
    "lines",
    [
        "https://www.example.gov.cn/art/2023/1/12/art_123_456.html 1/3",
        "https://www.example.gov.cn/a.html 1/3\n2023/1/12 15:20 河湾镇报告_县人民政府",
        "2023/1/12 下午3:20\t河湾镇报告",
        "浏览次数：1203\n【打印】\n第 3 页 共 7 页",
        "file:///C:/a/35.html\f2023-01-12 15:20:07",
    ],
)
def test_what_a_browser_prints_around_a_page_leaves_the_sentence_whole(lines: str) -> None:
    text = f"全镇召开会议6次，化解矛盾\n{lines}\n纠纷35件，发放资料900份。"
    assert normalize(text).text == "全镇召开会议6次，化解矛盾纠纷35件，发放资料900份。"
    apart = f"全镇召开会议6次。\n{lines.splitlines()[0]}\n化解纠纷35件。"
    assert normalize(apart).text.count("\n") == 2
