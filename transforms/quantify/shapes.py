"""Shapes of numerals that count nothing: dates, times, codes, markers, names. Regular expressions as text."""

from __future__ import annotations

from transforms.quantify.figures import DASH, DIGITS, NUMERAL, ONE_TO_NINE, S, either
from transforms.quantify.lexicon import DATE_CUES, MEASURE_WORD, NAMES, SCHEME_CUES, trie

HAN = "[一-鿿]"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_PART = "(?:份|底|初|末|中旬|上旬|下旬)?"
_MONTH_DAY = rf"{_MONTH}{S}月(?:{S}{_DAY}{S}[日号])?"
_JOIN = rf"{S}(?:{DASH}|至|到){S}"
_TO_DAY = rf"(?:{_JOIN}(?:{_MONTH_DAY}|{_DAY}{S}[日号]))?"
_ON = rf"(?:{S}{_MONTH_DAY}{_TO_DAY}|{S}{_MONTH}{_JOIN}{_MONTH}{S}月)?"
DATE = either(
    rf"{_YEAR}(?:{S}年)?{_JOIN}{_YEAR}(?!\d)(?:{S}(?:年度|年))?",  # 2021—2025年
    rf"\d{{4}}{S}年(?:度|代)?{_ON}(?:{_JOIN}(?:\d{{4}}{S}年){_ON})?",  # 2023年1月1日至2023年12月31日
    rf"\d\d年(?=\d{{1,2}}月){_ON}",  # 23年5月
    rf"{_YEAR}(?P<datesep>[-./—])(?:1[0-2]|0?[1-9])(?P=datesep){_DAY}(?!\d)",  # 2023.12.4
    rf"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d|\s?[号日件人万元%.])",  # 20221027
    rf"{_MONTH}(?:{S}(?:{DASH}|至|、|和){S}{_MONTH})?{S}月{_PART}(?:{S}{_DAY}{S}[日号])?{_TO_DAY}",  # 1—10月
    rf"{_MONTH}[·•‧∙・]{_DAY}(?!\d)",  # 12·4
    rf"(?<![\d.]){_MONTH}\.{_DAY}(?=[”\"]?(?:{'|'.join(DATE_CUES)}))",  # 12.4国家宪法日
    rf"[1-4](?:{S}(?:{DASH}|至){S}[1-4])?{S}季度",
    r"\d0年代",
    rf"{_DAY}(?:{_JOIN}{_DAY})?{S}日(?![均常内益])",
)

_CN_MONTH = f"(?:十[一二]?|{ONE_TO_NINE})"
_CN_DAY = f"(?:三十一?|[一二]?十{ONE_TO_NINE}?|廿{ONE_TO_NINE}?|{ONE_TO_NINE})"
_CN_YEAR_DIGIT = f"[{DIGITS}OО0-9]"  # 二○二四 with whatever round character stood at hand
CN_DATE = either(
    rf"[一二](?:[零〇○九OО0oO]|[{DIGITS}](?=[{DIGITS}]{{2}}年)){_CN_YEAR_DIGIT}{{2}}"
    rf"(?:{_JOIN}[一二]{_CN_YEAR_DIGIT}{{3}})?{S}年度?(?:{S}{_CN_MONTH}{S}月(?:{S}{_CN_DAY}{S}[日号])?)?",
    rf"[一二][零〇○九][{DIGITS}]{{2}}{_JOIN}[一二][{DIGITS}]{{3}}",
    rf"{_CN_MONTH}{S}月{_PART}(?:{S}{_CN_DAY}{S}[日号])?",
    rf"[一二三四](?:至[二三四])?{S}季度",
    "[二三四五六七八九]十年代",
)
CLOCK = either(
    r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d])",
    rf"\d{{1,2}}{S}[时点]{S}(?:\d{{1,2}}{S}分(?!之|钟)|许|整|半(?!年|数))",
    r"(?<=[午晨上间])\d{1,2}[时点]",
    r"\d{1,2}时(?=[-—–~至起止到前后以])|(?<=[-—–~至到])\d{1,2}时(?!间)",
)
CN_CLOCK = either(
    rf"[{NUMERAL}]{{1,3}}点(?:[{NUMERAL}]{{1,3}}分|[一三]刻|整|钟|半(?!年|数))",
    rf"(?<=[午晨上间])[{NUMERAL}]{{1,3}}[时点]",
)

