"""Two columns are read one after the other; a table or a plain page is not taken for them."""

from __future__ import annotations

from transforms.decode.columns import Stretch, columns_of, gutters_of
from transforms.decode.glyph import Glyph
from transforms.decode.paged_text import joined_pages
from transforms.decode.printed_lines import PageOfText
from transforms.decode.ruled_tables import rules_of, tables_of

SIZE = 12.0
TITLE = "横跨两栏的标题是这样的一行文字在正中间啊"
LEFT = "全年共排查各类矛盾纠纷一百二十六件，成功调解一百二十四件，群众满意度不断提升。" * 4
RIGHT = "开展法治宣传活动三十一场次，发放宣传资料五千余份，受教育群众三千二百余人次。" * 4


def glyphs(text: str, left: float, top: float) -> list[Glyph]:
    return [
        Glyph(left + i * SIZE, top - SIZE, left + (i + 1) * SIZE, top, character)
        for i, character in enumerate(text)
    ]


def column(text: str, left: float, top: float, wide: int = 16) -> list[Glyph]:
    lines = [text[i : i + wide] for i in range(0, len(text), wide)]
    return [g for n, line in enumerate(lines) for g in glyphs(line, left, top - 20 * n)]


def split(page: list[Glyph]) -> list[Stretch]:
    return columns_of(page, *gutters_of([page]))


def test_the_left_column_comes_before_the_right_one_also_where_lines_are_not_level() -> None:
    for shift in (0.0, 7.0):
        page = glyphs(TITLE, 180, 800)
        page += column(LEFT, 60, 740) + column(RIGHT, 330, 740 - shift)
        text, _ = joined_pages([PageOfText(842, page)])
        assert text.replace("\n", "") == TITLE + LEFT + RIGHT
        assert len(split(page)) == 3


def test_a_page_of_one_column_and_a_table_without_rules_stay_whole() -> None:
    assert len(split(column(LEFT + RIGHT, 60, 740, wide=38))) == 1
    rows = [
        g for n in range(20) for g in glyphs("调解纠纷", 60, 740 - 20 * n) + glyphs("126", 330, 740 - 20 * n)
    ]
    assert len(split(rows)) == 1


def ruled(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    return [(xs[0], y, xs[-1], y + 0.5) for y in ys] + [(x, ys[0], x + 0.5, ys[-1]) for x in xs]


def test_a_last_page_with_a_date_in_its_second_column_has_the_columns_of_the_pages_before() -> None:
    first = column(LEFT, 60, 740) + column(RIGHT, 330, 740)
    last = column(LEFT, 60, 740) + glyphs("2024年1月18日", 354, 740)
    assert len(split(last)) == 1
    text, _ = joined_pages([PageOfText(842, page) for page in (first, last)])
    assert "".join(text.split()) == LEFT + RIGHT + LEFT + "2024年1月18日"


def test_a_page_across_and_a_table_keep_their_lines_behind_pages_in_columns() -> None:
    first = column(LEFT, 60, 740) + column(RIGHT, 330, 740)
    across = column(LEFT + RIGHT, 60, 740, wide=38)
    rows = [
        g for n in range(20) for g in glyphs("调解纠纷", 60, 740 - 20 * n) + glyphs("126", 330, 740 - 20 * n)
    ]
    assert [gutter is None for gutter in gutters_of([first, across, rows])] == [False, True, True]


def table(rows: list[tuple[str, ...]], top: float) -> PageOfText:
    """Cells of 60 points at `top`, 40 high; text begins 5 points right of their rule and fills from above."""
    xs = [60.0 + 60 * n for n in range(len(rows[0]) + 1)]
    page = [
        g
        for n, row in enumerate(rows)
        for m, cell in enumerate(row)
        for k, line in enumerate(cell.split("/"))
        for g in glyphs(line, xs[m] + 5, top - 2 - 40 * n - 14 * k)
    ]
    return PageOfText(
        842, page, rules=rules_of(ruled(xs, [top - 40.0 * n for n in range(len(rows), -1, -1)]))
    )


def test_a_row_broken_by_the_end_of_a_page_is_one_row() -> None:
    above = [("类别", "项目", "单位"), ("人民调解", "调解成功", "件")]
    pages = [table(above, 400), table([("", "率", ""), ("普法", "发放资料", "份")], 700)]
    assert joined_pages(pages)[0].split("\n") == [
        "类别\t项目\t单位",
        "人民调解\t调解成功率\t件",
        "普法\t发放资料\t份",
    ]


def test_a_row_below_a_cell_of_several_rows_is_no_rest_of_the_row_before() -> None:
    above = [("类别", "项目", "数量"), ("人民调解", "调解", "12")]
    for below in (("", "成功", "11"), ("", "", "11"), ("其他", "成功", "11")):
        pages = [table(above, 400), table([below, ("普法", "发放资料", "31")], 700)]
        assert joined_pages(pages)[0].split("\n")[2] == "\t".join(below)


def test_cells_between_rules_stay_whole_and_apart() -> None:
    rules = rules_of(ruled([60, 133, 200], [600, 640, 660]))
    page = glyphs("项目", 62, 657) + glyphs("数量", 136, 657)
    page += glyphs("调解矛盾纠", 62, 637) + glyphs("纷", 62, 622) + glyphs("126件", 135, 630)
    text, _ = joined_pages([PageOfText(842, page, rules=rules)])
    assert text.split("\n") == ["项目\t数量", "调解矛盾纠纷\t126件"]


def test_a_cell_of_several_rows_is_told_in_the_first() -> None:
    boxes = [*ruled([60, 130, 200], [600, 640]), (130, 620, 200, 620.5)]
    (table,) = tables_of(rules_of(boxes))
    page = glyphs("宣传", 62, 625) + glyphs("12场", 136, 637) + glyphs("30份", 136, 617)
    text, _ = joined_pages([PageOfText(842, page, rules=rules_of(boxes))])
    assert text.split("\n") == ["宣传\t12场", "\t30份"]
    assert len(list(table.cells())) == 2


def test_a_frame_around_prose_is_no_table_and_a_drawing_neither() -> None:
    assert tables_of(rules_of(ruled([60, 500], [100, 700]))) == []
    many = [(float(x), 3.0 * y, x + 6.0, 3.0 * y + 0.5) for x in range(0, 500, 20) for y in range(200)]
    assert tables_of(rules_of(many)) == []
