"""Small reports of real towns in the manner of real ones, written for these tests."""

from __future__ import annotations

from pathlib import Path

TOWNS = ("赵化镇", "榄核镇", "杨柳雪镇")


def report(town: str, year: int = 2022, meetings: int = 4, disputes: int = 120) -> str:
    """A report with seven facts or so."""
    return (
        f"{town}{year}年度法治政府建设工作报告\n\n"
        f"{year}年，{town}深入学习贯彻习近平法治思想，扎实推进法治政府建设。现将有关情况报告如下：\n\n"
        "一、主要做法\n"
        f"（一）加强组织领导。全年召开法治建设专题会议{meetings}次，研究解决问题7项。\n"
        f"（二）深化普法宣传。开展法治宣传活动23场，发放宣传资料4600余份，覆盖群众近3万人次。\n"
        f"（三）化解矛盾纠纷。调解各类矛盾纠纷{disputes}件，调解成功率达98%以上。\n\n"
        "二、存在的问题\n执法力量不足，专业人员偏少。\n\n"
        "三、下步打算\n计划召开专题会议不少于5次。\n\n"
        f"{town}人民政府\n{year + 1}年1月10日\n"
    )


def make_source(folder: Path) -> Path:
    """Three reports, a copy of one in another encoding, five files that are none, one ignored by its name."""
    (folder / "县").mkdir(parents=True)
    for number, town in enumerate(TOWNS):
        (folder / f"{number}.txt").write_text(report(town, meetings=3 + number), "utf-8")
    (folder / "县" / "copy.txt").write_text(report(TOWNS[0], meetings=3), "gb18030")
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x7fELF" + bytes(range(256)) * 4)
    (folder / "essay.txt").write_text("秋天到了，我们一家三口去看红叶，走了十公里。\n", "utf-8")
    (folder / "county.txt").write_text("富顺县2022年度法治政府建设情况报告\n全县召开会议6次。\n", "utf-8")
    (folder / "nowhere.txt").symlink_to(folder / "not-there.txt")
    (folder / ".DS_Store").write_bytes(b"\0\1")
    return folder


FILES_IN = {"accepted": 3, "quarantined": 5, "unchanged": 0, "duplicate": 1, "ignored": 1}


def make_many(folder: Path) -> Path:
    """78 reports (three towns, 26 years): four batches, so that a run can be met in the middle."""
    folder.mkdir(parents=True)
    for town in TOWNS:
        for year in range(2000, 2026):
            (folder / f"{town}{year}.txt").write_text(report(town, year, disputes=year - 1900), "utf-8")
    return folder
