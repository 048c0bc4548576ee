"""What is said of each time or place, or asked for: 每月1次, 每村配备1名, 不少于4次."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final, Literal

from transforms.quantify.quantity import Exact
from transforms.tabulate.phrases import Number, Phrase, Sentence

DUTY: Final = re.compile(
    r"不少于|不低于|不得少于|不得低于|至少|原则上|应当?(?=每)|不得(?:超过|$)|"
    r"(?:须|应当?)达到?$|(?<![主重需首必只])要到$"
)
# 每月1次, 每村3至5名; but 每逢 and 每当 only say when.
EVERY: Final = re.compile(r"(?<![逢“])每(?!逢|当|每|一位|年度?工作|个?人都)[^，,；;。]{0,14}$")
# 每周例会学法40次: the meeting is named after its day, and no week holds as many.
_REGULAR: Final = re.compile(
    r"每(?:周|月|季度?|日)(?:工作|干部|机关)?(?:例会|晨会|夜学)[^，,；;。]{0,8}$|"
    r"每(?:周[一二三四五六日天末]|周末|月[上中下]旬)[^，,；;。]{0,12}$"  # 每周一例会学法30余次
)
_MORE_THAN_ONCE: Final = 4
# 每200户设1个网格, 每300户左右划分1个网格: so many for so many.
PER_SO_MANY: Final = re.compile(
    r"每(?:满)?[\d一二三四五六七八九十百]+(?:余|多)?(?:户|人|名|家|栋|公里|平方公里)(?:左右|以内|以上)?[\u4e00-\u9fff]{0,8}$"
)
# 为13个村各配备1名法律顾问, 为6个社区分别安排1名律师: so many in each.
IN_EACH: Final = re.compile(
    r"(?:^|各)(?:行政)?(?:村|社区|支部|网格|片区|小区|单位|站所|学校)(?:[（(][^）)]{1,4}[）)])?"
    r"(?:[都均]?各自?|分别)(?:举办|开展|召开|组织|进行|办)了?[^，,；;。共各]{0,8}$|"
    r"(?:各自?|(?<=[村区居）)格])分别)"
    r"(?:有|配有|配备|聘请|选聘|聘任|明确|安排|落实|设立|设置|设有|设|建有|建成|确定|选派|推选|培养|培育)(?:了|有)?$"
)
TOTAL: Final = re.compile(r"共|累计|合计|总计|全年|今年")
# How far what each place has may be listed.
EACH_WITHIN: Final = 120
EACH_PLACE: Final = re.compile(
    r"每(?:一?个)?(?:行政)?(?:村|社区|网格|中队|片区|单位|站所|司法所|支部|企业|学校|小区)"
    r"(?:[（(][^）)]{1,4}[）)])?(?=[^，,；;。]{0,6}(?:配备|配有|配齐|设|有|聘|选|安排|明确|落实|建立|至少))"
)
_TOTAL_OR_TOWN: Final = re.compile(r"共|累计|合计|总计|全[镇乡街年]|目前|现有")


# 每逢集日宣讲1次: once each time; 每逢节日宣讲12次 says when, of the number of a year.
_EACH_TIME: Final = re.compile(r"每(?:逢|到|当)[^，,；;。]{1,14}$")


def is_frequency(words: str, value: Exact | None) -> bool:
    """每月检查4次, but not 每周例会学法40次."""
    if not EVERY.search(words) or TOTAL.search(words, words.rfind("每")):
        return False
    return value is None or value < _MORE_THAN_ONCE or not _REGULAR.search(words)


def in_each(words: str, clause: str, value: Exact | None) -> bool:
    """Whether the words before a number say that it is of each place or time, or for so many of something."""
    once = value == 1 and _EACH_TIME.search(words)
    return bool(once or IN_EACH.search(words) or PER_SO_MANY.search(clause))


def listed_with(number: Number, sentence: Sentence) -> Literal["required", "frequency"] | None:
    """每月检查4次、巡查8次; 至少培训2次、讲座4场: what is said of the first of a list holds for all."""
    text, first = sentence.text, number
    while first.index and text[sentence.numbers[first.index - 1].quantity.end] in "、和及":
        first = sentence.numbers[first.index - 1]
    words = text[first.left.start : first.start]
    if first is number or TOTAL.search(words) or TOTAL.search(text, number.left.start, number.start):
        return None
    if DUTY.search(words):
        return "required"
    return "frequency" if EVERY.search(words) else None


def is_of_each(number: Number, sentence: Sentence) -> bool:
    """每个村配备法律顾问1名、兼职调解员4名: each place has so many of all that is listed, up to a total."""
    text = sentence.text
    start = max(sentence.start, number.start - EACH_WITHIN)
    at = max((m.end() for m in EACH_PLACE.finditer(text, start, number.start)), default=-1)
    if at < 0 or _TOTAL_OR_TOWN.search(text, at, number.start):
        return False
    first, last = (bisect_left(sentence.phrases, x, key=_phrase_start) for x in (at, number.left.start))
    return all(p.number is not None or p.start == p.end for p in sentence.phrases[first:last])


# How far what is done once each time may be told.
_ONCE_WITHIN: Final = 60
_EVERY_TIME: Final = re.compile(r"每(?:一?个|隔|两个?|半)?(?:月|季度?|年|周|学期)(?!的)[^。；;]*$")
_ONCE: Final = frozenset({"次", "场", "期", "堂", "课", "篇", "轮"})


def is_once_each(number: Number, sentence: Sentence) -> bool:
    """坚持每季度到村宣讲、辅导法律知识一次，考试一次: one each time, however far the word for it stands."""
    if number.quantity.value != 1 or number.quantity.unit not in _ONCE:
        return False
    start = max(sentence.start, number.start - _ONCE_WITHIN)
    every = _EVERY_TIME.search(sentence.text, start, number.start)
    return every is not None and not TOTAL.search(sentence.text, every.start(), number.start)


def _phrase_start(phrase: Phrase) -> int:
    return phrase.start
