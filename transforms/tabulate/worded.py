"""Facts stated in words: 全覆盖 and 全部持证上岗 are 100 %, 未发生 is 0, 均胜诉 is all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from transforms.tabulate.readings import Context, gap_residue
from transforms.tabulate.rulebook import Cue, Frame, Worded

# A sentence without any of these states nothing in words.
TRIGGER: Final = re.compile(r"覆盖|均|都|全部|全员|全面|各村|未|没|无|零|0发生|〇")

_FULL: Final = re.compile(r"全面?覆盖")
_ALL_HAVE: Final = re.compile(
    r"(?P<who>(?:各|每个?|所有|全部|全镇各?|辖区各?)(?:行政)?(?:村|社区)(?:[（(][^）)]{1,4}[）)]|、社区|和社区|居)?|村村|(?:村|社区)(?:[（(][^）)]{1,4}[）)])?)?"
    r"(?:已|也|目前|现已|现)?(?P<verb>(?:均|都|全部)(?:已|已经)?(?:配备|配有|有|聘请|聘有|签约|配齐|选聘|建立|落实|设有|实现)(?:了|有)?)"
)
_CERTIFIED: Final = re.compile(r"(?:均|都|全部|全员|全体|一律|统一)+(?:已|依法|做到|实现)?$")
_NONE: Final = re.compile(r"未(?:再|曾|能|新)?(?:有|发生|出现|产生|接到|收到|引发|新增|制定出台|制定|出台|制发|印发|发布|新制定|形成|发现|涉及)过?|没有?(?:再)?(?:发生|出现|一人|一起|一例|产生|制定|出台)?过?|无(?:一人|一起|一例|一件|新增|发生)?|零|实现零|“零”|杜绝")
_NONE_AFTER: Final = re.compile(r"^(?:案件|事件|现象|的)?(?:实现|保持|继续保持|持续|均为|均|为|达到)?[“\"]?(?:零|0|〇)[”\"]?(?:发生|记录|增长|出现|新增|案件)?[”\"]?")
_WISH: Final = re.compile(r"力争|争取|努力|力求|推动|推进|逐步|有望|拟|将|计划|目标|要求|着力|加快")
_SHARED: Final = re.compile(r"^[“”\"]?(?:案件|事件|现象|的)?(?:和|与|及|以及|、|或|或者|，(?:也)?(?:无|没有|未发生))[“\"]?")
_ALL_WON: Final = re.compile(r"(?:均|都|全部)(?:已|依法|经法院)?(?:审结)?(?:并|且|、)?(?:判决|获|获得|予以)?$")
# Between a negation and its object: modifiers, never a verb of their own.
NONE_GAP = 12


@dataclass(slots=True)
class Worded_:
    """A fact in words: its frame, its value, the words that state it."""

    frame: Frame
    value: int | None  # None: as many as the number before
    start: int
    end: int
    cue: Cue


def worded_facts(context: Context) -> list[Worded_]:
    """Every worded fact of a sentence, in order of place."""
    out: list[Worded_] = []
    for i, cue in enumerate(context.sentence.cues):
        for concept in sorted(cue.word.concepts):
            for frame in context.book.worded.get(concept, ()):
                if any(w.frame.indicator == frame.indicator and w.end >= cue.start for w in out):
                    continue
                found = _state(frame, i, cue, context, out)
                if found is not None:
                    out.append(found)
    return out


def _state(frame: Frame, i: int, cue: Cue, context: Context, earlier: Sequence[Worded_]) -> Worded_ | None:
    kind: Worded | None = frame.worded
    if kind == "full":
        return _full(frame, cue, context)
    if kind == "none":
        return _none(frame, i, cue, context, earlier)
    return _all(frame, cue, context)


def _full(frame: Frame, cue: Cue, context: Context) -> Worded_ | None:
    text, sentence = context.sentence.text, context.sentence
    if "certified_rate" in frame.object:
        before = text[max(sentence.start, cue.start - 8) : cue.start]
        if found := _CERTIFIED.search(before):
            if "证" in cue.word.text and not _WISH.search(before):
                return Worded_(frame, 100, cue.start - len(found[0]), cue.end, cue)
        return None
    clause = _clause(context, cue.start)
    if frame.have and (have := _have(frame, clause, cue, context)):
        return have
    return _coverage(frame, clause, cue, context)


def _have(frame: Frame, clause: tuple[int, int], cue: Cue, context: Context) -> Worded_ | None:
    """各村均配备法律顾问: who, 均 + verb, then the noun with at most modifiers between."""
    text = context.sentence.text
    for have in _ALL_HAVE.finditer(text, clause[0], cue.start):
        between = text[have.end() : cue.start]
        if len(between) > 8 or _WISH.search(text[clause[0] : have.start()]):
            continue
        start = have.start("who") if have["who"] else have.start("verb")
        if have["who"] and not have["who"].startswith(("各", "每", "所有", "全", "村村", "辖区")):
            # 20个村都有: the number says who; the words are only the verb
            return Worded_(frame, 100, have.start("verb"), have.end("verb"), cue)
        return Worded_(frame, 100, start, cue.end, cue)
    return None


def _coverage(frame: Frame, clause: tuple[int, int], cue: Cue, context: Context) -> Worded_ | None:
    """The covering word in the same clause as the noun, or the next one, with no other noun of the kind between."""
    text = context.sentence.text
    stop = clause[1]
    for full in _FULL.finditer(text, clause[0], stop):
        rivals = [c for c in context.sentence.cues if clause[0] <= c.start and c.word.concepts & _COVERABLE]
        nearest = min(rivals or [cue], key=lambda c: (abs(full.start() - c.end), c.start))
        if nearest.word.concepts.isdisjoint(frame.object) and cue.start != nearest.start:
            continue
        wish = _last_wish(text[clause[0] : full.start()])
        if wish or (text[full.end() : full.end() + 1] == "率"):
            continue
        return Worded_(frame, 100, full.start(), full.end(), cue)
    return None


_COVERABLE: Final = frozenset(
    {"adviser", "village_adviser", "pathfinder", "model_village", "legality_review", "grid_worker", "grid", "publicity",
     "governance_centre", "committee", "mediator", "service_station", "training", "culture_site", "other_publicity"}
)  # fmt: skip


def _last_wish(text: str) -> bool:
    return bool(_WISH.search(text))


def _none(frame: Frame, i: int, cue: Cue, context: Context, earlier: Sequence[Worded_]) -> Worded_ | None:
    text = context.sentence.text
    clause = _clause(context, cue.start)
    if after := _NONE_AFTER.search(text[cue.end : clause[1]]):
        return Worded_(frame, 0, cue.start, cue.end + after.end(), cue)
    if shared := _shared_zero(frame, i, cue, context, earlier):
        return shared
    if text.startswith("的", cue.end):
        return None  # 未申请行政复议的，依法执行: a condition, not a count
    for negation in reversed(list(_NONE.finditer(text, clause[0], cue.start))):
        if negation[0] == "杜绝":
            break
        known = [c for c in context.sentence.cues[:i] if c.start >= negation.end()]
        between = text[negation.end() : cue.start]
        if gap_residue(context, negation.end(), cue.start, known) > NONE_GAP or "因" in between:
            break
        if frame.action and not _issued(negation[0] + between, frame, context, known):
            break
        start = negation.start()
        return _together(Worded_(frame, 0, start, cue.end, cue), i, context)
    return None


def _issued(words: str, frame: Frame, context: Context, known: Sequence[Cue]) -> bool:
    """The denied verb is one the frame asks for (未制定 against 未备案)."""
    if any(not frame.action.isdisjoint(c.word.concepts) for c in known):
        return True
    return any(not frame.action.isdisjoint(c.word.concepts) for c in context.book.cues(words, 0, len(words)))


def _together(found: Worded_, i: int, context: Context) -> Worded_:
    """没有群体性事件和越级上访 denies both: the words that state each are the whole."""
    text, cues = context.sentence.text, context.sentence.cues
    end = found.end
    for j in range(i + 1, len(cues)):
        joint = _SHARED.match(text[end : cues[j].start])
        known_none = any(f.worded == "none" for c in cues[j].word.concepts for f in context.book.worded.get(c, ()))
        if not joint or joint.end() != cues[j].start - end or not known_none or "，" in joint[0]:
            break
        end = cues[j].end
    found.end = end
    return found


def _shared_zero(
    frame: Frame, i: int, cue: Cue, context: Context, earlier: Sequence[Worded_]
) -> Worded_ | None:
    for other in earlier:
        if other.value == 0 and other.start < cue.start < other.end and other.frame.worded == "none":
            return Worded_(frame, 0, other.start, other.end, cue)
    return None


def _all(frame: Frame, cue: Cue, context: Context) -> Worded_ | None:
    text = context.sentence.text
    before = text[max(context.sentence.start, cue.start - 10) : cue.start]
    found = _ALL_WON.search(before)
    if not found:
        return None
    return Worded_(frame, None, cue.start - len(found[0]), cue.end, cue)


def _clause(context: Context, position: int) -> tuple[int, int]:
    """From the last mark before a place to the next one, numbers passed over."""
    text, sentence = context.sentence.text, context.sentence
    start = max((text.rfind(m, sentence.start, position) for m in "，,；;。：:"), default=-1)
    ends = [at for m in "，,；;。：:！\n" if (at := text.find(m, position, sentence.end)) >= 0]
    return max(start + 1, sentence.start), min(ends, default=sentence.end)


