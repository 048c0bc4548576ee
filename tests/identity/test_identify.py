"""What identity decides, what it leaves open, and what it says about either."""

from __future__ import annotations

import pytest

from tests.identity.told import BODY, codes, read, text_of
from transforms.decode.report import report_from_text
from transforms.normalize import normalize
from transforms.tabulate.identity.identify import identify

# --- homonyms


def test_a_homonym_without_a_clue_stays_open_with_ranked_candidates() -> None:
    said = read(text_of("太平镇", "太平镇"))
    assert (said.town, said.county, said.province, said.town_id) == ("太平镇", None, None, None)
    assert codes(said) == {"town_ambiguous"}
    assert len(said.town_candidates) > 30
    assert {candidate.town for candidate in said.town_candidates} == {"太平镇"}
    scores = [candidate.score for candidate in said.town_candidates]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("end", "source"),
    [
        ("古蔺县太平镇人民政府\n2024年1月8日", "signature"),
        ("二、下一步\n为建设法治古蔺作出贡献。", "slogan"),
        ("二、下一步\n邀请古蔺县人民法院法官授课。", "institution"),
        ("二、下一步\n落实《古蔺县2023年法治政府建设工作要点》。", "cited_plan"),
    ],
)
def test_one_clue_to_the_county_settles_a_homonym(end: str, source: str) -> None:
    said = read(text_of("太平镇", "太平镇", end=end))
    assert (said.town, said.county, said.province) == ("太平镇", "古蔺县", "四川省")
    assert source in {evidence.source for evidence in said.town_evidence if evidence.field == "county"}
    assert codes(said) == set()


def test_clues_to_two_counties_settle_nothing() -> None:
    said = read(text_of("太平镇", "太平镇", end="古蔺县太平镇人民政府\n2024年1月8日"), "资中县/太平镇.txt")
    assert said.county == "古蔺县", "a signature outweighs a folder"
    text = text_of("太平镇", "太平镇", end="邀请古蔺县人民法院、江油市人民法院法官授课。")
    assert read(text).town_id is None


def test_a_county_named_alike_needs_its_city() -> None:
    said = read(text_of("牡丹江市西安区先锋街道", "先锋街道"))
    assert (said.county, said.province) == ("西安区", "黑龙江省")
    assert read(text_of("西安区先锋街道", "先锋街道")).town_id is None


def test_partner_towns_do_not_lend_their_county() -> None:
    end = "与江油市青莲镇、仁寿县文林镇联调，化解纠纷6起。\n太平镇人民政府\n2024年1月8日"
    assert read(text_of("太平镇", "太平镇", end=end)).town_id is None


def test_a_known_name_in_a_county_that_has_none_is_not_forced() -> None:
    said = read(text_of("绩溪县桑木镇", "桑木镇"))
    assert (said.town, said.county, said.province, said.town_id) == ("桑木镇", "绩溪县", "安徽省", None)
    assert codes(said) == {"town_unknown"}


def test_an_addressee_elsewhere_speaks_against_the_only_unit_of_a_name() -> None:
    said = read(
        "桑木镇2023年法治政府建设工作报告\n\n中共绩溪县委：\n" + BODY.format(year=2023, town="桑木镇")
    )
    assert said.town_id is None


# --- names


def test_the_end_of_an_unknown_name_is_no_town() -> None:
    said = read(text_of("新太平坝镇", "新太平坝镇"))
    assert (said.town, said.town_id) == ("新太平坝镇", None)
    assert codes(said) == {"town_unknown"}


@pytest.mark.parametrize("title", ["全县城乡环境整治工作总结", "乡村振兴工作报告", "重点集镇管理情况的报告"])
def test_words_that_end_like_a_name_are_no_town(title: str) -> None:
    assert read(f"{title}\n一年来，各项工作有序推进，成效明显。\n").town is None


