"""What a frame asks of the words around its noun: action, company, topic, actor, the town as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from transforms.tabulate.came_of_all import came_of_all, reviewed_each
from transforms.tabulate.own import is_own
from transforms.tabulate.phrases import Number, Phrase, Sentence, done_before, earlier_than
from transforms.tabulate.rulebook import Cue, Frame, Rulebook
from transforms.tabulate.spoken import said
from transforms.tabulate.told_behind import described, named_next, told_behind
from transforms.tabulate.whose_lawyers import ADVISERS, LAWYERS, have_villages

# An action said in the same phrase is worth a little more than one carried over a mark.
OWN_ACTION = 0.04


@dataclass(slots=True)
class Context:
    """What a reading may look back on: the sentence, the one before it in the same section, the heading."""

    sentence: Sentence
    book: Rulebook = field(repr=False)
    look_back: Callable[[], Sequence[Cue]] = tuple  # called once, and only where a reading has to
    _before: Sequence[Cue] | None = None

    @property
    def before(self) -> Sequence[Cue]:
        """Cues of the heading and of the previous sentence, in order of place."""
        if self._before is None:
            self._before = self.look_back()
        return self._before


@dataclass(slots=True, eq=False)
class Scene:
    """The words a noun is read with: those that speak of it, its verbs, those a carried noun came with."""

    phrase: Phrase
    number: Number
    concepts: frozenset[str]
    verbs: frozenset[str]
    wider: frozenset[str] | None = None  # may give what a frame asks, never forbid
    listed: frozenset[str] | None = None  # said of some things of a list closed by 等
    closed: bool = False  # a carried noun with 办结 before its number: no second count of what came in


def fits(frame: Frame, cue: Cue, scene: Scene, context: Context) -> float | None:
    """None where the frame asks for what is not there or forbids what is, else a bonus."""
    if not frame.without.isdisjoint(scene.concepts):
        return None
    if scene.closed and not frame.action:
        return None
    if scene.phrase.listed and frame.without and _done_to_list(frame, scene, context):
        return None
    if frame.with_ and not _in_company(frame, scene, context):
        return None
    if frame.later and not told_behind(frame.later, scene.number, context.sentence):
        return None
    if frame.then and not named_next(frame.then, scene.number, context.sentence):
        return None
    bonus = _action(frame, scene, context) if frame.action else 0.0
    if bonus is None or not (frame.looks_back or frame.own or frame.leads):
        return bonus
    if frame.leads and not _leads(cue, scene.phrase, context.sentence.text):
        return None
    if frame.own and not is_own(scene.number, context.sentence):
        return None
    return bonus if _looks_back(frame, cue, scene, context) else None


def _in_company(frame: Frame, scene: Scene, context: Context) -> bool:
    """Whether of each group the frame asks for a word stands around the noun, or before its list."""
    around = scene.concepts if scene.wider is None else scene.concepts | scene.wider
    for group in frame.with_:
        if group.isdisjoint(around) and not (scene.phrase.listed and _shares(group, scene, context)):
            return _is_of_several(frame, scene)
    return True


def _is_of_several(frame: Frame, scene: Scene) -> bool:
    """安全生产、占道经营等专项检查: of one and of another of a list a frame may ask at once."""
    several = scene.listed if len(frame.with_) > 1 else None
    return several is not None and all(not group.isdisjoint(several) for group in frame.with_)


# 一是, （3）, 2.: a mark of order is no word of the phrase.
_ORDER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}是|[（(]?[\d一二三四五六七八九十]{1,2}[）)、.．])\s*")


def _leads(cue: Cue, phrase: Phrase, text: str) -> bool:
    if cue.start == phrase.start:
        return True
    order = _ORDER.match(text, phrase.start, cue.start)
    return order is not None and order.end() == cue.start


def _done_to_list(frame: Frame, scene: Scene, context: Context) -> bool:
    """审查决策12件、处罚决定6件: what is done to the list is done to each of its parts."""
    if scene.verbs:
        return False
    if "adviser_word" in frame.without and _opened_by_adviser(scene.phrase, context):
        return True
    return not frame.without.isdisjoint(done_before(scene.phrase, context.sentence))


def _opened_by_adviser(phrase: Phrase, context: Context) -> bool:
    """法律顾问参与接访8次、法治宣传6场: who did the first of a list did the others."""
    for earlier in earlier_than(phrase, context.sentence):
        if not earlier.listed:
            return "adviser_word" in earlier.concepts
    return False


def _shares(group: frozenset[str], scene: Scene, context: Context) -> bool:
    """培训村干部96人次、网格员72人次: what follows a list mark shares the verb before it."""
    if scene.phrase.verbs:
        return False
    return not group.isdisjoint(carried_verbs(scene.phrase, context))


def _action(frame: Frame, scene: Scene, context: Context) -> float | None:
    if not frame.action.isdisjoint(scene.verbs):
        return OWN_ACTION
    if frame.free:
        return 0.0
    if scene.verbs or (frame.own_action and not scene.phrase.listed):
        return None if frame.action.isdisjoint(reviewed_each(scene.number, context.sentence)) else 0.0
    carried = carried_verbs(scene.phrase, context) or came_of_all(scene.number, context.sentence)
    return None if frame.action.isdisjoint(carried) else 0.0


def carried_verbs(phrase: Phrase, context: Context) -> frozenset[str]:
    """The verbs of the nearest earlier phrase that has any (发放资料400份，读本300册)."""
    for earlier in earlier_than(phrase, context.sentence):
        if earlier.verbs:
            return earlier.verbs
    return frozenset()


def _looks_back(frame: Frame, cue: Cue, scene: Scene, context: Context) -> bool:
    phrase = scene.phrase
    if (frame.topic or frame.not_topic) and not _topic(frame, cue, phrase, scene.number, context):
        return False
    if (frame.subject or frame.not_subject) and not _subject(frame, cue, phrase, context):
        return False
    if frame.fresh and not _fresh(frame.fresh, scene, context):
        return False
    return not (frame.not_fresh and _fresh(frame.not_fresh, scene, context))


def _topic(frame: Frame, cue: Cue, phrase: Phrase, number: Number, context: Context) -> bool:
    """The nearest phrase that names the topic or a rival of it decides.

    One that names both is the topic's, unless the frame yields (a school event is narrower than publicity).
    """
    for concepts in _back(cue, phrase, number, context):
        if not frame.not_topic.isdisjoint(concepts):
            return False
        named, rival = not frame.topic.isdisjoint(concepts), not frame.over.isdisjoint(concepts)
        if named and rival:
            return not frame.yields
        if named or rival:
            return named or not frame.topic
    return frame.open_topic or not frame.topic


def _back(cue: Cue, phrase: Phrase, number: Number, context: Context) -> Iterator[frozenset[str]]:
    """Concepts phrase by phrase, nearest first, then word by word through the sentence before.

    What a number with 的 behind it describes is nearer than all of them.
    """
    text = context.sentence.text
    if (head := described(number, text)) is not None:
        yield head
    yield said(phrase, cue, context.sentence, context.book)
    for earlier in earlier_than(phrase, context.sentence):
        if (earlier.concepts or earlier.number is not None) and text.find(
            "其中", earlier.start, earlier.end
        ) < 0:
            if earlier.said is None:
                earlier.said = said(earlier, None, context.sentence, context.book)
            yield earlier.said
    for other in reversed(context.before):
        yield other.word.concepts


def _subject(frame: Frame, cue: Cue, phrase: Phrase, context: Context) -> bool:
    """Who acts: the nearest of the frame's actors and their rivals in the sentence."""
    for other in reversed(context.sentence.cues):
        if other.start >= phrase.end or other is cue:
            continue
        concepts = other.word.concepts
        if not LAWYERS.isdisjoint(concepts) and have_villages(other, context.sentence.text):
            concepts = concepts | ADVISERS
        elif _is_counted(other, phrase, context):
            continue
        if not frame.subject.isdisjoint(concepts):
            return True
        if not frame.not_subject.isdisjoint(concepts):
            return False
        if not frame.over.isdisjoint(concepts):
            return not frame.subject
    return not frame.subject


