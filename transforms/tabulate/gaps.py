"""What stands between a noun and a number: how much of it no rule knows, and whether that is the head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.tabulate.phrases import JOINERS, NOTHING, Number, Phrase
from transforms.tabulate.rulebook import Cue, Rulebook

# How far before its noun a word may stand and still speak of it; a verb only where no other stands nearer.
WINDOW, VERB_WINDOW = 26, 12


def residue(text: str, start: int, end: int, known: Sequence[Cue], book: Rulebook) -> int:
    """How many characters between two places are neither cues nor light words."""
    if end <= start:
        return 0
    if "《" in text[start:end]:
        text = text[:start] + _TITLE.sub(_blank, text[start:end]) + text[end:]
    rest, at = "", start
    for cue in known:
        if cue.start >= end:
            break
        if cue.start > at:
            rest += text[at : cue.start] + "\n"
        at = max(at, cue.end)
    rest += text[at:end]
    return _weigh(rest, book) if rest else 0


_TITLE = re.compile(r"《[^》\n]*》")


def _blank(title: re.Match[str]) -> str:
    """A law named between noun and number (学习《民法典》等8次) weighs nothing, whatever words it holds."""
    return "\n" * len(title[0])


@lru_cache(maxsize=20_000)
def _weigh(text: str, book: Rulebook) -> int:
    return len(book.light.sub("", text).replace("\n", ""))


def ends_in_unknown(text: str, phrase: Phrase, cue: Cue, number: Number, book: Rulebook) -> bool:
    """矛盾纠纷化解能手3名: what stands right before the number is no word of ours, so the head is unknown."""
    start = max([cue.end, *(c.end for c in phrase.cues if c.end <= number.start)])
    gap = _TOLD.sub("", text[start : number.start])
    ends = [w.end() for w in book.light.finditer(gap)]
    return len(gap) - max(ends, default=0) > 1 and "等" not in gap  # 法治公园、长廊等阵地5处


# 旁听行政诉讼庭审共3次: what only leads to the number says nothing of what is counted.
_TOLD = re.compile(r"(?:总共|共计|共|累计|合计|总计|达到|达|约|近)+$")


def is_modifier(text: str, cue: Cue, stop: int, book: Rulebook) -> bool:
    """宣传音频12次: an unknown noun right after the cue is the head, the cue only says of what kind."""
    return stop > cue.end and _unknown_lead(text[cue.end : stop], book) > 1


@lru_cache(maxsize=20_000)
def _unknown_lead(gap: str, book: Rulebook) -> int:
    """How many unknown characters a gap begins with."""
    first = book.light.search(gap)
    return first.start() if first else len(gap)


# What may stand before a plain noun and only say how, where, by whom or under which law.
_SAYS_HOW = re.compile(
    r"形式|入户|上门|院坝|坝坝|屋场|流动|赶集|赶场|面对面|定向|方言|敲门|街头|田间|点对点|一对一|网络|实地|定期|重点|联合|"
    r"全覆盖|地毯|拉网|错时|突击|随机|交叉|常规|全员|轮流|脱产|跟班|案例|视频|专业|岗|任职|初任|能力|素质|骨干|会前|"
    r"解读|法|条例|规定|普|诈|毒|邪|案|政法|综治|平安|维权|调解|矫正|信访|执法|审批|应急处突|国旗|宪|党委|党工委|党组|支部|政府|班子|无纸化|线上|闭卷|网上|应知应会|"
    r"基层|(?:[村镇乡街组局所办站队会员者人家店场点地日节周月季口区院校长师])$"
)
# 年 and 计 alone are light words, and 法 is no law here.
_OTHER_FIELD = ("青年", "老年", "统计", "审计", "会计", "书法")
# 城关镇检查126家次: who did it.
_TOWNS = frozenset({"镇", "乡", "街道"})
_SETS_APART = re.compile(r"[、和与及的在等中后时，,)）”》]")


def is_of_another_kind(text: str, start: int, cue: Cue, book: Rulebook) -> bool:
    """防溺水宣传, 河道巡查: an unknown word right before a plain noun says that it is of another field."""
    gap = text[start : cue.start]
    if gap.endswith(_OTHER_FIELD):
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
    return len(run) > 1 and not _SAYS_HOW.search(run)


def list_mark_before(text: str, start: int, number: Number) -> bool:
    """专题会议、5次推进会: the noun before a list mark right before the number is not what is counted."""
    if number.quantity.each:
        return False
    gap = text[start : number.start].rstrip(' “”"）)')
    return bool(gap) and gap[-1] in JOINERS


def near(text: str, phrase: Phrase, cue: Cue) -> Phrase:
    """The phrase without what stands far before the noun: run-on text is one long phrase.

    A verb further off than `VERB_WINDOW` still counts where no other verb stands nearer, or where a
    list runs between (研究解决力量配备、经费保障等问题).
    """
    if "等" in text[phrase.start : cue.start + 1]:
        phrase = _without_examples(text, phrase, cue)
    limit = cue.start - VERB_WINDOW
    if phrase.start >= limit:
        return phrase
    nearer = any(c.word.verb and limit <= c.start < cue.start for c in phrase.cues)
    nearer = nearer and "、" not in text[max(phrase.start, cue.start - WINDOW) : cue.start]
    cues = [c for c in phrase.cues if _speaks_of(c, cue, nearer)]
    return phrase.of(cues, max(phrase.start, cue.start - WINDOW), phrase.end)


def _without_examples(text: str, phrase: Phrase, cue: Cue) -> Phrase:
    """违法建设、安全生产等执法行动: what not all of the things before 等 are does not say of what kind."""
    dropped = examples(text, phrase, text.rfind("等", phrase.start, cue.start + 1))
    if not dropped:
        return phrase
    return phrase.of([c for c in phrase.cues if c not in dropped], phrase.start, phrase.end)


def examples(text: str, phrase: Phrase, end: int) -> list[Cue]:
    """Words of a list that ends at 等 which say of one of its parts what is not said of the others.

    A verb before the list, or 在 and 围绕, leads it and belongs to no part.
    """
    last = text.rfind("、", phrase.start, end) if end > phrase.start else -1
    if last < 0:
        return []
    if any("hold" in c.word.acts and last < c.start < end for c in phrase.cues):
        return []  # 党委、政府开展“安全生产百日攻坚”等行动: the list ended before what was done
    lead = max((c.end for c in phrase.cues if c.word.verb and c.end <= last), default=phrase.start)
    first = text.find("、", lead, end)
    listed = [c for c in phrase.cues if lead <= c.start < end and not c.word.verb]
    marks = [first, *(i for i in range(first + 1, end) if text[i] == "、"), end]
    parts = [
        set().union(*(c.word.concepts for c in listed if a <= c.start < b))
        for a, b in zip([lead, *marks], marks, strict=False)
    ]
    shared = set.intersection(*parts)
    return [c for c in listed if shared.isdisjoint(c.word.concepts)]


_NAMES = re.compile(r"(?:“[^“”]{1,16}”[、和]?){2,}")


def of_one_name(text: str, phrase: Phrase, cue: Cue | None = None) -> list[Cue]:
    """“校园小课堂”“银发专场”活动2场: words of one name which the other names do not say.

    `cue` is the noun behind the names; without it every row of names of the phrase is looked at.
    """
    if "”“" not in text[phrase.start : phrase.end] and "”、“" not in text[phrase.start : phrase.end]:
        return []
    out: list[Cue] = []
    for row in _NAMES.finditer(text, phrase.start, phrase.end):
        if cue is not None and not row.end() - 1 <= cue.start <= row.end():
            continue
        at = row.start()
        parts = []
        for end in [i + 1 for i in range(row.start(), row.end()) if text[i] == "”"]:
            parts.append([c for c in phrase.cues if at <= c.start and c.end <= end and c is not cue])
            at = end
        shared = set.intersection(*(set().union(*(c.word.concepts for c in part)) for part in parts))
        out += [c for part in parts for c in part if shared.isdisjoint(c.word.concepts)]
    return out


def _speaks_of(other: Cue, cue: Cue, nearer_verb: bool) -> bool:
    if other.start < cue.start - WINDOW:
        return False
    return not (nearer_verb and other.word.verb and other.start < cue.start - VERB_WINDOW)


def counts_the_next(number: Number) -> bool:
    """邀请法律顾问到14个村: a noun that follows at once, and has no number of its own, is what is counted.

    So is a verb behind a number of times (镇党委会先后4次研究部署), where none stands before it.
    """
    right = number.right
    if right is None or right.listed or not right.cues or right.number is not None:
        return False
    first = right.cues[0]
    if first.start != right.start:
        return False
    if first.word.verb:
        return not number.left.verbs and number.quantity.unit in ("次", "轮")
    return first.word.noun


# 26起轻微违法行为: two or three characters that say of what kind.
NEAR = 3


def noun_follows(number: Number) -> bool:
    """16个村全部纳入, 26起轻微违法行为: what follows is counted, unless it belongs to the next number."""
    right = number.right
    if right is None or right.listed or not right.cues:
        return False
    first = right.cues[0]
    if first.start - right.start > NEAR:
        return False
    if first.word.decoy:
        return True
    if not first.word.noun or first.word.verb:
        return False
    return right.number is None or len(right.cues) > 1


_NEEDS_A_NOUN = frozenset(["个", "处", "家", "户", "所", "座", "支", "名", "间"])
LONGEST_HEAD = 6


def unknown_follows(number: Number, book: Rulebook, text: str) -> int:
    """71个党支部: how long the unknown noun is that a measure word calls for; 0 where none is."""
    right = number.right
    if right is None or right.listed or number.quantity.unit not in _NEEDS_A_NOUN:
        return 0
    stop = right.cues[0].start if right.cues else right.end
    lead = _unknown_lead(text[right.start : stop], book)
    return lead if lead > 1 else 0


def is_head_behind(number: Number, book: Rulebook, text: str) -> bool:
    """信访接待、警务调解等6个常驻窗口: what is counted stands behind the number, and no rule knows it."""
    right = number.right
    if right is None or right.listed or right.number is not None:
        return False
    if text.startswith("等", number.start - 1):
        if right.cues and (right.cues[0].word.noun or right.cues[0].word.decoy):
            return right.cues[0].start - right.start <= LONGEST_HEAD  # 重大纠纷等4个实际难题
        verb = next((c.start for c in right.cues if c.word.verb), right.end)
        if 1 < _unknown_lead(text[right.start : verb], book) == right.end - right.start <= LONGEST_HEAD:
            return True  # 专家论证、合法性审查等5项程序
    if number.left.cues and number.left.cues[-1].word.noun and number.left.cues[-1].end == number.start:
        return False  # 综治中心13个规范化运行
    lead = unknown_follows(number, book, text)
    if not lead:
        return False
    return right.start + lead == right.end and lead <= LONGEST_HEAD


def has_own_object(right: Phrase, text: str, book: Rulebook) -> bool:
    """2次开展“一把手”集中述法: the verb behind a number has an object, which no rule knows."""
    return residue(text, right.cues[0].end, right.end, right.cues[1:], book) > LONGEST_OBJECT


LONGEST_OBJECT = 3


def verb_after(number: Number) -> Phrase | None:
    """27件调解成功: the verb comes after a number that has nothing before it."""
    right = number.right
    if right is None or right.listed or not right.cues or not bare(number):
        return None
    first = right.cues[0]
    return right if first.word.verb and first.start - right.start <= 1 else None


# What is done to people or things there are: 配备网格员12名、增配8名.
HAVING = frozenset({"equip", "equip_staff", "cultivate", "build", "new_verb", "registered", "hold", "closed"})


def succeeded(number: Number) -> frozenset[str]:
    """调解纠纷39件成功: how it ended is said right behind the number."""
    right = number.right
    if right is None or right.listed or right.number is not None or not right.cues:
        return NOTHING
    first = right.cues[0]
    return first.word.acts if first.start - right.start <= 1 and first.word.text == "成功" else NOTHING


# What is counted without a measure word: 辖10村1社区.
PLACES = frozenset({"village", "community", "village_community", "hamlet"})
_THERE_IS = frozenset({"有", "已有", "共有", "现有"})


def bare(number: Number) -> bool:
    """Nothing before the number but 已有 and the like."""
    return all(c.word.text in _THERE_IS for c in number.left.cues)


# 调解成功率达99，: the sign is lost, the word for a rate stands right before.
_RATE_BEFORE = re.compile(r"率(?:均|都)?(?:达到?|为|是)?$")
LONGEST_RATE_LEAD, PERCENT = 5, 100


def implied_unit(number: Number, text: str) -> str | None:
    """组织63公职人员: the measure word is missing, the noun behind says people; a rate has lost its sign."""
    right = number.right
    if right is None or not right.cues:
        value, start = number.quantity.value, max(number.left.start, number.start - LONGEST_RATE_LEAD)
        ends = right is None or right.start == right.end
        is_rate = ends and value is not None and 0 < value <= PERCENT
        return "%" if is_rate and _RATE_BEFORE.search(text, start, number.start) else None
    first = right.cues[0]
    return "人" if first.start == right.start and "officials" in first.word.concepts else None
