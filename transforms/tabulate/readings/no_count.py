"""Numbers that only look like counts: sayings, steps, headings, stories, what is prescribed, formulas."""

from __future__ import annotations

import re

from transforms.quantify.quantity import Quantity
from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import PEOPLE, Number, Sentence
from transforms.tabulate.readings.picked_out import is_share, is_threshold
from transforms.tabulate.readings.set_apart import END_APART, did_not_come, is_set_apart


def counts_nothing(number: Number, context: Context) -> bool:
    """What only looks like a count. Each kind is asked for only where what it begins or goes with stands."""
    sentence, start, quantity = context.sentence, number.start, number.quantity
    text, unit = sentence.text, quantity.unit
    if quantity.value is not None and quantity.value % 1 and _must_be_whole(quantity):
        return True
    if text[start] == "一" and _is_one(number, context):
        return True
    if unit == "次" and text[start] in _FEW and _IF_SO_OFTEN.match(text, quantity.end):
        return True
    if text.startswith("一", start - 2) and text.startswith(_ONE_IN_ONE, start - 2):
        return True
    before = text[start - 1]
    if before == "等" and _is_step(number, text):
        return True
    if unit in ("个", "次") and _NAMES_WHAT.match(text, start):
        return True
    if before in "经过" and unit in _ROUNDS and _is_effort(number, text):
        return True
    if before == "占" and is_share(number, text):
        return True
    if before in END_APART and is_set_apart(number, text):
        return True
    if text.startswith(_FIELDS, quantity.end) or (before in "这述" and text.endswith(_POINTS_BACK, 0, start)):
        return True
    if unit == "%" and _is_rate_of_some(number, text):
        return True
    if unit in PEOPLE and did_not_come(quantity, text):
        return True
    if unit == "部" and (_LAWS.match(text, quantity.end) or text.endswith(_LAWS_BEFORE, 0, start)):
        return True
    if unit == "条" and _LINE.match(text, quantity.end):
        return True
    if unit != "%" and text.startswith("的", quantity.end) and is_threshold(number, text):
        return True
    if text[start - 1] == "的" and number.index and _AT_A_TRY.search(text, max(0, start - TRIED), start):
        return True
    if unit is None and _is_glued_marker(number, sentence):
        return True
    if "由" in sentence.characters and _is_made_of(number, text):
        return True
    if IN_STORY_OR_PLUS.isdisjoint(sentence.characters):
        return False
    if not IN_STORY.isdisjoint(sentence.characters) and _is_example_told(number, context):
        return True
    return not IN_PLUS.isdisjoint(sentence.characters) and _in_formula(number, text)


def _must_be_whole(quantity: Quantity) -> bool:
    """半数, 三分之一 and 3.5件 are no counts of cases, meetings or people; a rate may have lost its sign."""
    if quantity.unit is None:
        return quantity.value is not None and quantity.value < 1
    return quantity.unit not in _IN_PARTS


_IN_PARTS = frozenset({"%", "元", "小时", "学时", "课时"})
_FEW = frozenset("一两二三123")
# 两次考试不合格的调离岗位: whom a rule is for.
_IF_SO_OFTEN = re.compile(
    r"(?:以上)?[^，,；;。、]{1,12}的(?:[，,]|一律|予以|给予|取消|调离|不得|暂扣|收回|暂停)"
)
# 一次考试、一次谈话、一次回访: a set of measures, told as such.
_SET = re.compile(r"一[次场堂批轮期个份条名张][\u4e00-\u9fff]{1,8}、一[次场堂批轮期个份条名张]")
_SET_BEFORE = re.compile(r"一[次场堂批轮期个份条名张][\u4e00-\u9fff]{1,8}、$")


