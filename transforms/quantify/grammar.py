"""One compiled pattern that finds every numeral of a folded text and says, by the name of the group, what shape it has.

A class of first characters stands in front, so running text costs one scan (measured: four times faster than an optional
word in front). Every repetition is bounded or possessive and the last alternative swallows a whole run of numeral
characters, so no text makes the scan more than linear. What a shape means is decided by the module that reads it.
"""

from __future__ import annotations

import re
from typing import Final

from transforms.quantify.lexicon import (
    AFTER,
    BETWEEN,
    DATE_CUES,
    Hedge,
    HOTLINES,
    MEASURE_FIRST,
    MEASURE_WORD,
    NAMES,
    SCHEME_CUES,
    trie,
)

DIGITS = "零〇○一二三四五六七八九两壹贰弍叁肆伍陆柒捌玖俩仨幺"
UNITS = "十百千万亿兆拾佰仟廿卅卌"
NUMERAL = DIGITS + UNITS
S = r"\s?"  # a space or a line break which a scan left between two characters
SPACE = r"[ \u00a0\u3000]?"
GAP = r"[ \u00a0\u3000\r\n]{0,2}"  # between a figure and its measure word a page break may stand
DASH = r"[-—–~－―]{1,2}"

# 46 250 and 1 200 by thousands; 5 00 0 and １ ４ only where a lone digit or a leading zero shows that one number was split
_FOLLOWS = rf"(?={S}(?:[余多百千万亿%‰]|{MEASURE_WORD}))"
_BROKEN = r"(?:[ \u00a0\u3000]|(?<=[^\n]{15}\d)\n)"
SPACED = (
    rf"(?:\d{{1,3}}(?:[ \u00a0]\d{{3}}){{1,4}}(?!\d)(?:{_FOLLOWS}|(?=[，。；、）)]))"
    rf"|(?<![\s\S])\d{{1,3}}(?: \d{{3}}){{1,4}}\Z"
    rf"|(?!(?:19|20)\d\d )(?=(?:\d{{1,3}}{_BROKEN}){{0,5}}(?:\d(?!\d)|0\d*))"
    rf"\d{{1,3}}(?:{_BROKEN}\d{{1,3}}){{1,6}}(?!\d){_FOLLOWS}(?<![ ]\d[ ]\d[ ]\d[ ]\d[ ]\d[ ]\d))"
)
SEPARATED = r"\d{1,3}(?:[,，]\d{3}){1,6}(?!\d)(?:\.\d++)?"
PLAIN = r"\d++(?:\.\d++(?!\.\d))?"
_NOT_A_MULTIPLIER = r"(?!百(?:[姓家花科强货日分]|度)|千(?:方|家万|里|[克瓦伏卡米])|万(?:[众象物盛州]|一(?!千|百|十)|无一)|亿(?:元户))"
_MIXED = (
    rf"(?:{S}{_NOT_A_MULTIPLIER}[百千万亿佰仟](?:千(?![克瓦米伏卡])|万(?!千瓦)|亿)?"
    rf"(?:零?[{DIGITS}](?=[十百千])[{NUMERAL}]{{0,24}}+(?:\d{{1,4}}(?!\d))?"
    rf"|零[{DIGITS}十百千]{{1,24}}+(?:\d{{2,4}}(?!\d))?|\d{{2,4}}(?![\d.])[十百千万]{{0,3}}+"
    rf"|\d(?=[十百千万])[{UNITS}\d]{{1,24}}+)?)"
)
ARABIC = rf"(?:{SPACED}|{SEPARATED}|{PLAIN}){_MIXED}?"
_NOT_FEW = "(?<![人总次件户个参整约多少算分倍指函基读票奇偶系常字号变岁代])"
CHINESE = (
    rf"(?:(?:{_NOT_FEW}数|几)(?=[十百千万亿])[{UNITS}]++"
    rf"|[{NUMERAL}]++(?: [{NUMERAL}]++){{0,15}}(?: ?点 ?[{DIGITS}\d]++(?![十百刻分钟])[百千万亿]*+|(?:(?<=[十廿卅])几|几(?=[十百千万亿{MEASURE_FIRST}]))[十百千万亿]*+|(?<=[百千万亿零])\d{{1,4}}(?!\d))?)"
)
NUMBER = rf"(?:{ARABIC}|{CHINESE})"


