"""What identity decides, what it leaves open, and what it says about either."""

from __future__ import annotations

import pytest

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


def test_titles_of_other_reports_in_a_menu_do_not_give_the_year() -> None:
    menu = "桑木镇2021年法治政府建设工作报告\n桑木镇2022年法治政府建设工作报告\n"
    said = read(menu + text_of("桑木镇", "桑木镇"))
    assert (said.year, said.title) == (2023, "桑木镇2023年法治政府建设工作报告")


# --- year


@pytest.mark.parametrize(
    ("text", "year", "source"),
    [
        ("桑木镇2022年法治政府建设总结\n2023年，桑木镇坚持依法行政，工作有序。", 2022, "title"),
        (
            "桑木镇法治政府建设总结\n2022年，桑木镇坚持依法行政。现将2021年情况报告如下：",
            2022,
            "first_sentence",
        ),
        (
            "桑木镇法治政府建设总结\n一年来，桑木镇坚持依法行政。现将2021年情况报告如下：",
            2021,
            "announcement",
        ),
        ("桑木镇法治政府建设总结\n桑木镇坚持依法行政，落实《全县2020年普法工作要点》。", 2020, "cited_plan"),
        ("桑木镇法治政府建设总结\n桑木镇坚持依法行政，工作有序推进。\n2023年1月8日", 2022, "signature"),
        ("桑木镇法治政府建设总结\n桑木镇坚持依法行政，工作有序推进。\n2023年7月8日", 2023, "signature"),
        ("发布时间：2023-02-01\n桑木镇法治政府建设总结\n桑木镇坚持依法行政，工作有序。", 2022, "posted"),
    ],
)
def test_order_of_the_year(text: str, year: int, source: str) -> None:
    said = read(text)
    assert (said.year, said.year_evidence[0].source) == (year, source)


@pytest.mark.parametrize(
    "sentence",
    [
        "落实《法治政府建设实施纲要（2021—2025年）》。",
        "下一步，2026年将开展宣传20场。",
        "根据《关于报送材料的函》（某法办〔2024〕8号）开展工作。",
        "索引号：11500230008688401K/2025-00011",
        "本办成立于2008年。",
    ],
)
def test_years_that_are_not_the_reports(sentence: str) -> None:
    said = read(f"桑木镇法治政府建设工作总结\n桑木镇坚持依法行政，工作有序推进。\n{sentence}")
    assert (said.year, codes(said)) == (None, {"year_unknown"})


def test_a_conflict_of_years_is_recorded() -> None:
    said = read("桑木镇2023年法治政府建设总结\n2022年，桑木镇坚持依法行政，工作有序。")
    assert said.year == 2023
    assert codes(said, "warning") == {"year_conflict"}


@pytest.mark.parametrize(
    ("title", "until"),
    [
        ("桑木镇2023年上半年法治政府建设工作总结", "2023-06-30"),
        ("桑木镇2023年1—10月法治政府建设工作总结", "2023-10-31"),
        ("桑木镇2023年前三季度法治政府建设工作总结", "2023-09-30"),
        ("桑木镇2023年法治政府建设工作总结", None),
    ],
)
def test_reports_on_a_part_of_the_year(title: str, until: str | None) -> None:
    said = read(f"{title}\n桑木镇坚持依法行政，上半年调解20件，下半年调解30件。")
    assert (said.period_end, codes(said)) == (until, set())


def test_the_day_of_signature_outranks_that_of_printing_and_posting() -> None:
    end = "桑木镇人民政府\n2024年1月8日\n桑木镇党政办公室　2024年1月10日印发\n"
    assert read("发布时间：2024-02-01\n" + text_of("桑木镇", "桑木镇", end=end)).issued_on == "2024-01-08"


def test_impossible_and_incomplete_dates_are_none() -> None:
    assert read(text_of("桑木镇", "桑木镇", end="2024年2月30日\n")).issued_on is None
    assert read(text_of("桑木镇", "桑木镇", end="2024年1月\n")).issued_on is None


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


# --- manifest


def line(**cells: object) -> ManifestLine:
    return ManifestLine(path="a.txt", line=2, **cells)  # type: ignore[arg-type]


def test_a_manifest_line_settles_a_homonym() -> None:
    said = read(text_of("太平镇", "太平镇"), manifest=line(county="古蔺县"))
    assert (said.county, said.province) == ("古蔺县", "四川省")
    assert said.town_id
    assert codes(said) == set()


def test_a_manifest_outranks_the_text_and_says_so() -> None:
    said = read(text_of("桑木镇", "桑木镇"), manifest=line(town="关刀镇", year=2021))
    assert (said.town, said.county, said.year) == ("关刀镇", "通城县", 2021)
    assert [p.code for p in said.problems] == ["manifest_differs", "manifest_differs"]


def test_a_manifest_fills_in_what_the_text_lacks() -> None:
    text = "我镇坚持依法行政，法治政府建设有成效。\n一、工作\n学法5次。"
    said = read(text, manifest=line(town="太平镇", county="古蔺县", year=2022, published_on="2023-01-09"))
    assert (said.town, said.county, said.year, said.issued_on) == ("太平镇", "古蔺县", 2022, "2023-01-09")
    assert {evidence.source for evidence in said.town_evidence} == {"manifest"}
    assert codes(said) == set()


def test_a_manifest_town_in_a_county_that_has_none_stays_out() -> None:
    said = read(text_of("桑木镇", "桑木镇"), manifest=line(town="桑木镇", county="绩溪县"))
    assert said.town_id is None
    assert "town_unknown" in codes(said)


def test_the_url_of_a_manifest_spells_a_county() -> None:
    url = "https://www.example.cn/gulin/zwgk/a.html"
    assert read(text_of("太平镇", "太平镇"), manifest=line(url=url)).county == "古蔺县"


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