_OFFICE = "(?<=[法政委府办发字文函])"  # last character of the letters before a document's year
DAMAGED = either(
    r"(?:19|20)\d{3,6}(?=\s?[年月日号起止])",  # 20212025年, 202311日
    r"(?:0[1-9]|1[0-2])[0-3]\d(?=\s?[日止])",  # 1231日
    r"\d{4}(?=日)",
    r"\d*[*]{2,}\d[\d*]*|\d+[*]+(?![\d*])|\d+[xX]{2,}|\d+[xX×]{1,2}(?=[年月日])",  # 2***, 20XX, 20××年
    rf"{_OFFICE}20[12]\d{{2,4}}(?=号)",  # 委法办20238号
    rf"{_OFFICE}20[12]\d{{2,4}}(?![\d.,%年月日]|{S}(?:[百千万亿余多]|{MEASURE_WORD}))",
)
DOCUMENT = (
    r"(?<=[〔\[［【(（])(?:19|20)\d\d\s?[〕\]］】)）]\s?"
    # 〔2022〕126号, （2023）川01民初126号
    + either(r"第?\s?\d++(?:\s?号)?(?:-\d++)?", rf"{HAN}{{1,3}}\d{{0,4}}{HAN}{{1,3}}\d++号")
)
_SCHEME = "|".join(SCHEME_CUES)
_FIELD = "(?:工作|执法|监管|联动|治理|服务|法治)?"
SLOGAN = either(
    rf"\d+(?:[+](?:\d+|[A-Za-z]+|{ONE_TO_NINE}|[Xx*]))+(?![\d])",  # 1+2+N
    r"\d{1,2}\s?[*×xX]\s?24(?=小时)",
    rf"\d{{2,5}}(?=[”\"]?(?:{_SCHEME}))(?<!\d00)",  # 369模式
    rf"\d{{3,5}}(?=(?:、\d{{3,5}}){{0,3}}[”\"]?{_FIELD}(?:{_SCHEME}))(?<!\d00)",  # 15441工作体系
    rf"(?<![\d:：])\d{{1,3}}[:：]\d{{1,3}}(?![\d.:：]|{S}{MEASURE_WORD})",  # 3:2
)
_CODE_REST = r"[A-Za-z\d_.@]*+(?:[-/][A-Za-z\d_.]++)*"
CODE = either(
    rf"\d+[A-Za-z_]{_CODE_REST}(?<!\d[mgt])(?<!\d[kcm]m)(?<!\dk[gmW])(?<!\dm2)",  # 3A, but not 30km
    r"\d+(?:\.\d+){2,}",
    r"\d{31,}",
    r"\d{5,}/\d{4}(?:-\d+)?(?!\d)",  # 370481/2026-00173
    r"\d+(?:-\d+){2,}",
    r"\d+(?:/\d+){2,}",
)
# letters before digits: file names, index numbers, A4; not an amount after letters (RMB 500, abc3.1千万)
LATIN = either(
    r"(?<![A-Za-z0-9])[A-Za-z]{1,16}\d*/20\d\d-\d+(?!\d)",  # 索引号: zwgk12/2024-00417 分类
    r"(?<![A-Za-z0-9])(?!(?:RMB|CNY|USD|US)\s?\d)[A-Za-z]{1,16}[-_./:@]{0,3}\d[A-Za-z\d_.@%?=&/:\-]*+"
    rf"(?!\s?(?:[百千万亿余多‰]|{MEASURE_WORD}))",
)
FURNITURE = either(
    r"0\d{2,3}-\d{7,8}",  # telephone
    r"1[3-9]\d{9}(?![\d.])",
    r"(?<=[-—–－]\s)\d{1,3}(?=\s[-—–－])",  # page
    r"(?<=[.…·．]{4})\d{1,3}(?=[ \t]?(?:\n|\Z))",  # page of contents, behind leaders
)