# 历经6次调解才化解: how often one case was talked over.
_ROUNDS = frozenset({"次", "轮", "番", "趟", "回", "场"})
_TALKED = re.compile(
    r"(?:[\u4e00-\u9fff]{0,3}的)?(?:耐心|反复|上门|入户|现场|联合|面对面|背靠背)*"
    r"(?:调解|调处|协商|沟通|劝[解说导]|走访|上门|登门|入户|谈[话心判]|疏导|会商|做工作)"
)


def _is_effort(number: Number, text: str) -> bool:
    start = number.start
    went = text.endswith(("经", "经过"), 0, start) and not text.endswith(("已经", "曾经"), 0, start)
    return went and _TALKED.match(text, number.quantity.end) is not None


# 将《宪法》等9部法律列入清单: laws, and no books of them.
_LAWS_BEFORE = ("法规", "等法律", "条例")
_LAWS = re.compile(
    r"(?:相关|有关|重点|新|党内|涉[\u4e00-\u9fff]{1,3})?(?:法律法规|法律|法规|条例)(?![书读图汇丛类知])"
)


def _is_one(number: Number, context: Context) -> bool:
    """一 that is told, said or prescribed, but not counted."""
    text = context.sentence.text
    if _SET.match(text, number.start) or _SET_BEFORE.search(text, number.left.start - 12, number.start):
        return True
    if text[number.start - 1] in _WHICH:
        return True
    end = number.quantity.end
    if text.startswith(text[end - 1], end) and not text.startswith("个人", end):
        return True  # 一份份、一件件送到: each of them, however many
    if text.endswith("的", 0, number.start) and number.quantity.unit in _PIECES:
        return True
    return _is_story(number, text) or _is_saying(number, text) or _is_prescribed(number, context)


# 头一回及格的才八成, 下一批次考试, 新一轮普法: which one it is
_WHICH = frozenset("头下新同")
# 窗口的一张明白卡受到好评: one that is pointed at.
_PIECES = frozenset("张份本封面块条")


# 一人多岗, 一岗双责, 一份不落: a saying counts nothing.
_SAYING = re.compile(
    r"一[人岗村案户企事件次][一多双兼]|一[份处家户人件个项条张本宗起村企次场期]不[落漏少缺差拉剩留]|"
    r"一[次趟回](?:就|便|要|得|需|跑|走|往返|来回|往往|少说|最少)|"
    r"一个(?:网格|村子?|社区|小区|家庭|单位)(?:里|内|中)|"
    r"一个(?:新的?|大|更高|重要|崭新)?(?:台阶|水平|高度|层次|局面|阶段|环节|整体|目标|中心|标杆|样板|抓手|亮点)"
)


# 两个“全覆盖”: how many aims; 一次调成231件: at the first try.
_NAMES_WHAT = re.compile(
    r"[一二两三四五双]个?[“\"](?:全面?覆盖|百分之?百|100%|零)|[一二两三]次(?:性|以上)?才?(?:调|化解|办|告知|通过|解决|成功|说和)"
)
# 一村一名法律顾问, 一校1名法治副校长: a model, not a count.
_ONE_IN_ONE = ("一村", "一社", "一校", "一格", "一企", "一户", "一镇", "一乡", "一居")


def _is_saying(number: Number, text: str) -> bool:
    """一人多岗, 迈上一个新台阶."""
    return _SAYING.match(text, number.start) is not None


# 专家论证、合法性审查等5项程序纳入必经环节: the steps a rule names are no work done.
_STEP = re.compile(r"(?:法定|必经|必要|决策)?(?:程序|环节|步骤|流程)(?!的?案件|合同)")
# 成功率98%以上的村有14个: which of them are meant, no rate of the town.
_OF_SUCH = ("的村", "的社区", "的网格", "的单位", "的小区", "的镇", "的乡", "的街道", "的站所")


def _is_rate_of_some(number: Number, text: str) -> bool:
    start = number.start
    if "率" not in text[number.left.start : start]:
        return False
    some = _OF_SOME.search(text, max(0, start - REACH), start)
    return some is not None or text.startswith(_OF_SUCH, number.quantity.end)


