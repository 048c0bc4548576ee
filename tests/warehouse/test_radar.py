"""The copy radar: shared text is found whatever the names and numbers, and nothing else is."""

from __future__ import annotations

import pytest
from duckdb import DuckDBPyConnection

from benchmarks.copied import FOUND, Made, measured, reports, warehouse_of
from warehouse import radar
from warehouse.radar import update_likeness
from warehouse.schema import read

CLAUSES = (
    "坚持把矛盾纠纷化解在村组一级",
    "全年共排查各类婚姻家庭纠纷126件",
    "组织网格员逐户走访了解群众诉求",
    "举办以民法典为主题的院坝会28场",
    "安排驻村律师每月到村值班接待群众",
    "柳湾镇综合执法队开展占道经营整治",
    "对违规搭建的彩钢棚依法予以拆除",
)


def likeness(connection: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT report_id, like_report_id, like_share, same_numbers_share FROM report_likeness ORDER BY ALL"
    ).fetchall()


def of(*texts: tuple[str, str]) -> DuckDBPyConnection:
    connection = warehouse_of([Made(town, text, n) for n, (town, text) in enumerate(texts)])
    update_likeness(connection)
    return connection


TEXT = "，".join(CLAUSES) + "。"


def test_text_reused_with_another_name_and_new_numbers() -> None:
    other = TEXT.replace("柳湾", "石门").replace("126", "233").replace("28", "31")
    rows = likeness(of(("柳湾镇", TEXT), ("石门镇", other)))
    assert rows == [("r00000000", "r00000001", 1, 0), ("r00000001", "r00000000", 1, 0)]


def test_text_reused_with_the_same_numbers() -> None:
    rows = likeness(of(("柳湾镇", TEXT), ("石门镇", TEXT.replace("柳湾", "石门"))))
    assert [row[2:] for row in rows] == [(1, 1), (1, 1)]


def test_line_breaks_spaces_and_readings_hide_nothing() -> None:
    scanned = TEXT.replace("柳湾", "石门").replace("群众", "群 众").replace("律师", "律師(shī)"[:1] + "师\n")
    [first, _] = likeness(of(("柳湾镇", TEXT), ("石门镇", scanned)))
    assert first[2] == 1


def test_a_town_named_without_its_kind_hides_nothing() -> None:
    """柳湾 for 柳湾镇, as clerks write."""
    rows = likeness(of(("柳湾镇", TEXT), ("石门镇", TEXT.replace("柳湾镇", "石门"))))
    assert [row[2:] for row in rows] == [(1, 1), (1, 1)]


def test_texts_of_their_own_are_like_none() -> None:
    rows = likeness(of(("柳湾镇", TEXT), ("石门镇", "认真落实行政执法公示制度和重大执法决定法制审核制度。")))
    assert [row[1] for row in rows] == [None, None]


def test_only_what_changed_is_printed_anew() -> None:
    connection = of(("柳湾镇", TEXT), ("石门镇", TEXT))
    before = likeness(connection)
    assert update_likeness(connection) == 0
    assert likeness(connection) == before
    connection.execute("UPDATE report_text SET text = '无', load_id = 2 WHERE report_id = 'r00000001'")
    assert update_likeness(connection) == 1
    assert [row[1] for row in likeness(connection)] == [None, None]


def test_a_report_that_is_no_longer_current_is_like_none() -> None:
    connection = of(("柳湾镇", TEXT), ("石门镇", TEXT))
    connection.execute("UPDATE report SET is_current = false WHERE report_id = 'r00000001'")
    update_likeness(connection)
    assert likeness(connection) == [("r00000000", None, None, None)]


@pytest.mark.slow
def test_copies_among_five_thousand_reports() -> None:
    share, alarms, _ = measured(seed=5)
    assert share >= 0.99
    assert alarms == 0


def test_copies_among_a_few_hundred_reports() -> None:
    made = list(reports(400, seed=3))
    connection = warehouse_of(made)
    update_likeness(connection)
    shares = dict(connection.execute("SELECT report_id, like_share FROM report_likeness").fetchall())
    copies = [f"r{n:08d}" for n in range(360, 400)]
    assert sum((shares[name] or 0) >= FOUND for name in copies) >= 39


def test_the_same_pairs_however_many_are_counted_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list(reports(60, seed=3))
    whole, parts = warehouse_of(made), warehouse_of(made)
    update_likeness(whole)
    monkeypatch.setattr(radar, "read", lambda name: read(name).replace("// 10000", "// 7"))
    update_likeness(parts)
    assert likeness(parts) == likeness(whole)
    asked = "SELECT count(DISTINCT part) FROM numbered_report"
    assert (whole.execute(asked).fetchone(), parts.execute(asked).fetchone()) == ((1,), (9,))