_START = r"(?<![^\n。；;!！?？:：\s\x0c])"
_ORDER = f"(?:[一二]?十{ONE_TO_NINE}?|{ONE_TO_NINE})"
MARKER = either(
    rf"{_START}\d{{1,2}}(?:[.．、](?!\d)|[.．](?=(?:19|20)\d\d\s?年)|[)）])",  # 1. 1、 1）
    rf"(?<![\d.,])\d{{1,2}}[.．](?={HAN})(?![百千万亿])",  # 工作情况1.加强
    r"(?<=[(（])\d{1,2}(?=[)）])|(?<=\[)\d{1,2}(?=\])",
    rf"{_START}\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.、]?(?=\s?(?:{HAN}|[“《]))(?!\s?(?:{MEASURE_WORD}|[百千万亿余多]))",
)
CN_MARKER = either(
    rf"(?<=[(（]){S}[{NUMERAL}]{{1,4}}(?={S}[)）])",  # （一）
    rf"(?<![统唯万之第单逐同专]){_ORDER}是(?!否|非|三|四|五)",  # 一是
    rf"{_START}{_ORDER}{S}[、.．]",  # 一、
    rf"(?<![^\n。；;:：，,\s]){ONE_TO_NINE}要",
    r"(?<=其)[一二三四五六](?=[是，,、：:])",
)
CIRCLED = "[①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉]"

_ONCE = "一(?![年天周月日季次个名件条项起步直定些方批共])"
_AGAIN = "一(?![些定般直样致起步切旦律个名件条项次人家户种])"
NAME = either(
    trie(NAMES),
    rf"{ONE_TO_NINE}五(?=[”\"」]?{S}(?:普法|规划))",  # 八五普法
    r"十[一二三四五六]五(?!\d)",  # 十四五
    r"[二三四五六七八九十两]{1,2}大(?![队专型于会家人街道桥])",  # 二十大
    # 十届六次、七次全会
    rf"[{NUMERAL}]{{1,3}}届(?:[人党]大|政协|纪委|委员会|人民代表大会)?(?:第)?(?:[{NUMERAL}]{{1,3}}次(?:全会)?[、和及]){{0,3}}[{NUMERAL}]{{1,3}}次(?:全会|全体会议|会议)",
    rf"[{NUMERAL}]{{1,3}}届(?:[一二三四五六七]中[、，和]?){{0,3}}(?:全会)?",  # 二十届三中全会
    r"[一二三四五六七](?:中[、，和][一二三四五六七])?中全会",
    "[一二两三四五]级",
    "(?<=最多跑)一次",
    # 三台县, 五里村: places
    "[一二三四五六七八九十百千万]{1,2}[里台家户门口道]子?(?:[县乡屯店庄营寨沟湾岭坪坝]|镇(?![属级直村])|村(?![民委级干部里集]))",
    r"[二三四五六七八九十]进(?=[”\"、，。活宣法])",  # 法律六进
    # 一人一策, 一村（社区）一法律顾问
    rf"{_ONCE}(?:(?![{NUMERAL}]){HAN}){{1,2}}(?:[(（]{HAN}{{1,3}}[)）])?{_AGAIN}(?![{NUMERAL}]){HAN}",
)


def _quotation(opening: str, closing: str) -> str:
    """A short quotation with a numeral in it, up to its closing mark."""
    holds = rf"(?=[^{closing}]{{0,15}}[\d{NUMERAL}])"
    return rf"{opening}{holds}[^{opening}{closing}，。；：！？,;!?\n]{{1,16}}(?={closing})"


QUOTED = either(_quotation("“", "”"), _quotation("「", "」"), _quotation('"', '"'))
TITLE = rf"《(?=[^》]{{0,60}}[\d{NUMERAL}])[^《》]{{1,60}}(?=》)"