# 其中9个村化解率达100%: neither is a rate of some of them.
_OF_SOME = re.compile(
    r"(?:中有|其中|中的|(?<![共现辖])有)\d+个(?:行政)?(?:村|社区)(?:[（(]社区[）)])?的?[^，；。、\d]{2,12}$"
)
REACH = 32
# 12个领域的信息: in how many fields, not how many of them.
# 法制审核3项制度, 柔性执法5项机制: how many rules there are for it, not how often it was done.
_FIELDS = (
    "领域", "大领域", "重点领域", "方面", "层面", "维度", "制度", "机制", "工作机制", "工作制度",
    "举措", "措施", "创新举措", "做法", "创新做法", "模式", "原则",
)  # fmt: skip


# 这36件纠纷均已履行: those counted before.
_POINTS_BACK = ("这", "上述")
# 一次调成的262起，两次以上才调成的21起: how many tries they took parts the cases counted before.
_AT_A_TRY = re.compile(
    r"(?:[一二两三四]次|多次)(?:性|以上)?才?(?:调成|调解成功|调处成功|化解|调好|说和|成功)的$"
)
TRIED = 14
# 四条线同时推进: along how many lines of work; 12条线索 and 2条线路 are things.
_LINE = re.compile(r"线(?![路索])")


def _is_step(number: Number, text: str) -> bool:
    """等5项程序: after a list, so many steps."""
    return number.right is not None and bool(_STEP.match(text, number.right.start))


# 法律顾问团由2名律师、1名公证员组成: what it is made of is not how many of them there are.
_BY = re.compile(r"由(?:[^，,；;。]{0,24}[、和及])?[^，,；;。、]{0,6}$")
_MADE = re.compile(r"[^，,；;。]{1,40}?(?:组成|构成|担任)(?![员单部])")


def _is_made_of(number: Number, text: str) -> bool:
    if number.quantity.unit not in PEOPLE:
        return False
    start = max(0, number.start - LONGEST_MADE)
    return bool(_BY.search(text, start, number.start) and _MADE.match(text, number.quantity.end))


LONGEST_MADE = 32


def _is_glued_marker(number: Number, sentence: Sentence) -> bool:
    """2优化阵地建设: a figure without a measure word that opens a line with a verb is its heading's.

    So is a small one in the middle (普法宣传1抓实重点对象), but for counts in a row (排查9化解8).
    """
    right, text = number.right, sentence.text
    if number.quantity.unit is not None or right is None or right.start != number.quantity.end:
        return False
    if any(c.start == right.start and c.word.noun for c in right.cues):
        return False
    if not number.start or text[number.start - 1] in "\n。；;":
        return True
    small = 0 < (number.quantity.value or 0) <= LAST_MARKER
    return small and right.number is None and bool(_HEADING.match(text, right.start))


LAST_MARKER = 20
_HEADING = re.compile(r"(?!均|全部|都|已|其中|余|多|以上|左右|成功)[\u4e00-\u9fff]{4}")
_ONE_CASE = re.compile(r"一[起件例宗桩](?![、，,；;。]|$)")
_DID_ONE = re.compile(r"(?<!共)(?<!计)(?:调解|调处|化解|处理|处置|查处)(?:了|成功)?$")
# 开展了一次全面大排查 tells of one; 共开展了一次, and 1次 in figures, count.
_ONE_TIME = re.compile(r"一[次场堂期轮](?:次)?(?![、，,；;。]|$)")
_DID_ONCE = re.compile(
    r"(?<!共开展)(?<!共举办)(?<!共组织)(?<!共召开)(?:开展|举办|组织|召开|举行|进行|上|迎来)了$"
)
# 例如某村化解纠纷8起: what is told as an example is no count of the town's.
# 仅某村一村就调解8起: neither is what one village of several did.
_FOR_EXAMPLE = re.compile(
    r"(?:例如|比如|譬如|(?<=[，,；;。\n])如(?=[，,：:]|针对|某)|仅[\u4e00-\u9fff]{1,6}(?:村|社区)(?:一[村个]|(?=就)))"
)


