"""Whether a number of villages, communities or people is that of the town as a whole."""

from __future__ import annotations

import re

from transforms.tabulate.phrases import JOINERS, PEOPLE, Number, Phrase, Sentence, earlier_than

# Which villages are all there are: 14个村、1个社区 named together, or said to be all.
_ALL_VILLAGES = re.compile(
    r"(?<!深入)(?<!走进)(?<!进入)(?<!下沉)(?<![在到赴])"
    r"\s*[\d一二三四五六七八九十两]+\s*个\s*(?:行政)?村(?:[（(][^）)]{1,4}[）)])?"
    r"(?:\s*[、和及]\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会|居民委员会|网格)|"
    r"\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会|居民委员会)(?:[均都全皆各]|每个?社区|一个不落)|全部|均|都|皆|每(?=个?村|个?社区)|全覆盖)|"
    r"(?<=[、和及 ])\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会)|"
    r"(?<=个村)\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会|居民委员会)(?:[均都全皆各]|每个?社区|一个不落)|"
    r"(?<=行政村)\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会|居民委员会)(?:[均都全皆各]|每个?社区|一个不落)|"
    r"(?<=街道共)\s*[\d一二三四五六七八九十]+\s*个\s*社区|"
    r"(?<![\d个])[\d一二三四五六七八九十]+\s*个\s*社区(?:每个?社区|各|均|都|全部)|"
    r"(?:(?<=设)|(?<=设有)|(?<=设立))\s*[\d一二三四五六七八九十]+\s*个\s*(?:社区)?(?:居委会|居民委员会|村委会|村民委员会)(?=[，,、；;。和及]|$)|"
    r"(?<=实现)\s*[\d一二三四五六七八九十]+\s*个\s*(?:行政)?村(?:[（(][^）)]{1,4}[）)])?[\u4e00-\u9fff]{2,8}全覆盖"
)
_SOME = (
    "来自",
    "分布在",
    "涉及",
    "覆盖",
    "惠及",
    "辐射",
    "等",
    "已有",
    "其中",
    "其余",
    "深入",
    "走进",
    "下沉",
    "选取",
    "选择",
    "另有",
    "尚有",
    "在",
    "赴",
    "只有",
    "仅有",
    "还有",
    "仍有",
)


# 综合执法队现有人员15人, 取得资格的干部仅有1人: a part of the town, or some of its people.
_BODY_HAS = re.compile(
    r"(?:队|所|站|室|院|校|厂|公司|(?<![我道])办|中心|大厅|窗口|委员会|团|组|律所)(?:现|共|实|已|内)?(?:有|配备|设)|"
    r"(?<![镇乡街办])(?<!街道)的(?:机关|在编|在岗)?(?:干部|人员|工作人员|干部职工|职工|村|社区)"
)


# 综合执法队核定编制16名，实有在编人员13人: no town has been named since the body was.
_BODY_OPENS = re.compile(
    r".*(?:(?P<town>全[镇乡街]|我[镇乡街]|本[镇乡街]|[镇乡街](?:道)?机关|下辖|辖区)|"
    r"(?:大队|中队|执法队|应急队|消防队|卫生院|医院|学校|小学|中学|幼儿园|"
    r"司法所|派出所|服务中心|综治中心|治理中心|窗口|大厅)(?=核定|人员|编制|现|共|实|目前|总|定|配|有|设))"
)
OPENS_WITHIN = 120


def _is_of_a_body(number: Number, sentence: Sentence) -> bool:
    """Of people only: the last that was named before them is a body of the town, not the town."""
    if number.quantity.unit not in PEOPLE:
        return False
    start = max(sentence.start, number.start - OPENS_WITHIN)
    opens = _BODY_OPENS.match(sentence.text, start, number.start)
    return opens is not None and opens["town"] is None


# 9名律师与27个村结对: those they were paired with need not be all.
_PAIRED = re.compile(r"(?:行政)?(?:村|社区)(?:[（(]社区[）)])?(?:签约)?(?:结对|共建|联建|挂钩)")
LONGEST_NAME = 12


