"""How figures are written: digits, Chinese numerals, percent, fractions, money. Regular expressions as text.

Every repetition is bounded or possessive, so no text makes the scan more than linear.
"""

from __future__ import annotations

import re

from transforms.quantify.lexicon import (
    AFTER,
    BETWEEN,
    MEASURE_FIRST,
    MEASURE_WORD,
    Hedge,
    quick_measure_words,
    trie,
)

DIGITS = "零〇○一二三四五六七八九两壹贰弍叁肆伍陆柒捌玖俩仨幺"
UNITS = "十百千万亿兆拾佰仟廿卅卌"
NUMERAL = DIGITS + UNITS
ONE_TO_NINE = "[一二三四五六七八九]"
S = r"\s?"  # a space or a line break which a scan left between two characters
SPACE = r"[ \u00a0\u3000]?"
GAP = r"[ \u00a0\u3000\r\n]{0,2}"  # between a figure and its measure word a page break may stand
DASH = r"[-—–~－―]{1,2}"


def either(*parts: str) -> str:
    """One of these, the first that fits."""
    return "(?:" + "|".join(parts) + ")"


# 5 00 0 and １ ４ are one number only where a lone digit or a leading zero shows it, before a measure word
_FOLLOWS = rf"(?={S}(?:[余多百千万亿%‰]|{MEASURE_WORD}))"
_BROKEN = r"(?:[ \u00a0\u3000]|(?<=[^\n]{15}\d)\n)"
SPACED = either(
    rf"\d{{1,3}}(?:[ \u00a0]\d{{3}}){{1,4}}(?!\d)(?:{_FOLLOWS}|(?=[，。；、）)]))",  # 46 250元
    r"(?<![\s\S])\d{1,3}(?: \d{3}){1,4}\Z",  # 1 000, the whole text
    rf"(?!(?:19|20)\d\d )(?=(?:\d{{1,3}}{_BROKEN}){{0,5}}(?:\d(?!\d)|0\d*))"
    rf"\d{{1,3}}(?:{_BROKEN}\d{{1,3}}){{1,6}}(?!{_BROKEN}?\d){_FOLLOWS}(?<!(?: \d){{6}})",
)
SEPARATED = r"\d{1,3}(?:[,，]\d{3}){1,6}(?!\d)(?:\.\d++)?"
PLAIN = r"\d++(?:\.\d++(?!\.\d))?"

# 12345百姓, 3千米, 5万众: the character after the digits is no multiplier
_OTHER_WORD = (
    r"(?!百(?:[姓家花科强货日分]|度)|千(?:方|家万|里|[克瓦伏卡米])"
    r"|万(?:[众象物盛州]|一(?!千|百|十)|无一)|亿(?:元户))"
)
_REST = either(
    rf"零?[{DIGITS}](?=[十百千])[{NUMERAL}]{{0,24}}+(?:\d{{1,4}}(?!\d))?",  # 100万三千
    rf"零[{DIGITS}十百千]{{1,24}}+(?:\d{{2,4}}(?!\d))?",  # 200亿零四千230
    rf"零\d{{1,4}}(?![\d.])[{UNITS}\d]{{0,24}}+",  # 3亿零5万, 3万零500
    r"\d{2,4}(?![\d.])[十百千万]{0,3}+",  # 1万600
    rf"\d(?=[十百千万])[{UNITS}\d]{{1,24}}+",  # 1万5千
    r"(?: ?\d ?[千百十](?![克瓦米伏卡])){1,3}",  # 7万 5千 4百
)
_MIXED = rf"(?:{S}{_OTHER_WORD}[百千万亿佰仟](?:千(?![克瓦米伏卡])|万(?!千瓦)|亿)?{_REST}?)"
ARABIC = rf"(?:{SPACED}|{SEPARATED}|{PLAIN}){_MIXED}?"

# 人数十余 is not 数十, but 案件数十 is
_NOT_FEW = (
    "(?<![人总次个参整约多少算分倍指函基读票奇偶系常字号变岁代])(?<!(?<![案文事信])件)(?<!(?<![农商住租])户)"
)
_TAIL = either(
    rf" ?点 ?[{DIGITS}\d]++(?![十百刻分钟])[百千万亿]*+",  # 二十点一万
    rf"(?:(?<=[十廿卅])几|几(?=[十百千万亿{MEASURE_FIRST}]))[十百千万亿]*+",  # 二十几万
    r"(?<=[百千万亿零])\d{1,4}(?!\d)",  # 四千230
)
CHINESE = either(
    rf"(?:{_NOT_FEW}数|几)(?=[十百千万亿])[{UNITS}]++",
    rf"[{NUMERAL}]++(?: [{NUMERAL}]++){{0,15}}{_TAIL}?",
)
NUMBER = rf"(?:{ARABIC}|{CHINESE})"


def _between(hedge: Hedge) -> str:
    others = [f"[{hedge.not_before}]"] if hedge.not_before else []
    blocked = "|".join([*others, *hedge.not_before_word])
    word = re.escape(hedge.word) + (f"(?={GAP}{MEASURE_WORD})" if hedge.counting else "")
    return f"{word}(?!{blocked})" if blocked else word


