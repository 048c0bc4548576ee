"""Readings through a noun of an earlier phrase (受理29件，调解成功27件)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from transforms.tabulate import after_number, gaps, near_noun
from transforms.tabulate.each import EVERY
from transforms.tabulate.fits import Context, Scene, carried_verbs
from transforms.tabulate.mixed_sums import sums_up_several
from transforms.tabulate.phrases import NOTHING, PEOPLE, Number, Phrase
from transforms.tabulate.readings import acts_before, own_noun, rows
from transforms.tabulate.readings.scored import Reading, matches, only_scope
from transforms.tabulate.rulebook import Cue, Frame

# What it costs: a noun taken from an earlier phrase, and each other noun nearer than it.
CARRIED, CARRIED_NEXT = 0.2, 0.06
MAX_CARRIED = 5
# Words looked back at: no sentence of a report holds as many, a megabyte without marks does.
REACH = 200
# 掌上基层流转12089件: words no rule knows before the verb are a subject of its own, and nothing is carried.
MAX_BEFORE_VERB = 2


def through_earlier(number: Number, context: Context) -> list[Reading]:
    """Through a noun of an earlier phrase (受理29件，调解成功27件), where nothing unknown is in its place."""
    if after_number.noun_follows(number, context.sentence.text) or not _may_inherit(number, context):
        return []
    if (
        number.index
        and not number.left.cues
        and sums_up_several(number, context.sentence.numbers, context.sentence.text)
    ):
        return []
    if number.right is not None and _OUTCOME.match(context.sentence.text, number.right.start):
        return []
    phrase = number.left
    own, verbs = (NOTHING, NOTHING) if _only_done(number) else (phrase.concepts, phrase.verbs)
    if after := after_number.verb_after(number, context.sentence.text):
        if after_number.has_own_object(after, context.sentence.text, context.book):
            return []
        own, verbs = own | after.concepts, after.verbs
    if ended := after_number.succeeded(number, context.sentence.text):
        own, verbs = own | ended, verbs | ended
    if _in_brackets_of_another(number, context):
        return []
    anew = verbs
    if phrase.mark in ("（", "(") and not verbs and (before := acts_before.before_bracket(phrase, context)):
        own, verbs = own | before.verbs, before.verbs
    if _SUCCEEDED.isdisjoint(verbs) and context.sentence.text.endswith("的有", phrase.start, number.start):
        return []  # 工单三次以上反复的有26件: some of them; not 被劝和的有22件
    again, nearest = _said_in_other_units(number, context), _last_counted_alike(number, context)
    out: list[Reading] = []
    seen: set[str] = set()
    for cue in _history(phrase, context):
        word = cue.word
        if cue.start < nearest:
            break
        if word.decoy and _ITS_OWN.fullmatch(context.sentence.text, cue.end, phrase.start):
            break
        if word.entity or word.decoy or not word.heads or word.text in seen:
            continue
        if context.sentence.text.endswith(_DENIED, context.sentence.start, cue.start):
            continue  # 新进2名（尚未取得执法证）；1名队员借调: what they lack is not carried on
        if number.quantity.unit in _COPIES and _came_out(cue, context):
            continue  # 编印简报8期，送至各村900份: how many copies, not how many of them
        base = 1.0 - CARRIED - CARRIED_NEXT * len(seen)
        seen.add(word.text)
        concepts = own | word.concepts if word.noun else own
        wider = own | _company(cue, context)
        concepts |= wider & (_HANDED | _AVERTED if again else _HANDED)
        if not verbs and (not number.index or phrase.mark in _CLOSES):
            concepts |= carried_verbs(phrase, context)  # 整改隐患，共26处: nothing else was counted or done
        # 行政处罚：办结19件; 代表建议方面，全年答复19件: the first count there is
        labelled = (phrase.mark in _COLONS and cue.end == phrase.start - 1) or not number.index
        scene = Scene(phrase, number, concepts, verbs, wider, closed="closed" in verbs and not labelled)
        found = matches(cue, scene, context, base, "carried")
        acts = NOTHING if acts_before.said_again(phrase, cue, context) else anew
        out += [r for r in found if _may_carry(r.frame, acts, again) and again not in r.frame.units]
        if len(seen) == MAX_CARRIED:
            break
    return out


def _only_done(number: Number) -> bool:
    """分季度调解矛盾纠纷，共完成12件: what was done is said with the noun; no number stands between."""
    cues = number.left.cues
    return not number.index and bool(cues) and all(c.word.text == "完成" for c in cues)


_COPIES = frozenset({"份", "册", "本"})


def _came_out(cue: Cue, context: Context) -> bool:
    """Whether a noun was counted in issues."""
    phrase = next((p for p in context.sentence.phrases if p.start <= cue.start < p.end), None)
    return phrase is not None and phrase.number is not None and phrase.number.quantity.unit == "期"


_SUCCEEDED = frozenset({"success", "mediated_well"})
_DENIED = ("未", "无", "没有", "尚未能")


def _last_counted_alike(number: Number, context: Context) -> int:
    """发现问题46个，整改完成42个: of the thing counted last in these units, not of one named before it."""
    depth, numbers = number.left.depth, context.sentence.numbers
    earlier = map(numbers.__getitem__, range(number.index - 1, -1, -1))
    text = context.sentence.text
    before = next((n for n in earlier if n.left.depth <= depth and not rows.is_kind(n, text)), None)
    if before is None or before.quantity.unit != number.quantity.unit:
        return 0
    left = before.left
    if EVERY.search(text, left.start, before.start):
        return 0  # 配备网格员，每村2名，共38名: how many there are in each stands between
    if any(c.word.noun and not c.word.entity and not own_noun.addressed(c, context) for c in left.cues):
        return left.start
    own = not left.cues and gaps.unknown_lead(text[left.start : before.start], context.book)
    return left.start if own and own >= SHORTEST_NOUN else 0


# 领导包案21件，化解18件: a noun of its own, which no rule knows.
SHORTEST_NOUN = 4


# 法院委派的合同纠纷96件，调成60件: those settled were handed over too.
_HANDED = frozenset({"court_ref"})
# 制止集体上访3批36人次: what was averted of the one was averted of the other.
_AVERTED = frozenset({"avert"})


def _said_in_other_units(number: Number, context: Context) -> str | None:
    """赴省访1批4人次: the unit of the number right before, where that counts the same in another unit."""
    if not number.index or number.left.cues:
        return None
    before = context.sentence.numbers[number.index - 1].quantity
    if before.unit == number.quantity.unit or context.sentence.text[before.end : number.start].strip():
        return None
    return before.unit


def _in_brackets_of_another(number: Number, context: Context) -> bool:
    """微博账号（1个）: what stands right before the bracket is counted, and no frame counts it."""
    phrase = number.left
    if phrase.mark not in ("（", "(") or phrase.start != number.start:
        return False
    cue = next((c for c in _history(phrase, context)), None)
    return cue is not None and cue.end == phrase.start - 1 and not cue.word.heads and not cue.word.verb


_COLONS, _CLOSES = ("：", ":"), ("）", ")")
# （4）行政强制：0件 has a noun of its own, though no indicator.
_ITS_OWN = re.compile(r"(?:情况|案件|数|量)?[：:]")
# 12人参考，10人通过; 审查85件，提出6条意见: what came of it is another count.
_OUTCOME = re.compile(
    r"(?:全部)?(?:通过|合格|及格|优秀|达标|取得|获得|落选|缺考)|(?:修改|审查|整改|工作)?(?:意见|建议)|"
    r"(?:已|则|依法)*(?:进入|转入|引导|移[交送](?!.{0,12}调)|起诉|诉至|正在|仍在?|尚|待)"
)
SHORT_LEAD = 3
_HAMLET = re.compile(r"[组社屯队寨](?=[，,、；;。（(\d]|$)")


_TIMES = ("次", "场", "场次", "期", "轮", "批", "批次")


def _may_carry(frame: Frame, verbs: frozenset[str], again: str | None) -> bool:
    """组织网格员排查房屋320户，登记1200人: people there are stay behind where another thing is done.

    Nor are those who came to so many events (执法人员跟岗2批6人) all there are.
    """
    if frame.measure == "stock" and again in _TIMES:
        return False
    if not verbs.isdisjoint(_DONE_FOR):
        return False  # 办理事项6300件，代办410件; 刑满释放8人，安置7人: what was done for some of them
    if frame.measure == "stock" and verbs:
        return not verbs.isdisjoint(gaps.HAVING)
    return bool(frame.asks) or verbs.isdisjoint(_OTHER_ACTS)


# 举办讲座9场，获县级表彰2次; 引进人才2名: nor what was given to the town.
_DONE_FOR = frozenset({"act_for", "look_after", "some_of_them", "recruit"})
# 合同审查70份，印发文件83份: a noun that asks for no verb is not carried under a verb that makes its own.
# Nor is one of checks under 教育改正72次.
_OTHER_ACTS = frozenset(
    {
        "distribute",
        "issue_doc",
        "punish",
        "screen",
        "rectify",
        "dispose",
        "mediate",
        "train",
        "inspect",
        "help",
        "new_verb",
    }
)


def _company(cue: Cue, context: Context) -> frozenset[str]:
    """The words said together with a cue of this sentence."""
    for phrase in context.sentence.phrases:
        if phrase.start <= cue.start < phrase.end:
            return near_noun.near(context.sentence.text, phrase, cue).concepts
    return frozenset()


def _may_inherit(number: Number, context: Context) -> bool:
    """No noun of its own before the number (but for who did it), and nothing unknown near it."""
    phrase, text, book = number.left, context.sentence.text, context.book
    if number.quantity.unit == "%":
        return not phrase.cues and (rows.goes_on(number, context) or rows.came_to(number, context))
    if number.quantity.unit is None and not (only_scope(phrase) or rows.done_right_before(number, text)):
        return False
    if _SEEN.search(text, phrase.start, number.start):
        return False
    if any(c.word.text == "涉及" for c in phrase.cues):
        return False  # 解矫8名，涉及群众30余人: whom it touched is another count
    if phrase.cues and _PAPER.fullmatch(text, phrase.cues[-1].end, number.start):
        return False  # 调解书4份，复议决定书6份，律师函1份
    if number.quantity.unit in PEOPLE and _PERSON_BEFORE.search(text, phrase.start, number.start):
        return False  # 网格员112名、法治副校长6名; 8人参考，通过7人
    if number.quantity.unit in PEOPLE and _PASSED.match(text, number.quantity.end):
        return False  # 加强培训，1人通过考试: who passed is another count
    if own_noun.is_counted_itself(number, phrase):
        return False
    named = not context.sentence.lacks(own_noun.IN_NAME) and own_noun.ends_in_a_name(number, phrase, text)
    if named or after_number.unknown_follows(number, book, text):
        return False  # 开展“以案述法”1场, 71个党支部: it counts what is named
    if _body_follows(number):
        return False  # 推行短视频述法，组织9个部门述职
    if number.quantity.unit == "个" and _HAMLET.match(text, number.quantity.end):
        return False  # 辖12个村，104个组
    if phrase.listed and rows.is_kind_of_row(number, context):
        return True  # 邻里类纠纷22起、合同类14起
    verb_at = max(
        (i for i, cue in enumerate(phrase.cues) if cue.word.verb and not (cue.word.noun and cue.word.heads)),
        default=-1,
    )
    for cue in phrase.cues[verb_at + 1 :]:
        word = cue.word
        thing = word.noun or (word.heads and not word.verb)
        if (
            thing
            and not word.entity
            and not own_noun.addressed(cue, context)
            and not own_noun.is_body(cue, number, text)
        ):
            return False
    if phrase.cues and phrase.cues[-1].end == number.start:
        said = phrase.cues[-1].word.concepts
        if not (_FIELDS if verb_at >= 0 else _DEEDS).isdisjoint(said):
            return False  # 法治培训4期，开展打非治违7次: the field of work is what was done
    if verb_at >= 0:
        if _names_itself(phrase, verb_at, context):
            return False
        end = phrase.cues[verb_at].end
        if gaps.residue(text, end, number.start, phrase.cues[verb_at + 1 :], book) == 0:
            known = phrase.cues[:verb_at]
            by_way = text.startswith(("经", "通过"), phrase.start)  # 经多轮协商成功调处21件
            if known and not by_way and own_noun.is_object_of(known[-1], phrase.cues[verb_at]):
                return False
            before = gaps.residue(text, phrase.start, phrase.cues[verb_at].start, known, book)
            if before > 1 and known and "hold" in known[-1].word.acts:
                return False  # 开展环境整治9次: what no rule knows says of what kind that is
            return before <= MAX_BEFORE_VERB
    unknown = gaps.residue(text, phrase.start, number.start, phrase.cues, book)
    short = number.start - phrase.start <= SHORT_LEAD  # 流动摊点4处: a longer word is a noun of its own
    if unknown == 1 and gaps.holds_a_word(text, phrase.start, number.start, phrase.cues, book):
        return False
    return unknown == 0 or (unknown == 1 and (bool(phrase.cues) or short))


def _names_itself(phrase: Phrase, verb_at: int, context: Context) -> bool:
    """“老支书”驿站新增2个: a thing with a name of its own stands before the verb."""
    text, verb = context.sentence.text, phrase.cues[verb_at].start
    named = text.rfind("”", phrase.start, verb) + 1
    return named > 0 and gaps.residue(text, named, verb, phrase.cues[:verb_at], context.book) > 1


_DEEDS = frozenset({"assessed_officials"})  # 会议4次；镇长述法1次
_FIELDS = _DEEDS | {"enforcement_field", "other_subject", "public_safety", "drug"}
_BODY_UNITS = frozenset({"个", "家", "所"})


def _body_follows(number: Number) -> bool:
    """9个县直部门, 6个派出所: who did it stands behind a number that asks for a noun."""
    right = number.right
    if right is None or right.listed or not right.cues or number.quantity.unit not in _BODY_UNITS:
        return False
    return right.cues[0].word.entity and right.cues[0].start - right.start <= SHORTEST_NOUN


_PASSED = re.compile(r"(?:干部|同志)?(?:已|顺利|成功|一次性)*(?:通过|考取|取得|获得|获评|领取|晋升|入选)")
_PERSON_BEFORE = re.compile(
    r"[\u4e00-\u9fff](?:员|干部|校长|组长|队长|所长|主任|者|师|警|人口|代表|骨干|对象|教官|学徒|教师)$|"
    r"(?:通过|合格|及格|达标|取得|落选|缺考)$"
)
# 系列音频12期，播放8000余次: how often it was seen is another count; so is whom it concerned (9件，涉及26人).
_SEEN = re.compile(
    r"(?:播放|点击|浏览|阅读|转发|点赞|获赞|收看|收听|观看|涉及|采纳|采用|录用|退(?:回(?:修改)?|了|还)|否决|叫停|暂缓)(?:量|数|次数)?(?:达到?|突破|超过?|近|约)?$"
)
_PAPER = re.compile(r"[\u4e00-\u9fff]{0,6}[书函状证单表册图信](?:共|各|等)?")


def _history(phrase: Phrase, context: Context) -> Iterator[Cue]:
    """Cues of the sentence before a phrase, nearest first.

    Nothing is carried over the end of a sentence: of such readings of real reports two in three were wrong.
    """
    cues = context.sentence.cues
    behind = bisect_left(cues, (phrase.start,))
    yield from reversed(cues[max(0, behind - REACH) : behind])