def _hedge_between(hedge: Hedge) -> str:
    others = [f"[{hedge.not_before}]"] if hedge.not_before else []
    blocked = "|".join([*others, *hedge.not_before_word])
    return f"{hedge.word}(?!{blocked})" if blocked else hedge.word


MORE = "(?:" + "|".join(map(_hedge_between, BETWEEN.values())) + ")"
_MORE_THEN = rf"(?:{SPACE}|\r?\n(?={MORE}{GAP}{MEASURE_WORD}))(?P<more>{MORE})"
AFTERWARDS = trie([word for word, hedge in AFTER.items() if not hedge.unit])
_AFTER_TIME = (
    rf"(?<=[{AFTER['多'].unit}])多(?![{BETWEEN['多'].not_before}])|(?<=[{AFTER['余'].unit}])余(?![家姚杭])"
)

# what may follow 元, 块 or 角: 五角三分, 五 (三块五), 整
_COIN = rf"(?:[{NUMERAL}]++|\d{{1,2}})"
COINS = (
    rf"(?:(?<=[元圆块])(?:零?{_COIN}[角毛](?:零?{_COIN}分|[一二三四五六七八九](?![{NUMERAL}\d\s{MEASURE_FIRST}]))?|零?{_COIN}分(?!之|钟|别))|(?<=[角毛]){_COIN}分)[钱整正]?"
    rf"|(?<=[元圆块])(?:[整正](?![改治])|[一二三四五六七八九](?![{NUMERAL}\d\s{MEASURE_FIRST}]))|(?<=[角毛])钱"
)

# 介于20和30之间
_BETWEEN_TWO = rf"[和与跟](?=[\d{NUMERAL}.%{MEASURE_FIRST}]{{1,16}}之间)"
# one number with hedge and measure word, or two joined into a range
COUNT = (
    rf"(?P<figure>{NUMBER})(?:{_MORE_THEN}(?P<scale>{SPACE}[百千万亿]{{1,2}})?)?"
    rf"(?:{GAP}(?P<unit>{MEASURE_WORD})(?P<coins>{COINS})?)?"
    rf"(?:{SPACE}(?:{DASH}|至|到|{_BETWEEN_TWO}){SPACE}(?P<minus2>负|零下|(?<=[至到~])-)?(?P<figure2>{NUMBER})(?:{SPACE}(?P<more2>{MORE})(?P<scale2>[百千万亿]{{1,2}})?)?"
    rf"(?(unit){GAP}(?P=unit)|(?:{GAP}(?P<unit2>{MEASURE_WORD}))?))?"
    rf"(?(unit)(?P<half>半(?![数年天个小])|(?<=成)[一二三四五六七八九])?|)(?P<after>{SPACE}(?:{AFTERWARDS}|{_AFTER_TIME}))?"
)