def _is_counted(other: Cue, phrase: Phrase, context: Context) -> bool:
    """聘请法律顾问2名，接待咨询80人次: who was counted before need not be who acts now."""
    earlier = next((p for p in context.sentence.phrases if p.start <= other.start < p.end), phrase)
    if earlier is phrase or earlier.number is None:
        return False
    behind = earlier.number.right
    read = behind is phrase and phrase.number is None  # 司法所只有1名在编干部: it is theirs
    if read or (behind is not None and behind.end > behind.start and not (behind.listed or earlier.verbs)):
        return False  # 村法律顾问11名到岗60次: no mark stands between, and what they did follows
    if any(c.start >= other.end and (c.word.noun or c.word.decoy) for c in earlier.cues):
        return False  # 综合执法队核定编制16名: something of theirs was counted
    return earlier.number.quantity.unit in ("名", "人", "位", "个", "家")


def _fresh(wanted: frozenset[str], scene: Scene, context: Context) -> bool:
    """A topic was named earlier in the sentence and no number has been given for it yet."""
    phrase, own = scene.phrase, scene.number
    if _IN_FORMS.search(context.sentence.text, phrase.start, phrase.end):
        return False
    for earlier in earlier_than(phrase, context.sentence):
        counted = earlier.number if earlier.number is not own else None  # 开展12次学习: not yet
        if not wanted.isdisjoint(earlier.concepts):
            if _OTHERS_MOVED.search(context.sentence.text, earlier.end, own.start):
                return False
            return counted is None and not _one_of_several(wanted, earlier, context.sentence.text)
        if counted is not None and counted.quantity.unit == "次":
            return False  # 纳入中心组学习，开展“第一议题”学习48次: something else was counted since
    return False


