# ruff: noqa: E501
"""Lines broken inside sentences are joined; headings, rows and paragraphs keep theirs."""

from __future__ import annotations

from transforms.normalize import normalize


def test_hard_wrapped_text_is_joined_up_to_its_paragraphs() -> None:
    lines = [
        "　　一年来，我镇坚持依法行政，全年召开法治建设专题会议",
        "4次，开展宣传活动30余场次，累计发放各类宣传资料15",
        "00余份，受教育群众达到2万余人次，干部群众的法治意",
        "识明显增强。",
        "　　二、化解矛盾纠纷",
        "　　全镇人民调解组织共受理各类矛盾纠纷29件，调解成",
        "功28件，法院移交案件32件，成功调处32件，有效维护",
        "了社会稳定。",
    ]
    assert normalize("\n".join(lines)).text.split("\n") == [
        "".join(lines[:4]),
        lines[4],
        "".join(lines[5:]),
    ]


WRAPPED = [
    "河湾县清水镇人民政府关于2023年度法治政府建设工作情况的报告",
    "一年里由镇上的司法所出面组织和牵头开展民法典",
    "主题宣讲，覆盖各村民小组，前后共有群众2,4",
    "50人次到场，发出折页和手册一共十余种，合计",
    "7300份，镇综合执法队上门检查企业，发现隐",
    "患并当场督促整改64处，余下的限期办理，年底",
    "前全部销号，没有发生较大以上的生产安全事故。",
]


def test_a_title_wider_than_the_lines_hides_no_wrapping() -> None:
    title, *lines = WRAPPED
    assert normalize("\n".join(WRAPPED)).text == title + "\n" + "".join(lines)


def test_running_heads_go_with_the_page_numbers_beside_them() -> None:
    pages = [[f"— {number} —", "清水镇法治政府建设报告"] for number in (1, 2, 3)]
    title, *lines = WRAPPED
    printed = [title, *lines[:2], *pages[0], lines[2], *pages[1], *lines[3:5], *pages[2], *lines[5:]]
    assert normalize("\n".join(printed)).text == title + "\n" + "".join(lines)


def test_a_noun_and_its_number_on_the_next_line_are_joined() -> None:
    assert normalize("受理矛盾纠纷\n120件，化解\n118件，").text == "受理矛盾纠纷120件，化解118件，"
    assert normalize("调解矛盾纠纷\n88件\n发放资料\n600份").text == "调解矛盾纠纷88件\n发放资料600份"


def test_wrapped_lines_need_not_be_of_one_length() -> None:
    lines = [
        "全镇全年召开 4 次会议，研究法治工作 12",
        "项，主要负责人带队督办重点案件。镇综合",
        "执法队开展检查 296 次，作出行政处罚 33 件",
        "，罚款 9.2 万元。全年接待群众咨询 1146 人",
        "次，受理矛盾纠纷 853 件，成功化解",
        "了 841 件。",
    ]
    assert "\n" not in normalize("\n".join(lines)).text


RAGGED = [
    "洛水镇依法行政情况汇总",
    "一、学习",
    "镇党委理论学习中心组安排学法",
    "5次。机关干部全员完成线上学习，组织旁听",
    "庭审 2 次。各村开设法治夜校，全年授课",
    "36期，到课村民 1",
    "200 人次。镇司法所为企业审查",
    "合同 22 份，出具法律意见",
    "书 9 份。",
    "二、执法",
    "镇综合行政执法队有执法",
    "人员 11 名。全年查处私搭",
    "乱建 7 起。没有发生一起",
    "行政诉讼。",
    "调解情况：受理 44 件",
]


def test_a_text_broken_at_no_one_width_is_joined_where_its_sentences_run_on() -> None:
    assert normalize("\n".join(RAGGED)).text.split("\n") == [
        RAGGED[0],
        RAGGED[1],
        "镇党委理论学习中心组安排学法5次。机关干部全员完成线上学习，组织旁听庭审2次。"
        "各村开设法治夜校，全年授课36期，到课村民1200人次。镇司法所为企业审查合同22份，出具法律意见书9份。",
        RAGGED[9],
        "镇综合行政执法队有执法人员11名。全年查处私搭乱建7起。没有发生一起行政诉讼。",
        "调解情况：受理 44件",
    ]


def test_rows_of_labels_stay_rows() -> None:
    rows = ["受理纠纷：镇级13件，村级57件", "调解成功：镇级12件，村级55件", "书面协议：38份", "调解员：29人"]
    rows += ["执法检查：44次，专项行动6次", "处罚案件：9件，罚款1.2万元"]
    assert normalize("\n".join(rows)).text.split("\n") == rows
