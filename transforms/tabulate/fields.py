"""Of which field a plain noun is (宣传, 培训, 讲座): another where the word right before it says so."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.tabulate.phrases import Phrase, Sentence
from transforms.tabulate.rulebook import Cue, Rulebook

OTHER_FIELD = frozenset({"other_field"})


def is_another(cue: Cue, sentence: Sentence, book: Rulebook) -> bool:
    """防溺水宣传, 河道巡查: of another field, as is a bare 培训 listed behind 消防演练9次."""
    if _says_another(cue, sentence, book) or _of_the_word_before(cue, sentence):
        return True
    return _goes_on(cue, sentence, book)


_KINDS = frozenset({"other_subject", "law_theme", "law_work"})  # 卫生村, 平安村
_PLACES = frozenset({"village", "community"})


# 农村 and 乡村 are no kind of village either.
_OF_TOWN = re.compile(r"城区|城镇|农业|下属|辖区|个|现|[农乡]$")


def _of_the_word_before(cue: Cue, sentence: Sentence) -> bool:
    """警示教育研讨, 消防演练及培训, 卫生村: a known word that touches it may say the same."""
    at = bisect_left(sentence.cues, (cue.start,)) - 1
    before = sentence.cues[at] if at >= 0 else None
    if before is None or before.end > cue.start:
        return False
    between = sentence.text[before.end : cue.start]
    if not between:
        kind = not _KINDS.isdisjoint(before.word.concepts) and not _PLACES.isdisjoint(cue.word.concepts)
        return before.word.decoy or kind
    return between in _JOINED and "other_field" in before.word.concepts


_JOINED = ("及", "和", "与", "、", "以及")


def _goes_on(cue: Cue, sentence: Sentence, book: Rulebook) -> bool:
    """消防演练9次、培训6场: a bare noun behind a count is of the field of what was counted there."""
    text, at = sentence.text, cue.start
    if not at or (text[at - 1] not in _LISTS and text[at - 1] not in _COUNTED_BEFORE):
        return False
    before = _counted_before(at, sentence)
    if before is None:
        return False
    named = [c for c in before.cues if c.word.noun or c.word.decoy]
    if not named:
        return False
    last = named[-1]
    return "other_field" in last.word.concepts or (last.word.plain and _says_another(last, sentence, book))


# What stands right before a noun that begins its part of a list; 和培训6场 goes on as well.
_LISTS = frozenset("、，,和及与 ")
_COUNTED_BEFORE = frozenset("次场期")


def _counted_before(at: int, sentence: Sentence) -> Phrase | None:
    """The phrase of the count right before a place."""
    number = next((n for n in reversed(sentence.numbers) if n.quantity.end <= at), None)
    if number is None or at - number.quantity.end > 1:
        return None
    return number.left


# What may stand before a plain noun and only say how, where, by whom or under which law.
SAYS_HOW = re.compile(
    r"形式|入户|上门|院坝|坝坝|屋场|流动|赶集|赶场|大集|集日|圩日|墟日|面对面|定向|方言|敲门|街头|田间|点对点|一对一|网络|实地|定期|重点|联合|"
    r"全覆盖|地毯|拉网|错时|突击|随机|交叉|常规|全员|轮流|脱产|跟班|案例|视频|专业|岗|任职|初任|能力|素质|提升|实务|履职|骨干|会前|"
    r"解读|法|条例|规定|普|诈|毒|邪|办案|案卷|案件|个案|以案|政法|综治|平安|维权|调解|矫正|信访|执法|审批|应急处突|国旗|宪|党委|党工委|党组|支部|政府|班子|无纸化|线上|闭卷|网上|双语|[语话]|续证|换证|平台|系统|软件|小程序|手机|电脑|应知应会|实际|方面|领域|首次|第|一次性|平均|资格|资质|政协|人大|委员|代表|"
    r"基层|纪委|两级|各级|机关|领导|办公室|一庭|[区镇乡]内|部门|(?:[村镇乡街组局所办站队会员者人家店场点地日节周月季口区院校长师官])$"
)
# 年 and 计 alone are light words, and 法 is no law here.
# Nor are these people, or what is rated by these, of law.
_OTHER_WORDS = re.compile(
    r"(?:青年|老年|统计|审计|会计|书法|保洁员|护林员|护河员|保安员?|消防员|安全员|防疫员|技术员|驾驶员|养殖[员户]|"
    r"种植户|护工|厨师|电工|月嫂|从业人员|退役军人|医务人员|评议|验收|抽检|体检|自来水|水质)$"
)
# 城关镇检查126家次: who did it.
_TOWNS = frozenset({"镇", "乡", "街道"})
_SETS_APART = re.compile(r"[、和与及的在等中后时，,)）”》]")


def _says_another(cue: Cue, sentence: Sentence, book: Rulebook) -> bool:
    """防溺水宣传, 河道巡查: an unknown word right before a plain noun says that it is of another field."""
    gap = sentence.text[_word_before(cue, sentence) : cue.start]
    if not _WITH_WHOM.isdisjoint(gap) and _PARTNER.search(gap):
        return False
    if not _PLACES.isdisjoint(cue.word.concepts):
        return bool(_OF_TOWN.sub("", book.light.sub("", gap)))  # 平安村3个: of what kind they are
    if _OTHER_WORDS.search(gap):
        return True
    end = len(gap)
    run = ""
    for word in reversed(list(book.light.finditer(gap))):
        if gap[word.end() : end]:
            run = gap[word.end() : end]
            break
        if _SETS_APART.search(word[0]) or word[0] in _TOWNS:
            return False
        end = word.start()
    else:
        run = gap[:end]
    return len(run) > 1 and not SAYS_HOW.search(run)


# 配合环保、水利检查采石场: with whom, not of what field.
_PARTNER = re.compile(r"(?:配合|会同|协同|协助)[^，,；;。]*$")
_WITH_WHOM = frozenset("配会协")
_MARKS = re.compile(r"[，,；;：:。！？!?（）()\n“”《》]")


# 秸秆禁烧宣传 is of a field that is known, though not of law; 非法集资 goes on behind its first word.
_FIELD_ONLY = frozenset({"enforcement_field", "unlawful"})


def _says_little(cue: Cue, of: Cue, text: str) -> bool:
    """A field that is not of law, and the 村 of 农村 and 乡村, which is no village.

    Of a check (控烟检查) a field that is enforced says that it is one of enforcement.
    """
    if cue.word.concepts <= _FIELD_ONLY:
        return "check_bare" not in of.word.concepts
    return cue.word.text == "村" and text[cue.start - 1] in "农乡"


def _word_before(cue: Cue, sentence: Sentence) -> int:
    """Where the words before a cue begin that no rule knows: after the last word, number or mark."""
    cues, i = sentence.cues, bisect_left(sentence.cues, (cue.start,)) - 1
    while i >= 0 and (cues[i].end > cue.start or _says_little(cues[i], cue, sentence.text)):
        i -= 1
    at = cues[i].end if i >= 0 else sentence.start
    for number in reversed(sentence.numbers):
        if number.quantity.end <= cue.start:
            at = max(at, number.quantity.end)
            break
    return max((m.end() for m in _MARKS.finditer(sentence.text, at, cue.start)), default=at)