def test_self_names_are_no_second_town() -> None:
    said = read(text_of("沙柳河镇", "沙柳河镇", end="沙镇法治建设有成效，我镇、全镇、各乡镇、城镇协同。"))
    assert {evidence.value for evidence in said.town_evidence if evidence.field == "town"} == {"沙柳河镇"}


def test_a_name_that_lost_a_character_needs_its_county() -> None:
    assert read(text_of("罗定市滨镇", "滨镇")).town == "榃滨镇"
    assert read(text_of("滨镇", "滨镇")).town_id is None


@pytest.mark.parametrize(
    ("title", "town"), [("沙面街", "沙面街道"), ("沙面街道办事处", "沙面街道"), ("晓关乡", "晓关侗族乡")]
)
def test_short_forms_give_the_full_name(title: str, town: str) -> None:
    said = read(text_of(title, title))
    assert said.town == town
    assert said.town_id


def test_the_name_is_the_one_of_the_year() -> None:
    assert read(text_of("五顷原乡", "五顷原乡", 2019)).town == "五顷原乡"
    assert read(text_of("五顷塬回族乡", "五顷塬回族乡", 2023)).town == "五顷塬回族乡"
    assert read(text_of("五顷塬乡", "五顷塬乡", 2023)).town == "五顷塬回族乡"


def test_a_town_that_did_not_exist_in_the_year_takes_the_nearest_list_marked() -> None:
    said = read(text_of("玉塘街道", "玉塘街道", 2016))
    assert said.county == "光明区"
    assert codes(said, "warning") == {"town_not_in_year"}


OWN_WORDS = (
    "2023年，我镇坚持依法行政，法治政府建设有成效。{more}现将有关情况报告如下：\n一、主要工作\n学法5次。\n"
)


def test_a_neighbour_in_the_opening_is_not_the_writer() -> None:
    for more in ("与关刀镇建立联防机制。", "赴关刀镇学习。", "关刀镇司法所协助工作。"):
        said = read(OWN_WORDS.format(more=more))
        assert (said.town, codes(said)) == (None, {"town_unknown"}), more


def test_zones_in_passing_are_not_the_writer() -> None:
    said = read(OWN_WORDS.format(more="经济开发区、九洲江开发区协同推进。九洲江开发区服务到位。"))
    assert said.town is None
    assert read(text_of("九洲江开发区", "九洲江开发区")).county == "廉江市"


def test_a_menu_of_towns_is_no_clue() -> None:
    menu = "关刀镇\n桑木镇\n湾沟镇\n泉掌镇\n"
    assert read(menu + OWN_WORDS.format(more="")).town is None
    assert read(menu + text_of("羊八井镇", "羊八井镇")).town == "羊八井镇"


def test_several_towns_on_a_par_are_left_open_without_a_name() -> None:
    said = read(OWN_WORDS.format(more=""), "关刀镇/桑木镇/a.txt")
    assert (said.town, said.town_id, codes(said)) == (None, None, {"town_ambiguous"})
    assert {candidate.town for candidate in said.town_candidates} == {"关刀镇", "桑木镇"}


def test_links_below_the_report_sign_nothing() -> None:
    links = "关刀镇召开推进会 2025-05-06\n下一篇：泉掌镇2019年总结\n"
    said = read(text_of("桑木镇", "桑木镇", end="桑木镇人民政府\n2024年1月8日\n" + links))
    assert said.issued_on == "2024-01-08"
    assert {e.value for e in said.town_evidence} == {"桑木镇"}


def test_titles_above_the_breadcrumb_are_a_menu() -> None:
    menu = "四庄乡2021年法治政府建设工作报告\n当前位置：首页 > 乡镇 > 关刀镇\n"
    text = OWN_WORDS.format(more="").replace("2023年，我镇", "2022年，我镇")
    said = read(f"{menu}法治政府建设工作报告\n{text}关刀镇人民政府\n2023年1月8日")
    assert (said.title, said.town, said.year) == ("法治政府建设工作报告", "关刀镇", 2022)


