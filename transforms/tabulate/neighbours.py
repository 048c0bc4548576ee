"""A neighbouring town that is not named: its figures are told to compare, and are none of the town's."""

from __future__ import annotations

import re
from typing import Final

# 邻镇调解210件, 学习兄弟街道经验，其全年宣讲86场: a neighbour that has no name. One that came to the town, or
# with which the town did something, leaves the figures the town's.
NEIGHBOUR: Final = re.compile(
    r"(?:^|[，,；;：:。、\n）).．]|[一二三四五六七八九十]是|年|月|来|期间|对比|对照|比照|参照|借鉴|学习|了解|据悉|得知|看到|而|如|像)\s*"
    r"(?:邻近?|隔壁|相邻|毗邻|周边|周围|附近|临近|兄弟|友邻|外地)(?:的[\u4e00-\u9fff]{2,3}(?=[镇乡街])|的|\d{1,2}个|[几多两三]个|某|某个|各|其他|一些|部分)?"
    r"(?:乡镇|镇街|街镇|街道|镇(?!街)|乡(?!镇)|县(?!区)|区县)"
    r"(?!村|民|间|[界边]|交界|接壤|群众|[联互协]|共[同商治建]|[前到]?来|考察|交流|观摩|参观|的?(?:先进|成功|好)?(?:经验|做法|模式|案例)"
    r"(?![^，,；;。]{0,8}[，,](?:其|该[镇乡街]|他们|对方)))"
)
IN_NEIGHBOUR: Final = frozenset("邻壁边围近弟外")