_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_CN_MONTH = "(?:十[一二]?|[一二三四五六七八九])"
_CN_DAY = "(?:三十一?|[一二]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH_DAY = rf"{_MONTH}{S}月(?:{S}{_DAY}{S}[日号])?"
_JOIN = rf"{S}(?:{DASH}|至|到){S}"
_ON = rf"(?:{S}{_MONTH_DAY}(?:{_JOIN}(?:{_MONTH_DAY}|{_DAY}{S}[日号]))?|{S}{_MONTH}{_JOIN}{_MONTH}{S}月)?"
_DAY_CUES = "|".join(DATE_CUES)
DATE = (
    rf"(?:19|20)\d\d(?:{S}年)?{_JOIN}(?:19|20)\d\d(?!\d)(?:{S}(?:年度|年))?"
    rf"|\d{{4}}{S}年(?:度|代)?{_ON}(?:{_JOIN}(?:\d{{4}}{S}年){_ON})?"
    rf"|\d\d年(?=\d{{1,2}}月){_ON}"
    rf"|(?:19|20)\d\d(?P<datesep>[-./—])(?:1[0-2]|0?[1-9])(?P=datesep){_DAY}(?!\d)"
    rf"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d|\s?[号日件人万元%.])"
    rf"|{_MONTH}(?:{S}(?:{DASH}|至|、|和){S}{_MONTH})?{S}月(?:份|底|初|末|中旬|上旬|下旬)?(?:{S}{_DAY}{S}[日号])?"
    rf"(?:{_JOIN}(?:{_MONTH_DAY}|{_DAY}{S}[日号]))?"
    rf"|{_MONTH}[·•‧∙・]{_DAY}(?!\d)"
    rf"|[1-4](?:{S}(?:{DASH}|至){S}[1-4])?{S}季度|\d0年代"
    rf"|(?<![\d.]){_MONTH}\.{_DAY}(?=[”\"]?(?:{_DAY_CUES}))"
    rf"|{_DAY}(?:{_JOIN}{_DAY})?{S}日(?![均常内益])"
)
CN_DATE = (
    rf"[一二](?:[零〇○九OО0oO]|[{DIGITS}](?=[{DIGITS}]{{2}}年))[{DIGITS}OО0-9]{{2}}(?:{_JOIN}[一二][{DIGITS}OО0-9]{{3}})?{S}年(?:度)?(?:{S}{_CN_MONTH}{S}月(?:{S}{_CN_DAY}{S}[日号])?)?"
    rf"|[一二](?:[零〇○九])[{DIGITS}]{{2}}{_JOIN}[一二][{DIGITS}]{{3}}"
    rf"|{_CN_MONTH}{S}月(?:份|底|初|末|中旬|上旬|下旬)?(?:{S}{_CN_DAY}{S}[日号])?|[一二三四](?:至[二三四])?{S}季度|[二三四五六七八九]十年代"
)
DAMAGED = (
    r"(?:19|20)\d{3,6}(?=\s?[年月日号起止])|(?:0[1-9]|1[0-2])[0-3]\d(?=\s?[日止])|\d{4}(?=日)"
    r"|\d*[*]{2,}\d[\d*]*|\d+[*]+(?![\d*])|\d+[xX]{2,}|\d+[xX×](?=[年月日])"
    rf"|(?<=[法政委府办发字文函])20[12]\d{{2,4}}(?=号)|(?<=[法政委府办发字文函])20[12]\d{{2,4}}(?![\d.,%年月日]|{S}(?:[百千万亿余多]|{MEASURE_WORD}))"
)
DOCUMENT = r"(?<=[〔\[［【(（])(?:19|20)\d\d\s?[〕\]］】)）]\s?(?:第?\s?\d++(?:\s?号)?(?:-\d++)?|[一-鿿]{1,3}\d{0,4}[一-鿿]{1,3}\d++号)"
CLOCK = (
    rf"(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d])|\d{{1,2}}{S}[时点]{S}(?:\d{{1,2}}{S}分(?!之|钟)|许|整|半(?!年|数))"
    r"|(?<=[午晨上间])\d{1,2}[时点]|\d{1,2}时(?=[至起止到前后以])"
)
CN_CLOCK = rf"[{NUMERAL}]{{1,3}}点(?:[{NUMERAL}]{{1,3}}分|[一三]刻|整|钟|半(?!年|数))|(?<=[午晨上间])[{NUMERAL}]{{1,3}}[时点]"
_SCHEMES = "|".join(SCHEME_CUES)
SLOGAN = (
    r"\d+(?:[+](?:\d+|[A-Za-z]+|[一二三四五六七八九]|[Xx*]))+(?![\d])|\d{1,2}\s?[*×xX]\s?24(?=小时)"
    rf"|\d{{2,5}}(?=[”\"]?(?:{_SCHEMES}))(?<!\d00)|(?<![\d:：])\d{{1,3}}[:：]\d{{1,3}}(?![\d.:：]|{S}{MEASURE_WORD})"
)
_ASCII = r"[A-Za-z\d_.@%?=&/:\-]"
CODE = (
    r"\d+[A-Za-z_][A-Za-z\d_.@]*+(?:[-/][A-Za-z\d_.]++)*+(?<!\d[mgt])(?<!\d[kcm]m)(?<!\dk[gmW])(?<!\dm2)"
    r"|\d+(?:\.\d+){2,}|\d{31,}|\d+(?:-\d+){2,}|\d+(?:/\d+){2,}"
)
TELEPHONE = r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}(?![\d.])|(?<=[-—–－]\s)\d{1,3}(?=\s[-—–－])"
# letters before digits: file names, index numbers, A4; not a number that only follows a word (RMB 500, abc3.1千万)
LATIN = (
    rf"(?<![A-Za-z0-9])(?!(?:RMB|CNY|USD|US)\s?\d)[A-Za-z]{{1,16}}[-_./:@]{{0,3}}\d{_ASCII}*+"
    rf"(?!\s?(?:[百千万亿余多‰]|{MEASURE_WORD}))"
)
_START = r"(?<![^\n。；;!！?？:：\s\x0c])"
MARKER = (
    rf"{_START}\d{{1,2}}(?:[.．、](?!\d)|[.．](?=(?:19|20)\d\d\s?年)|[)）])|(?<![\d.,])\d{{1,2}}[.．](?=[一-鿿])(?![百千万亿])"
    rf"|(?<=[(（])\d{{1,2}}(?=[)）])|{_START}\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[.、]?(?=\s?[一-鿿“《])(?!\s?(?:{MEASURE_WORD}|[百千万亿余多]))"
)
_CN_ORDER = "(?:[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])"
CN_MARKER = (
    rf"(?<=[(（]){S}[{NUMERAL}]{{1,4}}(?={S}[)）])|(?<![统唯万之第单逐同专]){_CN_ORDER}是(?!否|非|三|四|五)"
    rf"|{_START}{_CN_ORDER}{S}[、.．]|(?<![^\n。；;:：，,\s])[一二三四五六七八九]要|(?<=其)[一二三四五六](?=[是，,、：:])"
)
CIRCLED = "[①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉]"
FRACTION = (
    rf"(?:(?:(?P<whole>[{NUMERAL}\d]{{1,12}}+)又)?(?P<below>[{NUMERAL}]{{1,24}}+|\d{{1,24}}+)分之(?P<above>{NUMBER})"
    rf"|(?<![\d/.])(?P<above2>\d{{1,3}})/(?P<below2>[1-9]\d{{0,2}})(?![\d/.])|(?P<onehalf>一半(?!是|径|球|路|拉)|(?<!过)半数)|(?P<half_price>[半对]折(?![叠页])))(?P<after_part>{SPACE}(?:{AFTERWARDS}))?"
)
PERCENT = (
    rf"(?P<parts>[百千万]){SPACE}分{SPACE}(?:之|比)?{SPACE}(?P<rate>{NUMBER})(?:{MORE})?(?:{S}(?:{DASH}|至|到){S}(?:(?P=parts)分之)?(?P<rate2>{NUMBER}))?"
    rf"(?P<after_rate>{SPACE}(?:{AFTERWARDS}))?"
)
MULTIPLY = rf"翻了?(?P<times>[{NUMERAL}]++|\d++)(?P<turns>[番倍])"
HALF = r"(?<![上下前后大多过对一折各])半个?(?:小时|工作日|月|钟头|天|年|日|分钟|斤|吨|公里)(?![级度])"
NAME = (
    rf"{trie(NAMES)}|[一二三四五六七八九]五(?=[”\"」]?{S}(?:普法|规划))|十[一二三四五六]五(?!\d)"
    rf"|[二三四五六七八九十两]{{1,2}}大(?![队专型于会家人街道桥])|[{NUMERAL}]{{1,3}}届(?:[一二三四五六七]中[、，和]?){{0,3}}(?:全会)?"
    r"|[一二三四五六七](?:中[、，和][一二三四五六七])?中全会|[二三四五六七八九十]进(?=[”\"、，。活宣法])"
    rf"|一(?![年天周月日季次个名件条项起步直定些方批共])(?:(?![{NUMERAL}])[一-鿿]){{1,2}}一(?![些定般直样致起步切旦律个名件条项次人家户种])(?![{NUMERAL}])[一-鿿]"
)

