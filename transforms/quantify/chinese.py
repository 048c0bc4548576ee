"""Whether a Chinese numeral counts something where it stands, or is part of a word."""

from __future__ import annotations

from typing import Final

from transforms.quantify import values
from transforms.quantify.figures import DIGITS, UNITS
from transforms.quantify.hedges import before
from transforms.quantify.lexicon import AMBIGUOUS, ARTICLE_AFTER
from transforms.quantify.scan import Match, Scan

ROUND: Final = frozenset("百千万亿")
# a bare 万人 or 百名 counts only after one of these; else it is a slogan (百名律师进百村)
_ROUND_AFTER: Final = frozenset("达到共计约有近上超过逾破余于各足满")
_WORD_THEN_FORMAL: Final = frozenset(
    ["队伍", "退伍", "入伍", "大陆", "登陆", "内陆", "着陆", "水陆", "收拾", "放肆"]
)
_TENS: Final = frozenset("十廿卅卌")
_TRIMMED: Final = " \n\u3000。，,.；;！!负-—－约近超逾至少不多于到满足过"


def whole(text: str, match: Match) -> bool:
    """The text holds nothing but this numeral and a sign or hedge."""
    return len(text) < 60 and text.strip(_TRIMMED) == match.group().strip(_TRIMMED)


def own_measure(match: Match, figure: str, unit: str | None) -> tuple[str, str | None]:
    """二两 is 2 两, 一千克 1 千克: the last character of the figure belongs to the measure word."""
    joined = match.end("figure") == match.start("unit")
    if unit is None and len(figure) > 1 and figure[-1] == "两" and match.end() == match.end("figure"):
        return figure[:-1], "两"
    if unit in ("克", "米", "瓦", "瓦时") and figure[-1] == "千" and joined and len(figure) > 1:
        small = not any(character in ROUND for character in figure[:-1])
        if small and values.read(figure[:-1]):
            return figure[:-1], f"千{unit}"
    return figure, unit


def skipped(text: str, start: int, figure: str, floor: int) -> int:
    """How many characters of the run belong to the word before: 统一一次, 唯一一个, 两年零三个月."""
    if len(figure) > 1 and figure[0] == "零" and "点" not in figure:
        return 1
    if len(figure) < 2 or figure[0] != "一" or start <= floor:
        return 0
    words = "统唯逐单专万" if figure[1] in DIGITS else "统唯"
    return int(text[start - 1] in words)


def stands(scan: Scan, match: Match, figure: str, unit: str | None, start: int) -> bool:
    """Whether the numeral that begins at `start` is reported; may itself report a name (百名律师进百村)."""
    text = scan.text
    last = text[start - 1] if start > scan.end else ""
    if last + figure[0] in _WORD_THEN_FORMAL:
        return False
    if unit is not None or match.group("unit2") is not None:
        return _counts(scan, match, figure, unit or "", start, last)
    if whole(text, match):
        return True
    if match.group("figure2") is not None:
        return len(figure) > 1 or len(match.group("figure2")) > 1
    return _stands_bare(scan, figure, match.group("more"), start, last)


def _stands_bare(scan: Scan, figure: str, more: str | None, start: int, last: str) -> bool:
    """Without measure word only what can be no word: 百余, 几十, 三点四, 一百二十; not 十一, 万一."""
    first = figure[0]
    if more is not None:
        return figure[-1] in UNITS and (
            first in DIGITS or figure in ROUND or figure in ("十", "千万", "百万")
        )
    if "点" in figure or first in "几数" or figure[-1] == "几":
        return True
    if figure == "零":
        return last == "为"
    if figure in ROUND:
        return before(scan.text, start, scan.end, None, True).hedge is not None
    if last == "双" or figure == "十一":
        return False
    return len(figure) > 1 and (first in DIGITS or first in _TENS) and any(c in UNITS for c in figure)


# 法治讲座一场。 counts, 大干一场 does not: the last character of what is held, the unit, what ends it.
_EVENT_ENDS, _EVENT_UNITS = frozenset("座训动会讲练赛课班试育传"), frozenset("场堂节")
_BREAKS = frozenset(("", *"，,、。；;\n"))
# 下降一成, 占一成, 增加了一成: a tenth more, less or of all. What else 一成 begins (一成不变) follows none
# of these.
_TENTH_AFTER = frozenset("降升长少加高低占约近达超足了")


def _counts(scan: Scan, match: Match, figure: str, unit: str, start: int, last: str) -> bool:
    """一起纠纷 counts, 一起 does not; 是一个 is an article; 万人 counts only after 达 and the like."""
    text = scan.text
    if match.group("more") is not None or match.group("figure2") is not None:
        return True
    if figure == "一" and last and last in ARTICLE_AFTER:
        return False
    followers = AMBIGUOUS.get(figure + unit)
    if followers is not None:
        ends = (
            last in _EVENT_ENDS
            and unit in _EVENT_UNITS
            and text[match.end("unit") : match.end("unit") + 1] in _BREAKS
        )
        is_tenth = unit == "成" and last in _TENTH_AFTER
        return ends or is_tenth or text.startswith(followers, match.end("unit")) or whole(text, match)
    if figure not in ROUND or last in _ROUND_AFTER or whole(text, match):
        return True
    if before(text, start, scan.end, unit, True).hedge is not None:
        return True
    scan.add(start, match.end(), "name", rule="round number")
    return False