@pytest.mark.parametrize("line", ["全年召开专题会议", "年度召开推进会", "本年审议了委员会通报"])
def test_a_short_line_below_the_title_does_not_take_its_place(line: str) -> None:
    said = read(f"桑木镇2023年法治政府建设年度报告\n{line}\n6次，调解纠纷12件。\n")
    assert (said.title, said.town, said.year) == ("桑木镇2023年法治政府建设年度报告", "桑木镇", 2023)


def test_titles_of_other_reports_in_a_menu_do_not_give_the_year() -> None:
    menu = "桑木镇2021年法治政府建设工作报告\n桑木镇2022年法治政府建设工作报告\n"
    said = read(menu + text_of("桑木镇", "桑木镇"))
    assert (said.year, said.title) == (2023, "桑木镇2023年法治政府建设工作报告")


# --- numbers, signer, addressee


def test_only_the_own_number_counts() -> None:
    cited = "根据通知（习法办〔2023〕21号）要求，现将2023年法治政府建设情况报告如下：\n一、工作\n学法5次。"
    assert read(f"桑木镇2023年法治政府建设报告\n{cited}").doc_number is None
    own = f"桑木府〔2024〕3号　　签发人：王　刚\n桑木镇2023年法治政府建设报告\n县司法局：\n{cited}"
    said = read(own)
    assert (said.doc_number, said.signer, said.addressee) == ("桑木府〔2024〕3号", "王刚", "县司法局")


# --- level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("2023年，桑木镇坚持依法行政。全县会议后，落实法治建设要求，成效明显。", "township"),
        (
            "2023年，坚持依法行政。全县法治建设有成效，桑木镇等地示范。\n习水县人民政府\n2024年1月8日",
            "county",
        ),
        ("2023年，坚持依法行政，全县法治建设有成效，县政府常务会议学法6次。", "county"),
        ("2023年，我局坚持依法行政，指导桑木镇、关刀镇法治建设，成效明显。", "department"),
        ("2023年，坚持依法行政，法治建设有成效，工作有序。\n习水县司法局\n2024年1月8日", "department"),
        ("2023年，坚持依法行政，法治建设有成效，工作有序。\n桑木镇人民政府\n2024年1月8日", "township"),
    ],
)
def test_level_without_a_title(text: str, level: str) -> None:
    assert read(text).level == level


# --- problems


def test_masked_digits_and_spam_are_told() -> None:
    masked = "桑木镇****年法治政府建设总结\n****年，桑木镇学法*次，普法**场，调解***件，成效明显。\n"
    assert codes(read(masked)) == {"digits_masked", "year_unknown"}
    assert codes(read(text_of("桑木镇万豪娱乐", "桑木镇")), "warning") == {"spam_suspected"}


def test_what_is_no_township_report_names_its_kind() -> None:
    said = read("桑木镇2024年法治政府建设工作计划\n为推进依法行政，制定计划如下：\n一、目标\n学法4次。")
    assert said.level == "other"
    assert [p.message.rpartition(": ")[2] for p in said.problems] == ["plan"]


# --- hostile input


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "。" * 50_000,
        "镇" * 50_000,
        "《" * 50_000,
        "[" * 20_000 + "索引号" * 5_000,
        "首页 > " * 20_000,
        "2023年" * 20_000,
        "（" * 30_000 + "2023年",
        "太平镇" * 20_000,
        "县" * 30_000 + "：",
        "-" * 50_000,
        " \t\u3000" * 20_000,
        "*" * 50_000,
        "一\n" * 30_000,
    ],
    ids=lambda text: text[:6].strip() or "blank",
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    import time

    report = report_from_text(text, "镇" * 3_000 + "/" + "-" * 3_000 + ".txt", {"title": "-" * 50_000})
    normal = normalize(text)
    began = time.process_time()
    identity = identify(report, normal)
    assert time.process_time() - began < 0.5
    assert identity.town_id is None