MORE = either(*map(_between, BETWEEN.values()))
_OR_MORE = f"(?:[(（]{MORE}[)）]|(?<=余)多(?={MEASURE_WORD}))?"  # 3000多（余）份, 300余多份
_MORE_THEN = rf"(?:{SPACE}|\r?\n(?={MORE}{GAP}{MEASURE_WORD}))(?P<more>{MORE}){_OR_MORE}"
AFTERWARDS = trie([word for word, hedge in AFTER.items() if not hedge.unit])
_AFTER_TIME = either(
    rf"(?<=[{AFTER['多'].unit}])多(?![{BETWEEN['多'].not_before}])",
    rf"(?<=[{AFTER['余'].unit}])余(?![家姚杭])",
)

# what may follow 元, 块 or 角: 五角三分, 五 (三块五), 整
_COIN = rf"(?:[{NUMERAL}]++|\d{{1,2}})"
_LAST_COIN = rf"{ONE_TO_NINE}(?![{NUMERAL}\d\s{MEASURE_FIRST}])"
COINS = either(
    rf"(?<=[元圆块])(?:零?{_COIN}[角毛](?:零?{_COIN}分|{_LAST_COIN})?|零?{_COIN}分(?!之|钟|别))[钱整正]?",
    rf"(?<=块)\d(?![\d.,，%\s{MEASURE_FIRST}])",  # 12块5
    rf"(?<=[角毛]){_COIN}分[钱整正]?",
    rf"(?<=[元圆块])(?:[整正](?![改治])|{_LAST_COIN})",
    r"(?<=[角毛])钱",
)

# one number with hedge and measure word, or two joined into a range (介于20和30之间)
_BETWEEN_TWO = rf"[和与跟](?=[\d{NUMERAL}.%{MEASURE_FIRST}]{{1,16}}之间)"
_SECOND = (
    rf"{SPACE}(?:{DASH}|至|到|{_BETWEEN_TWO}){SPACE}(?P<minus2>负|零下|(?<=[至到~])-)?(?P<figure2>{NUMBER})"
    rf"(?:{SPACE}(?P<more2>{MORE})(?P<scale2>[百千万亿]{{1,2}})?)?"
    rf"(?(unit){GAP}(?P=unit)|(?:{GAP}(?P<unit2>{MEASURE_WORD}))?)"
)
COUNT = (
    rf"(?P<figure>{NUMBER})(?:{_MORE_THEN}(?P<scale>{SPACE}[百千万亿]{{1,2}})?)?"
    rf"(?:{GAP}(?P<unit>{MEASURE_WORD})(?P<coins>{COINS})?)?(?:{_SECOND})?"
    rf"(?(unit)(?P<half>半(?![数年天个小])|(?<=成){ONE_TO_NINE})?|)"
    rf"(?P<after>{SPACE}(?:{AFTERWARDS}|{_AFTER_TIME}))?"
)
# The commonest shapes, read without trying the others: digits and a measure word which a mark follows, or any
# character with which neither the number (以上, 至, 半, a space) nor the measure word can go on.
_QUICK = quick_measure_words("人名个件次场份条户批期处宗幅", "至到和与跟半（(-—–~－― \u3000\xa0\n\r\t")
SIMPLE = (
    r"(?=\d)(?<![第:：备A-Za-z_¥￥$＄\d.,，])(?<!第\s)(?P<digits>\d{1,8}(?P<decimals>\.\d{1,4})?)"
    rf"(?:(?P<free>{_QUICK})|(?P<wan>万)?(?P<odd>[余多])?(?P<closed>[人件场家户台批条]次"
    r"|[个人名件起宗项次场期批条份册本篇张幅处家户台辆支%元])(?=[，。；、,;\n]))"
)

FRACTION = (
    either(
        rf"(?:(?P<whole>[{NUMERAL}\d]{{1,12}}+)又)?(?P<below>[{NUMERAL}]{{1,24}}+|\d{{1,24}}+)"
        rf"{SPACE}分{SPACE}之{SPACE}(?P<above>{NUMBER})",
        r"(?<![\d/.])(?P<above2>\d{1,3})/(?P<below2>[1-9]\d{0,2})(?![\d/.])",
        r"(?P<onehalf>一半(?!是|径|球|路|拉)|(?<!过)半数)",
        r"(?P<half_price>[半对]折(?![叠页]))",
    )
    + rf"(?P<after_part>{SPACE}(?:{AFTERWARDS}))?"
)
PERCENT = (
    rf"(?P<parts>[百千万]){SPACE}分{SPACE}(?:之|比)?{SPACE}(?P<rate>{NUMBER})(?:{MORE})?"
    rf"(?:{S}(?:{DASH}|至|到){S}(?:(?P=parts)分之)?(?P<rate2>{NUMBER}))?"
    rf"(?P<after_rate>{SPACE}(?:{AFTERWARDS}))?"
)
BOTH = r"百(?<=双百)(?=(?:的?(?:目标|标准|要求|成绩))?(?:[，,。；;、）)\n]|\Z))"
MULTIPLY = rf"翻了?(?P<times>[{NUMERAL}]++|\d++)(?P<turns>[番倍])"
HALF = r"(?<![上下前后大多过对一折各])半个?(?:小时|工作日|月|钟头|天|年|日|分钟|斤|吨|公里)(?![级度])"
