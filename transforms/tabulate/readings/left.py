"""Readings through the words before a number (召开专题会议3次)."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.tabulate import after_number, gaps, near_noun, pairs
from transforms.tabulate.fits import Context, Scene
from transforms.tabulate.near_noun import VERB_WINDOW
from transforms.tabulate.phrases import PEOPLE, Number, Phrase, concepts_of, start_of
from transforms.tabulate.readings.may_count import acts, takes_places, verdict_on
from transforms.tabulate.readings.scored import PASSED_NOUN, Reading, matches
from transforms.tabulate.rulebook import Cue
from transforms.tabulate.went_through import PAPERS, done_to

# What it costs: a character between noun and number that no rule knows, a noun that only says of what kind,
# a number that counts what follows it.
RESIDUE, MODIFIER, COUNTS_NEXT = 0.05, 0.45, 0.3


def through_left(
    number: Number, context: Context, follows: bool, of_others: bool
) -> tuple[list[Reading], bool]:
    """Through the words before the number; True when a thing without an indicator stands there instead.

    `follows` says that words stand right behind the number, `of_others` that they are what is counted.
    """
    out: list[Reading] = []
    cues, start, text = number.left.cues, number.start, context.sentence.text
    if follows and after_number.is_head_behind(number, context.book, text):
        return out, True
    top, passed = 1.0 - (COUNTS_NEXT if of_others else 0), 0
    studied = _studied(number, text) if text[start - 1] == "等" else None
    for i in range(len(cues) - 1 if studied is None else studied, -1, -1):
        cue = cues[i]
        end, word = cue.end, cue.word
        if not word.heads and not word.decoy:
            if end == start and (_counts_places(cue, number) or _looks_into(cue, number)):
                return out, True
            continue
        gap = gaps.residue(text, end, start, cues[i + 1 :], context.book) if end < start else 0
        if i == studied:
            gap = 0
        if gap > LONG_OBJECT and takes_places(cue, number):
            gap = _of_the_last_object(cue, i, number, context)
        verdict = verdict_on(i, gap, passed, number, context)
        if verdict is not None:
            if verdict == "passed over":
                continue
            if verdict == "shared":
                return [], not (follows and number.quantity.unit in PEOPLE)  # what they did may follow
            return (out, verdict == "settled" and not out)
        if word.verb and not word.noun and _does(cue, number):
            continue  # 成功劝阻焚烧行为8起: another verb says what was done
        score = top - passed * PASSED_NOUN - gap * RESIDUE
        if gap > 1:
            score = _less_as_modifier(score, i, number, context)
        out += _through(cue, score, number, context, follows, of_others or _is_a_word(cue, passed, number))
        if end == start and not passed and _is_the_head(cue, number):
            return out, not out
        passed += word.noun and not word.entity
    return out, False


LONG_OBJECT = 3


def _of_the_last_object(cue: Cue, i: int, number: Number, context: Context) -> int:
    """检查砖厂、洗车点、养殖场26次: of a list of what was looked at the last stands for all."""
    text, start = context.sentence.text, number.start
    last = text.rfind("、", cue.end, start) + 1
    return gaps.residue(text, last or cue.end, start, number.left.cues[i + 1 :], context.book)


def _studied(number: Number, text: str) -> int | None:
    """Which word it is that laws listed up to the number were studied with; -1 where none of them is a law.

    会前学习土地管理法、信访工作条例等9次: what stands between are names; 会前学习党章、准则等6次.
    """
    cues = number.left.cues
    i = next((i for i in range(len(cues) - 1, -1, -1) if cues[i].word.text.endswith("学习")), None)
    if i is None or text[cues[i].end] in "等、和与及" or "《" in text[cues[i].end : number.start]:
        return None
    if _ENDS_IN_LAW.match(text, number.start - 3):
        return i
    return None if _NAMES_LAW.search(text, cues[i].end, number.start) else -1


_ENDS_IN_LAW = re.compile(r"(?:[^做方办看用书]法|条例|法典)等")
_NAMES_LAW = re.compile(r"(?<![做方办看用书])法|条例|宪|典|规定")


def _less_as_modifier(score: float, i: int, number: Number, context: Context) -> float:
    """宣传音频12次: less for a noun before unknown words, which only says of what kind they are."""
    phrase, text, book = number.left, context.sentence.text, context.book
    cue = phrase.cues[i]
    if "printed_law" in cue.word.concepts:
        return score  # 印有法律条文的搪瓷缸600个: whatever it is, it is given out for what is printed on it
    if "publicity" in cue.word.concepts and _GATHERING.fullmatch(text, cue.end, number.start):
        return score
    if not acts(cue) and gaps.ends_in_unknown(text, phrase, cue, number, book):
        score -= MODIFIER
    if cue.start < phrase.start or _takes_objects(cue, text, number):
        return score  # the noun of a whole list, said before this part of it
    stop = phrase.cues[i + 1].start if i + 1 < len(phrase.cues) else number.start
    return score - MODIFIER if gaps.is_modifier(text, cue, stop, book) else score


# 普法故事会18场, 普法夜谈会6期: a gathering to which publicity gives its name; not one of officials.
_GATHERING = re.compile(
    r"(?![\u4e00-\u9fff]*(?:推进|部署|动员|启动|研讨|座谈|联席|协调|总结|培训|委员|工作|理事|协|议|评审|验收|现场|交流|例)会)"
    r"[\u4e00-\u9fff]{1,4}会(?:共|累计|活动)?"
)


def _through(
    cue: Cue, score: float, number: Number, context: Context, follows: bool, of_others: bool
) -> list[Reading]:
    """Readings through one word: none that a mixed list does not count, no stock where these are not all."""
    found = matches(cue, _scene_left(cue, number, context, follows), context, score, "left")
    if not found:
        return found
    text = context.sentence.text
    if "等" in context.sentence.characters and pairs.of_a_mixed_list(number.left, cue, number, text):
        found = [r for r in found if r.frame.indicator == "publicity_events"]
    for reading in found:
        if reading.frame.measure == "stock":
            some = of_others or _not_all(cue, number, text) or _does(cue, number)
            some = some or (follows and reading.frame.leads)  # 镇机关干部52名入户走访
            return [r for r in found if r.frame.measure != "stock"] if some else found
    return found


def _scene_left(cue: Cue, number: Number, context: Context, follows: bool) -> Scene:
    """The words around a noun before the number. Most phrases are short and plain, and are taken whole."""
    phrase, sentence = number.left, context.sentence
    spoken, wider, characters, listed = phrase, None, sentence.characters, None
    if cue.start - phrase.start > VERB_WINDOW or "等" in characters:
        spoken = near_noun.near(sentence.text, phrase, cue)
        listed = phrase.concepts if "等" in characters else None
    concepts = spoken.concepts
    if follows:
        concepts |= _purpose(number, sentence.text)
    elif number.right is not None and number.right.listed and (behind := _behind_list(number)) is not None:
        concepts |= _came_to(behind)
    if phrase.mark in _CLOSES:
        concepts |= _before_bracket(phrase, context)
    if "“" in characters and (named := near_noun.of_one_name(sentence.text, phrase, cue)):
        wider, concepts = concepts, concepts_of([c for c in spoken.cues if c not in named])
    verbs = spoken.verbs or _verbs_behind(number)
    if not PAPERS.isdisjoint(cue.word.concepts):
        verbs = done_to(cue, number, verbs, sentence.text)
    if follows and (ended := after_number.succeeded(number, sentence.text)):
        verbs, concepts = verbs | ended, concepts | ended
    return Scene(phrase, number, concepts, verbs, wider, listed)


def _is_a_word(cue: Cue, passed: int, number: Number) -> bool:
    """整改网格问题42个: what stands before the thing that touches the number says of what kind it is."""
    last = number.left.cues[-1]
    if number.quantity.unit in PEOPLE:
        return False  # 持有执法证件人员30名
    return passed > 0 and last.end == number.start and last.start == cue.end and last.word.noun


_TAKES_PART = ("参加", "参与", "参训")


def _does(cue: Cue, number: Number) -> bool:
    """调委会整改问题11个: who did it is not counted, unless it is 网格员配备12名."""
    behind = (c for c in number.left.cues if c.start >= cue.end and c.word.verb)
    return any(
        "gather" in c.word.acts or c.word.text in _TAKES_PART or c.word.acts.isdisjoint(gaps.HAVING)
        for c in behind
    )


_MEETINGS = frozenset({"meeting", "rule_meeting", "group_meeting", "decision_meeting"})
_ENTITIES_COUNTED = ("个", "家", "所", "户")


def _is_the_head(cue: Cue, number: Number) -> bool:
    """行政执法联席会议1次, 诚信守法企业7家: the noun that touches the number is what is counted."""
    if cue.word.verb:
        return False
    if not _MEETINGS.isdisjoint(cue.word.concepts):
        return True
    if number.quantity.unit == "户":
        return cue.word.noun  # 走访企业困难职工12户
    return cue.word.entity and cue.word.noun and number.quantity.unit in _ENTITIES_COUNTED


def _not_all(cue: Cue, number: Number, text: str) -> bool:
    if text.endswith("由", cue.end, number.start) and _MADE_OF.match(text, number.quantity.end):
        return True
    return _NAMED_BEHIND.fullmatch(text, cue.end, number.start) is not None or _came(number, text)


# 网格“微阵地”217个: a name of its own stands between, and it is what there are so many of;
# 退岗人员中2人, 执法队员通过者1人: so many of them; 以网格员为主体的90人队伍: others are among them.
_NAMED_BEHIND = re.compile(
    r"“[^”，。；]{2,12}”(?:共)?|(?:当|之)?中(?:已?有)?|里(?:已?有)?|[\u4e00-\u9fff]{0,12}者(?:共|仅|只|有|达)*|为(?:主|主体|主力|骨干)的"
)
# 长廊由7块展板和2面漫画墙组成: what a thing is made of is not how many of it there are.
_MADE_OF = re.compile(r"[^，,；;。]{1,40}?(?:组成|构成)")
_TIMES = ("次", "场", "场次", "轮", "轮次", "期", "批次")
_PLACES_COUNTED = frozenset({"hamlet", "hamlet_like", "premises", "township"})


def _counts_places(cue: Cue, number: Number) -> bool:
    """该村现有村民小组12个: a place that no frame counts stands right before the number."""
    if number.quantity.unit not in ("个", "处", "家", "所", "户"):
        return False
    return cue.word.noun and not _PLACES_COUNTED.isdisjoint(cue.word.concepts)


def _looks_into(cue: Cue, number: Number) -> bool:
    """开展行政执法督查6次: the work that was looked into right before it was not done so many times."""
    return "look_into" in cue.word.acts and number.quantity.unit in _TIMES


# Nor are those who went out or were punished.
_CAME = re.compile(
    r"(?:参会|参加|出席|到会|与会|观摩|到场|参与|列席|外出|请假|(?:受到|被)(?:警告|训诫|处罚|收监|表彰|表扬|评为|授予)|获评|荣获|当选|获得)"
)


def _came(number: Number, text: str) -> bool:
    """村书记、调解员共45人参会: who came to something are not all there are."""
    return number.right is not None and bool(_CAME.match(text, number.right.start, number.right.end))


def _takes_objects(cue: Cue, text: str, number: Number) -> bool:
    """专题学习保密、信访条例等22场次: what a verb is done to does not stand in its place."""
    if takes_places(cue, number):
        return True
    return cue.word.text.endswith("学习") and text.endswith("等", cue.end, number.start)


def _purpose(number: Number, text: str) -> frozenset[str]:
    """召开党委会4次研究部署依法治镇工作: what a meeting was for, said right behind its number.

    组织执法队员18人次赴县参加培训2期, 律师6名到村担任法律顾问: so is what people came to.
    """
    right, unit = number.right, number.quantity.unit
    if right is None or right.listed or not right.cues or text.startswith(_ALL_OF_THEM, right.start):
        return frozenset()
    if unit in _CAME_TO:
        return _came_to(right)
    if right.number is not None or unit not in _HELD:
        return frozenset()
    first = right.cues[0]
    return right.concepts if first.start == right.start and "hear" in first.word.concepts else frozenset()


def _came_to(behind: Phrase) -> frozenset[str]:
    return frozenset() if _COMES_TO.isdisjoint(behind.concepts) else behind.concepts


# 镇干部39名、村干部52名、网格员60名参加测试: as many kinds of people as are looked over.
LONGEST_LIST = 5


def _behind_list(number: Number) -> Phrase | None:
    """机关干部44人、村干部63人参加考试: what people of several kinds came to is said behind the last."""
    right = number.right if number.quantity.unit in PEOPLE else None
    for _ in range(LONGEST_LIST):
        if right is None or not right.listed:
            return right
        if right.number is None or right.number.quantity.unit not in PEOPLE:
            return None
        right = right.number.right
    return None


# 执法人员23名均已参加轮训: what all of them came to does not make them some.
_ALL_OF_THEM = ("均", "都", "全部", "悉数", "全员")
_COMES_TO = frozenset({"trainee_verb", "trainee", "find_work", "exam_subject", "adviser"})
_CAME_TO, _HELD = (*PEOPLE, "人次"), ("次", "场", "场次")
_CLOSES = ("）", ")")


def _before_bracket(phrase: Phrase, context: Context) -> frozenset[str]:
    """微信账号（1个）发布信息82条: a count in brackets does not part the words around it."""
    phrases = context.sentence.phrases
    opened = bisect_left(phrases, phrase.start, key=start_of) - 2
    while opened > 0 and phrases[opened].depth > phrase.depth:
        opened -= 1
    return phrases[opened].concepts if opened >= 0 else frozenset()


def _verbs_behind(number: Number) -> frozenset[str]:
    """重大行政决策6项全部依程序作出: no verb before the number, but one after it, and no other number."""
    right = number.right
    return right.verbs if right is not None and not right.listed and right.number is None else frozenset()