_FIRST = rf"[\d{NUMERAL}A-Za-z几数半对翻“「\"《①-⒛⓪-⓿❶-➓㈠-㈩㊀-㊉]"
_QUOTED = (
    rf"“(?=[^”]{{0,15}}[\d{NUMERAL}])[^“”，。；：！？,;!?\n]{{1,16}}(?=”)|「(?=[^」]{{0,15}}[\d{NUMERAL}])[^「」，。；：！？\n]{{1,16}}(?=」)"
    rf"|\"(?=[^\"]{{0,15}}[\d{NUMERAL}])[^\"，。；：！？,;!?\n]{{1,16}}(?=\")"
)
_TITLE = rf"《(?=[^》]{{0,60}}[\d{NUMERAL}])[^《》]{{1,60}}(?=》)"
# The commonest shape of all, read without trying the others: digits, 余 or 多, a measure word, and a break after it.
_SIMPLE = (
    r"(?<![第:：备A-Za-z_¥￥$＄\d.,，])(?<!第\s)(?P<digits>\d{1,8})(?P<odd>[余多])?"
    r"(?P<word_after>[人件场家户台批条]次|[个人名件起宗项次场期批条份册本篇张幅处家户台辆支%])(?=[，。；、,;\n])"
)
# A lone Chinese numeral matters only where one of these follows; in 进一步, 统一, 两委 it is part of a word.
_GOES_ON = rf"[{NUMERAL}\d点分又是要计至到—–~、.．)）余多来几%半月季大届级块\s{''.join(sorted(set(MEASURE_FIRST) - set('()（）')))}]"
_LONE = rf"(?=\d|[几数半对翻]|[{NUMERAL}](?:{_GOES_ON}|\Z)|(?<=[第其])|(?<=第\s))"

