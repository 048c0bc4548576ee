"""Whether a number may take the noun of an earlier phrase: nothing in its own names what it counts."""

from __future__ import annotations

import re

from transforms.tabulate import after_number, gaps
from transforms.tabulate.fits import Context
from transforms.tabulate.phrases import PEOPLE, Number, Phrase
from transforms.tabulate.readings import own_noun, rows
from transforms.tabulate.readings.scored import only_scope

# 领导包案21件，化解18件: a noun of its own, which no rule knows.
SHORTEST_NOUN = 4
SHORT_LEAD = 3
# 掌上基层流转12089件: words no rule knows before the verb are a subject of its own, and nothing is carried.
MAX_BEFORE_VERB = 2
_HAMLET = re.compile(r"[组社屯队寨](?=[，,、；;。（(\d]|$)")
# 会议4次；镇长述法1次、干部大会2次; 中心组学习6次、主题教育集中学习4次
_DEEDS = frozenset({"assessed_officials", "other_body", "party_study"})
_FIELDS = _DEEDS | {"enforcement_field", "other_subject", "public_safety", "drug"}
_BODY_UNITS = frozenset({"个", "家", "所"})
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


def may_inherit(number: Number, context: Context) -> bool:
    """No noun of its own before the number (but for who did it), and nothing unknown near it."""
    phrase, text, book = number.left, context.sentence.text, context.book
    if number.quantity.unit == "%":
        if rows.was_aimed_at_before(number, context):
            return True
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


def _body_follows(number: Number) -> bool:
    """9个县直部门, 6个派出所: who did it stands behind a number that asks for a noun."""
    right = number.right
    if right is None or right.listed or not right.cues or number.quantity.unit not in _BODY_UNITS:
        return False
    return right.cues[0].word.entity and right.cues[0].start - right.start <= SHORTEST_NOUN