# 通过专题学习、会议研讨等形式开展学习6次: what was done in several forms is of no one topic.
# 组织各类形式集体学法12次 too.
_IN_FORMS = re.compile(
    r"、[^，。；]{1,20}等(?:多种|各种|多)?(?:形式|方式|途径)|(?:各类|各种|多种)形式(?:的)?(?:集中|集体|专题)?学"
)
_LISTED = re.compile(
    r"^[^，。；]{0,12}?(?:、|等)|^(?:学习|必学|重点|核心|年度|常态化|内容|计划|安排|议题|的)*(?:和|与|及)"
)


# 中心组带头学，督促各站所学习18次: others than those named before.
_OTHERS_MOVED = re.compile(
    r"(?:带动|推动|指导|督促|督导|引领|辐射)[^，,；;。]{0,14}?"
    r"(?:支部|党[总]?支|党组织|党委|站所|村|社区|部门|科室|单位|干部|职工|党员|基层)"
)


_ACTS_ITSELF = ("将", "把", "围绕", "以", "坚持", "结合", "先后", "全年", "认真")


def _one_of_several(wanted: frozenset[str], phrase: Phrase, text: str) -> bool:
    """纳入中心组、“三会一课”学习内容; 通过中心组学习、主题党日等形式: one body among others is no topic."""
    named = [c for c in phrase.cues if not wanted.isdisjoint(c.word.concepts)]
    if named[-1].word.verb:
        return False  # 传达学习二中、三中全会精神: the list is of what it was done to
    after = text[named[-1].end : phrase.end].lstrip('”"')
    before = text[phrase.start : named[0].start].rstrip('“"')
    if before.endswith(("、", "和", "与", "及")):
        return True  # 党委会和中心组坚持学法，全年学习5次: both did
    if after.startswith(_ACTS_ITSELF):
        return False  # 中心组将民法典、行政处罚法列入计划: it is who studied
    return bool(_LISTED.match(after))