PATTERN: Final = re.compile(
    rf"(?={_FIRST})(?:(?P<simple>{_SIMPLE})|(?P<cn_marker>{CN_MARKER})|(?P<title>{_TITLE})|(?P<quoted>{_QUOTED})|(?P<circled>{CIRCLED})|[Nn](?P<slogan_n>(?:[+][\dNn]+)+)"
    rf"|(?P<latin>{LATIN})|(?P<name>(?<!第)(?:{NAME}))|{_LONE}(?:(?=\d)(?:(?P<damaged>{DAMAGED})|(?P<document>{DOCUMENT})|(?P<date>{DATE})|(?P<clock>{CLOCK})"
    rf"|(?P<marker>{MARKER})|(?P<slogan>{SLOGAN})|(?P<furniture>{TELEPHONE})|(?P<code>{CODE}))"
    rf"|(?P<cn_date>{CN_DATE})|(?P<cn_clock>{CN_CLOCK})|(?P<percent>{PERCENT})|(?P<fraction>{FRACTION})"
    rf"|(?P<multiply>{MULTIPLY})|(?P<half_unit>{HALF})|(?P<count>{COUNT}))"
    rf"|(?P<word>[{NUMERAL}]++))"
)
HOTLINE: Final = re.compile(HOTLINES["always"])
