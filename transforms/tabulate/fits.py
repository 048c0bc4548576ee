"""What a frame asks of the words around its noun: action, company, topic, actor, the town as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from transforms.tabulate.phrases import Number, Phrase, Sentence
from transforms.tabulate.rulebook import Cue, Frame, Rulebook
from transforms.tabulate.spoken import said

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
    bonus = _action(frame, scene, context) if frame.action else 0.0
    if bonus is None or not (frame.looks_back or frame.own or frame.leads):
        return bonus
    if frame.leads and not _leads(cue, scene.phrase, context.sentence.text):
        return None
    if frame.own and not _own(scene.number, context):
        return None
    return bonus if _looks_back(frame, cue, scene, context) else None


def _in_company(frame: Frame, scene: Scene, context: Context) -> bool:
    """Whether of each group the frame asks for a word stands around the noun, or before its list."""
    around = scene.concepts if scene.wider is None else scene.concepts | scene.wider
    for group in frame.with_:
        if group.isdisjoint(around) and not (scene.phrase.listed and _shares(group, scene, context)):
            return False
    return True


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
    return not frame.without.isdisjoint(carried_verbs(scene.phrase, context))


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
        return None
    if frame.action.isdisjoint(carried_verbs(scene.phrase, context)):
        return None
    return 0.0


def carried_verbs(phrase: Phrase, context: Context) -> frozenset[str]:
    """The verbs of the nearest earlier phrase that has any (发放资料400份，读本300册)."""
    for earlier in _earlier(phrase, context):
        if earlier.verbs:
            return earlier.verbs
    return frozenset()


def _earlier(phrase: Phrase, context: Context) -> Iterator[Phrase]:
    for candidate in reversed(context.sentence.phrases):
        if candidate is not phrase and candidate.start < phrase.start:
            yield candidate


def _looks_back(frame: Frame, cue: Cue, scene: Scene, context: Context) -> bool:
    phrase = scene.phrase
    if (frame.topic or frame.not_topic) and not _topic(frame, cue, phrase, context):
        return False
    if (frame.subject or frame.not_subject) and not _subject(frame, cue, phrase, context):
        return False
    if frame.fresh and not _fresh(frame.fresh, scene, context):
        return False
    return not (frame.not_fresh and _fresh(frame.not_fresh, scene, context))


# Which villages are all there are: 14个村、1个社区 named together, or said to be all.
_ALL_VILLAGES = re.compile(
    r"(?<!深入)(?<!走进)(?<!进入)(?<!下沉)(?<![在到赴])"
    r"\s*[\d一二三四五六七八九十两]+\s*个\s*(?:行政)?村(?:[（(][^）)]{1,4}[）)])?"
    r"(?:\s*[、和及]\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会|居民委员会|网格)|全部|均|都|全覆盖)|"
    r"(?<=[、和及 ])\s*[\d一二三四五六七八九十两]+\s*个\s*(?:社区|居委会)|"
    r"(?<=实现)\s*[\d一二三四五六七八九十]+\s*个\s*(?:行政)?村(?:[（(][^）)]{1,4}[）)])?[\u4e00-\u9fff]{2,8}全覆盖"
)
_SOME = (
    "来自",
    "分布在",
    "涉及",
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
)


# 综合执法队现有人员15人, 取得资格的干部仅有1人: a part of the town, or some of its people.
_BODY_HAS = re.compile(
    r"(?:队|所|站|室|院|校|厂|公司|(?<![我道])办|中心|大厅|窗口|委员会|团|组|律所)(?:现|共|实|已|内)?(?:有|配备|设)|"
    r"(?<![镇乡街办])(?<!街道)的(?:机关|在编|在岗)?(?:干部|人员|工作人员|干部职工|职工|村|社区)"
)


def _own(number: Number, context: Context) -> bool:
    """The town as a whole is spoken of: 全镇, 下辖, 共有 before the number, in the same sentence."""
    sentence, at = context.sentence, number.start
    if sentence.text.endswith(_SOME, sentence.start, at):
        return False
    if _BODY_HAS.search(sentence.text, number.left.start, at) or _is_of_a_body(number, context):
        return False
    if "own_town" in number.left.concepts and any(
        "own_town" in c.word.concepts for c in number.left.cues if c.start < at
    ):
        return True
    return _said_before(number, context) or bool(_ALL_VILLAGES.match(sentence.text, at))


# 综合执法队核定编制16名，实有在编人员13人: no town has been named since the body was.
_BODY_OPENS = re.compile(
    r".*(?:(?P<town>全[镇乡街]|我[镇乡街]|本[镇乡街]|[镇乡街](?:道)?机关|下辖|辖区)|(?:大队|中队|执法队|应急队|消防队|卫生院|学校|小学|中学|幼儿园|"
    r"医院|司法所|派出所|服务中心|综治中心|治理中心|窗口|大厅)(?=核定|人员|编制|现|共|实|目前|总|定|配|有|设))"
)


OPENS_WITHIN = 120


def _is_of_a_body(number: Number, context: Context) -> bool:
    """Of people only: the last that was named before them is a body of the town, not the town."""
    if number.quantity.unit not in _PEOPLE:
        return False
    start = max(context.sentence.start, number.start - OPENS_WITHIN)
    opens = _BODY_OPENS.match(context.sentence.text, start, number.start)
    return opens is not None and opens["town"] is None


_PEOPLE = ("人", "名", "位")


def _said_before(number: Number, context: Context) -> bool:
    """下辖13个村，社区2个: counts in a row speak of the same; 我镇成立专班，明确2名人员 does not."""
    for earlier in _earlier(number.left, context):
        if "own_town" in earlier.concepts:
            return earlier.number is not None and not _of_some_people(earlier, number, context.sentence.text)
        if earlier.number is None and earlier.end > earlier.start and earlier.mark != "q":
            return False
    return False


def _of_some_people(earlier: Phrase, number: Number, text: str) -> bool:
    """执法队共有人员12人，其中参公编制9人、行政编制2人: of a team, or of people counted before."""
    if number.quantity.unit not in _PEOPLE:
        return False
    return "其中" in text[earlier.end : number.start] or bool(
        _BODY_HAS.search(text, earlier.start, earlier.end)
    )


def _topic(frame: Frame, cue: Cue, phrase: Phrase, context: Context) -> bool:
    """The nearest phrase that names the topic or a rival of it decides.

    One that names both is the topic's, unless the frame yields (a school event is narrower than publicity).
    """
    for concepts in _back(cue, phrase, context):
        if not frame.not_topic.isdisjoint(concepts):
            return False
        named, rival = not frame.topic.isdisjoint(concepts), not frame.over.isdisjoint(concepts)
        if named and rival:
            return not frame.yields
        if named or rival:
            return named or not frame.topic
    return frame.open_topic or not frame.topic


def _back(cue: Cue, phrase: Phrase, context: Context) -> Iterator[frozenset[str]]:
    """Concepts phrase by phrase, nearest first, then word by word through the sentence before."""
    text = context.sentence.text
    yield said(phrase, cue, context.sentence, context.book)
    for earlier in _earlier(phrase, context):
        if earlier.concepts and text.find("其中", earlier.start, earlier.end) < 0:
            if earlier.said is None:
                earlier.said = said(earlier, None, context.sentence, context.book)
            yield earlier.said
    for other in reversed(context.before):
        yield other.word.concepts


def _subject(frame: Frame, cue: Cue, phrase: Phrase, context: Context) -> bool:
    """Who acts: the nearest of the frame's actors and their rivals in the sentence."""
    for other in reversed(context.sentence.cues):
        if other.start >= phrase.end or other is cue or _is_counted(other, phrase, context):
            continue
        concepts = other.word.concepts
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
    if any(c.start >= other.end and (c.word.noun or c.word.decoy) for c in earlier.cues):
        return False  # 综合执法队核定编制16名: something of theirs was counted
    return earlier.number.quantity.unit in ("名", "人", "位", "个", "家")


def _fresh(wanted: frozenset[str], scene: Scene, context: Context) -> bool:
    """A topic was named earlier in the sentence and no number has been given for it yet."""
    phrase, own = scene.phrase, scene.number
    if _IN_FORMS.search(context.sentence.text, phrase.start, phrase.end):
        return False
    for earlier in _earlier(phrase, context):
        counted = earlier.number if earlier.number is not own else None  # 开展12次学习: not yet
        if not wanted.isdisjoint(earlier.concepts):
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


def _one_of_several(wanted: frozenset[str], phrase: Phrase, text: str) -> bool:
    """纳入中心组、“三会一课”学习内容; 通过中心组学习、主题党日等形式: one body among others is no topic."""
    named = [c for c in phrase.cues if not wanted.isdisjoint(c.word.concepts)]
    if named[-1].word.verb:
        return False  # 传达学习二中、三中全会精神: the list is of what it was done to
    after = text[named[-1].end : phrase.end].lstrip('”"')
    before = text[phrase.start : named[0].start].rstrip('“"')
    return bool(_LISTED.match(after)) or before.endswith(("、", "和", "与", "及"))
