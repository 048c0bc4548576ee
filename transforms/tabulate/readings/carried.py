"""Readings through a noun of an earlier phrase (受理29件，调解成功27件)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from transforms.tabulate import after_number, gaps, near_noun
from transforms.tabulate.each import EVERY
from transforms.tabulate.fits import Context, Scene, carried_verbs
from transforms.tabulate.intended import came_of_an_aim
from transforms.tabulate.mixed_sums import sums_up_several
from transforms.tabulate.phrases import NOTHING, PEOPLE, Number, Phrase
from transforms.tabulate.readings import acts_before, own_noun, rows
from transforms.tabulate.readings.inherits import SHORTEST_NOUN, may_inherit
from transforms.tabulate.readings.scored import Reading, matches
from transforms.tabulate.rulebook import Cue, Frame

# What it costs: a noun taken from an earlier phrase, and each other noun nearer than it.
CARRIED, CARRIED_NEXT = 0.2, 0.06
MAX_CARRIED = 5
# Words looked back at: no sentence of a report holds as many, a megabyte without marks does.
REACH = 200


def through_earlier(number: Number, context: Context) -> list[Reading]:
    """Through a noun of an earlier phrase (受理29件，调解成功27件), where nothing unknown is in its place."""
    if after_number.noun_follows(number, context.sentence.text) or not may_inherit(number, context):
        return []
    if (
        number.index
        and not number.left.cues
        and sums_up_several(number, context.sentence.numbers, context.sentence.text)
    ):
        return []
    if number.right is not None and _OUTCOME.match(context.sentence.text, number.right.start):
        return []
    if number.quantity.unit in PEOPLE and context.sentence.text[number.start - 1] in _TO_WHOM:
        return []  # 解除矫正7名，对2名违规人员给予警告
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
        return []  # 工单三次以上反复的有26件: some of them; not 被劝和的有22件, 化解掉的有20件
    again, nearest = _said_in_other_units(number, context), _last_counted_alike(number, context)
    before_it = context.sentence.numbers[number.index - 1]  # of the first, the last: no aim stands behind
    aimed = number.index > 0 and came_of_an_aim(number, before_it, context.sentence.text)
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
        labelled = (phrase.mark in _COLONS and cue.end == phrase.start - 1) or not number.index or aimed
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


_SUCCEEDED = frozenset({"success", "mediated_well", "settle", "rectify", "build"})
_DENIED = ("未", "无", "没有", "尚未能")


def _last_counted_alike(number: Number, context: Context) -> int:
    """发现问题46个，整改完成42个: of the thing counted last in these units, not of one named before it."""
    depth, numbers = number.left.depth, context.sentence.numbers
    earlier = map(numbers.__getitem__, range(number.index - 1, -1, -1))
    text = context.sentence.text
    around = (n for n in earlier if n.left.depth <= depth and not rows.is_kind(n, text))
    before = next((n for n in around if not _of_one_list(n, number)), None)
    if before is None or before.quantity.unit != number.quantity.unit:
        return 0
    left = before.left
    if EVERY.search(text, left.start, before.start):
        return 0  # 配备网格员，每村2名，共38名: how many there are in each stands between
    if any(c.word.noun and not c.word.entity and not own_noun.addressed(c, context) for c in left.cues):
        return left.start
    own = not left.cues and gaps.unknown_lead(text[left.start : before.start], context.book)
    return left.start if own and own >= SHORTEST_NOUN else 0


def _of_one_list(before: Number, number: Number) -> bool:
    """省级、市级示范村分别有1个、4个: the words of both are parts of one list."""
    return before.left.start <= number.left.start < before.left.end


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
    # 1名对象因违规被警告, 2人迁往外地: what befell some of them
    r"(?:[\u4e00-\u9fff]{0,4}(?:对象|人员))?(?:因[^，,；;。]{1,12})?(?:依法)?(?:被(?!成功|调解|化解)|受到|迁往|迁至|转往|死亡|去世|病故)|"
    r"(?:已|则|依法)*(?:进入|转入|引导|移[交送](?!.{0,12}调)|起诉|诉至|正在|仍在?|尚|待)"
)
_TO_WHOM = frozenset("对给为向")
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


def _history(phrase: Phrase, context: Context) -> Iterator[Cue]:
    """Cues of the sentence before a phrase, nearest first.

    Nothing is carried over the end of a sentence: of such readings of real reports two in three were wrong.
    """
    cues = context.sentence.cues
    behind = bisect_left(cues, (phrase.start,))
    yield from reversed(cues[max(0, behind - REACH) : behind])