_DISPUTE = re.compile(r"[\u4e00-\u9fff]{0,10}(?:纠纷|矛盾)")


def _is_story(number: Number, text: str) -> bool:
    """成功调解一起邻里纠纷, 开展了一次大排查: one case told of is no count of the year's."""
    end = number.quantity.end + 1
    if _ONE_CASE.match(text, number.start, end):
        if number.left.start == number.start and _DISPUTE.match(text, number.quantity.end):
            return True  # 一起土地纠纷先后协调6次: the story of one
        return bool(_DID_ONE.search(text, number.left.start, number.start))
    if _ONE_TIME.match(text, number.start, end):
        return bool(_DID_ONCE.search(text, number.left.start, number.start))
    return False


# 成功调处一起因宅基地引发的纠纷，双方签订协议1份; 李某与王某: what is told of one case counts in it only.
_TELLS_OF_ONE = re.compile(
    r"(?:调解|调处|化解|处理|处置)(?:了|成功)?一[起件例宗桩](?![、，,；;。])|双方当事人|"
    r"(?<=[、，,；;。：:\n与和及向对给])[\u4e00-\u9fff]某(?:某)?(?![些种个一项村镇乡县市地年月])"
)
IN_STORY = frozenset("如一双某仅")
# How far a story reaches; a bound also keeps a run-on sentence of many numbers linear.
TOLD_WITHIN = 240
# 按照开展一次宣讲、张贴一批标语的要求: what is prescribed is not what was done.
_PRESCRIBES = re.compile(r"(?:按照|依照|围绕|遵循)[^。；;]{0,60}$")
_PRESCRIBED = re.compile(r"[^。；;]{0,90}?的(?:活动|工作|具体|总体)?(?:内容|要求|方案|安排|思路|模式)[，,]")
LONGEST_RULE = 61


def _is_prescribed(number: Number, context: Context) -> bool:
    """按照开展一次宣讲、张贴一批标语的要求."""
    text, start = context.sentence.text, max(context.sentence.start, number.start - LONGEST_RULE)
    if not _ONE_OF_A_LIST.match(text, number.start) or not _PRESCRIBES.search(text, start, number.start):
        return False
    return _PRESCRIBED.match(text, number.quantity.end, context.sentence.end) is not None


_ONE_OF_A_LIST = re.compile(r"一[次场堂批轮期个]")
_COUNTS = re.compile(r"共|累计|合计|总计|全年|今年|截[至止]|先后")


def _is_example_told(number: Number, context: Context) -> bool:
    text, start = context.sentence.text, max(context.sentence.start, number.start - TOLD_WITHIN)
    if _FOR_EXAMPLE.search(text, start, number.start):
        return True
    if number.quantity.unit == "%":
        return False  # of one case there is no rate: 双方当事人都已履行，调解成功率100%
    told = _TELLS_OF_ONE.search(text, start, number.start)
    if told is None or (told[0] == "双方当事人" and (number.quantity.value or 0) > 2):
        return False  # 双方当事人签订书面协议90份: both of many cases
    return not _COUNTS.search(text, told.end(), number.start)


def _in_formula(number: Number, text: str) -> bool:
    """“1名村干部+1名法律顾问”: a model of work, not a count."""
    behind = number.right and _PLUS.match(text, number.right.start, number.right.end + 1)
    return text.startswith(("+", "＋"), number.start - 1) or bool(behind)


_PLUS = re.compile(r"[^，,；;。+＋]{1,10}[+＋]")
IN_PLUS = frozenset("+＋")
IN_STORY_OR_PLUS = IN_STORY | IN_PLUS
