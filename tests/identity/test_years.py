"""Which year a report is of, and until which day it tells."""

from __future__ import annotations

import pytest

from tests.identity.told import codes, read, text_of


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
