"""Whether a number is a result: duties, plans, changes, means, frequencies and figures of others are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from transforms.tabulate.each import DUTY, TOTAL, in_each, is_frequency, is_of_each, is_once_each, listed_with
from transforms.tabulate.facts import Status
from transforms.tabulate.intended import (
    ASKED,
    IN_AIMED,
    IN_ASKED,
    IN_PLAN,
    MAY_ASK,
    MAY_PLAN,
    PLAN,
    is_asked,
    is_planned,
    was_aimed_at,
    was_to_come,
)
from transforms.tabulate.moved import last_end, moved
from transforms.tabulate.neighbours import IN_NEIGHBOUR, NEIGHBOUR
from transforms.tabulate.periods import When
from transforms.tabulate.phrases import PEOPLE, Number, Sentence

Standing = Literal[
    "reported", "required", "planned", "change", "mean", "elsewhere", "frequency", "none", "rank"
]
Verdict = tuple[Standing, str]  # and the rule of this module that says so

# What no match of _ELSEWHERE lacks, and of each IN_… a character (tests/tabulate/test_hints.py).
_MAY_BE_ELSEWHERE = re.compile(
    r"全[县市省区国州盟旗]|[我该][县市省区国州旗]|[县市省]级层|[县市区]直|乡镇|县[委政级共累]|邻[镇乡近县]"
)
IN_ELSEWHERE = frozenset("全我该乡县邻级直")
IN_COUNTY_BODY = frozenset("局委队府校")
# 3次以上是硬性要求: what the number was is said behind it.
# 讲座12场的目标任务, 少于4场的扣2分: so is what it is asked of or what follows where it is not met.
_IS_DUTY = re.compile(
    r"\s*(?:[是为系][^，,；;。]{0,6}(?:要求|任务|规定|标准)|的[^，,；;。]{0,4}(?:要求|任务|标准|指标|目标))(?![^，,；;。])|"
    r"\s*的[^，,；;。]{0,4}(?:要求|任务|标准|指标|目标)(?:[尚还仍]|相比|存在)|"  # 12场的目标尚有差距
    r"\s*的(?:单位|个人|村|社区|企业|商户|部门|站所|网格|干部|人员)[，,]?(?:予以|给予|一律)|"
    r"\s*(?:年度|培训|考核)?(?:任务|指标)(?![^，,；;。])|"
    r"\s*的[，,]?(?:每[^，,；;。]{1,4})?(?:一律|给予|予以|按)?(?:扣|不予|取消|视为|实行一票|追究)"
)
IN_IS_DUTY = frozenset("求务规准标指扣取视追不票予律")
_MEAN = re.compile(r"平均|(?<!全)年均|[人日月户周]均|案均(?=[罚处金约\d])|[村社区]均(?:约|达|为)?$")
# 按人均1元的标准落实经费3万元: the mean is the standard's.
_STANDARD = re.compile(r"标准")
_EACH_HAS = re.compile(r"(?:均|都|各)(?:实现|有|配备|配有|设有|安排|达到|明确)?$")
_ELSEWHERE = re.compile(
    r"(?:^|[，,；;：:。、）).．]|[一二三四五六七八九十]是|年|月|日|来|前|底|统计|现时|期间|如今|其中)\s*(?:20\d\d年)?"
    r"(?:全(?:县|市|省|区|国|州|盟|旗)|我(?:县|市|省|区|国)|该(?:县|市|省|州|旗)|各乡镇|县(?:委|政府|级)?(?=共|累计)|[县市省]级层面|[县市区]直(?:各)?(?:部门|单位|机关)|"
    r"其他乡镇|兄弟乡镇|周边乡镇|邻(?:镇|乡|近乡镇|县))(?!民主法治|示范|文明)(?!.{0,3}(?:(?<!会)前|第|率先|排名|领先|推广|先进|两会|“两会”|交流|通报|表彰|依法治))"
)
# 县综合执法局下沉执法人员120名; what 县法院 hands over and 县司法局 organises is the town's own.
_COUNTY_BODY = re.compile(
    r"(?:^|[，,；;。\n）).．]|[一二三四五六七八九十]是)(?:20\d\d年|全年|今年)?(?:[县市区旗](?:委[、和]?|(?:委[、和]?[县市区旗])?(?:人民)?政府)"
    r"(?=(?:先后|共|累计)?(?:召开|印发|出台))|[县市区]委?党校(?=(?:今年|全年|年内|共|累计|先后)*(?:举办|开办|组织|开展|培训))|[县市区]"
    r"(?:综合|行政|公安|司法|信访|市场|应急|执法|城市|自然|住建|管理|监督|资源|政法|法)*(?:局|委|大队)"
    r"(?=来[镇乡街]|下沉|派出|派驻|开展|办理|查处|受理|举办|共|累计|全年|(?:组织|随机)?(?:评查|抽查|抽取|通报)))"
)
_HOME = re.compile(
    r"全[镇乡街]|我[镇乡街办所]|本[镇乡街所]|全苏木|[镇乡](?:党委|政府|司法所|人民调解|调委会|综合)|"
    r"街道(?:办|党工委)"
)
_DROPPED = re.compile(
    r"其余|剩余|尚余|(?:^|[、仅只还])(?:余|剩下?)$|未(?:能|办|完成|开展|举办|化解|调解成功|解决)[^，]{0,4}$|少办|"
    r"(?:[仍还尚暂]缺|缺[少口额]|空缺)(?:了|近|约)?[^，,；;。]{0,14}$|"  # 仍缺网格员9名
    # 还需聘请2名, 还差2名, 有待化解5件: what there is not yet
    r"[还尚仍](?:然)?(?:需要?|须|差|欠)(?!求)[^，,；;。]{0,16}$|缺[编员][^，,；;。]{0,10}$|有待[^，,；;。]{0,12}$|"
    r"(?:暂缓|不再|推迟|叫停|延期)[^，,；;。]{0,20}$|最[多少高低大](?:的|达)[^，,；;。]{0,6}$|"
    r"^(?:还|仍|另|共|全[镇乡年])*需要?(?!求)[^，,；;。的]{2,14}$|"  # 需要网格员9名
    r"占(?:了)?(?!道|地|用)[^，,；;。]{0,12}的$|原定|原计划|暂未|不满意|[中里]有$|余下|未能|(?:不|未)(?:含|包括|包含|计入)|”中?(?:含|包括|包含)[^，,；;。]{2,20}$|重新$|重新(?:办理|受理|调解)$"
)
# Said of some of those counted before, unless a thing of its own follows (另有6次专题学法).
_OF_THEM = re.compile(r"另有|尚有|还有|只有$|仅有$|正在|尚在|仍在")
# 兄弟乡镇120件，我镇只有66件: all there are of the town
_OWN_ONLY = re.compile(r"(?:我|本|全)(?:[镇乡]|街道?)[\u4e00-\u9fff]{0,4}[只仅]有$")
_LACKING = re.compile(r"滞后|尚未|未建|未达|未取得|未持|不到位|欠缺|缺失")
IN_LACKING = frozenset("滞未位缺")
# 1名未参加考试, 3件未办结, 1件在审: those who did not, or what was not done yet.
NOT_DONE = re.compile(
    r"(?:因[^，,；;。]{1,8})?(?:尚|仍|还)?未(?:能)?(?:参加|参与|参训|参考|取得|持证|领证|通过|完成|办结|化解|调解|整改|结案|审结|履行|解决|办理|判决)|"
    r"(?:尚|仍|还)?待(?!遇|命)[\u4e00-\u9fff]|(?:今年|\d+月|新招|新进|新录用)*(?:正|仍|尚|等)?(?:在审|待审|待判|待办|待考|待领|待取证|待发证)|等待(?:考试|领证|发证)|"
    r"(?:仍|尚)在[做调跟协处推努]|(?:执法证|证件|证书)?(?:正在)(?:参加|接受|申领|申办|补办|换发|办理)|"
    r"(?:[\u4e00-\u9fff]{0,4}(?:干部|人员|队员|同志|职工)已|已?)报名|备考|无(?:执法)?证|(?:正在)?(?:审理|办理)(?:之)?中|(?:已|因[^，,；;。]{1,10})?(?:超期|逾期)"
)
IN_NOT_DONE = frozenset("未审判办待申补换报备无参接仍尚期")
# 在全县23个乡镇中位列第4名
_OF_ALL = re.compile(r"全[县市省区国州盟旗](?:共有|共|有)?$")
# One search tells that none of the above is said. Every choice begins with a character of its own, not with
# a class: only so does the search leap from one to the next, at a tenth of the cost.
_ANY = re.compile(
    r"少于|低于|超过|超额|至少|暂缓|不再|推迟|叫停|延期|最[多少高低大][的达]|需[^求]|待[^遇]|原则上|应|须|平均|人均|均|都|每|各(?:自|有|举|开|召|组|进|办|配|聘|选|明|安|落|设|建|确|推|培)|由|从|较|比|同期|环比|增|上升|升|降|减少|缩短|提|上涨|压|"
    r"上浮|下调|攀升|回落|减|精简|扩|发展|缩|调整|优化|其余|剩余|尚余|未|少办|占|原定|原计划|不满意|中有|里有|余下|重新|"
    r"分别|正在|尚在|仍在|另有|尚有|还有|只有|仅有|滞后|未(?:能|参|取|通|完|办|化|调|整|结|审|履|解|判|持|领)|在审|待[审判办考领取发]|正在|报名|备考|无证|无执法证|，余|；余|,余|;余|、余|仅余|只余|剩|扣|取消|视为|[不给]予|予以|追究|指标|目标|审理|办理之?中|不到位|欠缺|[仍还尚暂]缺|缺[少口额编员]|空缺|缺失|原[有来先设]|年初|还[需须差欠]|尚[需须差欠]|仍[需须差欠然]|有待|一个?人[就便]|不含|不包|未含|不计|”含|”包|”中含|”中包|要到|超期|逾期|在建|未[建竣启投]|排名|位居|名列|位列|排在|居全|列全|不得|要求|任务|规定|标准"
)
# 老书记一个人就调成了20件: the count of one of them
_ALONE = re.compile(r"一个?人(?:就|便)[^，,；;。]*$")
# 在建的法治公园1个, 正在施工的文化墙2处: what is not there yet
_NOT_YET_BUILT = re.compile(
    r"(?:(?:正在|尚在|仍在)(?:规划|施工|建设|修建|筹建|筹备|装修|打造|改造)中?的|(?<![正所])在建的?(?![立设国成起党档制造])|"
    r"[尚仍还]未(?:完工|建成|竣工|启用|投用|投入使用)的)[^，,；;。、\d检巡督走查]{2,14}$"
)
_BUILT = frozenset("个处座面条所间")
_RANK = re.compile(r"(?:排名|位居|名列|位列|排在|[居列]全[县市区省])[^，]{0,5}?(?:第|前|全[县市区省])?$")
# 少于6场的不得评优, 1起的一票否决, 讲座2场得3分: what follows from a count, or is given for it, in a rule.
_HAS_IT_FOLLOW = re.compile(
    r"的[，,]?(?:一律|予以|给予|则)?(?:不得|(?:实[行施])?一票|通报|约谈|问责)|的?[得加计扣奖减]\s?\d[\d.]{0,4}分"
)
IN_FOLLOWS = frozenset("不票报谈问分")


@dataclass(slots=True)
class Hints:
    """What a sentence holds at all, looked for once: most hold none of it."""

    plan: bool
    duty: bool
    elsewhere: bool
    other: bool  # any word of this module that is said of a single number

    @classmethod
    def of(cls, sentence: Sentence) -> Hints:
        """Search one sentence."""
        characters = sentence.characters
        words = sentence.text[sentence.start : sentence.end]
        plan = bool(not IN_PLAN.isdisjoint(characters) and MAY_PLAN.search(words) and PLAN.search(words))
        duty = bool(not IN_ASKED.isdisjoint(characters) and MAY_ASK.search(words) and ASKED.search(words))
        elsewhere = not IN_ELSEWHERE.isdisjoint(characters)
        elsewhere = bool(elsewhere and _MAY_BE_ELSEWHERE.search(words) and _ELSEWHERE.search(words))
        if not elsewhere and not IN_COUNTY_BODY.isdisjoint(characters):
            elsewhere = _COUNTY_BODY.search(words) is not None
        if not elsewhere and not IN_NEIGHBOUR.isdisjoint(characters):
            elsewhere = NEIGHBOUR.search(words) is not None
        return cls(plan, duty, elsewhere, bool(_ANY.search(words)))


def standing(
    number: Number,
    sentence: Sentence,
    section_kind: str,
    when: When,
    hints: Hints,
    own_level: bool = True,
    carried: bool = False,
) -> Verdict:
    """What kind of statement a number is part of.

    `own_level` is false in reports of a county or department, whose 全县 is their own; `carried` says that
    the number was read through a noun of an earlier phrase.
    """
    if section_kind == "plans":
        return "planned", "section"
    if when.span == "future" or (hints.plan and is_planned(sentence.text, sentence.start, number.start)):
        return "planned", "plan_word"
    if when.span == "past":
        return "elsewhere", "earlier_year"
    if hints.duty and is_asked(sentence.text, sentence.start, number.start):
        return "required", "duty"
    if not IN_FOLLOWS.isdisjoint(sentence.characters) and _HAS_IT_FOLLOW.match(
        sentence.text, number.quantity.end
    ):
        return "required", "duty"
    if hints.other:
        verdict = _of_the_phrase(number, sentence) or _of_the_rest(number, sentence, carried)
        if verdict:
            return verdict
    if (
        own_level
        and (hints.elsewhere or "全" in sentence.characters)
        and _is_of_another_place(number, sentence, hints)
    ):
        return "elsewhere", "other_place"
    return "reported", ""


def _of_the_phrase(number: Number, sentence: Sentence) -> Verdict | None:
    if number.quantity.hedge and DUTY.search(number.quantity.hedge):
        return "required", "duty"
    start = _clause_start(number, sentence)
    if sentence.text[number.start - 1] not in "余剩" and not _ANY.search(sentence.text, start, number.start):
        return None
    words = sentence.text[number.left.start : number.start]
    clause = sentence.text[start : number.start]
    clause = clause[last_end(_STANDARD, clause) :]
    if (duty := DUTY.search(words)) and not _DIGIT.search(words, duty.end()):
        return "required", "duty"  # 不少于1天全年服务336次: the duty was of the days
    if _MEAN.search(clause) and not TOTAL.search(clause, last_end(_MEAN, clause)):
        return "mean", "mean"
    if number.quantity.unit in PEOPLE and _EACH_HAS.search(words):
        return "mean", "each_has"
    if is_frequency(words, number.quantity.value):
        return "frequency", "every"
    if in_each(words, clause, number.quantity.value) and not _is_one_of_row(number, words, sentence.text):
        return "frequency", "every"
    if words.endswith(_AMONG_THEM) and _HAVE_IT.match(sentence.text, number.quantity.end):
        return None
    if _ALONE.search(clause):
        return "elsewhere", "one_person"
    if number.quantity.unit in _BUILT and _NOT_YET_BUILT.search(words):
        return "none", "left_over"
    return moved(number, sentence, words, clause) or _left_over(words)


# 省级、市级示范村分别有2个、5个: one of each kind, not so many in each
_NEXT_OF_ROW = re.compile(r"[、，,和与及]+\s*\d+(?P<unit>[\u4e00-\u9fff])")


def _is_one_of_row(number: Number, words: str, text: str) -> bool:
    following = _NEXT_OF_ROW.match(text, number.quantity.end) if "分别" in words else None
    return following is not None and following["unit"] == number.quantity.unit


# 20名在编人员中有18名取得执法资格: those who have it are counted, those who lack it are left over.
_AMONG_THEM = ("中有", "里有")
_HAVE_IT = re.compile(r"取得|持有|持证|具备|具有|获得|通过|拿到|考取|领到")


def of_words(at: int, sentence: Sentence, when: When, hints: Hints, own_level: bool) -> Status:
    """What kind of statement a fact in words is (未发生, 全覆盖) that begins at `at`."""
    text, start = sentence.text, sentence.start
    if when.span == "future" or (hints.plan and is_planned(text, start, at)):
        return "planned"
    if when.span == "past":
        return "elsewhere"
    if hints.duty and is_asked(text, start, at):
        return "required"
    if own_level and hints.elsewhere and _of_another_place(text[start:at]):
        return "elsewhere"
    return "reported"


_DIGIT = re.compile(r"\d")


def _left_over(words: str) -> Verdict | None:
    if _RANK.search(words):
        return "rank", "rank"
    return ("none", "left_over") if _DROPPED.search(words) else None


def _of_the_rest(number: Number, sentence: Sentence, carried: bool) -> Verdict | None:
    """另有3件正在调解 and 5个村建设滞后 say what is left or lacking, 3次以上是硬性要求 what was asked."""
    if not IN_IS_DUTY.isdisjoint(sentence.characters) and _IS_DUTY.match(sentence.text, number.quantity.end):
        return "required", "duty"
    if "应" in sentence.characters and was_to_come(number, sentence.text):
        return "required", "duty"
    if not IN_AIMED.isdisjoint(sentence.characters) and was_aimed_at(number, sentence.text):
        return "planned", "plan_word"
    if number.index and (listed := listed_with(number, sentence)):
        return listed, "duty" if listed == "required" else "every"
    if "每" in sentence.characters and (is_of_each(number, sentence) or is_once_each(number, sentence)):
        return "frequency", "every"
    if not IN_NOT_DONE.isdisjoint(sentence.characters) and NOT_DONE.match(sentence.text, number.quantity.end):
        return "none", "left_over"
    right = number.right if not sentence.lacks(IN_LACKING) else None
    if right is not None and _LACKING.search(sentence.text, right.start, right.end):
        return "none", "lacking"
    if carried and _OF_THEM.search(sentence.text, number.left.start, number.start):
        if _OWN_ONLY.search(sentence.text, number.left.start, number.start):
            return None
        if number.index and _is_of_each(sentence.numbers[number.index - 1], sentence.text):
            return None  # 各村各办2场，镇里办的另有5场: others than those in each
        return "none", "left_over"
    return None


def _is_of_each(number: Number, text: str) -> bool:
    words = text[number.left.start : number.start]
    return in_each(words, words, number.quantity.value)


def _clause_start(number: Number, sentence: Sentence) -> int:
    """Start of the clause, other numbers in it passed over."""
    start = number.left.start
    for phrase in reversed(sentence.phrases):
        if phrase.end <= number.start:
            start = phrase.start
            if not phrase.mark.startswith("q"):
                break
    return start


def _is_of_another_place(number: Number, sentence: Sentence, hints: Hints) -> bool:
    start = max(number.left.start, number.start - 4)
    if _OF_ALL.search(sentence.text, start, number.start):
        return True
    return hints.elsewhere and _of_another_place(sentence.text[sentence.start : number.start])


def _of_another_place(before: str) -> bool:
    at = max(last_end(_ELSEWHERE, before), last_end(_COUNTY_BODY, before), last_end(NEIGHBOUR, before))
    return at > 0 and not _HOME.search(before, at)