# 1.行政村：8个: a row of its own in a list of what there is
_ROW = re.compile(
    r"(?:.*[\n；;。]|(?!.*[\n；;。，,、]))[\s（(]*(?:[\d一二三四五六七八九十]{1,2}[）)、.．])?\s*"
    r"(?:所?辖|下辖|现有)?(?:行政|建制)?(?:村|社区|嘎查)(?:[（(][^）)]{1,4}[）)])?(?:总?数|个数|数量|数目)?：$",
    re.S,
)
LONGEST_ROW = 24


def _start_of_list(number: Number, sentence: Sentence) -> int:
    """选取4个村、1个社区: where the first of a list begins."""
    i, numbers = number.index, sentence.numbers
    while i and numbers[i].start - numbers[i - 1].quantity.end < LONGEST_NAME:
        if sentence.text[numbers[i].start - 1] not in JOINERS:
            break
        i -= 1
    return numbers[i].start


def is_own(number: Number, sentence: Sentence) -> bool:
    """The town as a whole is spoken of: 全镇, 下辖, 共有 before the number, in the same sentence."""
    at = number.start
    if sentence.text.endswith(_SOME, sentence.start, _start_of_list(number, sentence)):
        return False
    if sentence.text.startswith("与", at - 1) and _PAIRED.match(sentence.text, number.quantity.end):
        return False
    if _BODY_HAS.search(sentence.text, number.left.start, at) or _is_of_a_body(number, sentence):
        return False
    if sentence.text[at - 1] == "：" and _ROW.match(sentence.text, max(at - LONGEST_ROW, 0), at):
        return True
    if "own_town" in number.left.concepts and any(
        "own_town" in c.word.concepts for c in number.left.cues if c.start < at
    ):
        return True
    return (
        _said_before(number, sentence)
        or bool(_ALL_VILLAGES.match(sentence.text, at))
        or _is_line(number, sentence)
    )


# A line of a table of the town's figures: the noun, a space or a colon, the number, and no more.
_LINE = re.compile(r"\s*(?:行政村|建制村|村|社区|村（社区）)(?:数|个数|数量|总数)?[\s　：:｜|]+(?:共)?")


def _is_line(number: Number, sentence: Sentence) -> bool:
    """社区　16个, alone on its line."""
    if not _LINE.fullmatch(sentence.text, sentence.start, number.start):
        return False
    return not sentence.text[number.quantity.end : sentence.end].strip(" \n｜|。；;")


# 全镇化解纠纷50件，8个村实现零上访: some of them did, of whom it is said; 12个村均配备 speaks of all.
_SOME_DID = re.compile(
    r"(?:行政)?(?:村|社区)(?:[（(][^）)]{1,4}[）)])?(?=[\u4e00-\u9fff])"
    r"(?!委|居委|村委|居民委|民委|[、和及与]|[均都皆全各每共总合现]|一个不落)(?![^，,；;。]{0,16}全覆盖)"
)


# 为辖区群众送上普法读本50本，8个村600余人受益: whom it was done for is not whose villages they are.
_FOR_ITS_PEOPLE = re.compile(r"[为向对给让](?:辖区|[全我本](?:[镇乡街]|街道))")


def _said_before(number: Number, sentence: Sentence) -> bool:
    """下辖13个村，社区2个: counts in a row speak of the same; 我镇成立专班，明确2名人员 does not."""
    if _SOME_DID.match(sentence.text, number.quantity.end):
        return False
    for earlier in earlier_than(number.left, sentence):
        if "own_town" in earlier.concepts:
            if _FOR_ITS_PEOPLE.search(sentence.text, earlier.start, earlier.end):
                return False
            return earlier.number is not None and not _of_some_people(earlier, number, sentence.text)
        if earlier.number is None and earlier.end > earlier.start and earlier.mark != "q":
            return False
    return False


def _of_some_people(earlier: Phrase, number: Number, text: str) -> bool:
    """执法队共有人员12人，其中参公编制9人、行政编制2人: of a team, or of people counted before."""
    if number.quantity.unit not in PEOPLE:
        return False
    told = text[earlier.end : number.start]
    return "其中" in told[told.rfind("；") + 1 :] or bool(_BODY_HAS.search(text, earlier.start, earlier.end))
