"""Which lines of a web page are the report itself.

Known containers of content managers come first; elsewhere the run of lines with the most prose. Whatever is left
outside stays in the text: identity reads it, and none of its numbers is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from transforms.decode.html_blocks import Line, Page

# Elements that hold the article and nothing else, by content manager (UCAP, TRS, Hanweb, 博达 …)
CONTAINERS = frozenset(
    "#UCAP-CONTENT .TRS_Editor .TRS_UEDITOR .trs_editor_view #zoom #Zoom #zoomcon #vsb_content #vsb_content_2"
    " #vsb_content_4 #vsb_content_100 .v_news_content .Custom_UnionStyle .pages_content .bt_content"
    " .zwxl-article .xxgk_content .article_content .article-content .article-body .wzcon #js_content"
    " #ivs_content #artibody .view-content .news_content .detail-content .info-content".split()
)
LEAST_SHARE = (
    0.5  # of the page's best run of prose; a container with less is a teaser or a template left-over
)

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_PROSE_MARKS = re.compile(r"[，。；、：]")
_FURNITURE = re.compile(
    r"索\s*引\s*号|索取号|发布(?:机构|时间|日期|单位)|發布(?:機構|時間|日期|單位)|成文日期|生成日期|公开日期|组配分类|主题分类|信息分类|公开类别"
    r"|有\s*效\s*性|文\s*号[:：\t]|发文字号|(?:浏览|访问|阅读|点击|點擊|瀏覽)(?:次数|次數|量|数|數)?\s*[:：]?\s*\d*|来\s*源\s*[:：]|來源\s*[:：]"
    r"|字\s*[体号]\s*[:：]?|打\s*印|列印|关闭|收藏|分享|扫一扫|当前位置|當前位置|所在的?位置|首\s*页|首頁|网站地图|網站地圖|友情链接|友情鏈接"
    r"|无障碍|语音播报|播报模式|长者|关怀版|ICP备|公网安备|网站标识码|主办单位?[:：]|承办单位?[:：]|版权所有|技术支持"
    r"|上一[篇条页]|下一[篇条页]|相关(?:文档|阅读|链接|信息)|责任编辑|作\s*者\s*[:：]|信息来源|邮\s*编|联系我们|Copyright",
    re.I,
)
_SIGNATURE = re.compile(
    r"^[^，。；]{2,40}(?:政府|办事处|辦事處|委员会|委員會|党工委|黨工委|党委|黨委|司法所|工委|办公室|镇|乡|街道|鎮|鄉)$"
    r"|^(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$"
    r"|^[（(](?:此件|联系|此页)[^）)]*[）)]$|^附件[:：\d]?|^抄送[:：]"
)
_TITLE = re.compile(r"(?:报告|總結|总结|情况|情況|報告|汇报|匯報|通知|函)$")
_LETTERHEAD = re.compile(r"^[^，。；：]{0,30}[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*第?\s*\d+\s*号$|^[^，。；]{2,40}(?:人民政府|办事处|委员会|街道工委)$|^关于|^各[^，。]{2,30}[:：]$|^[^，。]{2,30}(?:县|区|市|州|旗)[^，。]{0,20}[:：]$")  # fmt: skip


def body_lines(page: Page, lines: Sequence[Line]) -> tuple[int, int]:
    """First and one past the last line of the report; (0, len(lines)) where nothing looks like prose."""
    values = [line_value(line) for line in lines]
    run = best_run(values)
    if run is None:
        return 0, len(lines)
    contained = _best_container(page, lines, values)
    if contained is not None and sum(max(0, v) for v in values[slice(*contained)]) >= LEAST_SHARE * sum(
        max(0, v) for v in values[slice(*run)]
    ):
        return contained
    return widened(lines, run)


def line_value(line: Line) -> int:
    """Prose counts for as many Chinese characters as stand outside links; furniture counts against."""
    free = len(line.text) - line.linked
    han = len(_HAN.findall(line.text))
    if line.linked * 2 > len(line.text):
        return -60
    if _FURNITURE.search(line.text) and (len(line.text) < 80 or "。" not in line.text):
        return -120
    if "\t" in line.text and any(c.isdigit() for c in line.text):
        return 2  # a row of a table inside the report
    value = round(han * free / max(1, len(line.text)))
    marks = len(_PROSE_MARKS.findall(line.text))
    return value if marks or value > 60 else min(value, 12) - 8


def best_run(values: Sequence[int]) -> tuple[int, int] | None:
    """The contiguous stretch with the greatest sum (first of equals); None if no value is positive.

    >>> best_run([-5, 40, -8, 90, -60, 10])
    (1, 4)
    """
    best, best_sum = None, 0
    start = total = 0
    for i, value in enumerate(values):
        if total <= 0:
            start, total = i, 0
        total += value
        if total > best_sum:
            best, best_sum = (start, i + 1), total
    return best


def widened(lines: Sequence[Line], run: tuple[int, int]) -> tuple[int, int]:
    """The run with the title lines right above it and the signature and date right below."""
    first, last = run
    while first > 0 and run[0] - first < 8 and _opens_report(lines[first - 1]):
        first -= 1
    while last < len(lines) and last - run[1] < 6 and _closes_report(lines[last]):
        last += 1
    return first, last


def _opens_report(line: Line) -> bool:
    text = line.text
    if line.linked or len(text) > 80 or (_FURNITURE.search(text) and not _TITLE.search(text)):
        return False
    return bool(_TITLE.search(text) or _LETTERHEAD.search(text))


def _closes_report(line: Line) -> bool:
    return not line.linked and bool(_SIGNATURE.search(line.text))


def _best_container(page: Page, lines: Sequence[Line], values: Sequence[int]) -> tuple[int, int] | None:
    """Lines of the known container that holds most prose; of nested ones the innermost that loses nothing."""
    nodes = [line.node for line in lines]
    best, best_value = None, 0
    for i, names in enumerate(page.names):
        if names and not CONTAINERS.isdisjoint(names.split(" ")):
            span = _lines_inside(nodes, i, page.end[i])
            value = sum(values[slice(*span)])
            if value > 0 and value >= best_value:
                best, best_value = span, value
    return best


def _lines_inside(nodes: Sequence[int], first: int, end: int) -> tuple[int, int]:
    return bisect_left(nodes, first), bisect_left(nodes, end)
